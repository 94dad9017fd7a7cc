#include "consensus/fault_rules.hpp"

#include <gtest/gtest.h>

#include "consensus/bls_signatures.hpp"
#include "consensus/test_keys.hpp"

namespace dusk::consensus {
namespace {

using ledger::ConsensusHeader;
using ledger::DoubleRatificationVote;
using ledger::DoubleValidationVote;
using ledger::Fault;
using ledger::FaultItem;
using ledger::Height;
using ledger::Vote;
using ledger::VotingStep;

class FaultRules : public testing::Test {
  protected:
    [[nodiscard]] FaultItem<Vote> item(const Vote& vote, const ConsensusHeader& header, std::size_t signer = 0) const {
        const auto message = signed_vote(header, VotingStep::validation, vote);
        return {header, {keys_[signer].key, keys_[signer].sign(message)}, vote};
    }
    [[nodiscard]] Fault fault(const ConsensusHeader& header) const {
        return Fault(DoubleValidationVote{item(valid_, header), item(Vote::no_candidate(), header)});
    }
    [[nodiscard]] Fault fault(const FaultItem<Vote>& other) const {
        return Fault(DoubleValidationVote{item(valid_, header_), other});
    }
    // Success, or the reason.
    [[nodiscard]] std::optional<FaultError> check(const Fault& fault, std::uint64_t height = 5000) {
        const auto checked = check_fault(fault, {height}, signatures_);
        return checked ? std::nullopt : std::optional(checked.error());
    }

    std::vector<TestKey> keys_ = test_keys(2);
    Vote valid_ = Vote::valid({{1}});
    ConsensusHeader header_{{{9}}, 5000, 15};
    BlsSignatures signatures_;
};

TEST_F(FaultRules, BothItemsAreOfOneStepBySomebody) {
    const Vote none = Vote::no_candidate();
    EXPECT_EQ(check(fault(header_)), std::nullopt);
    auto other = header_;
    other.iteration = 14;
    EXPECT_EQ(check(fault(item(none, other))), FaultError::other_iteration);
    other = header_;
    other.round = 4999;
    EXPECT_EQ(check(fault(item(none, other))), FaultError::other_round);
    other = header_;
    other.prev_block_hash = {{8}};
    EXPECT_EQ(check(fault(item(none, other))), FaultError::other_parent);
    EXPECT_EQ(check(fault(item(none, header_, 1))), FaultError::other_signer);
    EXPECT_EQ(check(fault(item(valid_, header_))), FaultError::duplicated);
}

TEST_F(FaultRules, TheFirstReasonCounts) {
    EXPECT_EQ(check(fault(item(valid_, {{{8}}, 4999, 14}, 1))), FaultError::other_iteration);
    EXPECT_EQ(check(fault(item(valid_, {{{8}}, 4999, 15}, 1))), FaultError::other_round);
    EXPECT_EQ(check(fault(item(valid_, {{{8}}, 5000, 15}, 1))), FaultError::other_parent);
}

TEST_F(FaultRules, HoldForAnEpoch) {
    EXPECT_EQ(check(fault(header_), 4999), FaultError::future);
    EXPECT_EQ(check(fault(header_), 7160), std::nullopt);
    EXPECT_EQ(check(fault(header_), 7161), FaultError::expired);
    header_.round = 1;
    EXPECT_EQ(check(fault(header_), 1), std::nullopt);
    header_.round = 0;
    EXPECT_EQ(check(fault(header_), 0), FaultError::genesis);
}

TEST_F(FaultRules, BothItemsAreSigned) {
    auto unsigned_item = item(Vote::no_candidate(), header_);
    unsigned_item.sign_info.signature = item(valid_, header_).sign_info.signature;
    EXPECT_EQ(check(fault(unsigned_item)), FaultError::invalid_signature);
    EXPECT_EQ(check(Fault(DoubleValidationVote{unsigned_item, item(valid_, header_)})), FaultError::invalid_signature);
    // Votes of the other step do not count.
    const Fault other(DoubleRatificationVote{item(valid_, header_), item(Vote::no_candidate(), header_)});
    EXPECT_EQ(check(other), FaultError::invalid_signature);
}

TEST_F(FaultRules, InEmergencyEverybodyMayVoteTwice) {
    header_.iteration = 16;
    EXPECT_EQ(check(fault(header_)), FaultError::emergency_iteration);
}

TEST_F(FaultRules, TheLedgerKnowsTheParentAndNotTheFault) {
    const Fault one = fault(header_);
    EXPECT_TRUE(check_fault_place(one, {.parent = Height{4999}}));
    EXPECT_EQ(check_fault_place(one, {}).error(), FaultError::unknown_parent);
    EXPECT_EQ(check_fault_place(one, {.parent = Height{5000}}).error(), FaultError::unknown_parent);
    EXPECT_EQ(check_fault_place(one, {.parent = Height{4999}, .is_known = true}).error(), FaultError::known);
}

TEST_F(FaultRules, TheSubjectHasNoOrder) {
    const auto first = item(valid_, header_);
    const auto second = item(Vote::no_candidate(), header_);
    const Fault one(DoubleValidationVote{first, second});
    EXPECT_EQ(subject_of(one), subject_of(Fault(DoubleValidationVote{second, first})));
    EXPECT_NE(subject_of(one), subject_of(Fault(DoubleRatificationVote{first, second})));
    EXPECT_NE(subject_of(one), subject_of(fault({{{9}}, 4999, 15})));
}

}  // namespace
}  // namespace dusk::consensus
