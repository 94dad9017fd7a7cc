// Prover keys for who commits to their polynomials elsewhere (plonk/staged_proof.hpp).
#pragma once

#include "base/executor.hpp"
#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

// As `make_prover_key`, but without powers, and with the identity for every commitment. Errors: empty, bad_domain.
[[nodiscard]] Result<ProverKey, ProofError> make_uncommitted_key(ByteView label, const CircuitTable& circuit,
                                                                 Executor& executor);

}  // namespace dusk::plonk
