#include "phoenix/transfer_prover.hpp"

#include "phoenix/transfer_circuit.hpp"
#include "plonk/check.hpp"

namespace dusk::phoenix {
namespace {

using plonk::Composer;
using plonk::ProofError;

}  // namespace

std::string what_is_false(const TransferRequest& request) {
    const auto table = run_transfer_circuit(Composer::Mode::check, request);
    if (!table) return std::string(to_string(table.error()));
    const auto rows = plonk::unsatisfied_rows(*table);
    return rows.empty() ? std::string() : plonk::describe_row(*table, rows.front());
}

Result<plonk::CircuitTable, plonk::CircuitError> run_transfer_circuit(Composer::Mode mode,
                                                                      const TransferRequest& request) {
    Composer composer(mode, transfer_rows(request.inputs.size()));
    transfer_circuit(composer, request);
    return std::move(composer).finish();
}

Result<plonk::ProverKey, ProofError> make_transfer_key(std::size_t inputs, const plonk::PublicParameters& parameters,
                                                       Executor& executor) {
    const auto table = run_transfer_circuit(Composer::Mode::keys, TransferRequest::blank(inputs));
    if (!table) return fail(ProofError::wrong_circuit);
    return plonk::make_prover_key(as_bytes(kTransferLabel), *table, parameters, executor);
}

Result<plonk::Proof, TransferRefusal> prove_transfer(const plonk::Prover& prover, const TransferRequest& request,
                                                     RandomSource& random, Executor& executor) {
    const auto table = run_transfer_circuit(Composer::Mode::prove, request);
    if (!table)
        return fail(TransferRefusal{.error = ProofError::unsatisfied, .where = std::string(to_string(table.error()))});
    const auto proof = prover.prove(*table, random, executor);
    if (proof) return *proof;
    return fail(
        TransferRefusal{.error = proof.error(),
                        .where = proof.error() == ProofError::unsatisfied ? what_is_false(request) : std::string()});
}

}  // namespace dusk::phoenix
