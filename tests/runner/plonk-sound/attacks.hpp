// The circuits of soundness.json, and what a dishonest prover puts into them.
#pragma once

#include "circuits.hpp"

namespace dusk::vectors {

struct Attack {
    BuildCircuit honest;
    BuildCircuit dishonest;          // the same rows with inputs of the attacker's choice
    plonk::Composer::Forced forced;  // and witnesses that the circuit computed otherwise
};

// Throws std::runtime_error for a name that no attack has.
[[nodiscard]] Attack attack(std::string_view name, std::uint64_t seed);

}  // namespace dusk::vectors
