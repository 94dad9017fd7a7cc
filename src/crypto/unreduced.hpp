// Arithmetic on limbs that nobody checked: spec/crypto.md §18.
//
// Contracts hand over field elements as Montgomery limbs that may be at or above the modulus. What the
// network then computes is decided by the exact steps of its limb arithmetic, which this file repeats;
// results are congruent to the field operation only while no intermediate leaves the word. Values whose limbs
// are all reduced give the same limbs as `Field`, so the fast types serve there. Variable time: such values
// are public.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/field.hpp"

namespace dusk::crypto {

// Base field of BLS12-381: spec/crypto.md §2.3.
struct FpParams {
    static constexpr std::array<std::uint64_t, 6> modulus{0xb9feffffffffaaab, 0x1eabfffeb153ffff, 0x6730d2a0f6b0f624,
                                                          0x64774b84f38512bf, 0x4b1ba7b6434bacd7, 0x1a0111ea397fe69a};
};

// How a - b is computed: the scalar fields add m once after a borrow; Fp adds the negation of b to a.
enum class Subtraction : std::uint8_t { borrow_and_add, add_negated };

// Any limbs whatsoever, least significant first, taken as a Montgomery form with radix W = 2^(64 N) modulo
// m = Params::modulus. No operation requires reduced operands.
template <class Params, Subtraction kSubtraction>
class Unreduced {
  public:
    static constexpr std::size_t kLimbs = Params::modulus.size();
    static constexpr std::size_t kSize = 8 * kLimbs;
    using Limbs = std::array<std::uint64_t, kLimbs>;
    static constexpr Limbs kModulus = Params::modulus;

    constexpr Unreduced() = default;  // zero
    constexpr explicit Unreduced(const Limbs& limbs) : limbs_(limbs) {}
    // The archived form: limbs as little-endian words (spec/crypto.md §17).
    constexpr explicit Unreduced(std::span<const std::uint8_t, kSize> archived) {
        for (std::size_t i = 0; i < kLimbs; ++i) limbs_[i] = load_le<std::uint64_t>(archived.data() + 8 * i);
    }

    [[nodiscard]] static constexpr Unreduced zero() { return {}; }
    [[nodiscard]] static constexpr Unreduced one() {
        return Unreduced(detail::power_of_two_mod(kModulus, 64 * kLimbs));
    }

    [[nodiscard]] constexpr const Limbs& limbs() const { return limbs_; }
    // Whether the limbs are below the modulus, so that the fast types may take them.
    [[nodiscard]] constexpr bool is_reduced() const {
        return std::ranges::lexicographical_compare(limbs_.rbegin(), limbs_.rend(), kModulus.rbegin(), kModulus.rend());
    }
    // All limbs zero; the modulus itself is not zero here.
    [[nodiscard]] constexpr bool is_zero() const { return limbs_ == Limbs{}; }
    // Equality of limbs.
    friend constexpr bool operator==(const Unreduced&, const Unreduced&) = default;

    // The integer below m that the limbs stand for, and its encodings.
    [[nodiscard]] constexpr Limbs to_integer() const {
        Wide wide{};
        std::ranges::copy(limbs_, wide.begin());
        return montgomery_reduce(wide).limbs_;
    }
    [[nodiscard]] constexpr ByteArray<kSize> to_bytes() const {  // little-endian
        const Limbs integer = to_integer();
        ByteArray<kSize> out{};
        for (std::size_t i = 0; i < kLimbs; ++i) store_le(out.data() + 8 * i, integer[i]);
        return out;
    }
    [[nodiscard]] constexpr ByteArray<kSize> to_be_bytes() const {
        ByteArray<kSize> out = to_bytes();
        std::ranges::reverse(out);
        return out;
    }
    // The limbs as they are, little-endian words.
    [[nodiscard]] constexpr ByteArray<kSize> archived() const {
        ByteArray<kSize> out{};
        for (std::size_t i = 0; i < kLimbs; ++i) store_le(out.data() + 8 * i, limbs_[i]);
        return out;
    }

    friend constexpr Unreduced operator+(const Unreduced& a, const Unreduced& b) {
        return subtract_modulus_once(wrapping_add(a.limbs_, b.limbs_));
    }
    friend constexpr Unreduced operator-(const Unreduced& a, const Unreduced& b) {
        if constexpr (kSubtraction == Subtraction::add_negated) {
            return -b + a;
        } else {
            auto [difference, borrow] = wrapping_sub(a.limbs_, b.limbs_);
            if (borrow != 0) difference = wrapping_add(difference, kModulus);
            return Unreduced(difference);
        }
    }
    constexpr Unreduced operator-() const {
        if (is_zero()) return {};
        return Unreduced(wrapping_sub(kModulus, limbs_).first);
    }
    friend constexpr Unreduced operator*(const Unreduced& a, const Unreduced& b) {
        Wide wide{};
        for (std::size_t i = 0; i < kLimbs; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < kLimbs; ++j) {
                wide[i + j] = detail::multiply_add(a.limbs_[i], b.limbs_[j], wide[i + j], carry);
            }
            wide[i + kLimbs] = carry;
        }
        return montgomery_reduce(wide);
    }
    [[nodiscard]] constexpr Unreduced square() const { return *this * *this; }
    [[nodiscard]] constexpr Unreduced doubled() const { return *this + *this; }

    // a0 b0 + a1 b1 with the reduction interleaved, as the multiplication of Fp2 does it. Every step keeps N
    // + 1 words of the sum and N words after the division by 2^64.
    [[nodiscard]] static constexpr Unreduced sum_of_products(const Unreduced& a0, const Unreduced& b0,
                                                             const Unreduced& a1, const Unreduced& b1) {
        Limbs u{};
        for (std::size_t j = 0; j < kLimbs; ++j) {
            std::uint64_t top = 0;
            std::uint64_t carry = 0;
            for (std::size_t i = 0; i < kLimbs; ++i)
                u[i] = detail::multiply_add(a0.limbs_[j], b0.limbs_[i], u[i], carry);
            top += carry;
            carry = 0;
            for (std::size_t i = 0; i < kLimbs; ++i)
                u[i] = detail::multiply_add(a1.limbs_[j], b1.limbs_[i], u[i], carry);
            top += carry;
            const std::uint64_t k = u[0] * kInverse;
            carry = 0;
            for (std::size_t i = 0; i < kLimbs; ++i) {
                const std::uint64_t word = detail::multiply_add(k, kModulus[i], u[i], carry);
                if (i > 0) u[i - 1] = word;
            }
            u[kLimbs - 1] = top + carry;
        }
        return subtract_modulus_once(u);
    }

  private:
    using Wide = std::array<std::uint64_t, 2 * kLimbs>;
    static constexpr std::uint64_t kInverse = detail::negative_inverse(kModulus[0]);

    static constexpr Limbs wrapping_add(const Limbs& a, const Limbs& b) {
        Limbs sum{};
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < kLimbs; ++i) sum[i] = detail::add_carry(a[i], b[i], carry);
        return sum;
    }
    static constexpr std::pair<Limbs, std::uint64_t> wrapping_sub(const Limbs& a, const Limbs& b) {
        Limbs difference{};
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < kLimbs; ++i) difference[i] = detail::sub_borrow(a[i], b[i], borrow);
        return {difference, borrow};
    }
    static constexpr Unreduced subtract_modulus_once(const Limbs& a) {
        const auto [difference, borrow] = wrapping_sub(a, kModulus);
        return Unreduced(borrow == 0 ? difference : a);
    }
    // Word by word; the carry out of the top word is lost.
    static constexpr Unreduced montgomery_reduce(Wide wide) {
        std::uint64_t top_carry = 0;
        for (std::size_t i = 0; i < kLimbs; ++i) {
            const std::uint64_t k = wide[i] * kInverse;
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < kLimbs; ++j)
                wide[i + j] = detail::multiply_add(k, kModulus[j], wide[i + j], carry);
            const detail::u128 sum = static_cast<detail::u128>(wide[i + kLimbs]) + carry + top_carry;
            wide[i + kLimbs] = static_cast<std::uint64_t>(sum);
            top_carry = static_cast<std::uint64_t>(sum >> 64);
        }
        Limbs high{};
        std::copy(wide.begin() + kLimbs, wide.end(), high.begin());
        return subtract_modulus_once(high);
    }

    Limbs limbs_{};
};

using UnreducedFq = Unreduced<FqParams, Subtraction::borrow_and_add>;
using UnreducedFr = Unreduced<FrParams, Subtraction::borrow_and_add>;
using UnreducedFp = Unreduced<FpParams, Subtraction::add_negated>;

// The same value with its limbs as they are.
template <class Params>
[[nodiscard]] constexpr Unreduced<Params, Subtraction::borrow_and_add> unreduced(const Field<Params>& x) {
    return Unreduced<Params, Subtraction::borrow_and_add>(x.montgomery());
}
// The field element that the limbs stand for.
template <class Params>
[[nodiscard]] constexpr Field<Params> reduced(const Unreduced<Params, Subtraction::borrow_and_add>& x) {
    return Field<Params>::from_raw(x.to_integer());
}

// The inverse by the addition chain of the network, which decides which of the congruent limbs come out. None
// for zero limbs; zero limbs for other multiples of the modulus; 1 and -1 return themselves (spec/crypto.md
// §18).
[[nodiscard]] std::optional<UnreducedFq> invert(const UnreducedFq& x);

}  // namespace dusk::crypto
