// One row of a circuit: four wires and eleven selectors (spec/plonk.md §4).
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "crypto/field.hpp"

namespace dusk::plonk {

using crypto::Fq;

// A variable of a circuit: the number of its allocation. Unused wires hold witness 0, whose value is 0.
struct Witness {
    std::uint32_t index = 0;
    friend auto operator<=>(const Witness&, const Witness&) = default;
};
inline constexpr Witness kZero{0};  // value 0
inline constexpr Witness kOne{1};   // value 1

// In the order of the columns: a, b, c, d.
using Wires = std::array<Witness, 4>;
inline constexpr std::size_t kWires = 4;

// The rows' coefficients. The first seven belong to the arithmetic identity; fixed-base and logic rows use some of them
// as parameters. A row of another kind has its own selector set and `arithmetic` zero.
struct Selectors {
    Fq m{}, l{}, r{}, o{}, f{}, c{};
    Fq arithmetic{}, range{}, logic{}, fixed_base{}, variable_base{};
    friend bool operator==(const Selectors&, const Selectors&) = default;
};

// The columns in the canonical order of the specification: q_m q_l q_r q_o q_f q_c q_arith q_range q_logic q_fixed
// q_var. Files and transcripts order them otherwise (plonk/verifier_data.hpp).
inline constexpr std::size_t kSelectors = 11;
inline constexpr std::array<Fq Selectors::*, kSelectors> kSelectorColumns{&Selectors::m,
                                                                          &Selectors::l,
                                                                          &Selectors::r,
                                                                          &Selectors::o,
                                                                          &Selectors::f,
                                                                          &Selectors::c,
                                                                          &Selectors::arithmetic,
                                                                          &Selectors::range,
                                                                          &Selectors::logic,
                                                                          &Selectors::fixed_base,
                                                                          &Selectors::variable_base};

}  // namespace dusk::plonk
