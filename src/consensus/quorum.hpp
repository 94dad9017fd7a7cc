// Whether enough of a committee signed, and whether an attestation holds (spec/consensus.md §7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consensus/committee.hpp"
#include "consensus/signatures.hpp"
#include "ledger/attestation.hpp"
#include "ledger/voter.hpp"

namespace dusk::consensus {

// Credits that a quorum for this vote takes: 43 for Valid, 33 for any other.
[[nodiscard]] std::uint32_t quorum_credits(const ledger::Vote& vote);

enum class QuorumError : std::uint8_t { too_few_credits, invalid_point, invalid_signature };
// As the released node words it.
[[nodiscard]] std::string_view to_string(QuorumError error);

// The voters with their credits in this step, in the order of their keys.
[[nodiscard]] Result<std::vector<ledger::Voter>, QuorumError> verify_quorum(
    const ledger::ConsensusHeader& header, ledger::VotingStep step, const ledger::Vote& vote,
    const ledger::StepVotes& votes, const Committee& committee, Signatures& signatures);

// The same with the committee of the header's round. In the validation nobody votes NoQuorum: such votes are not looked
// at, and have no voters.
[[nodiscard]] Result<std::vector<ledger::Voter>, QuorumError> verify_step_votes(
    const ledger::ConsensusHeader& header, ledger::VotingStep step, const ledger::Vote& vote,
    const ledger::StepVotes& votes, RoundCommittees& committees, Signatures& signatures);

struct AttestationFailure {
    enum class Kind : std::uint8_t { invalid_hash, invalid_result, invalid_votes };
    Kind kind;
    std::optional<ledger::VotingStep> step{};  // of invalid_votes
    std::optional<QuorumError> votes{};
    friend bool operator==(const AttestationFailure&, const AttestationFailure&) = default;
};
[[nodiscard]] std::string describe(const AttestationFailure& failure);

// `committees`: of the header's round. `expected`: Success needs the same block, Fail any vote; none: anything goes.
// The voters of both steps with their credits added up, in the order of their keys.
[[nodiscard]] Result<std::vector<ledger::Voter>, AttestationFailure> verify_attestation(
    const ledger::Attestation& attestation, const ledger::ConsensusHeader& header, RoundCommittees& committees,
    const std::optional<ledger::RatificationResult>& expected, Signatures& signatures);

}  // namespace dusk::consensus
