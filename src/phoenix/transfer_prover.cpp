#include "phoenix/transfer_prover.hpp"

#include "phoenix/transfer_circuit.hpp"
#include "plonk/check.hpp"

namespace dusk::phoenix {
namespace {

using plonk::Composer;
using plonk::ProofError;

// The first row that does not hold, by the path of its gadget.
std::string what_is_false(const TransferRequest& request) {
    Composer composer(Composer::Mode::check, transfer_rows(request.inputs.size()));
    transfer_circuit(composer, request);
    const auto table = std::move(composer).finish();
    if (!table) return std::string(to_string(table.error()));
    const auto rows = plonk::unsatisfied_rows(*table);
    return rows.empty() ? std::string() : plonk::describe_row(*table, rows.front());
}

}  // namespace

Result<plonk::ProverKey, ProofError> make_transfer_key(std::size_t inputs, const plonk::PublicParameters& parameters,
                                                       Executor& executor) {
    Composer composer(Composer::Mode::keys, transfer_rows(inputs));
    transfer_circuit(composer, TransferRequest::blank(inputs));
    const auto table = std::move(composer).finish();
    if (!table) return fail(ProofError::wrong_circuit);
    return plonk::make_prover_key(as_bytes(kTransferLabel), *table, parameters, executor);
}

Result<plonk::Proof, TransferRefusal> prove_transfer(const plonk::Prover& prover, const TransferRequest& request,
                                                     RandomSource& random, Executor& executor) {
    Composer composer(Composer::Mode::prove, transfer_rows(request.inputs.size()));
    transfer_circuit(composer, request);
    const auto table = std::move(composer).finish();
    if (!table)
        return fail(TransferRefusal{.error = ProofError::unsatisfied, .where = std::string(to_string(table.error()))});
    const auto proof = prover.prove(*table, random, executor);
    if (proof) return *proof;
    return fail(
        TransferRefusal{.error = proof.error(),
                        .where = proof.error() == ProofError::unsatisfied ? what_is_false(request) : std::string()});
}

}  // namespace dusk::phoenix
