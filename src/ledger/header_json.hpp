// Headers of blocks as JSON, as nodes show them in events and in GraphQL (spec/interfaces.md §7.4).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ledger/block_header.hpp"

namespace dusk::ledger {

// {"version", "height", …, "signature"}, without the attestation of the block itself. Keys in the order of the fields;
// events sort them. Hashes and signatures in hexadecimal, the key of the generator in base58, numbers as JSON numbers.
[[nodiscard]] nlohmann::ordered_json header_json(const BlockHeader& header);
// {"result": vote, "validation": {"bitset", "aggregate_signature"}, "ratification": the same}; a vote is a word, or
// {"Valid": hash}, {"Invalid": hash}. It does not say whether the result is a success.
[[nodiscard]] nlohmann::ordered_json attestation_json(const Attestation& attestation);

}  // namespace dusk::ledger
