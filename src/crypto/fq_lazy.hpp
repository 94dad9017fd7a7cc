// Arithmetic of Fq without the final subtractions, for long computations that keep track of how large values are.
//
// A value is four words in Montgomery form (radix 2^256) with a bound B: value < B q. It must be below 2^256, which
// is 2.209 q. A product of operands with bounds A and B is below 1 + 0.4528 A B.
#pragma once

#include "crypto/field.hpp"
#include "crypto/narrow_multiply.hpp"

namespace dusk::crypto::lazy {

namespace detail {

using crypto::detail::u128;
using i128 = __int128;
using Word = unsigned long long;

inline constexpr const Limbs4& kQ = Fq::kModulus;
struct ModulusOfQ {
    static constexpr const Limbs4& limbs = kQ;
};

// a + b + carry; carry becomes the carry out. The form that becomes one instruction.
[[gnu::always_inline]] inline Word add(Word a, Word b, Word& carry) {
    Word out = 0;
    const Word sum = __builtin_addcll(a, b, carry, &out);
    carry = out;
    return sum;
}
[[gnu::always_inline]] inline Word low(u128 x) { return static_cast<Word>(x); }
[[gnu::always_inline]] inline Word high(u128 x) { return static_cast<Word>(x >> 64); }
#if defined(__wasm__)
[[gnu::always_inline]] inline u128 product(Word a, Word b) { return narrow::wide_product(a, b); }
#else
[[gnu::always_inline]] inline u128 product(Word a, Word b) { return static_cast<u128>(a) * b; }
#endif

// (t + k q) / 2^64 with the k that makes it exact, where t has five words. The lowest word of q is 2^64 - 2^32 + 1, so
// that its inverse and its product with k take shifts instead of multiplications.
[[gnu::always_inline]] inline void reduce_word(Word t0, Word t1, Word t2, Word t3, Word t4, Word (&out)[4]) {
    const Word k = 0 - (t0 + (t0 << 32));
    const u128 p1 = product(k, kQ[1]);
    const u128 p2 = product(k, kQ[2]);
    const u128 p3 = product(k, kQ[3]);
    Word carry = 0;
    add(t0, k, carry);
    const Word lowest = k - (k >> 32) + carry;
    carry = 0;
    out[0] = add(t1, low(p1), carry);
    out[1] = add(t2, low(p2), carry);
    out[2] = add(t3, low(p3), carry);
    out[3] = t4 + high(p3) + carry;
    carry = 0;
    out[0] = add(out[0], lowest, carry);
    out[1] = add(out[1], high(p1), carry);
    out[2] = add(out[2], high(p2), carry);
    out[3] += carry;
}

}  // namespace detail

// a b / 2^256. B <= 1.2: the rows of the product are added up and reduced in turn.
[[gnu::always_inline]] inline Limbs4 multiply(const Limbs4& a, const Limbs4& b) {
    using namespace detail;
#if defined(__wasm__)
    return narrow::FourWords<ModulusOfQ>::multiply(a.data(), b.data());
#endif
    Word t[4] = {};
    for (int i = 0; i < 4; ++i) {
        const u128 p0 = product(a[i], b[0]);
        const u128 p1 = product(a[i], b[1]);
        const u128 p2 = product(a[i], b[2]);
        const u128 p3 = product(a[i], b[3]);
        Word carry = 0;
        const Word s0 = add(t[0], low(p0), carry);
        Word s1 = add(t[1], low(p1), carry);
        Word s2 = add(t[2], low(p2), carry);
        Word s3 = add(t[3], low(p3), carry);
        Word s4 = high(p3) + carry;
        carry = 0;
        s1 = add(s1, high(p0), carry);
        s2 = add(s2, high(p1), carry);
        s3 = add(s3, high(p2), carry);
        s4 += carry;
        reduce_word(s0, s1, s2, s3, s4, t);
    }
    return {t[0], t[1], t[2], t[3]};
}

// a^2 / 2^256.
[[gnu::always_inline]] inline Limbs4 square(const Limbs4& a) {
    using namespace detail;
#if defined(__wasm__)
    return narrow::FourWords<ModulusOfQ>::multiply(a.data(), a.data());
#endif
    const u128 p01 = product(a[0], a[1]);
    const u128 p02 = product(a[0], a[2]);
    const u128 p03 = product(a[0], a[3]);
    const u128 p12 = product(a[1], a[2]);
    const u128 p13 = product(a[1], a[3]);
    const u128 p23 = product(a[2], a[3]);
    Word t[8];
    Word carry = 0;
    t[1] = low(p01);
    t[2] = add(high(p01), low(p02), carry);
    t[3] = add(high(p02), low(p03), carry);
    t[4] = add(high(p03), low(p13), carry);
    t[5] = add(high(p13), low(p23), carry);
    t[6] = high(p23) + carry;
    carry = 0;
    t[3] = add(t[3], low(p12), carry);
    t[4] = add(t[4], high(p12), carry);
    t[5] = add(t[5], 0, carry);
    t[6] += carry;
    carry = 0;
    for (int i = 1; i < 7; ++i) t[i] = add(t[i], t[i], carry);
    t[7] = carry;
    t[0] = 0;
    carry = 0;
    for (int i = 0; i < 4; ++i) {
        const u128 p = product(a[i], a[i]);
        t[2 * i] = add(t[2 * i], low(p), carry);
        t[2 * i + 1] = add(t[2 * i + 1], high(p), carry);
    }
    Word r[4] = {t[0], t[1], t[2], t[3]};
    for (int i = 0; i < 4; ++i) reduce_word(r[0], r[1], r[2], r[3], 0, r);
    Limbs4 out;
    carry = 0;
    for (int i = 0; i < 4; ++i) out[i] = add(r[i], t[4 + i], carry);
    return out;
}

// x - q where that is not negative, else x.
[[gnu::always_inline]] inline Limbs4 subtract_once(const Limbs4& x) {
    Limbs4 less;
    std::uint64_t borrow = 0;
    for (int i = 0; i < 4; ++i) less[i] = crypto::detail::sub_borrow(x[i], detail::kQ[i], borrow);
    const std::uint64_t keep = crypto::detail::opaque_mask(borrow);
    Limbs4 out;
    for (int i = 0; i < 4; ++i) out[i] = (x[i] & keep) | (less[i] & ~keep);
    return out;
}

// floor(2^318 / q)
inline constexpr std::uint64_t kReciprocal = 0x8d54253b7fb78ddf;

// A sum of products of an element and a one-word integer, without carries between the words. Each of the sums of the
// added and of the subtracted integers is below 2^40.
class SmallSum {
  public:
    SmallSum() = default;
    // Starts from an integer below 2^295, of five words.
    [[gnu::always_inline]] explicit SmallSum(const std::array<std::uint64_t, 5>& x)
        : column_{x[0], x[1], x[2], static_cast<detail::i128>(static_cast<detail::u128>(x[4]) << 64 | x[3])} {}
    [[gnu::always_inline]] explicit SmallSum(const Limbs4& x) : column_{x[0], x[1], x[2], x[3]} {}

    [[gnu::always_inline]] void add(std::uint64_t n, const Limbs4& x) {
        for (int i = 0; i < 4; ++i) column_[i] += static_cast<detail::i128>(detail::product(n, x[i]));
    }
    [[gnu::always_inline]] void subtract(std::uint64_t n, const Limbs4& x) {
        for (int i = 0; i < 4; ++i) column_[i] -= static_cast<detail::i128>(detail::product(n, x[i]));
    }

    // The sum modulo q, below (1 + 2^-16) q. Without subtractions, or for a sum of q or more; below 2^295.
    template <bool kSubtracted>
    [[nodiscard, gnu::always_inline]] Limbs4 reduce() {
        // The quotient comes from the top column alone. What the other columns carry into it is less than 4 in this
        // unit of 2^231, which is 2^-23.8 q; it may be negative only after subtractions.
        std::uint64_t top = static_cast<std::uint64_t>(column_[3] >> 39);
        if constexpr (kSubtracted) top -= 4;
        const auto quotient = static_cast<std::uint64_t>((static_cast<detail::u128>(top) * kReciprocal) >> 64) >> 23;
        subtract(quotient, detail::kQ);
        Limbs4 out;
        detail::i128 carry = 0;
        for (int i = 0; i < 4; ++i) {
            carry += column_[i];
            out[i] = static_cast<std::uint64_t>(carry);
            carry >>= 64;
        }
        return out;
    }

  private:
    detail::i128 column_[4] = {};
};

// c plus the sum of a[i] b[i] / 2^256 modulo q, below (1 + 2^-16) q. At most 2^10 products of operands below 2^256.
template <std::size_t N>
[[nodiscard]] Limbs4 sum_of_products(const std::array<const Limbs4*, N>& a, const std::array<Limbs4, N>& b,
                                     const Limbs4& c) {
    using detail::u128;
    std::uint64_t t[9] = {0, 0, 0, 0, c[0], c[1], c[2], c[3], 0};
    for (std::size_t n = 0; n < N; ++n) {
        for (int i = 0; i < 4; ++i) {
            std::uint64_t carry = 0;
            for (int j = 0; j < 4; ++j) {
                const u128 sum = static_cast<u128>((*a[n])[i]) * b[n][j] + t[i + j] + carry;
                t[i + j] = static_cast<std::uint64_t>(sum);
                carry = static_cast<std::uint64_t>(sum >> 64);
            }
            for (int j = i + 4; j < 9; ++j) t[j] = crypto::detail::add_carry(t[j], 0, carry);
        }
    }
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t k = 0 - (t[i] + (t[i] << 32));
        std::uint64_t carry = 0;
        for (int j = 0; j < 4; ++j) {
            const u128 sum = static_cast<u128>(k) * detail::kQ[j] + t[i + j] + carry;
            t[i + j] = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> 64);
        }
        for (int j = i + 4; j < 9; ++j) t[j] = crypto::detail::add_carry(t[j], 0, carry);
    }
    return SmallSum(std::array{t[4], t[5], t[6], t[7], t[8]}).template reduce<false>();
}

}  // namespace dusk::crypto::lazy
