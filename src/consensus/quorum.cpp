#include "consensus/quorum.hpp"

#include <map>

namespace dusk::consensus {
namespace {

using ledger::RatificationResult;
using ledger::Vote;
using ledger::VotingStep;

Result<void, AttestationFailure> check_result(const RatificationResult& result, const RatificationResult& expected) {
    if (!result.success && !expected.success) return {};
    const bool both_valid = result.success && expected.success && result.vote.kind() == Vote::Kind::valid &&
                            expected.vote.kind() == Vote::Kind::valid;
    if (!both_valid) return fail(AttestationFailure{AttestationFailure::Kind::invalid_result});
    if (result.vote != expected.vote) return fail(AttestationFailure{AttestationFailure::Kind::invalid_hash});
    return {};
}

std::string_view to_string(VotingStep step) { return step == VotingStep::validation ? "validation" : "ratification"; }

}  // namespace

std::uint32_t quorum_credits(const Vote& vote) {
    return vote.kind() == Vote::Kind::valid ? supermajority(kCommitteeCredits) : majority(kCommitteeCredits);
}

std::string_view to_string(QuorumError error) {
    switch (error) {
        case QuorumError::too_few_credits:
            return "Failed to reach a quorum";
        case QuorumError::invalid_point:
            return "Verification error Invalid Point";
        case QuorumError::invalid_signature:
            return "Verification error Invalid Signature";
    }
    return "unknown error";
}

Result<std::vector<ledger::Voter>, QuorumError> verify_quorum(const ledger::ConsensusHeader& header, VotingStep step,
                                                              const Vote& vote, const ledger::StepVotes& votes,
                                                              const Committee& committee, Signatures& signatures) {
    if (committee.credits_of(votes.voters) < quorum_credits(vote)) return fail(QuorumError::too_few_credits);
    std::vector<ledger::Voter> voters;
    std::vector<crypto::BlsPublicKey> keys;
    const auto members = committee.members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        if ((votes.voters >> i & 1U) == 0) continue;
        voters.push_back({members[i].key, members[i].credits});
        keys.push_back(members[i].key);
    }
    if (const auto verdict = signatures.verify(keys, votes.signature, signed_vote(header, step, vote)); !verdict) {
        const bool is_wrong = verdict.error() == crypto::BlsError::invalid_signature;
        return fail(is_wrong ? QuorumError::invalid_signature : QuorumError::invalid_point);
    }
    return voters;
}

Result<std::vector<ledger::Voter>, QuorumError> verify_step_votes(const ledger::ConsensusHeader& header,
                                                                  VotingStep step, const Vote& vote,
                                                                  const ledger::StepVotes& votes,
                                                                  RoundCommittees& committees, Signatures& signatures) {
    if (step == VotingStep::validation && vote.kind() == Vote::Kind::no_quorum) return std::vector<ledger::Voter>();
    return verify_quorum(header, step, vote, votes, committees.voters(header.iteration, step), signatures);
}

std::string describe(const AttestationFailure& failure) {
    switch (failure.kind) {
        case AttestationFailure::Kind::invalid_hash:
            return "the attestation is of another block";
        case AttestationFailure::Kind::invalid_result:
            return "the attestation has another result";
        case AttestationFailure::Kind::invalid_votes:
            break;
    }
    std::string out = "invalid votes";
    if (failure.step) out.append(" of the ").append(to_string(*failure.step));
    if (failure.votes) out.append(": ").append(to_string(*failure.votes));
    return out;
}

Result<std::vector<ledger::Voter>, AttestationFailure> verify_attestation(
    const ledger::Attestation& attestation, const ledger::ConsensusHeader& header, RoundCommittees& committees,
    const std::optional<RatificationResult>& expected, Signatures& signatures) {
    const RatificationResult& result = attestation.result;
    if (expected) {
        if (const auto checked = check_result(result, *expected); !checked) return fail(checked.error());
    }
    std::map<ledger::KeyBytes, ledger::Voter> merged;
    for (const VotingStep step : {VotingStep::validation, VotingStep::ratification}) {
        const auto& votes = step == VotingStep::validation ? attestation.validation : attestation.ratification;
        const auto voters = verify_step_votes(header, step, result.vote, votes, committees, signatures);
        if (!voters) {
            return fail(AttestationFailure{AttestationFailure::Kind::invalid_votes, step, voters.error()});
        }
        for (const ledger::Voter& voter : *voters) {
            merged.try_emplace({voter.account.to_bytes()}, voter.account).first->second.credits += voter.credits;
        }
    }
    std::vector<ledger::Voter> out;
    out.reserve(merged.size());
    for (const auto& [key, voter] : merged) out.push_back(voter);
    return out;
}

}  // namespace dusk::consensus
