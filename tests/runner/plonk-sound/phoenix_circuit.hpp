// The circuit of a request in the bytes of the prover service.
#pragma once

#include "circuits.hpp"
#include "phoenix/transfer_request.hpp"
#include "report.hpp"

namespace dusk::vectors {

// Throws when the bytes are no request, or it is not for so many inputs.
[[nodiscard]] phoenix::TransferRequest transfer_request(const Node& request, std::uint64_t inputs,
                                                        phoenix::PointRule rule = phoenix::PointRule::strict);
// The request must outlive the circuit.
[[nodiscard]] BuildCircuit phoenix_circuit(const phoenix::TransferRequest& request);

// Whether a path of gadgets lies in a part as the files name it: "input 0: opening" is "transfer/input 0/opening".
[[nodiscard]] bool in_part(std::string_view path, std::string_view part);

}  // namespace dusk::vectors
