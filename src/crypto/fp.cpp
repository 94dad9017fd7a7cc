#include "crypto/fp.hpp"

#include <algorithm>

#include "crypto/unreduced.hpp"

namespace dusk::crypto {
namespace {

using Limbs6 = UnreducedFp::Limbs;

constexpr ByteArray<kFpSize> big_endian(const Limbs6& integer) {
    ByteArray<kFpSize> out{};
    for (std::size_t i = 0; i < 6; ++i) store_be(out.data() + 8 * (5 - i), integer[i]);
    return out;
}

// p is odd, so shifting right by one gives (p - 1) / 2.
constexpr Limbs6 half_of_modulus() {
    Limbs6 out{};
    for (std::size_t i = 0; i < 6; ++i) {
        const std::uint64_t above = i + 1 < 6 ? FpParams::modulus[i + 1] << 63 : 0;
        out[i] = FpParams::modulus[i] >> 1 | above;
    }
    return out;
}

constexpr ByteArray<kFpSize> kModulus = big_endian(FpParams::modulus);
constexpr ByteArray<kFpSize> kHalf = big_endian(half_of_modulus());

}  // namespace

Result<Fp, DecodeError> decode_fp(ByteView bytes) {
    if (bytes.size() != kFpSize) return fail(DecodeError::bad_length);
    if (!std::ranges::lexicographical_compare(bytes, kModulus)) return fail(DecodeError::not_canonical);
    Fp out;
    blst_fp_from_bendian(&out, bytes.data());
    return out;
}

ByteArray<kFpSize> encode_fp(const Fp& x) {
    ByteArray<kFpSize> out;
    blst_bendian_from_fp(out.data(), &x);
    return out;
}

std::optional<Fp> fp_from_limbs(std::span<const std::uint8_t, kFpSize> limbs) {
    const UnreducedFp value(limbs);
    if (!value.is_reduced()) return std::nullopt;
    Fp out;
    std::ranges::copy(value.limbs(), out.l);
    return out;
}

void fp_to_limbs(const Fp& x, std::span<std::uint8_t, kFpSize> limbs) {
    for (std::size_t i = 0; i < 6; ++i) store_le<std::uint64_t>(limbs.data() + 8 * i, x.l[i]);
}

Fp fp_from_u64(std::uint64_t value) {
    const Limbs6 integer{value, 0, 0, 0, 0, 0};
    Fp out;
    blst_fp_from_uint64(&out, integer.data());
    return out;
}

Fp add(const Fp& a, const Fp& b) {
    Fp out;
    blst_fp_add(&out, &a, &b);
    return out;
}
Fp2 add(const Fp2& a, const Fp2& b) {
    Fp2 out;
    blst_fp2_add(&out, &a, &b);
    return out;
}
Fp multiply(const Fp& a, const Fp& b) {
    Fp out;
    blst_fp_mul(&out, &a, &b);
    return out;
}
Fp2 multiply(const Fp2& a, const Fp2& b) {
    Fp2 out;
    blst_fp2_mul(&out, &a, &b);
    return out;
}
Fp square(const Fp& a) {
    Fp out;
    blst_fp_sqr(&out, &a);
    return out;
}
Fp2 square(const Fp2& a) {
    Fp2 out;
    blst_fp2_sqr(&out, &a);
    return out;
}
Fp negate(const Fp& a) {
    Fp out;
    blst_fp_cneg(&out, &a, true);
    return out;
}
Fp2 negate(const Fp2& a) {
    Fp2 out;
    blst_fp2_cneg(&out, &a, true);
    return out;
}
std::optional<Fp> square_root(const Fp& a) {
    Fp out;
    if (!blst_fp_sqrt(&out, &a)) return std::nullopt;
    return out;
}
std::optional<Fp2> square_root(const Fp2& a) {
    Fp2 out;
    if (!blst_fp2_sqrt(&out, &a)) return std::nullopt;
    return out;
}
bool is_zero(const Fp& a) {
    return std::ranges::all_of(a.l, [](std::uint64_t limb) { return limb == 0; });
}
bool is_zero(const Fp2& a) { return is_zero(a.fp[0]) && is_zero(a.fp[1]); }
bool equal(const Fp& a, const Fp& b) { return std::ranges::equal(a.l, b.l); }
bool equal(const Fp2& a, const Fp2& b) { return equal(a.fp[0], b.fp[0]) && equal(a.fp[1], b.fp[1]); }

bool is_lexicographically_largest(const Fp& a) { return std::ranges::lexicographical_compare(kHalf, encode_fp(a)); }
bool is_lexicographically_largest(const Fp2& a) {
    return is_lexicographically_largest(a.fp[1]) || (is_zero(a.fp[1]) && is_lexicographically_largest(a.fp[0]));
}

}  // namespace dusk::crypto
