#include "ledger/claimed_signer.hpp"

#include "ledger/message.hpp"

namespace dusk::ledger {
namespace {

// What stands in a header before the generator.
void skip_to_generator(WireReader& in) {
    static_cast<void>(in.bytes(1 + 8 + 8));  // version, height, timestamp
    static_cast<void>(in.bytes(BlockHash::kSize + Seed::kSize + StateRoot::kSize + EventBloom::kSize));
}

// What stands in a vote before its signer.
void skip_to_signer(WireReader& in, bool is_ratification) {
    static_cast<void>(ConsensusHeader::read(in));
    static_cast<void>(Vote::read(in));
    if (!is_ratification) return;
    static_cast<void>(in.le<std::uint64_t>());  // time
    static_cast<void>(ValidationResult::read(in));
}

}  // namespace

std::optional<KeyBytes> claimed_signer(ByteView message) {
    WireReader in(message);
    static_cast<void>(ProtocolVersion::read(in));
    switch (in.u8()) {
        case CandidateMessage::kTopic:
            skip_to_generator(in);
            break;
        case ValidationMessage::kTopic:
            skip_to_signer(in, false);
            break;
        case RatificationMessage::kTopic:
            skip_to_signer(in, true);
            break;
        default:
            return {};
    }
    const KeyBytes signer = KeyBytes::read(in);
    return in.ok() ? std::optional(signer) : std::nullopt;
}

}  // namespace dusk::ledger
