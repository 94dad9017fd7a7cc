#include "consensus/quorum.hpp"

#include <gtest/gtest.h>

#include "consensus/bls_signatures.hpp"
#include "consensus/test_keys.hpp"

namespace dusk::consensus {
namespace {

using ledger::Attestation;
using ledger::RatificationResult;
using ledger::StepVotes;
using ledger::Vote;
using ledger::VotingStep;
using Kind = AttestationFailure::Kind;

const std::vector<TestKey>& keys() {
    static const auto all = test_keys(7);
    return all;
}

const TestKey& owner_of(const ledger::KeyBytes& key) { return *std::ranges::find(keys(), key, &TestKey::bytes); }

class QuorumTest : public testing::Test {
  protected:
    QuorumTest() {
        Provisioners provisioners;
        for (const TestKey& key : keys()) provisioners.set({key.key, kMinimumStake, {0}});
        committees_.emplace(provisioners, ledger::Seed{{4}}, ledger::Height{header_.round});
    }

    [[nodiscard]] const Committee& committee(VotingStep step) { return committees_->voters(header_.iteration, step); }
    // Of those whose bit is set.
    [[nodiscard]] StepVotes votes(VotingStep step, const Vote& vote, std::uint64_t voters) {
        StepVotes out{voters, {}};
        const auto members = committee(step).members();
        for (std::size_t i = 0; i < members.size(); ++i) {
            if ((voters >> i & 1U) == 0) continue;
            const auto share = owner_of(members[i].bytes).sign(signed_vote(header_, step, vote));
            out.signature = out.signature.is_zero() ? share : signatures_.add(out.signature, share).value();
        }
        return out;
    }
    // The first so many members that they have at least `credits`.
    [[nodiscard]] std::uint64_t some(VotingStep step, std::uint32_t credits) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; committee(step).credits_of(out) < credits; ++i) out |= std::uint64_t{1} << i;
        return out;
    }
    [[nodiscard]] Attestation attestation(const RatificationResult& result) {
        Attestation out{result, {}, {}};
        const std::uint32_t credits = quorum_credits(result.vote);
        if (result.vote.kind() != Vote::Kind::no_quorum) {
            out.validation = votes(VotingStep::validation, result.vote, some(VotingStep::validation, credits));
        }
        out.ratification = votes(VotingStep::ratification, result.vote, some(VotingStep::ratification, credits));
        return out;
    }
    [[nodiscard]] auto verify(const Attestation& attestation,
                              const std::optional<RatificationResult>& expected = std::nullopt) {
        return verify_attestation(attestation, header_, *committees_, expected, signatures_);
    }
    [[nodiscard]] auto verify(const Vote& vote, const StepVotes& votes) {
        return verify_quorum(header_, VotingStep::validation, vote, votes, committee(VotingStep::validation),
                             signatures_);
    }

    ledger::ConsensusHeader header_{{{9}}, 12, 3};
    std::optional<RoundCommittees> committees_;
    BlsSignatures signatures_;
    Vote valid_ = Vote::valid({{1}});
    Vote invalid_ = Vote::invalid({{1}});
};

TEST_F(QuorumTest, TakesTwoThirdsForValidAndHalfForTheOthers) {
    EXPECT_EQ(quorum_credits(valid_), 43U);
    EXPECT_EQ(quorum_credits(invalid_), 33U);
    EXPECT_EQ(quorum_credits(Vote::no_candidate()), 33U);
    EXPECT_EQ(quorum_credits(Vote::no_quorum()), 33U);
    const Committee& all = committee(VotingStep::validation);
    for (std::uint64_t voters = 1; voters < std::uint64_t{1} << all.members().size(); ++voters) {
        const std::uint32_t credits = all.credits_of(voters);
        if (credits < 30 || credits > 46) continue;
        for (const Vote& vote : {valid_, invalid_}) {
            const auto found = verify(vote, votes(VotingStep::validation, vote, voters));
            if (credits < quorum_credits(vote)) {
                ASSERT_FALSE(found);
                EXPECT_EQ(found.error(), QuorumError::too_few_credits);
                continue;
            }
            ASSERT_TRUE(found);
            std::uint64_t sum = 0;
            for (const auto& voter : *found) sum += voter.credits;
            EXPECT_EQ(sum, credits);
            EXPECT_TRUE(std::ranges::is_sorted(*found, {}, &ledger::Voter::account));
        }
    }
}

TEST_F(QuorumTest, BitsBehindTheMembersSayNothing) {
    StepVotes all = votes(VotingStep::validation, valid_, ~std::uint64_t{0});
    EXPECT_EQ(verify(valid_, all).value().size(), committee(VotingStep::validation).members().size());
    all.voters = (std::uint64_t{1} << committee(VotingStep::validation).members().size()) - 1;
    EXPECT_TRUE(verify(valid_, all));
    all.voters = ~all.voters;
    EXPECT_EQ(verify(valid_, all).error(), QuorumError::too_few_credits);
}

TEST_F(QuorumTest, SignaturesAreOfThisStepAndVote) {
    const auto good = votes(VotingStep::validation, valid_, ~std::uint64_t{0});
    EXPECT_EQ(verify(invalid_, good).error(), QuorumError::invalid_signature);
    EXPECT_EQ(verify(valid_, votes(VotingStep::validation, valid_, some(VotingStep::validation, 43))).has_value(),
              true);
    StepVotes fewer = good;
    fewer.voters &= ~std::uint64_t{1};
    if (committee(VotingStep::validation).credits_of(fewer.voters) >= 43) {
        EXPECT_EQ(verify(valid_, fewer).error(), QuorumError::invalid_signature);
    }
    StepVotes broken = good;
    broken.signature = {};
    EXPECT_EQ(verify(valid_, broken).error(), QuorumError::invalid_point);
}

TEST_F(QuorumTest, AttestationsNameTheVotersOfBothSteps) {
    const Attestation good = attestation(RatificationResult::of(valid_));
    std::map<ledger::KeyBytes, std::uint64_t> expected;
    for (const auto step : {VotingStep::validation, VotingStep::ratification}) {
        const std::uint64_t voters = some(step, 43);
        const auto members = committee(step).members();
        for (std::size_t i = 0; i < members.size(); ++i) {
            if ((voters >> i & 1U) != 0) expected[members[i].bytes] += members[i].credits;
        }
    }
    const auto found = verify(good, RatificationResult{true, valid_});
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), expected.size());
    auto next = expected.begin();
    for (const auto& voter : *found) {
        EXPECT_EQ(voter.account.to_bytes(), next->first.bytes);
        EXPECT_EQ(voter.credits, next++->second);
    }
}

TEST_F(QuorumTest, AttestationsAreOfTheExpectedResult) {
    const auto other = Vote::valid({{2}});
    struct Case {
        RatificationResult result;
        RatificationResult expected;
        std::optional<Kind> failure;
    };
    const std::vector<Case> cases{{{true, valid_}, {true, valid_}, {}},
                                  {{true, valid_}, {true, other}, Kind::invalid_hash},
                                  {{true, valid_}, {false, {}}, Kind::invalid_result},
                                  {{false, valid_}, {true, valid_}, Kind::invalid_result},
                                  {{true, invalid_}, {true, valid_}, Kind::invalid_result},
                                  {{true, invalid_}, {true, invalid_}, Kind::invalid_result},
                                  {{false, valid_}, {false, {}}, {}},
                                  {{false, invalid_}, {false, {}}, {}},
                                  {{false, Vote::no_quorum()}, {false, valid_}, {}}};
    for (const Case& c : cases) {
        const auto found = verify(attestation(c.result), c.expected);
        EXPECT_EQ(found.has_value(), !c.failure);
        if (c.failure) EXPECT_EQ(found.error(), (AttestationFailure{*c.failure}));
        EXPECT_TRUE(verify(attestation(c.result)));
    }
}

TEST_F(QuorumTest, AttestationsSayWhichStepIsWrong) {
    Attestation bad = attestation({true, valid_});
    std::swap(bad.validation, bad.ratification);
    bad.validation.voters = 0;
    EXPECT_EQ(verify(bad).error(),
              (AttestationFailure{Kind::invalid_votes, VotingStep::validation, QuorumError::too_few_credits}));
    EXPECT_EQ(describe(verify(bad).error()), "invalid votes of the validation: Failed to reach a quorum");
    bad = attestation({true, valid_});
    bad.ratification.signature = attestation({true, invalid_}).ratification.signature;
    EXPECT_EQ(verify(bad).error(),
              (AttestationFailure{Kind::invalid_votes, VotingStep::ratification, QuorumError::invalid_signature}));
}

// Nobody can have voted NoQuorum in the validation, so that whatever stands there is not looked at.
TEST_F(QuorumTest, NoQuorumHasNoValidation) {
    Attestation none = attestation({false, Vote::no_quorum()});
    none.validation = {~std::uint64_t{0}, {{1}}};
    const auto found = verify(none);
    ASSERT_TRUE(found);
    std::uint64_t credits = 0;
    for (const auto& voter : *found) credits += voter.credits;
    EXPECT_GE(credits, 33U);
    EXPECT_LE(credits, 64U);
}

TEST_F(QuorumTest, NobodyAttestsWithoutAnyStake) {
    RoundCommittees empty({}, {}, {header_.round});
    const auto found = verify_attestation(attestation({true, valid_}), header_, empty, {}, signatures_);
    EXPECT_EQ(found.error(),
              (AttestationFailure{Kind::invalid_votes, VotingStep::validation, QuorumError::too_few_credits}));
}

}  // namespace
}  // namespace dusk::consensus
