// Eight elements of Fq side by side in AVX-512 registers, multiplied by the 52-bit integer instructions (IFMA).
//
// A lane holds five limbs of 52 bits, least significant first, in Montgomery form with radix 2^260. A value of a lane
// need not be below q: it has a bound B, meaning value < B q, that the code which uses it keeps track of.
//     Fq8         limbs below 2^52, so B <= 35.3; the only operands that multiplication takes
//     Fq8Sum      what additions and subtractions give: signed limbs below 2^61 in size; normalise() before the next
//                 multiplication, when the value is known not to be negative
//     Fq8Product  ten columns of a product, or of a sum of products, before the Montgomery reduction
// Bounds: load gives 16; a + b gives A + B; subtract<M>(a, b) gives A + M and needs M >= B; a reduced product of
// operands A and B is below 1 + A B / 35.3, and the sum of several products 1 + (sum of the A B) / 35.3.
// Everything is constant time.
//
// Callers carry DUSK_TARGET_IFMA and run only where cpu_features().avx512_ifma says so.
#pragma once

#if defined(__x86_64__)

#include <immintrin.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "crypto/field.hpp"

#define DUSK_TARGET_IFMA __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma")))

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

namespace dusk::crypto {

struct Fq8 {
    __m512i limb[5];
};
struct Fq8Sum {
    __m512i limb[5];
};
struct Fq8Product {
    __m512i column[10];
};

// Five limbs of 52 bits, for tables of constants.
using Limbs52 = std::array<std::uint64_t, 5>;

namespace detail {

inline constexpr std::uint64_t kMask52 = (std::uint64_t{1} << 52) - 1;

// A 256-bit integer shifted left by 0 to 4 bits, in limbs of 52 bits.
constexpr Limbs52 split52(const Limbs4& w, int shift) {
    return {(w[0] << shift) & kMask52, ((w[0] >> (52 - shift)) | (w[1] << (12 + shift))) & kMask52,
            ((w[1] >> (40 - shift)) | (w[2] << (24 + shift))) & kMask52,
            ((w[2] >> (28 - shift)) | (w[3] << (36 + shift))) & kMask52, w[3] >> (16 - shift)};
}

inline constexpr Limbs52 kQ52 = split52(Fq::kModulus, 0);

// Limbs of m q for m <= 16.
constexpr Limbs52 multiple_of_q(std::uint64_t m) {
    Limbs52 out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const std::uint64_t sum = kQ52[i] * m + carry;
        out[i] = i < 4 ? sum & kMask52 : sum;
        carry = sum >> 52;
    }
    return out;
}

inline __m512i low52(__m512i x) { return _mm512_and_si512(x, _mm512_set1_epi64(kMask52)); }

}  // namespace detail

// The element in Montgomery form with radix 2^260, below q: for constants.
[[nodiscard]] constexpr Limbs52 to_limbs52(const Fq& x) {
    return detail::split52(x.doubled().doubled().doubled().doubled().montgomery(), 0);
}

[[nodiscard]] inline Fq8 broadcast(const Limbs52& x) {
    Fq8 out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_set1_epi64(static_cast<long long>(x[i]));
    return out;
}
[[nodiscard]] inline Fq8 zero8() {
    Fq8 out;
    for (auto& limb : out.limb) limb = _mm512_setzero_si512();
    return out;
}

// Reads eight elements, `stride` elements apart. `kShift` 4 multiplies by 16, which turns the radix 2^256 of `Fq` into
// 2^260 (B = 16); 0 keeps the limbs of `Fq` as they are (B = 1), for linear maps whose constants bring the radix along.
template <int kShift = 4>
[[nodiscard]] inline Fq8 load(const Fq* first, std::ptrdiff_t stride = 1) {
    const auto pair = [&](std::ptrdiff_t i) {
        const auto one = [&](std::ptrdiff_t j) {
            return _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(first + j * stride));
        };
        return _mm512_inserti64x4(_mm512_castsi256_si512(one(i)), one(i + 1), 1);
    };
    const __m512i r0 = pair(0);
    const __m512i r1 = pair(2);
    const __m512i r2 = pair(4);
    const __m512i r3 = pair(6);
    const __m512i pick01 = _mm512_setr_epi64(0, 4, 8, 12, 1, 5, 9, 13);
    const __m512i pick23 = _mm512_setr_epi64(2, 6, 10, 14, 3, 7, 11, 15);
    const __m512i a01 = _mm512_permutex2var_epi64(r0, pick01, r1);
    const __m512i a23 = _mm512_permutex2var_epi64(r0, pick23, r1);
    const __m512i b01 = _mm512_permutex2var_epi64(r2, pick01, r3);
    const __m512i b23 = _mm512_permutex2var_epi64(r2, pick23, r3);
    const __m512i w0 = _mm512_shuffle_i64x2(a01, b01, 0x44);
    const __m512i w1 = _mm512_shuffle_i64x2(a01, b01, 0xee);
    const __m512i w2 = _mm512_shuffle_i64x2(a23, b23, 0x44);
    const __m512i w3 = _mm512_shuffle_i64x2(a23, b23, 0xee);
    const auto join = [](__m512i low, int right, __m512i high, int left) {
        return detail::low52(_mm512_or_si512(_mm512_srli_epi64(low, static_cast<unsigned>(right)),
                                             _mm512_slli_epi64(high, static_cast<unsigned>(left))));
    };
    return {{detail::low52(_mm512_slli_epi64(w0, kShift)), join(w0, 52 - kShift, w1, 12 + kShift),
             join(w1, 40 - kShift, w2, 24 + kShift), join(w2, 28 - kShift, w3, 36 + kShift),
             _mm512_srli_epi64(w3, 16 - kShift)}};
}

[[nodiscard]] inline Fq8Sum operator+(const Fq8& a, const Fq8& b) {
    Fq8Sum out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_add_epi64(a.limb[i], b.limb[i]);
    return out;
}
[[nodiscard]] inline Fq8Sum operator+(const Fq8Sum& a, const Fq8& b) {
    Fq8Sum out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_add_epi64(a.limb[i], b.limb[i]);
    return out;
}
[[nodiscard]] inline Fq8Sum operator+(const Fq8Sum& a, const Fq8Sum& b) {
    Fq8Sum out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_add_epi64(a.limb[i], b.limb[i]);
    return out;
}
[[nodiscard]] inline Fq8Sum as_sum(const Fq8& a) { return {{a.limb[0], a.limb[1], a.limb[2], a.limb[3], a.limb[4]}}; }
// a + M q - b, not negative when the bound of b is at most M.
template <int kMultiple>
[[nodiscard]] inline Fq8Sum subtract(const Fq8Sum& a, const Fq8Sum& b) {
    static constexpr Limbs52 kOffset = detail::multiple_of_q(kMultiple);
    Fq8Sum out;
    for (int i = 0; i < 5; ++i) {
        const __m512i offset = _mm512_set1_epi64(static_cast<long long>(kOffset[i]));
        out.limb[i] = _mm512_sub_epi64(_mm512_add_epi64(a.limb[i], offset), b.limb[i]);
    }
    return out;
}

// Limbs below 2^52. The value must be in [0, 2^260).
[[nodiscard]] inline Fq8 normalise(const Fq8Sum& a) {
    Fq8 out;
    __m512i carry = _mm512_setzero_si512();
    for (int i = 0; i < 4; ++i) {
        const __m512i sum = _mm512_add_epi64(a.limb[i], carry);
        out.limb[i] = detail::low52(sum);
        carry = _mm512_srai_epi64(sum, 52);
    }
    out.limb[4] = _mm512_add_epi64(a.limb[4], carry);
    return out;
}

[[nodiscard]] inline Fq8Product zero_product() {
    Fq8Product out;
    for (auto& column : out.column) column = _mm512_setzero_si512();
    return out;
}
// acc += a b. At most 200 products before a reduction.
inline void accumulate(Fq8Product& acc, const Fq8& a, const Fq8& b) {
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) {
            acc.column[i + j] = _mm512_madd52lo_epu64(acc.column[i + j], a.limb[i], b.limb[j]);
        }
        for (int j = 0; j < 5; ++j) {
            acc.column[i + j + 1] = _mm512_madd52hi_epu64(acc.column[i + j + 1], a.limb[i], b.limb[j]);
        }
    }
}
// acc += a^2, with 30 instead of 50 multiplications.
inline void accumulate_square(Fq8Product& acc, const Fq8& a) {
    // Cross products count twice; a doubled limb has 53 bits, so the columns are doubled instead.
    Fq8Product cross = zero_product();
    for (int i = 0; i < 4; ++i) {
        for (int j = i + 1; j < 5; ++j) {
            cross.column[i + j] = _mm512_madd52lo_epu64(cross.column[i + j], a.limb[i], a.limb[j]);
            cross.column[i + j + 1] = _mm512_madd52hi_epu64(cross.column[i + j + 1], a.limb[i], a.limb[j]);
        }
    }
    for (int i = 1; i < 10; ++i) {
        acc.column[i] = _mm512_add_epi64(acc.column[i], _mm512_slli_epi64(cross.column[i], 1));
    }
    for (int i = 0; i < 5; ++i) {
        acc.column[2 * i] = _mm512_madd52lo_epu64(acc.column[2 * i], a.limb[i], a.limb[i]);
        acc.column[2 * i + 1] = _mm512_madd52hi_epu64(acc.column[2 * i + 1], a.limb[i], a.limb[i]);
    }
}
// acc / 2^260 mod q.
[[nodiscard]] inline Fq8Sum reduce(Fq8Product acc) {
    // The lowest limb of q is 1 - 2^32 mod 2^52, and so -1/q = -(1 + 2^32): shifts replace three multiplications.
    for (int i = 0; i < 5; ++i) {
        const __m512i low = acc.column[i];
        const __m512i k =
            detail::low52(_mm512_sub_epi64(_mm512_setzero_si512(), _mm512_add_epi64(low, _mm512_slli_epi64(low, 32))));
        for (int j = 1; j < 5; ++j) {
            const __m512i q = _mm512_set1_epi64(static_cast<long long>(detail::kQ52[j]));
            acc.column[i + j] = _mm512_madd52lo_epu64(acc.column[i + j], k, q);
            acc.column[i + j + 1] = _mm512_madd52hi_epu64(acc.column[i + j + 1], k, q);
        }
        // (low + k q0) / 2^52 with q0 = 2^52 - 2^32 + 1, exactly.
        const __m512i carry = _mm512_add_epi64(_mm512_srli_epi64(_mm512_add_epi64(low, k), 52),
                                               _mm512_sub_epi64(k, _mm512_srli_epi64(k, 20)));
        acc.column[i + 1] = _mm512_add_epi64(acc.column[i + 1], carry);
    }
    return {{acc.column[5], acc.column[6], acc.column[7], acc.column[8], acc.column[9]}};
}

// a b / 2^260, before and after normalisation.
[[nodiscard]] inline Fq8Sum multiply(const Fq8& a, const Fq8& b) {
    Fq8Product product = zero_product();
    accumulate(product, a, b);
    return reduce(product);
}
[[nodiscard]] inline Fq8 operator*(const Fq8& a, const Fq8& b) { return normalise(multiply(a, b)); }
[[nodiscard]] inline Fq8 square(const Fq8& a) {
    Fq8Product product = zero_product();
    accumulate_square(product, a);
    return normalise(reduce(product));
}

namespace detail {

// a - m q in the lanes where that is not negative, else a.
template <int kMultiple>
[[nodiscard]] inline Fq8 subtract_once(const Fq8& a) {
    static constexpr Limbs52 kOffset = multiple_of_q(kMultiple);
    Fq8Sum less;
    for (int i = 0; i < 5; ++i) {
        less.limb[i] = _mm512_sub_epi64(a.limb[i], _mm512_set1_epi64(static_cast<long long>(kOffset[i])));
    }
    const Fq8 difference = normalise(less);
    const __mmask8 negative = _mm512_movepi64_mask(difference.limb[4]);
    Fq8 out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_mask_mov_epi64(difference.limb[i], negative, a.limb[i]);
    return out;
}

// Writes a / 2^kShift, which is exact and below 2^256.
template <int kShift>
inline void write(const Fq8& a, Fq* eight) {
    const auto join = [](__m512i low, int right, __m512i high, int left) {
        return _mm512_or_si512(_mm512_srli_epi64(low, static_cast<unsigned>(right)),
                               _mm512_slli_epi64(high, static_cast<unsigned>(left)));
    };
    const __m512i w0 = join(a.limb[0], kShift, a.limb[1], 52 - kShift);
    const __m512i w1 = join(a.limb[1], 12 + kShift, a.limb[2], 40 - kShift);
    const __m512i w2 = join(a.limb[2], 24 + kShift, a.limb[3], 28 - kShift);
    const __m512i w3 = join(a.limb[3], 36 + kShift, a.limb[4], 16 - kShift);
    const __m512i low = _mm512_setr_epi64(0, 8, 2, 10, 4, 12, 6, 14);
    const __m512i high = _mm512_setr_epi64(1, 9, 3, 11, 5, 13, 7, 15);
    const __m512i even01 = _mm512_permutex2var_epi64(w0, low, w1);  // words 0, 1 of elements 0, 2, 4, 6
    const __m512i odd01 = _mm512_permutex2var_epi64(w0, high, w1);  // of elements 1, 3, 5, 7
    const __m512i even23 = _mm512_permutex2var_epi64(w2, low, w3);
    const __m512i odd23 = _mm512_permutex2var_epi64(w2, high, w3);
    const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11);
    const __m512i second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    const __m512i even_low = _mm512_permutex2var_epi64(even01, first, even23);    // elements 0, 2
    const __m512i even_high = _mm512_permutex2var_epi64(even01, second, even23);  // elements 4, 6
    const __m512i odd_low = _mm512_permutex2var_epi64(odd01, first, odd23);
    const __m512i odd_high = _mm512_permutex2var_epi64(odd01, second, odd23);
    auto* words = reinterpret_cast<std::uint64_t*>(eight);
    _mm512_storeu_si512(words, _mm512_shuffle_i64x2(even_low, odd_low, 0x44));
    _mm512_storeu_si512(words + 8, _mm512_shuffle_i64x2(even_low, odd_low, 0xee));
    _mm512_storeu_si512(words + 16, _mm512_shuffle_i64x2(even_high, odd_high, 0x44));
    _mm512_storeu_si512(words + 24, _mm512_shuffle_i64x2(even_high, odd_high, 0xee));
}

}  // namespace detail

// Writes eight elements, radix 2^256 and below q. B <= 17.
inline void store(const Fq8& a, Fq* eight) {
    // Makes a divisible by 16: q = 1 mod 16. The quotient is below (17 + 15) q / 16.
    const __m512i k = _mm512_and_si512(_mm512_sub_epi64(_mm512_setzero_si512(), a.limb[0]), _mm512_set1_epi64(15));
    Fq8Sum sum = as_sum(a);
    for (int i = 0; i < 5; ++i) {
        const __m512i q = _mm512_set1_epi64(static_cast<long long>(detail::kQ52[i]));
        sum.limb[i] = _mm512_madd52lo_epu64(sum.limb[i], k, q);
        if (i < 4) sum.limb[i + 1] = _mm512_madd52hi_epu64(sum.limb[i + 1], k, q);
    }
    detail::write<4>(detail::subtract_once<16>(normalise(sum)), eight);
}
// The value below 2 q (B = 2). Any B.
[[nodiscard]] inline Fq8 nearly_canonical(const Fq8& a) {
    // The quotient by q from the top 12 bits: right or one too small.
    static constexpr std::uint64_t kReciprocal =
        static_cast<std::uint64_t>((static_cast<unsigned __int128>(1) << 92) / (detail::kQ52[4] + 1));
    const __m512i quotient = _mm512_madd52hi_epu64(_mm512_setzero_si512(), _mm512_srli_epi64(a.limb[4], 40),
                                                   _mm512_set1_epi64(static_cast<long long>(kReciprocal)));
    Fq8Product times = zero_product();
    Fq8Sum rest;
    for (int i = 0; i < 5; ++i) {
        const __m512i q = _mm512_set1_epi64(static_cast<long long>(detail::kQ52[i]));
        times.column[i] = _mm512_madd52lo_epu64(times.column[i], quotient, q);
        times.column[i + 1] = _mm512_madd52hi_epu64(times.column[i + 1], quotient, q);
        rest.limb[i] = _mm512_sub_epi64(a.limb[i], times.column[i]);
    }
    return normalise(rest);
}
// The value below q. Any B.
[[nodiscard]] inline Fq8 canonical(const Fq8& a) { return detail::subtract_once<1>(nearly_canonical(a)); }
// Writes eight elements whose lanes hold the limbs of `Fq` as they are (load<0>). Any B.
inline void store_unscaled(const Fq8& a, Fq* eight) { detail::write<0>(canonical(a), eight); }

}  // namespace dusk::crypto

#pragma clang attribute pop

#endif
