// Verifier data of the transfer circuits that the released network was started with (spec/plonk.md §1).
//
// FALSE STATEMENTS ARE PROVABLE AGAINST THEM by whoever has the parameters: their circuits leave values free
// (spec/plonk-sound.md §10). They are here to follow the network `rusk`, whose blocks hold such proofs, and for nothing
// else: phoenix/transfer_verifiers.hpp lets no other network use them, and nothing here proves against them.
#pragma once

#include <array>

#include "base/bytes.hpp"
#include "phoenix/transfer_request.hpp"

namespace dusk::phoenix {

// The encodings for 1 to 4 inputs: 1500, 1508, 1516 and 1524 bytes.
[[nodiscard]] const std::array<Bytes, TransferRequest::kMaxInputs>& released_verifier_data();

}  // namespace dusk::phoenix
