// Eight elements of the base field of BLS12-381 side by side in AVX-512 registers, multiplied by the 52-bit integer
// instructions (IFMA).
//
// A lane holds eight limbs of 52 bits, least significant first, in Montgomery form with radix 2^416. The 35 bits above
// p are room: values need not be below p. The code keeps track of bounds, in multiples of p:
//     Fp8     limbs below 2^52, any value below 2^416; the only operands that multiplication takes
//     Fp8Sum  sums and differences: signed limbs below 2^60 in size, perhaps negative
// A product is below (1 + 2^-20) p for operands below 2^7 p. `folded` brings values of a small range, negative ones
// included, to [0, 1.62 p).
// Everything is constant time.
//
// Callers carry DUSK_TARGET_IFMA and run only where cpu_features().avx512_ifma says so.
#pragma once

#if defined(__x86_64__)

#include <blst.h>
#include <immintrin.h>

#include <array>
#include <cstdint>

#include "crypto/fq8.hpp"

namespace dusk::crypto {

struct Fp8 {
    __m512i limb[8];
};
struct Fp8Sum {
    __m512i limb[8];
};

// One element as a row of memory.
using FpLimbs52 = std::array<std::uint64_t, 8>;

namespace detail {

using FpWords = std::array<std::uint64_t, 6>;

inline constexpr FpWords kP{0xb9feffffffffaaab, 0x1eabfffeb153ffff, 0x6730d2a0f6b0f624,
                            0x64774b84f38512bf, 0x4b1ba7b6434bacd7, 0x1a0111ea397fe69a};

constexpr FpLimbs52 split_fp(const FpWords& w) {
    FpLimbs52 out{};
    for (std::size_t i = 0; i < 8; ++i) {
        const std::size_t word = 52 * i / 64;
        const std::size_t shift = 52 * i % 64;
        out[i] = w[word] >> shift;
        if (shift > 12 && word < 5) out[i] |= w[word + 1] << (64 - shift);
        out[i] &= kMask52;
    }
    return out;
}

// 2^bits x mod p.
constexpr FpWords double_fp(FpWords x, int bits) {
    for (int i = 0; i < bits; ++i) {
        std::uint64_t carry = 0;
        for (auto& word : x) word = add_carry(word, word, carry);
        FpWords reduced{};
        std::uint64_t borrow = 0;
        for (std::size_t j = 0; j < 6; ++j) reduced[j] = sub_borrow(x[j], kP[j], borrow);
        if (borrow == 0) x = reduced;
    }
    return x;
}

inline constexpr FpLimbs52 kP52 = split_fp(kP);
inline constexpr std::uint64_t kPInverse52 = negative_inverse(kP[0]) & kMask52;  // -1 / p mod 2^52

// Limbs of m p, below 2^52.
constexpr FpLimbs52 multiple_of_p(std::uint64_t m) {
    FpLimbs52 out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint64_t sum = kP52[i] * m + carry;
        out[i] = sum & kMask52;
        carry = sum >> 52;
    }
    return out;
}

// What `folded` adds. A sum whose highest limb is in [2^16 j, 2^16 (j + 1)), with the others adding between -4 and 64
// to it, gets the least multiple of p that makes it positive; p is about 1.625 · 2^16 in these units. Column j mod 8.
inline constexpr std::array<std::uint64_t, 8> kFoldMultiples{1, 0, 4, 4, 3, 2, 2, 1};  // j = 0, 1, -6 … -1

constexpr std::array<std::array<std::uint64_t, 8>, 8> fold_table() {
    std::array<std::array<std::uint64_t, 8>, 8> table{};
    for (std::size_t j = 0; j < 8; ++j) {
        const FpLimbs52 multiple = multiple_of_p(kFoldMultiples[j]);
        for (std::size_t i = 0; i < 8; ++i) table[i][j] = multiple[i];
    }
    return table;
}
alignas(64) inline constexpr std::array<std::array<std::uint64_t, 8>, 8> kFoldTable = fold_table();

}  // namespace detail

// Constants of the field in Montgomery form with radix 2^416; 2^448 turns radix 2^384 into it.
inline constexpr FpLimbs52 kFpOne52 = detail::split_fp(detail::double_fp({1}, 416));
inline constexpr FpLimbs52 kFpFromBlst52 = detail::split_fp(detail::double_fp({1}, 448));

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

namespace detail {

inline __m512i broadcast_word(std::uint64_t word) { return _mm512_set1_epi64(static_cast<long long>(word)); }

}  // namespace detail

[[nodiscard]] inline Fp8 broadcast(const FpLimbs52& x) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = detail::broadcast_word(x[i]);
    return out;
}

[[nodiscard]] inline Fp8Sum as_sum(const Fp8& a) {
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) out.limb[i] = a.limb[i];
    return out;
}
[[nodiscard]] inline Fp8Sum operator+(const Fp8Sum& a, const Fp8Sum& b) {
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_add_epi64(a.limb[i], b.limb[i]);
    return out;
}
[[nodiscard]] inline Fp8Sum operator-(const Fp8Sum& a, const Fp8Sum& b) {
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_sub_epi64(a.limb[i], b.limb[i]);
    return out;
}
// a + m p.
template <int kMultiple>
[[nodiscard]] inline Fp8Sum plus_p(const Fp8Sum& a) {
    static constexpr FpLimbs52 kOffset = detail::multiple_of_p(kMultiple);
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_add_epi64(a.limb[i], detail::broadcast_word(kOffset[i]));
    return out;
}
[[nodiscard]] inline Fp8Sum operator-(const Fp8& a) {
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_sub_epi64(_mm512_setzero_si512(), a.limb[i]);
    return out;
}
// 2 p - a in the lanes of `negate`, a in the others. a is at most 2 p.
[[nodiscard]] inline Fp8Sum negated_where(__mmask8 negate, const Fp8& a) {
    static constexpr FpLimbs52 kOffset = detail::multiple_of_p(2);
    Fp8Sum out;
    for (int i = 0; i < 8; ++i) {
        out.limb[i] = _mm512_mask_sub_epi64(a.limb[i], negate, detail::broadcast_word(kOffset[i]), a.limb[i]);
    }
    return out;
}
// b in the lanes of `mask`, a in the others.
[[nodiscard]] inline Fp8 blend(__mmask8 mask, const Fp8& a, const Fp8& b) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_mask_mov_epi64(a.limb[i], mask, b.limb[i]);
    return out;
}

// Limbs below 2^52. The value must be in [0, 2^416).
[[nodiscard]] inline Fp8 normalised(const Fp8Sum& a) {
    Fp8 out;
    __m512i carry = _mm512_setzero_si512();
    for (int i = 0; i < 7; ++i) {
        const __m512i sum = _mm512_add_epi64(a.limb[i], carry);
        out.limb[i] = detail::low52(sum);
        carry = _mm512_srai_epi64(sum, 52);
    }
    out.limb[7] = _mm512_add_epi64(a.limb[7], carry);
    return out;
}

// The same residue in [0, 1.62 p), normalised, for values in (-3.69 p, 1.23 p) whose limbs but the highest are in
// (-4 · 2^52, 64 · 2^52).
[[nodiscard]] inline Fp8 folded(Fp8Sum a) {
    const __m512i column = _mm512_srli_epi64(a.limb[7], 16);
    for (int i = 0; i < 8; ++i) {
        const __m512i multiple = _mm512_permutexvar_epi64(column, _mm512_load_si512(detail::kFoldTable[i].data()));
        a.limb[i] = _mm512_add_epi64(a.limb[i], multiple);
    }
    return normalised(a);
}

namespace detail {

// columns / 2^416 mod p.
inline Fp8Sum reduce(__m512i (&columns)[16]) {
    const __m512i inverse = broadcast_word(kPInverse52);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; ++i) {
        const __m512i k = _mm512_madd52lo_epu64(_mm512_setzero_si512(), columns[i], inverse);
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; ++j) {
            columns[i + j] = _mm512_madd52lo_epu64(columns[i + j], k, broadcast_word(kP52[j]));
        }
        columns[i + 1] = _mm512_add_epi64(columns[i + 1], _mm512_srli_epi64(columns[i], 52));
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; ++j) {
            columns[i + j + 1] = _mm512_madd52hi_epu64(columns[i + j + 1], k, broadcast_word(kP52[j]));
        }
    }
    Fp8Sum out;
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; ++i) out.limb[i] = columns[i + 8];
    return out;
}

}  // namespace detail

// a b / 2^416, before and after normalisation. Limbs before it are below 2^57.
[[nodiscard]] inline Fp8Sum multiply(const Fp8& a, const Fp8& b) {
    __m512i columns[16];
    for (auto& column : columns) column = _mm512_setzero_si512();
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; ++i) {
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; ++j) columns[i + j] = _mm512_madd52lo_epu64(columns[i + j], a.limb[i], b.limb[j]);
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; ++j) {
            columns[i + j + 1] = _mm512_madd52hi_epu64(columns[i + j + 1], a.limb[i], b.limb[j]);
        }
    }
    return detail::reduce(columns);
}
[[nodiscard]] inline Fp8 operator*(const Fp8& a, const Fp8& b) { return normalised(multiply(a, b)); }

// a^2 / 2^416, before normalisation, with 72 instead of 128 multiplications for the product.
[[nodiscard]] inline Fp8Sum squared(const Fp8& a) {
    // Cross products count twice; a doubled limb has 53 bits, so the columns are doubled instead.
    __m512i columns[16];
    for (auto& column : columns) column = _mm512_setzero_si512();
#pragma clang loop unroll(full)
    for (int i = 0; i < 7; ++i) {
#pragma clang loop unroll(full)
        for (int j = i + 1; j < 8; ++j) {
            columns[i + j] = _mm512_madd52lo_epu64(columns[i + j], a.limb[i], a.limb[j]);
            columns[i + j + 1] = _mm512_madd52hi_epu64(columns[i + j + 1], a.limb[i], a.limb[j]);
        }
    }
    for (auto& column : columns) column = _mm512_add_epi64(column, column);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; ++i) {
        columns[2 * i] = _mm512_madd52lo_epu64(columns[2 * i], a.limb[i], a.limb[i]);
        columns[2 * i + 1] = _mm512_madd52hi_epu64(columns[2 * i + 1], a.limb[i], a.limb[i]);
    }
    return detail::reduce(columns);
}

// Rows to columns and back: row i of eight words becomes word i of each.
inline void transpose(__m512i (&r)[8]) {
    __m512i pairs[8];
    for (int i = 0; i < 4; ++i) {
        pairs[2 * i] = _mm512_unpacklo_epi64(r[2 * i], r[2 * i + 1]);
        pairs[2 * i + 1] = _mm512_unpackhi_epi64(r[2 * i], r[2 * i + 1]);
    }
    // pairs[2 i + s]: words s, s + 2, s + 4, s + 6 of the rows 2 i and 2 i + 1.
    for (int s = 0; s < 2; ++s) {
        const __m512i low01 = _mm512_shuffle_i64x2(pairs[s], pairs[2 + s], 0x88);   // words s, s + 4
        const __m512i high01 = _mm512_shuffle_i64x2(pairs[s], pairs[2 + s], 0xdd);  // words s + 2, s + 6
        const __m512i low23 = _mm512_shuffle_i64x2(pairs[4 + s], pairs[6 + s], 0x88);
        const __m512i high23 = _mm512_shuffle_i64x2(pairs[4 + s], pairs[6 + s], 0xdd);
        r[s] = _mm512_shuffle_i64x2(low01, low23, 0x88);
        r[s + 4] = _mm512_shuffle_i64x2(low01, low23, 0xdd);
        r[s + 2] = _mm512_shuffle_i64x2(high01, high23, 0x88);
        r[s + 6] = _mm512_shuffle_i64x2(high01, high23, 0xdd);
    }
}

// The limbs of 52 bits of one element of blst's, radix 2^384, in one register.
[[nodiscard]] inline __m512i split_blst(const blst_fp& x) {
    const __m512i words = _mm512_maskz_loadu_epi64(0x3f, x.l);
    const __m512i low = _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 0, 1, 2, 3, 4, 4, 5), words);
    const __m512i high = _mm512_permutexvar_epi64(_mm512_setr_epi64(1, 1, 2, 3, 4, 5, 5, 6), words);
    const __m512i right = _mm512_setr_epi64(0, 52, 40, 28, 16, 4, 56, 44);
    const __m512i left = _mm512_sub_epi64(_mm512_set1_epi64(64), right);
    return detail::low52(_mm512_or_si512(_mm512_srlv_epi64(low, right), _mm512_sllv_epi64(high, left)));
}

}  // namespace dusk::crypto

#pragma clang attribute pop

#endif
