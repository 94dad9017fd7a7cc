// Signed digits of scalars, for multiplication by windows in constant time.
#pragma once

#include "base/secret.hpp"
#include "crypto/field.hpp"

namespace dusk::crypto {

// Digits of a scalar below 2^252 to the base 2^kWindow, from -2^(kWindow-1) to 2^(kWindow-1) - 1. One bit more is
// covered, for the last carry.
template <int kWindow>
inline constexpr std::size_t kDigits = (252 + kWindow) / kWindow;

template <int kWindow>
using Digits = std::array<std::int8_t, kDigits<kWindow>>;

template <int kWindow>
[[nodiscard]] Secret<Digits<kWindow>> signed_digits(const Fr& k) {
    const Secret<Limbs4> integer(k.to_integer());
    Secret<Digits<kWindow>> digits;
    int carry = 0;
    for (std::size_t i = 0; i < kDigits<kWindow>; ++i) {
        const std::size_t bit = i * kWindow;
        const std::size_t limb = bit / 64;
        std::uint64_t bits = integer.reveal()[limb] >> (bit % 64);
        if (bit % 64 + kWindow > 64 && limb < 3) bits |= integer.reveal()[limb + 1] << (64 - bit % 64);
        const int digit = static_cast<int>(bits & ((1U << kWindow) - 1)) + carry;
        carry = (digit + (1 << (kWindow - 1))) >> kWindow;
        digits.reveal()[i] = static_cast<std::int8_t>(digit - (carry << kWindow));
    }
    return digits;
}

}  // namespace dusk::crypto
