// votes.json: what a quorum and an attestation take, and whose votes they are.
#include "consensus/bls_signatures.hpp"
#include "consensus/quorum.hpp"
#include "fields.hpp"
#include "stakes.hpp"

namespace dusk::vectors {
namespace {

using consensus::QuorumError;
using consensus::RoundCommittees;
using ledger::ConsensusHeader;
using ledger::SignatureBytes;
using ledger::StepVotes;
using ledger::Vote;
using ledger::VotingStep;

ConsensusHeader read_header(const Node& c) {
    return {{c["prev_block_hash"].array<32>()}, c["round"].u64(), static_cast<std::uint8_t>(c["iteration"].u64())};
}
Vote read_vote(const Node& c) {
    const std::string kind = c["kind"].text();
    if (kind == "Valid") return Vote::valid({c["hash"].array<32>()});
    if (kind == "Invalid") return Vote::invalid({c["hash"].array<32>()});
    if (kind == "NoCandidate") return Vote::no_candidate();
    if (kind != "NoQuorum") c["kind"].complain("is a vote that the runner does not know");
    return Vote::no_quorum();
}
StepVotes read_step_votes(const Node& c) { return {c["bitset"].u64(), {c["signature"].array<48>()}}; }

VotingStep read_step(const Node& c) {
    if (c.text() == "Validation") return VotingStep::validation;
    if (c.text() != "Ratification") c.complain("is a step that the runner does not know");
    return VotingStep::ratification;
}

// One error of ours stands for two of the reference's: bytes that are no point, and the point at infinity.
std::string_view reference_text(QuorumError error, const SignatureBytes& signature) {
    const bool is_point = crypto::BlsMultisigSignature::from_bytes(signature.bytes).has_value();
    return error == QuorumError::invalid_point && !is_point ? "Verification error InvalidData" : to_string(error);
}

class World {
  public:
    explicit World(const Node& provisioners) : stakes_(read_stakes(provisioners)) {}

    void step_votes(const Node& c, Report& report) {
        c["name"].describe();
        const ConsensusHeader header = read_header(c["header"]);
        const Vote vote = read_vote(c["vote"]);
        const VotingStep step = read_step(c["step"]);
        const StepVotes votes = read_step_votes(c["step_votes"]);
        RoundCommittees committees = committees_of(header, c);
        const auto& committee = committees.voters(header.iteration, step);
        const auto found = consensus::verify_quorum(header, step, vote, votes, committee, signatures_);
        const Node expected = c["verify_quorum_votes"];
        report.expect(found.has_value() == expected["ok"].boolean(), c, "is a quorum or not");
        if (found) {
            expect_voters(*found, expected["voters"], report);
        } else {
            report.expect(reference_text(found.error(), votes.signature) == expected["error"].text(), expected["error"],
                          "is another reason");
        }
        if (c["verify_step_votes_ok"].is_null()) return;
        const auto by_step = consensus::verify_step_votes(header, step, vote, votes, committees, signatures_);
        report.expect(by_step.has_value() == c["verify_step_votes_ok"].boolean(), c, "holds in its step or not");
    }

    void attestation(const Node& c, Report& report) {
        const auto attestation = read_back<ledger::Attestation>(c["hex"], report);
        expect_attestation(attestation, c["attestation"], report);
        const ConsensusHeader header = read_header(c["header"]);
        RoundCommittees committees = committees_of(header, c);
        const auto holds = [&](VotingStep step, const StepVotes& votes) {
            return consensus::verify_step_votes(header, step, attestation.result.vote, votes, committees, signatures_)
                .has_value();
        };
        const bool validation = holds(VotingStep::validation, attestation.validation);
        const bool ratification = holds(VotingStep::ratification, attestation.ratification);
        report.expect(validation == c["validation_ok"].boolean(), c["validation_ok"], "holds or not");
        report.expect(ratification == c["ratification_ok"].boolean(), c["ratification_ok"], "holds or not");
        const auto voters = consensus::verify_attestation(attestation, header, committees, {}, signatures_);
        report.expect(voters.has_value() == (validation && ratification), c, "holds or not");
        expect_voters(voters ? *voters : std::vector<ledger::Voter>(), c["merged_voters"], report);
    }

  private:
    [[nodiscard]] RoundCommittees committees_of(const ConsensusHeader& header, const Node& c) const {
        return {stakes_.provisioners, ledger::Seed{c["seed"].array<48>()}, {header.round}};
    }

    Stakes stakes_;
    consensus::BlsSignatures signatures_;
};

void aggregate(const Node& c, Report& report) {
    std::vector<crypto::BlsPublicKey> keys;
    for (const Bytes& bytes : c["keys"].hex_list()) {
        const auto key = crypto::BlsPublicKey::from_bytes(bytes);
        if (!key) c["keys"].complain("are not all keys");
        keys.push_back(*key);
    }
    crypto::BlsKeyCache cache(keys.size());
    for (int i = 0; i < 2; ++i) {
        const auto sum = cache.aggregate(keys);
        if (!sum) c.complain(to_string(sum.error()));
        report.expect_bytes(sum->to_bytes(), c["aggregated"]);
    }
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node votes = root["votes"];
    for (const Node& c : votes["worlds"].items()) {
        World world(c["provisioners"]);
        for (const Node& one : c["step_votes"].items()) {
            report.run(one, [&] { world.step_votes(one, report); });
        }
        for (const Node& one : c["attestations"].items()) {
            report.run(one, [&] { world.attestation(one, report); });
        }
    }
    for (const Node& c : votes["aggregated_keys"].items()) {
        report.run(c, [&] { aggregate(c, report); });
    }
    const Node nothing = votes["aggregate_of_nothing"];
    report.run(nothing, [&] {
        const auto sum = crypto::BlsMultisigPublicKey::aggregate({});
        const bool is_refused = !sum && sum.error() == crypto::BlsError::no_keys;
        report.expect(is_refused && nothing.text() == "Some(NoKeysProvided)", nothing, "is another error");
    });
}

const Registered registered{{"consensus", "votes", {"seed", "votes"}, run}};

}  // namespace
}  // namespace dusk::vectors
