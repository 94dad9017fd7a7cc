// Steps of Fp for loops in which a call would cost as much as the work. In constant time.
#pragma once

#include "crypto/fp.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto {

// a - b.
[[nodiscard, gnu::always_inline]] inline Fp subtract(const Fp& a, const Fp& b) {
    Fp difference;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 6; ++i) difference.l[i] = detail::sub_borrow(a.l[i], b.l[i], borrow);
    const std::uint64_t mask = detail::opaque_mask(borrow);
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        difference.l[i] = detail::add_carry(difference.l[i], FpParams::modulus[i] & mask, carry);
    }
    return difference;
}

// x, or x - p where that is not negative.
[[nodiscard, gnu::always_inline]] inline Fp reduced_once(const Fp& x) {
    Fp less;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 6; ++i) less.l[i] = detail::sub_borrow(x.l[i], FpParams::modulus[i], borrow);
    const std::uint64_t keep = detail::opaque_mask(borrow);
    for (std::size_t i = 0; i < 6; ++i) less.l[i] = (x.l[i] & keep) | (less.l[i] & ~keep);
    return less;
}

// a - b + p, from 1 to 2 p - 1: p for equal ones.
[[nodiscard, gnu::always_inline]] inline Fp subtract_unreduced(const Fp& a, const Fp& b) {
    Fp out;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::add_carry(a.l[i], FpParams::modulus[i], carry);
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 6; ++i) out.l[i] = detail::sub_borrow(out.l[i], b.l[i], borrow);
    return out;
}

// -a or a, for a that is not zero.
[[nodiscard, gnu::always_inline]] inline Fp negated_if(const Fp& a, bool negate) {
    const std::uint64_t mask = detail::opaque_mask(negate ? 1 : 0);
    // p + ~a + 1, or 0 + a.
    Fp out;
    std::uint64_t carry = mask & 1;
    for (std::size_t i = 0; i < 6; ++i) {
        out.l[i] = detail::add_carry(FpParams::modulus[i] & mask, a.l[i] ^ mask, carry);
    }
    return out;
}

}  // namespace dusk::crypto
