// Gadgets on bits and numbers of a given size: spec/plonk-sound.md §5. Row counts are those of the specification.
#pragma once

#include <array>

#include "plonk/composer.hpp"

namespace dusk::plonk {

namespace detail {
void range_even(Composer& composer, Witness w, std::size_t bits);
void range(Composer& composer, Witness w, std::size_t bits);
void decompose(Composer& composer, Witness scalar, std::span<Witness> bits);
[[nodiscard]] Witness truncate(Composer& composer, Witness x, std::size_t bits);
[[nodiscard]] Witness logic(Composer& composer, Composer::Logic operation, Witness a, Witness b, std::size_t pairs);
}  // namespace detail

// a is 0 or 1. 1 row.
void assert_boolean(Composer& composer, Witness a);
// w has an inverse. 1 row.
void assert_nonzero(Composer& composer, Witness w);
// a is not b. 2 rows.
void assert_distinct(Composer& composer, Witness a, Witness b);
// k is below the order of JubJub. 69 rows.
void assert_canonical_jubjub(Composer& composer, Witness k);

// Nobody asks here whether `bit` is 0 or 1.
[[nodiscard]] Witness select(Composer& composer, Witness bit, Witness if_one, Witness if_zero);  // 4 rows
[[nodiscard]] Witness select_one(Composer& composer, Witness bit, Witness if_one);               // 1 row; else 1
[[nodiscard]] Witness select_zero(Composer& composer, Witness bit, Witness if_one);              // 1 row; else 0

// w is below 2^Bits. From 255 bits on there are rows that constrain nothing.
template <std::size_t Bits>
    requires(Bits <= 256)
void range(Composer& composer, Witness w) {
    detail::range(composer, w, Bits);
}
// w is below 4^Pairs, by the rows of the deprecated component that counted in pairs of bits; from 128 pairs on nothing
// is constrained.
template <std::size_t Pairs>
void range_pairs(Composer& composer, Witness w) {
    detail::range_even(composer, w, Pairs < 128 ? 2 * Pairs : 256);
}

// The bits of the scalar, least significant first. The scalar is below 2^Bits; from 255 bits on they are those of the
// integer below the modulus and of no other.
template <std::size_t Bits>
    requires(Bits <= 256)
std::array<Witness, Bits> decompose(Composer& composer, Witness scalar) {
    std::array<Witness, Bits> bits;
    detail::decompose(composer, scalar, bits);
    return bits;
}

// The integer of x modulo 2^Bits.
template <std::size_t Bits>
    requires(Bits <= 254)
Witness truncate(Composer& composer, Witness x) {
    return detail::truncate(composer, x, Bits);
}

// a AND b, a XOR b of the low 2 Pairs bits of both.
template <std::size_t Pairs>
    requires(Pairs <= 127)
Witness logic_and(Composer& composer, Witness a, Witness b) {
    return detail::logic(composer, Composer::Logic::conjunction, a, b, Pairs);
}
template <std::size_t Pairs>
    requires(Pairs <= 127)
Witness logic_xor(Composer& composer, Witness a, Witness b) {
    return detail::logic(composer, Composer::Logic::exclusive_or, a, b, Pairs);
}

}  // namespace dusk::plonk
