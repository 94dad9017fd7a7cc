// For tests: whose key signed a vote or made a candidate, of the message that was decoded.
#pragma once

#include "ledger/message.hpp"

namespace dusk::ledger {

inline std::optional<KeyBytes> decoded_signer(const Message& message) {
    if (const auto* vote = std::get_if<ValidationMessage>(&message.payload)) {
        return KeyBytes{vote->sign_info.signer.to_bytes()};
    }
    if (const auto* vote = std::get_if<RatificationMessage>(&message.payload)) {
        return KeyBytes{vote->sign_info.signer.to_bytes()};
    }
    const auto* candidate = std::get_if<CandidateMessage>(&message.payload);
    return candidate == nullptr ? std::nullopt : std::optional(candidate->block.header.generator);
}

}  // namespace dusk::ledger
