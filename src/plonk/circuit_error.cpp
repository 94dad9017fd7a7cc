#include "plonk/circuit_error.hpp"

namespace dusk::plonk {

std::string_view to_string(CircuitError error) {
    switch (error) {
        case CircuitError::scalar_not_canonical:
            return "the factor of a generator is not below the order of JubJub";
        case CircuitError::point_degenerate:
            return "a point has no affine form";
        case CircuitError::point_not_torsion_free:
            return "a constant point is not in the prime-order subgroup";
        case CircuitError::generator_not_prime_order:
            return "a generator is not a point of prime order";
    }
    return "unknown error";
}

}  // namespace dusk::plonk
