// That equal wires hold equal values: the permutation of wire positions and the grand product that proves it
// (spec/plonk.md §5, §7).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "crypto/fft.hpp"
#include "plonk/circuit_table.hpp"
#include "plonk/polynomial.hpp"
#include "plonk/transcript.hpp"

namespace dusk::plonk {

// Values of the four permutation polynomials on the domain: every position (wire, row) goes to the next position of the
// same witness, in the order of rows and then of wires, the last one to the first; positions beyond the rows stay.
// A position is the number k_wire w^row.
[[nodiscard]] std::array<Polynomial, kWires> permutation_columns(std::span<const Wires> rows,
                                                                 const crypto::FftDomain& domain);

// Values of z on the domain: z_0 = 1, z_{i+1} = z_i times the product over the wires of
// (value + beta k w^i + gamma) / (value + beta sigma_i + gamma).
// `wires`: values of the wires on the domain; `sigmas`: those of permutation_columns.
[[nodiscard]] SecretPolynomial grand_product(std::span<const SecretPolynomial, kWires> wires,
                                             std::span<const Polynomial, kWires> sigmas,
                                             const crypto::FftDomain& domain, const Challenges& challenges,
                                             Executor& executor);

}  // namespace dusk::plonk
