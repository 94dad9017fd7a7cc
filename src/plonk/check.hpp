// Which rows of a circuit do not hold: what a prover must know before it proves, and what a person wants to read.
#pragma once

#include <string>

#include "plonk/circuit_table.hpp"

namespace dusk::plonk {

// Ascending; empty when the witness satisfies the circuit. The table is of mode `check`.
[[nodiscard]] std::vector<std::uint32_t> unsatisfied_rows(const CircuitTable& table);

// "transfer/input 0/range, row 1234".
[[nodiscard]] std::string describe_row(const CircuitTable& table, std::uint32_t row);

}  // namespace dusk::plonk
