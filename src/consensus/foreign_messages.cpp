#include "consensus/foreign_messages.hpp"

#include "consensus/proposal.hpp"

namespace dusk::consensus {

std::optional<Signatures::Claim> what_is_signed(const ledger::MessagePayload& payload) {
    using Claim = Signatures::Claim;
    if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&payload)) {
        const ledger::BlockHeader& header = candidate->block.header;
        const auto key = crypto::BlsPublicKey::from_bytes(header.generator.bytes);
        if (!key) return {};
        return Claim{{*key, header.signature}, to_vector(header.hash.bytes)};
    }
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&payload)) {
        return Claim{vote->sign_info, vote->signed_bytes()};
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&payload)) {
        return Claim{vote->sign_info, vote->signed_bytes()};
    }
    return {};
}

bool may_be_kept(const ledger::ConsensusHeader& header, const RoundCommittees& committees) {
    const std::uint64_t ours = committees.round().value;
    return header.iteration < kMostIterations && header.round >= ours && header.round - ours <= kMostRoundDistance;
}

MessageVerdict keep_foreign(const MessagePtr& message, const RoundCommittees& committees, Signatures& signatures,
                            FutureMessages& future, std::vector<Action>& actions) {
    const auto claim = what_is_signed(message->payload);
    if (!claim) return MessageVerdict::ignored;
    const ledger::KeyBytes signer{claim->sign_info.signer.to_bytes()};
    if (!committees.is_eligible(signer)) return MessageVerdict::ignored;
    if (!signatures.verify(claim->sign_info, claim->message)) return MessageVerdict::rejected;
    const auto* candidate = std::get_if<ledger::CandidateMessage>(&message->payload);
    if (candidate != nullptr && !is_intact(candidate->block)) return MessageVerdict::rejected;
    if (future.push(message, signer) != FutureMessages::Outcome::queued) return MessageVerdict::ignored;
    actions.emplace_back(Broadcast{message});
    return MessageVerdict::taken;
}

}  // namespace dusk::consensus
