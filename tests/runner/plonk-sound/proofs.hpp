// What the files about proofs have in common.
#pragma once

#include "plonk/prover.hpp"
#include "plonk/verifier.hpp"
#include "report.hpp"

namespace dusk::vectors {

using plonk::Fq;

[[nodiscard]] Fq field_element(const Node& hex);
[[nodiscard]] std::vector<Fq> field_elements(const Node& list);

// Threads of the machine, for keys and proofs.
[[nodiscard]] Executor& threads();

// The development parameters of a seed, of at least this degree; made once.
[[nodiscard]] const plonk::PublicParameters& development_parameters(std::uint64_t seed, std::size_t degree);

// Every challenge and every number and point of the equation.
void check_trace(const plonk::Verifier& verifier, const plonk::Proof& proof, std::span<const Fq> public_inputs,
                 plonk::Version version, const Node& trace, Report& report);

// Makes the keys of `keys` (a run with selectors) and checks the fields label, pi_rows and verifier_data of `circuit`
// and, where they are there, prover_len and prover_sha256.
[[nodiscard]] plonk::Prover check_keys(const Node& circuit, const plonk::CircuitTable& keys,
                                       const plonk::PublicParameters& parameters, Report& report);

// Proves `witness` (a run with values) with the listed blinders and checks the fields public_inputs, blinders, proof
// and trace of `proof`. `verifier_data`: the field of the circuit.
void check_proof(const Node& proof, const plonk::Prover& prover, const plonk::CircuitTable& witness,
                 const Node& verifier_data, Report& report);

// Only verifies the same fields. The blinders are read but prove nothing.
void check_verification(const Node& proof, const Node& verifier_data, Report& report);

}  // namespace dusk::vectors
