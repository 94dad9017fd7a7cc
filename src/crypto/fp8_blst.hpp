// Between the eight lanes of fp8.hpp and blst's elements, and lanes that are zero.
#pragma once

#if defined(__x86_64__)

#include "crypto/fp8.hpp"

namespace dusk::crypto {

// Signed limbs to limbs below 2^52; the value is not negative.
[[nodiscard]] constexpr FpLimbs52 carried(const FpLimbs52& limbs) {
    FpLimbs52 out{};
    std::int64_t carry = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const std::int64_t sum = static_cast<std::int64_t>(limbs[i]) + carry;
        out[i] = i < 7 ? static_cast<std::uint64_t>(sum) & detail::kMask52 : static_cast<std::uint64_t>(sum);
        carry = sum >> 52;
    }
    return out;
}

// a − p where that is not negative, else a.
[[nodiscard]] constexpr FpLimbs52 reduced_once(const FpLimbs52& a) {
    FpLimbs52 difference{};
    for (std::size_t i = 0; i < 8; ++i) difference[i] = a[i] - detail::kP52[i];
    difference = carried(difference);
    return (difference[7] >> 63) != 0 ? a : difference;
}

// The 384 bits of limbs below 2^52.
[[nodiscard]] constexpr blst_fp packed(const FpLimbs52& limbs) {
    blst_fp out{};
    for (std::size_t i = 0; i < 8; ++i) {
        const std::size_t word = 52 * i / 64;
        const std::size_t shift = 52 * i % 64;
        out.l[word] |= limbs[i] << shift;
        if (shift > 12 && word < 5) out.l[word + 1] |= limbs[i] >> (64 - shift);
    }
    return out;
}

// Between radix 2^416 and blst's 2^384, by way of a factor 2^±32. The value is below 2 p.
[[nodiscard]] inline blst_fp to_blst(const FpLimbs52& x) {
    blst_fp out = packed(reduced_once(x));
    static constexpr blst_fp kScale{{0, 0, 0, 0, 0, std::uint64_t{1} << 32}};
    blst_fp_mul(&out, &out, &kScale);
    return out;
}

[[nodiscard]] inline FpLimbs52 from_blst(const blst_fp& x) {
    static constexpr detail::FpWords kWords = detail::double_fp({1}, 416);
    static constexpr blst_fp kScale{{kWords[0], kWords[1], kWords[2], kWords[3], kWords[4], kWords[5]}};
    blst_fp scaled;
    blst_fp_mul(&scaled, &x, &kScale);
    return detail::split_fp({scaled.l[0], scaled.l[1], scaled.l[2], scaled.l[3], scaled.l[4], scaled.l[5]});
}

// A constant of blst's as a row.
[[nodiscard]] constexpr FpLimbs52 row_of(const blst_fp& x) {
    return detail::split_fp(detail::double_fp({x.l[0], x.l[1], x.l[2], x.l[3], x.l[4], x.l[5]}, 32));
}

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

// Lanes of a normalised value up to 4 p that hold a multiple of p.
[[nodiscard]] inline __mmask8 is_zero_residue(const Fp8& a) {
    static constexpr std::array<FpLimbs52, 5> kMultiples{detail::multiple_of_p(0), detail::multiple_of_p(1),
                                                         detail::multiple_of_p(2), detail::multiple_of_p(3),
                                                         detail::multiple_of_p(4)};
    unsigned zero = 0;
    for (const FpLimbs52& multiple : kMultiples) {
        unsigned equal = 0xff;
        for (int i = 0; i < 8; ++i) equal &= _mm512_cmpeq_epi64_mask(a.limb[i], detail::broadcast_word(multiple[i]));
        zero |= equal;
    }
    return static_cast<__mmask8>(zero);
}

#pragma clang attribute pop

}  // namespace dusk::crypto

#endif
