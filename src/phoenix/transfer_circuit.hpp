// The circuit of a Phoenix transaction, TxCircuit<17, I>: spec/plonk-sound.md §8.
//
// It proves that the sender may spend I notes of the tree under `root`, that their nullifiers are these, that the
// values of the two new notes, the deposit and the fee add up to what is spent, and that the new notes name the sender.
#pragma once

#include <string_view>

#include "phoenix/transfer_request.hpp"
#include "plonk/composer.hpp"

namespace dusk::phoenix {

inline constexpr std::string_view kTransferLabel = "dusk-network";  // of the transcript

// 39221, 60102, 80985, 101870 for 1 to 4 inputs.
[[nodiscard]] constexpr std::size_t transfer_rows(std::size_t inputs) {
    return 18342 + 20879 * inputs + inputs * (inputs - 1);
}

// Values that are not true break rows and nothing else, but that a blinder of the request is always a scalar.
void transfer_circuit(plonk::Composer& composer, const TransferRequest& request);

// The public inputs in the order of their rows, 28 + I: payload hash, root, nullifiers, both value commitments,
// max_fee, deposit, both note_pk, then of each output the encryptions of A and of B. Points as u, v.
[[nodiscard]] std::vector<crypto::Fq> transfer_public_inputs(const TransferRequest& request);

}  // namespace dusk::phoenix
