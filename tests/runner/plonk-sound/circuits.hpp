// The small circuits of circuits.json, one per gadget, with their inputs from a seed. What each of them does is defined
// by the oracle that printed the file.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "plonk/composer.hpp"

namespace dusk::vectors {

using BuildCircuit = std::function<void(plonk::Composer&)>;

// Throws std::runtime_error for a name that no circuit has.
[[nodiscard]] BuildCircuit small_circuit(std::string_view name, std::uint64_t seed);

}  // namespace dusk::vectors
