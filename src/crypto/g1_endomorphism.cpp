#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

using detail::u128;

constexpr u128 make_u128(std::uint64_t high, std::uint64_t low) { return static_cast<u128>(high) << 64 | low; }

constexpr u128 kXSquared = make_u128(0xac45a4010001a402, 0x0000000100000000);
constexpr u128 kReciprocal = make_u128(0x5f1afb3c7807eab7, 0x58fdb948bdb3fb8b);  // floor(2^254 / x²)
constexpr Limbs4 kHalfOrder{0x7fffffff80000000, 0xa9ded2017fff2dff, 0x199cec0404d0ec02, 0x39f6d3a994cebea4};

// The upper half of the 256-bit product.
u128 multiply_high(u128 a, u128 b) {
    const auto a0 = static_cast<std::uint64_t>(a);
    const auto a1 = static_cast<std::uint64_t>(a >> 64);
    const auto b0 = static_cast<std::uint64_t>(b);
    const auto b1 = static_cast<std::uint64_t>(b >> 64);
    const u128 cross = static_cast<u128>(a0) * b1 + (static_cast<u128>(a0) * b0 >> 64);
    const u128 middle = static_cast<u128>(a1) * b0 + static_cast<std::uint64_t>(cross);
    return static_cast<u128>(a1) * b1 + (cross >> 64) + (middle >> 64);
}

bool is_above(const Limbs4& a, const Limbs4& b) {
    for (int i = 3; i >= 0; --i) {
        if (a[i] != b[i]) return a[i] > b[i];
    }
    return false;
}

}  // namespace

SplitScalar split_scalar_vartime(const Fq& k) {
    Limbs4 integer = k.to_integer();
    const bool negate = is_above(integer, kHalfOrder);
    if (negate) integer = (-k).to_integer();

    // Division of an integer below 2^254 by x² with a reciprocal: the estimate is at most 2 too small.
    const u128 top = make_u128(integer[3] << 2 | integer[2] >> 62, integer[2] << 2 | integer[1] >> 62);
    u128 quotient = multiply_high(top, kReciprocal);
    const u128 product = quotient * kXSquared;
    const u128 low_words = make_u128(integer[1], integer[0]);
    u128 remainder = low_words - product;
    const u128 product_high = multiply_high(quotient, kXSquared);
    u128 remainder_high = make_u128(integer[3], integer[2]) - product_high - (low_words < product ? 1 : 0);
    while (remainder_high != 0 || remainder >= kXSquared) {
        if (remainder < kXSquared) --remainder_high;
        remainder -= kXSquared;
        ++quotient;
    }

    auto low = static_cast<__int128>(remainder);
    auto high = static_cast<__int128>(quotient);
    if (remainder > kXSquared / 2) {
        low = static_cast<__int128>(remainder - kXSquared);
        ++high;
    }
    return negate ? SplitScalar{.low = -low, .high = -high} : SplitScalar{.low = low, .high = high};
}

G1Affine times_x_squared(const G1Affine& point) {
    const blst_p1_affine& p = point.blst();
    return G1Affine::from_blst_unchecked({.x = multiply(p.x, kBeta), .y = negate(p.y)});
}

}  // namespace dusk::crypto
