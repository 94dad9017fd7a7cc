// Keys and proofs of the transfer circuits.
#pragma once

#include <string>

#include "phoenix/transfer_request.hpp"
#include "plonk/composer.hpp"
#include "plonk/prover.hpp"

namespace dusk::phoenix {

// For 1 to 4 inputs; parameters for 2^16 rows reach for 1 and 2, 2^17 for all. Seconds of work.
// Errors: those of plonk::make_prover_key.
[[nodiscard]] Result<plonk::ProverKey, plonk::ProofError> make_transfer_key(std::size_t inputs,
                                                                            const plonk::PublicParameters& parameters,
                                                                            Executor& executor);

// The circuit for as many inputs as the request has. Errors: those of the composer.
[[nodiscard]] Result<plonk::CircuitTable, plonk::CircuitError> run_transfer_circuit(plonk::Composer::Mode mode,
                                                                                    const TransferRequest& request);
// The first row that does not hold, by the path of its gadget: "transfer/input 0/range, row 1234". Empty where all
// hold.
[[nodiscard]] std::string what_is_false(const TransferRequest& request);

struct TransferRefusal {
    plonk::ProofError error;
    // For `unsatisfied`: what is false, "transfer/input 0/range, row 1234", the first of the rows that do not hold.
    std::string where;
};

// `prover`: of the circuit for as many inputs as the request has, else `wrong_circuit`. Draws 17 · 64 bytes.
[[nodiscard]] Result<plonk::Proof, TransferRefusal> prove_transfer(const plonk::Prover& prover,
                                                                   const TransferRequest& request, RandomSource& random,
                                                                   Executor& executor);

}  // namespace dusk::phoenix
