#include "crypto/field.hpp"

#include <sodium.h>

#include <vector>

#include "base/declassify.hpp"
#include "base/secret.hpp"
#include "crypto/modular_inverse.hpp"

namespace dusk::crypto {

namespace {

// Four words, little-endian, that make a number below the modulus.
template <class Params>
std::optional<DecodeError> read_reduced(ByteView bytes, Limbs4& limbs) {
    if (bytes.size() != 32) return DecodeError::bad_length;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        limbs[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
        (void)detail::sub_borrow(limbs[i], Params::modulus[i], borrow);
    }
    declassify(borrow);
    if (borrow == 0) return DecodeError::not_canonical;
    return std::nullopt;
}

ByteArray<32> write_words(const Limbs4& limbs) {
    ByteArray<32> out;
    for (std::size_t i = 0; i < 4; ++i) store_le(out.data() + 8 * i, limbs[i]);
    return out;
}

}  // namespace

// Numbers may be secrets: what is returned is made in its place, so that no copy stays behind on the stack.
template <class Params>
Result<Field<Params>, DecodeError> Field<Params>::from_bytes(ByteView bytes) {
    Result<Field, DecodeError> out;
    Limbs4 integer{};
    if (const auto error = read_reduced<Params>(bytes, integer)) {
        out = fail(*error);
    } else {
        *out = from_raw(integer);
    }
    wipe_object(integer);
    return out;
}

template <class Params>
Result<Field<Params>, DecodeError> Field<Params>::from_archive(ByteView archive) {
    Result<Field, DecodeError> out;
    if (const auto error = read_reduced<Params>(archive, out->limbs_)) out = fail(*error);
    return out;
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
    const Field out = from_bytes_wide(digest);
    wipe(digest);  // the bytes may have been secret
    return out;
}

template <class Params>
Field<Params> Field<Params>::random(RandomSource& random) {
    ByteArray<64> draw;
    random.fill(draw);
    const Field out = from_bytes_wide(draw);
    wipe(draw);
    return out;
}

template <class Params>
ByteArray<32> Field<Params>::to_bytes() const {
    Field integer = montgomery_mul(limbs_, {1, 0, 0, 0});
    const ByteArray<32> out = write_words(integer.limbs_);
    wipe_object(integer);
    return out;
}

template <class Params>
ByteArray<32> Field<Params>::to_archive() const {
    return write_words(limbs_);
}

template <class Params>
ByteArray<32> Field<Params>::to_be_bytes() const {
    const Limbs4 integer = to_integer();
    ByteArray<32> out;
    for (int i = 0; i < 4; ++i) store_be(out.data() + 8 * (3 - i), integer[i]);
    return out;
}

// The limbs are x 2^256, so their inverse lacks a factor of 2^512; the product brings 2^768 / 2^256.
template <class Params>
std::optional<Field<Params>> Field<Params>::invert() const {
    if (is_zero()) return std::nullopt;
    return montgomery_mul(modular_inverse<Timing::constant>(limbs_, kModulus), kR3);
}

template <class Params>
std::optional<Field<Params>> Field<Params>::invert_vartime() const {
    if (is_zero()) return std::nullopt;
    return montgomery_mul(modular_inverse<Timing::variable>(limbs_, kModulus), kR3);
}

template <class Params>
void Field<Params>::invert_all(std::span<Field> elements) {
    std::vector<Field> scratch(elements.size());
    invert_all(elements, scratch);
}

template <class Params>
void Field<Params>::invert_all(std::span<Field> elements, std::span<Field> scratch) {
    // A zero counts as one on the way and is masked at the end.
    const auto mask_of_nonzero = [](const Field& x) {
        const std::uint64_t any = x.limbs_[0] | x.limbs_[1] | x.limbs_[2] | x.limbs_[3];
        std::uint64_t mask = 0 - ((any | (0 - any)) >> 63);
        asm("" : "+r"(mask));
        return mask;
    };
    const auto or_one = [](const Field& x, std::uint64_t nonzero) {
        Limbs4 limbs = x.limbs_;
        for (std::size_t i = 0; i < 4; ++i) limbs[i] |= kR[i] & ~nonzero;
        return from_montgomery(limbs);
    };
    const std::span<Field> before = scratch;  // the product of all elements in front
    Field product = one();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        before[i] = product;
        product *= or_one(elements[i], mask_of_nonzero(elements[i]));
    }
    Field inverse = montgomery_mul(modular_inverse<Timing::constant>(product.limbs_, kModulus), kR3);
    for (std::size_t i = elements.size(); i-- > 0;) {
        const std::uint64_t nonzero = mask_of_nonzero(elements[i]);
        const Field element = or_one(elements[i], nonzero);
        elements[i] = inverse * before[i];
        for (std::uint64_t& limb : elements[i].limbs_) limb &= nonzero;
        inverse *= element;
    }
}

template class Field<FqParams>;
template class Field<FrParams>;

}  // namespace dusk::crypto
