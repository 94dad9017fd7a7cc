#include "ledger/vote.hpp"

namespace dusk::ledger {

Vote Vote::read(WireReader& in) {
    const auto tag = in.at_most<std::uint8_t>(static_cast<std::uint8_t>(Kind::no_quorum), WireFault::bad_vote);
    Vote vote;
    vote.kind_ = static_cast<Kind>(tag);
    if (vote.names_block()) vote.block_ = BlockHash::read(in);
    return vote;
}

void Vote::write(Writer& out) const {
    out.u8(static_cast<std::uint8_t>(kind_));
    if (names_block()) block_.write(out);
}

RatificationResult RatificationResult::read(WireReader& in) {
    const bool success = in.at_most<std::uint8_t>(1, WireFault::bad_ratification_result) == 1;
    return {success, Vote::read(in)};
}

void RatificationResult::write(Writer& out) const {
    out.boolean(success);
    vote.write(out);
}

StepVotes StepVotes::read(WireReader& in) {
    const auto voters = in.le<std::uint64_t>();
    return {voters, SignatureBytes::read(in)};
}

void StepVotes::write(Writer& out) const {
    out.le(voters);
    signature.write(out);
}

namespace {

QuorumType quorum_type(std::uint8_t byte) {
    switch (byte) {
        case 0:
            return QuorumType::valid;
        case 1:
            return QuorumType::invalid;
        case 2:
            return QuorumType::no_candidate;
        default:
            return QuorumType::no_quorum;
    }
}

}  // namespace

ValidationResult ValidationResult::read(WireReader& in) {
    ValidationResult out;
    out.votes = StepVotes::read(in);
    out.vote = Vote::read(in);
    out.quorum = quorum_type(in.u8());
    return out;
}

void ValidationResult::write(Writer& out) const {
    votes.write(out);
    vote.write(out);
    out.u8(static_cast<std::uint8_t>(quorum));
}

}  // namespace dusk::ledger
