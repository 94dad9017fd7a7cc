// What the files of this area say of the rows and witnesses of a circuit.
#pragma once

#include "circuits.hpp"
#include "report.hpp"

namespace dusk::vectors {

// The circuit, run to be checked. Throws when it cannot be built.
[[nodiscard]] plonk::CircuitTable build_table(const BuildCircuit& build);

// SHA-256 of rows [first, last): selectors in canonical order, 32 bytes each, then the wires as u64 LE.
[[nodiscard]] ByteArray<32> rows_digest(const plonk::CircuitTable& table, std::size_t first, std::size_t last);
[[nodiscard]] ByteArray<32> values_digest(const plonk::CircuitTable& table);

// Fields gates, witnesses, pi_rows, gate_digests, and that the other modes give parts of the same table.
void check_rows(const plonk::CircuitTable& table, const Node& circuit, Report& report);
void check_modes(const plonk::CircuitTable& table, const BuildCircuit& build, const Node& circuit, Report& report);
// [scalar, …] against a list of 32 bytes in hexadecimal.
void check_values(std::span<const crypto::Fq> values, const Node& expected, Report& report);
// The listing of all rows with its table of scalars.
void check_listing(const plonk::CircuitTable& table, const Node& listing, Report& report);

}  // namespace dusk::vectors
