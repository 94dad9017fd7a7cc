// The prover file of the sound system (spec/plonk-sound.md §4): a prover key with the values of all polynomials on the
// coset 7 H_8n. They are not needed to prove here; they are written and checked so that files travel.
#pragma once

#include <functional>

#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

// Hands out the file in pieces: about 4360 n bytes for a domain of n rows, with memory for one polynomial of 8n values.
void write_prover_file(const ProverKey& key, const std::function<void(ByteView)>& sink, Executor& executor);

// Checks everything, values included: 15 transforms of 8n. Errors: short_input, trailing_bytes, bad_header, bad_domain,
// bad_size, bad_rows, bad_scalar, bad_point, bad_padding, bad_polynomial, bad_evaluations, empty,
// parameters_too_small, root_of_unity_secret.
[[nodiscard]] Result<ProverKey, ProofError> read_prover_file(ByteView bytes, Executor& executor);

}  // namespace dusk::plonk
