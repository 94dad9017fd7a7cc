// Verifier data of the transfer circuits over the development parameters (plonk/development.hpp): what nodes of the
// network `devnet` verify with, at hand without making keys. Reproduced by the test `devnet_keys`, which also prints
// this file's source.
#pragma once

#include <array>

#include "base/bytes.hpp"
#include "phoenix/transfer_request.hpp"

namespace dusk::phoenix {

// The encodings for 1 to 4 inputs: 1500, 1508, 1516 and 1524 bytes.
[[nodiscard]] const std::array<Bytes, TransferRequest::kMaxInputs>& devnet_verifier_data();

}  // namespace dusk::phoenix
