// Bits of canonical integers, for the values of gadgets. Constant time in the integers.
#pragma once

#include "crypto/field.hpp"

namespace dusk::plonk {

using crypto::Fq;
using crypto::Limbs4;

// Bit i < 256 as 0 or 1.
[[nodiscard]] constexpr std::uint64_t bit_of(const Limbs4& integer, std::size_t i) {
    return (integer[i / 64] >> (i % 64)) & 1;
}

// Bits [from, to) as a number; from <= to <= 256.
[[nodiscard]] constexpr Limbs4 bits_of(const Limbs4& integer, std::size_t from, std::size_t to) {
    Limbs4 out{};
    const std::size_t words = from / 64;
    const std::size_t shift = from % 64;
    for (std::size_t i = 0; i + words < 4; ++i) {
        out[i] = integer[i + words] >> shift;
        if (shift != 0 && i + words + 1 < 4) out[i] |= integer[i + words + 1] << (64 - shift);
    }
    const std::size_t length = to - from;
    for (std::size_t i = 0; i < 4; ++i) {
        if (length <= 64 * i) {
            out[i] = 0;
        } else if (length < 64 * (i + 1)) {
            out[i] &= (std::uint64_t{1} << (length - 64 * i)) - 1;
        }
    }
    return out;
}

// The same as a field element.
[[nodiscard]] constexpr Fq slice(const Limbs4& integer, std::size_t from, std::size_t to) {
    return Fq::from_raw(bits_of(integer, from, to));
}

// 2^n for n < 256.
inline constexpr std::array<Fq, 256> kPowersOfTwo = [] {
    std::array<Fq, 256> out{};
    out[0] = Fq::one();
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1].doubled();
    return out;
}();

}  // namespace dusk::plonk
