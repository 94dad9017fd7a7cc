// One node, and what it makes of single messages.
#include <gmock/gmock.h>

#include "consensus/test_network.hpp"

namespace dusk::consensus {
namespace {

using namespace std::chrono_literals;
using ledger::Vote;
using ledger::VotingStep;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A follower, so that nothing comes from the node itself, and a network whose messages the test writes.
class ConsensusMessages : public ::testing::Test {
  protected:
    static constexpr std::size_t kProvisioners = 8;

    ConsensusMessages() {
        network_.link = [](std::size_t, std::size_t, const ledger::Message&) { return std::nullopt; };
        network_.start(kProvisioners);
    }

    [[nodiscard]] TestNetwork::Node& node() { return *network_.nodes.at(kProvisioners); }
    [[nodiscard]] ConsensusStatus status() { return *node().machine->status(); }
    [[nodiscard]] ledger::ConsensusHeader header(std::uint8_t iteration) const {
        return {network_.tip.hash, network_.tip.height.value + 1, iteration};
    }
    [[nodiscard]] static ledger::SignInfo sign(std::size_t provisioner, ByteView message) {
        return {test_key(provisioner), KeyedHashSignatures::share(test_key(provisioner), message)};
    }
    [[nodiscard]] static ledger::ValidationMessage validation(std::size_t who, const ledger::ConsensusHeader& header,
                                                              const Vote& vote) {
        ledger::ValidationMessage out{.header = header, .vote = vote};
        out.sign_info = sign(who, out.signed_bytes());
        return out;
    }
    [[nodiscard]] static ledger::RatificationMessage ratification(std::size_t who,
                                                                  const ledger::ConsensusHeader& header,
                                                                  const ledger::ValidationResult& result) {
        ledger::RatificationMessage out{.header = header, .vote = result.vote, .validation_result = result};
        out.sign_info = sign(who, out.signed_bytes());
        return out;
    }
    [[nodiscard]] std::vector<std::size_t> voters(std::uint8_t iteration, VotingStep step) {
        std::vector<std::size_t> out;
        for (const auto& member : network_.committees->voters(iteration, step).members()) {
            out.push_back(network_.number_of(member.bytes));
        }
        return out;
    }
    [[nodiscard]] std::size_t outsider(std::uint8_t iteration) { return network_.generator(iteration); }
    [[nodiscard]] ledger::StepVotes step_votes(const ledger::ConsensusHeader& header, VotingStep step,
                                               const Vote& vote) {
        const Committee& committee = network_.committees->voters(header.iteration, step);
        ledger::StepVotes out;
        for (std::size_t i = 0; i < committee.members().size(); ++i) {
            const auto share =
                KeyedHashSignatures::share(committee.members()[i].key, ledger::signed_vote(header, step, vote));
            out.signature = i == 0 ? share : *network_.signatures.add(out.signature, share);
            out.voters |= std::uint64_t{1} << i;
        }
        return out;
    }
    [[nodiscard]] ledger::ValidationResult result(const ledger::ConsensusHeader& header, const Vote& vote,
                                                  ledger::QuorumType type = ledger::QuorumType::valid) {
        return {step_votes(header, VotingStep::validation, vote), vote, type};
    }
    [[nodiscard]] ledger::QuorumMessage quorum(const ledger::ConsensusHeader& header, const Vote& vote) {
        const bool has_validation = vote.kind() != Vote::Kind::no_quorum;
        return {header,
                {ledger::RatificationResult::of(vote),
                 has_validation ? step_votes(header, VotingStep::validation, vote) : ledger::StepVotes{},
                 step_votes(header, VotingStep::ratification, vote)}};
    }
    [[nodiscard]] ledger::CandidateMessage candidate(std::uint8_t iteration, std::uint64_t salt = 0) {
        const std::size_t who = network_.generator(iteration);
        ledger::Block block =
            test_block(network_.tip, {header(iteration), {}}, test_key(who), network_.tip.timestamp + 10, salt);
        return {sign_block(std::move(block), who)};
    }
    [[nodiscard]] static ledger::Block sign_block(ledger::Block block, std::size_t who) {
        block.header.hash = block.header.content_hash();
        block.header.signature = sign(who, block.header.hash.bytes).signature;
        return block;
    }

    template <class Body>
    void expect_rejected(const Body& body, std::string_view what) {
        const std::size_t sent = node().sent.size();
        EXPECT_EQ(network_.inject(kProvisioners, body), MessageVerdict::rejected) << what;
        EXPECT_EQ(node().sent.size(), sent) << what;
    }
    template <class Body>
    void expect_ignored(const Body& body, std::string_view what) {
        const std::size_t sent = node().sent.size();
        EXPECT_EQ(network_.inject(kProvisioners, body), MessageVerdict::ignored) << what;
        EXPECT_EQ(node().sent.size(), sent) << what;
    }
    template <class Body>
    void expect_taken(const Body& body, std::string_view what) {
        const std::size_t sent = node().sent.size();
        EXPECT_EQ(network_.inject(kProvisioners, body), MessageVerdict::taken) << what;
        EXPECT_GT(node().sent.size(), sent) << what << ": it is handed on";
    }

    TestNetwork network_{{.nodes = kProvisioners, .followers = 1, .seed = 21}};
    const Vote block_ = Vote::valid({{1}});
};

TEST_F(ConsensusMessages, CandidatesThatBreakARule) {
    const ledger::CandidateMessage good = candidate(0);
    const std::size_t other = voters(0, VotingStep::validation).front();

    ledger::CandidateMessage bad = good;
    bad.block.header.generator = {test_key(other).to_bytes()};
    expect_rejected(ledger::CandidateMessage{sign_block(bad.block, other)}, "of another generator");
    bad = good;
    bad.block.header.generator = {};
    expect_rejected(bad, "of a key that is none");
    bad = good;
    bad.block.header.signature.bytes[0] ^= 1U;
    expect_rejected(bad, "not signed");
    bad = good;
    bad.block.header.gas_limit.value ^= 1U;
    expect_rejected(bad, "its content was changed");
    bad = good;
    bad.block.header.attestation.validation.voters = 1;
    expect_rejected(bad, "with an attestation, which its hash does not cover");
    bad = good;
    bad.block.header.transactions_root.bytes[0] = 1;
    expect_rejected(ledger::CandidateMessage{sign_block(bad.block, network_.generator(0))}, "other transactions");
    bad = good;
    bad.block.header.faults_root.bytes[0] = 1;
    expect_rejected(ledger::CandidateMessage{sign_block(bad.block, network_.generator(0))}, "other faults");
    EXPECT_THAT(node().candidates, IsEmpty());

    expect_taken(good, "as it should be");
    expect_ignored(good, "the same again");
    EXPECT_THAT(node().candidates, SizeIs(1));
}

TEST_F(ConsensusMessages, HoldsTwoCandidatesOfAnIteration) {
    expect_taken(candidate(0), "the first");
    expect_taken(candidate(0, 1), "a second");
    expect_ignored(candidate(0, 2), "one too many");
    expect_taken(candidate(3), "of an iteration to come");
    expect_ignored(candidate(20), "of one far away");
    EXPECT_THAT(node().candidates, SizeIs(3));
}

TEST_F(ConsensusMessages, ValidationVotesThatBreakARule) {
    network_.run_for(18s);
    ASSERT_EQ(status().step, ledger::Step::validation);
    const auto members = voters(0, VotingStep::validation);
    const std::size_t who = members.front();

    expect_rejected(validation(outsider(0), header(0), Vote::no_candidate()), "not of the committee");
    auto vote = validation(who, header(0), Vote::no_candidate());
    vote.sign_info.signature.bytes[3] ^= 1U;
    expect_rejected(vote, "not signed");
    vote = validation(who, header(0), Vote::no_candidate());
    vote.vote = block_;
    expect_rejected(vote, "another vote than the one that is signed");
    expect_rejected(validation(who, header(0), Vote::no_quorum()), "nobody votes NoQuorum here");
    vote = validation(who, header(0), Vote::no_candidate());
    vote.sign_info.signer = {};
    expect_rejected(vote, "the identity");

    expect_taken(validation(who, header(0), Vote::no_candidate()), "as it should be");
    expect_ignored(validation(who, header(0), Vote::no_candidate()), "the same again");
}

TEST_F(ConsensusMessages, RatificationVotesThatBreakARule) {
    network_.run_for(25s);
    ASSERT_EQ(status().step, ledger::Step::ratification);
    const std::size_t who = voters(0, VotingStep::ratification).front();
    const auto good = ratification(who, header(0), result(header(0), block_));

    auto vote = good;
    vote.vote = Vote::no_candidate();
    expect_rejected(vote, "another vote than that of its result");
    vote = ratification(who, header(0), {step_votes(header(0), VotingStep::validation, block_), Vote::no_quorum()});
    expect_rejected(vote, "NoQuorum with votes");
    vote = good;
    vote.validation_result.votes.voters = 1;
    expect_rejected(vote, "too few votes behind it");
    vote = good;
    vote.validation_result.votes.signature.bytes[0] ^= 1U;
    expect_rejected(vote, "votes that nobody signed");
    vote = good;
    vote.sign_info.signature.bytes[0] ^= 1U;
    expect_rejected(vote, "not signed");
    expect_rejected(ratification(outsider(0), header(0), result(header(0), block_)), "not of the committee");

    // A relay that broke the part that is not signed does not spoil the vote.
    expect_taken(good, "as it should be");
    expect_ignored(good, "the same again");
}

TEST_F(ConsensusMessages, OfOtherRoundsAndIterations) {
    const auto members = voters(0, VotingStep::validation);
    ledger::ConsensusHeader other = header(0);
    other.round -= 1;
    expect_ignored(validation(members[0], other, Vote::no_candidate()), "a round that is over");
    other.round = header(0).round + 11;
    expect_ignored(validation(members[0], other, Vote::no_candidate()), "a round too far away");
    expect_ignored(validation(members[0], header(50), Vote::no_candidate()), "no iteration");
    expect_ignored(validation(members[0], header(255), block_), "no iteration");
    expect_ignored(ledger::GetBlocksMessage{}, "not of consensus");

    other.round = header(0).round + 10;
    expect_taken(validation(members[0], other, Vote::no_candidate()), "a round to come");
    expect_ignored(validation(members[0], other, Vote::no_candidate()), "the same again");
    other = header(0);
    other.prev_block_hash.bytes[0] ^= 1U;
    expect_taken(validation(members[0], other, Vote::no_candidate()), "of another branch");
    auto vote = validation(members[1], other, Vote::no_candidate());
    vote.sign_info.signature.bytes[0] ^= 1U;
    expect_rejected(vote, "not signed");
    expect_ignored(validation(1000, other, Vote::no_candidate()), "of somebody without a stake");
    ledger::Block block = candidate(0).block;
    block.header.prev_block_hash = other.prev_block_hash;
    expect_taken(ledger::CandidateMessage{sign_block(block, network_.generator(0))}, "a candidate of another branch");
    block.header.height.value += 1;
    auto broken = sign_block(block, network_.generator(0));
    broken.header.gas_limit.value ^= 1U;
    expect_rejected(ledger::CandidateMessage{broken}, "its content was changed");
    EXPECT_THAT(node().candidates, IsEmpty());
    EXPECT_EQ(status().queued, 3U);
}

// The result of the validation that a ratification names is not signed: whoever hands on a vote for a round to come may
// write another one there, and nobody can tell before the round begins.
TEST_F(ConsensusMessages, AChangedCopyDoesNotTakeThePlaceOfAVoteForARoundToCome) {
    network_.tip.prev_block_hash = network_.tip.hash;
    network_.tip.hash.bytes[0] ^= 1U;
    network_.tip.height.value += 1;
    network_.committees = network_.make_committees();
    const auto members = voters(0, VotingStep::ratification);
    const ledger::ValidationResult known = result(header(0), block_);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto vote = ratification(members[i], header(0), known);
        auto changed = vote;
        changed.validation_result.votes.voters = 1;
        const bool is_last = i + 1 == members.size();
        if (!is_last) expect_taken(changed, "for a round to come");
        EXPECT_EQ(network_.inject(kProvisioners, vote), is_last ? MessageVerdict::taken : MessageVerdict::ignored);
    }
    network_.start(kProvisioners);
    ASSERT_THAT(node().agreements, SizeIs(1));
    EXPECT_EQ(node().agreements[0].block, *block_.block());
}

// And where nobody names the true one, it is found with the votes of the validation.
TEST_F(ConsensusMessages, ChangedCopiesWaitForTheResult) {
    network_.tip.prev_block_hash = network_.tip.hash;
    network_.tip.hash.bytes[0] ^= 1U;
    network_.tip.height.value += 1;
    network_.committees = network_.make_committees();
    for (const std::size_t who : voters(0, VotingStep::ratification)) {
        auto changed = ratification(who, header(0), result(header(0), block_));
        changed.validation_result.votes.signature = {};
        expect_taken(changed, "for a round to come");
    }
    network_.start(kProvisioners);
    EXPECT_THAT(node().agreements, IsEmpty());
    for (const std::size_t who : voters(0, VotingStep::validation)) {
        static_cast<void>(network_.inject(kProvisioners, validation(who, header(0), block_)));
    }
    network_.run_for(25s);
    ASSERT_THAT(node().agreements, Not(IsEmpty()));  // it is said again as long as the round goes on
    EXPECT_EQ(node().agreements[0].block, *block_.block());
}

TEST_F(ConsensusMessages, FaultOfWhoeverVotesTwice) {
    network_.run_for(18s);
    const std::size_t who = voters(0, VotingStep::validation).front();
    expect_taken(validation(who, header(0), Vote::no_candidate()), "a vote");
    auto forged = validation(who, header(0), block_);
    forged.sign_info.signature.bytes[0] ^= 1U;
    expect_rejected(forged, "nobody else can make it look guilty");
    EXPECT_THAT(node().faults, IsEmpty());
    expect_rejected(validation(who, header(0), block_), "another one");
    const std::size_t checks = network_.signatures.checks;
    expect_rejected(validation(who, header(0), Vote::valid({{2}})), "a third");
    EXPECT_EQ(network_.signatures.checks, checks) << "nobody looks at what a double voter signs";

    ASSERT_THAT(node().faults, SizeIs(1));
    const ledger::Fault& fault = node().faults[0];
    ASSERT_TRUE(std::holds_alternative<ledger::DoubleValidationVote>(fault.kind()));
    EXPECT_EQ(fault.culprit(), test_key(who));
    for (const auto& claim : fault.claims()) {
        EXPECT_TRUE(network_.signatures.verify(claim.sign_info, claim.message));
        EXPECT_EQ(claim.header, header(0));
    }
    EXPECT_NE(fault.claims()[0].id(), fault.claims()[1].id());
}

TEST_F(ConsensusMessages, FaultOfWhoeverRatifiesTwiceEvenLater) {
    network_.run_for(25s);
    const std::size_t who = voters(0, VotingStep::ratification).front();
    expect_taken(ratification(who, header(0), {}), "a vote");
    network_.run_for(20s);
    ASSERT_GT(status().iteration, 0);
    expect_rejected(ratification(who, header(0), result(header(0), block_)), "another one");
    ASSERT_THAT(node().faults, SizeIs(1));
    EXPECT_TRUE(std::holds_alternative<ledger::DoubleRatificationVote>(node().faults[0].kind()));
}

TEST_F(ConsensusMessages, FaultOfWhoeverVotesTwiceEarly) {
    const std::size_t who = voters(1, VotingStep::validation).front();
    expect_taken(validation(who, header(1), Vote::no_candidate()), "a vote");
    expect_taken(validation(who, header(1), block_), "another one");
    expect_ignored(validation(who, header(1), Vote::valid({{2}})), "a third");
    expect_taken(quorum(header(0), Vote::no_candidate()), "the end of the iteration");
    network_.run_for(18s);
    EXPECT_EQ(status().iteration, 1);
    EXPECT_THAT(node().faults, SizeIs(1));
}

TEST_F(ConsensusMessages, QuorumsEndIterations) {
    expect_taken(quorum(header(0), Vote::no_candidate()), "a failure");
    EXPECT_EQ(status().iteration, 1);
    expect_ignored(quorum(header(0), Vote::no_candidate()), "the same again");
    expect_taken(quorum(header(0), Vote::no_quorum()), "another failure of an iteration that is over");
    EXPECT_EQ(status().iteration, 1);
    // The others have gone on: so does this node.
    expect_taken(quorum(header(6), Vote::invalid({{1}})), "a failure ahead");
    EXPECT_EQ(status().iteration, 7);
    EXPECT_THAT(status().timeouts, ::testing::Each(7s + 2s * 5)) << "iterations 2 to 6 were left out";
    expect_taken(quorum(header(7), block_), "an agreement");
    EXPECT_EQ(status().iteration, 7);
    EXPECT_TRUE(status().is_agreed);
    ASSERT_THAT(node().agreements, SizeIs(1));
    network_.run_for(18s);
    EXPECT_EQ(status().iteration, 8) << "the chain has not taken the block";
    EXPECT_THAT(node().agreements, SizeIs(2)) << "it is told again";
    expect_taken(quorum(header(2), block_), "an agreement of an iteration that is over");
    EXPECT_EQ(node().agreements.back().iteration, 2);
    expect_ignored(quorum(header(16), Vote::no_candidate()), "there are no failures in an emergency");
    auto forged = quorum(header(9), block_);
    forged.attestation.ratification.voters = 1;
    expect_rejected(forged, "what the chain does not let through");
}

TEST_F(ConsensusMessages, ValidationQuorumAheadTakesTheNodeThere) {
    const std::size_t who = voters(3, VotingStep::ratification).front();
    expect_taken(ratification(who, header(3), result(header(3), block_)), "a ratification ahead");
    EXPECT_EQ(status().iteration, 3);
    EXPECT_EQ(status().step, ledger::Step::ratification);
}

TEST_F(ConsensusMessages, HalfOfACommitteeAheadTakesTheNodeThere) {
    const Committee& committee = network_.committees->voters(2, VotingStep::validation);
    std::uint32_t credits = 0;
    for (const auto& member : committee.members()) {
        if (credits < 33) {
            EXPECT_EQ(status().iteration, 0) << credits;
        } else {
            EXPECT_EQ(status().iteration, 2) << credits;
            EXPECT_EQ(status().step, ledger::Step::validation);
            break;
        }
        // Not a quorum of anything.
        const Vote vote = credits < 15 ? block_ : Vote::no_candidate();
        expect_taken(validation(network_.number_of(member.bytes), header(2), vote), "a vote ahead");
        credits += member.credits;
    }
    EXPECT_GE(credits, 33U);
}

// Others may see a quorum that this node did not: both outcomes are counted.
TEST_F(ConsensusMessages, RatificationsOfAnotherResultCountWhenItHolds) {
    network_.run_for(18s);
    const Vote none = Vote::no_candidate();
    for (const std::size_t who : voters(0, VotingStep::validation)) {
        if (status().step == ledger::Step::ratification) break;
        expect_taken(validation(who, header(0), none), "a vote");
    }
    ASSERT_EQ(status().step, ledger::Step::ratification);
    for (const std::size_t who : voters(0, VotingStep::ratification)) {
        if (status().is_agreed) break;
        expect_taken(ratification(who, header(0), result(header(0), block_)), "a ratification");
    }
    EXPECT_TRUE(status().is_agreed);
}

TEST_F(ConsensusMessages, RestOfAQueueIsNotLost) {
    // Two blocks' worth of early votes: those behind the quorum are still known when they come again.
    for (const std::size_t who : voters(0, VotingStep::validation)) {
        expect_taken(validation(who, header(0), block_), "an early vote");
    }
    expect_taken(candidate(0), "the candidate");
    network_.run_for(10s);
    ASSERT_EQ(status().step, ledger::Step::ratification);
    for (const std::size_t who : voters(0, VotingStep::validation)) {
        expect_ignored(validation(who, header(0), block_), "known");
    }
}

TEST_F(ConsensusMessages, EmergencyCountsOnlyValidVotesAndLateOnes) {
    expect_taken(quorum(header(15), Vote::no_candidate()), "the last failure");
    ASSERT_EQ(status().iteration, 16);
    const auto validators = voters(16, VotingStep::validation);
    expect_ignored(validation(validators[0], header(16), Vote::no_candidate()), "not Valid");
    expect_ignored(validation(validators[0], header(16), Vote::invalid({{1}})), "not Valid");
    expect_ignored(ratification(voters(16, VotingStep::ratification)[0], header(16), {}), "not Valid");
    network_.run_for(130s);
    ASSERT_GT(status().iteration, 16);
    EXPECT_THAT(node().asked, ::testing::Not(IsEmpty()));

    expect_taken(candidate(16), "a late candidate");
    const Vote vote = Vote::valid(candidate(16).block.header.hash);
    for (const std::size_t who : validators) (void)network_.inject(kProvisioners, validation(who, header(16), vote));
    ASSERT_THAT(node().results, SizeIs(1));
    EXPECT_EQ(node().results.at(16).vote, vote);
    EXPECT_EQ(node().results.at(16).quorum, ledger::QuorumType::valid);
    for (const std::size_t who : voters(16, VotingStep::ratification)) {
        (void)network_.inject(kProvisioners, ratification(who, header(16), node().results.at(16)));
    }
    ASSERT_THAT(node().agreements, SizeIs(1));
    EXPECT_EQ(node().agreements[0].iteration, 16);
    EXPECT_EQ(node().agreements[0].block, *vote.block());
    EXPECT_THAT(node().faults, IsEmpty());
}

TEST_F(ConsensusMessages, ValidationQuorumIsForEmergencies) {
    const auto message = [&](std::uint8_t iteration, const Vote& vote) {
        return ledger::ValidationQuorumMessage{header(iteration), result(header(iteration), vote)};
    };
    expect_ignored(message(0, block_), "no emergency");
    expect_taken(quorum(header(15), Vote::no_candidate()), "the last failure");
    expect_ignored(message(16, Vote::no_candidate()), "not Valid");
    auto forged = message(16, block_);
    forged.result.votes.voters = 3;
    expect_rejected(forged, "no quorum");
    const std::size_t sent = node().sent.size();
    EXPECT_EQ(network_.inject(kProvisioners, message(16, block_)), MessageVerdict::taken);
    EXPECT_EQ(node().sent.size(), sent) << "it is never handed on";
    EXPECT_EQ(status().step, ledger::Step::ratification);
    EXPECT_THAT(node().results, SizeIs(1));
    expect_ignored(message(16, block_), "the same again");
}

TEST_F(ConsensusMessages, MemberOfAnEmergencyTakesLittleMemory) {
    expect_taken(quorum(header(15), Vote::no_candidate()), "the last failure");
    network_.run_for(48s);
    ASSERT_EQ(status().step, ledger::Step::validation);
    const std::size_t who = voters(16, VotingStep::validation).front();
    for (std::uint8_t i = 0; i < 4; ++i) expect_taken(validation(who, header(16), Vote::valid({{i}})), "a vote");
    expect_ignored(validation(who, header(16), Vote::valid({{4}})), "one too many");
    EXPECT_THAT(node().faults, IsEmpty());
}

TEST_F(ConsensusMessages, NothingHappensWhileNoRoundRuns) {
    Consensus machine({}, network_.signatures, nullptr);
    const auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = candidate(0)});
    EXPECT_EQ(machine.on_message(message, network_.now()), MessageVerdict::ignored);
    machine.on_time(network_.now());
    machine.on_candidate_judged({}, Verdict::valid, network_.now());
    EXPECT_FALSE(machine.wakeup());
    EXPECT_FALSE(machine.status());
    EXPECT_THAT(machine.take_actions(), IsEmpty());
}

}  // namespace
}  // namespace dusk::consensus
