// Requests to a prover: what decodes encodes to the same bytes, but for what follows the last field; the strict rule
// accepts no more than the lax one; and a circuit of the right size comes out, whatever the values.
#include <cstdlib>

#include "phoenix/transfer_circuit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::phoenix::PointRule;
    using dusk::phoenix::TransferRequest;
    using dusk::plonk::Composer;
    const dusk::ByteView bytes(data, size);

    const auto strict = TransferRequest::from_bytes(bytes);
    const auto lax = TransferRequest::from_bytes(bytes, PointRule::lax);
    if (strict && !lax) std::abort();
    if (!lax) return 0;
    const std::size_t inputs = lax->inputs.size();
    if (!dusk::equal(lax->to_bytes().reveal(), bytes.first(TransferRequest::size(inputs)))) std::abort();

    Composer composer(Composer::Mode::prove);
    transfer_circuit(composer, *lax);
    const auto table = std::move(composer).finish();
    if (!table || table->rows() != dusk::phoenix::transfer_rows(inputs)) std::abort();
    if (table->public_inputs.size() != transfer_public_inputs(*lax).size()) std::abort();
    return 0;
}
