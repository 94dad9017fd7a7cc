// Why a circuit cannot be built from the values it was given. Values that only break rows are no error here: the rows
// show it (plonk/check.hpp).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace dusk::plonk {

enum class CircuitError : std::uint8_t {
    scalar_not_canonical,    // the factor of a generator is not below the order of JubJub ("JubJubScalarMalformed")
    point_degenerate,        // a point has z = 0 ("JubJubPointDegenerate")
    point_not_torsion_free,  // a constant point is off the curve or outside the subgroup ("JubJubPointNotTorsionFree")
    generator_not_prime_order,  // a generator is off the curve, outside the subgroup or the identity
                                // ("JubJubGeneratorNotPrimeOrder")
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(CircuitError error);

}  // namespace dusk::plonk
