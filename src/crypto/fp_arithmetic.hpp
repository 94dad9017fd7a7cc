// Arithmetics of Fp for templates over them: blst's, whose values are always below p, and MULX inline and that of
// WebAssembly, whose values are not. A function of both says how large its operands may be and its result is, in
// multiples of p, for MULX.
#pragma once

#include "crypto/fp_inline.hpp"
#include "crypto/fp_mulx.hpp"

namespace dusk::crypto {

namespace detail {

using Limbs6 = std::array<std::uint64_t, 6>;

// k p for k up to 9: below 2^384.
constexpr Limbs6 multiple_of_modulus(std::uint64_t k) {
    Limbs6 out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        const u128 product = static_cast<u128>(FpParams::modulus[i]) * k + carry;
        out[i] = static_cast<std::uint64_t>(product);
        carry = static_cast<std::uint64_t>(product >> 64);
    }
    return out;
}

template <std::uint64_t k>
inline constexpr Limbs6 kMultiple = multiple_of_modulus(k);

}  // namespace detail

// a + b.
[[nodiscard, gnu::always_inline]] inline Fp sum_unreduced(const Fp& a, const Fp& b) {
    Fp out;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::add_carry(a.l[i], b.l[i], carry);
    return out;
}

// a + k p - b, which must not be negative.
template <std::uint64_t k>
[[nodiscard, gnu::always_inline]] inline Fp difference_plus(const Fp& a, const Fp& b) {
    Fp out;
    std::uint64_t carry = 0;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::add_carry(a.l[i], detail::kMultiple<k>[i], carry);
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::sub_borrow(out.l[i], b.l[i], borrow);
    return out;
}

// x, or x - k p where that is not negative.
template <std::uint64_t k>
[[nodiscard, gnu::always_inline]] inline Fp reduced_by(const Fp& x) {
    Fp less;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 6; ++i) less.l[i] = detail::sub_borrow(x.l[i], detail::kMultiple<k>[i], borrow);
    const std::uint64_t keep = detail::opaque_mask(borrow);
    for (std::size_t i = 0; i < 6; ++i) less.l[i] = (x.l[i] & keep) | (less.l[i] & ~keep);
    return less;
}

// x 2^shift as an integer.
template <unsigned shift>
[[nodiscard, gnu::always_inline]] inline Fp shifted(const Fp& x) {
    Fp out;
    out.l[0] = x.l[0] << shift;
    for (std::size_t i = 1; i < 6; ++i) out.l[i] = x.l[i] << shift | x.l[i - 1] >> (64 - shift);
    return out;
}

// x / 2 mod p: below (A + 1) / 2 for x below A.
[[nodiscard, gnu::always_inline]] inline Fp halved(const Fp& x) {
    const std::uint64_t odd = detail::opaque_mask(x.l[0] & 1);
    Fp even;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) even.l[i] = detail::add_carry(x.l[i], FpParams::modulus[i] & odd, carry);
    Fp out;
    for (std::size_t i = 0; i < 5; ++i) out.l[i] = even.l[i] >> 1 | even.l[i + 1] << 63;
    out.l[5] = even.l[5] >> 1;
    return out;
}

struct BlstFp {
    static constexpr std::uint64_t kZero = 0;  // lowest limb of `difference` of equal numbers
    static Fp difference(const Fp& a, const Fp& b) { return subtract(a, b); }
    static Fp multiply(const Fp& a, const Fp& b) {
        Fp out;
        blst_fp_mul(&out, &a, &b);
        return out;
    }
    static Fp reduced(const Fp& x) { return x; }
};

#if defined(__x86_64__)
struct MulxFp {
    static constexpr std::uint64_t kZero = FpParams::modulus[0];
    // 1 and 1: 2.
    static Fp difference(const Fp& a, const Fp& b) { return subtract_unreduced(a, b); }
    // A and B, at most 8: 1 + 0.1016 A B.
    [[gnu::always_inline]] static Fp multiply(const Fp& a, const Fp& b) { return mulx::multiply(a, b); }
    // 2: 1.
    static Fp reduced(const Fp& x) { return reduced_once(x); }
};
#endif

#if defined(__wasm__)
// As MulxFp, by small limbs.
struct NarrowFp {
    struct Modulus {
        static constexpr const detail::Limbs6& limbs = FpParams::modulus;
    };
    static constexpr std::uint64_t kZero = FpParams::modulus[0];
    static Fp difference(const Fp& a, const Fp& b) { return subtract_unreduced(a, b); }
    [[gnu::noinline]] static Fp multiply(const Fp& a, const Fp& b) {
        const auto product = narrow::SixWords<Modulus>::multiply(a.l, b.l);
        Fp out;
        for (std::size_t i = 0; i < 6; ++i) out.l[i] = product[i];
        return out;
    }
    static Fp reduced(const Fp& x) { return reduced_once(x); }
};
#endif

}  // namespace dusk::crypto
