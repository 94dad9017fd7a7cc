#include "crypto/field.hpp"

#include <sodium.h>

namespace dusk::crypto {

template <class Params>
Result<Field<Params>, DecodeError> Field<Params>::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    Limbs4 integer{};
    std::uint64_t borrow = 0;
    for (int i = 0; i < 4; ++i) {
        integer[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
        (void)detail::sub_borrow(integer[i], kModulus[i], borrow);
    }
    if (borrow == 0) return fail(DecodeError::not_canonical);
    return from_raw(integer);
}

template <class Params>
Field<Params> Field<Params>::from_bytes_wide(std::span<const std::uint8_t, 64> bytes) {
    Limbs4 low{};
    Limbs4 high{};
    for (int i = 0; i < 4; ++i) {
        low[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
        high[i] = load_le<std::uint64_t>(bytes.data() + 32 + 8 * i);
    }
    return from_raw(low) + from_raw(high) * from_montgomery(kR2);
}

template <class Params>
Field<Params> Field<Params>::hash_to_scalar(ByteView bytes) {
    ByteArray<64> digest;
    crypto_generichash_blake2b(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
    return from_bytes_wide(digest);
}

template <class Params>
Field<Params> Field<Params>::random(RandomSource& random) {
    ByteArray<64> draw;
    random.fill(draw);
    const Field out = from_bytes_wide(draw);
    sodium_memzero(draw.data(), draw.size());
    return out;
}

template <class Params>
ByteArray<32> Field<Params>::to_bytes() const {
    const Limbs4 integer = to_integer();
    ByteArray<32> out;
    for (int i = 0; i < 4; ++i) store_le(out.data() + 8 * i, integer[i]);
    return out;
}

template <class Params>
ByteArray<32> Field<Params>::to_be_bytes() const {
    const Limbs4 integer = to_integer();
    ByteArray<32> out;
    for (int i = 0; i < 4; ++i) store_be(out.data() + 8 * (3 - i), integer[i]);
    return out;
}

template <class Params>
std::optional<Field<Params>> Field<Params>::invert() const {
    if (is_zero()) return std::nullopt;
    Limbs4 exponent = kModulus;
    exponent[0] -= 2;
    return pow_vartime(exponent);
}

template class Field<FqParams>;
template class Field<FrParams>;

}  // namespace dusk::crypto
