#include "chain/block_faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "consensus/bls_signatures.hpp"
#include "consensus/test_keys.hpp"

namespace dusk::chain {
namespace {

using consensus::FaultError;
using ledger::BlockHash;
using ledger::ConsensusHeader;
using ledger::DoubleValidationVote;
using ledger::Fault;
using ledger::FaultItem;
using ledger::Height;
using ledger::Vote;
using ledger::VotingStep;

// Headers and faults; nothing else is asked for.
class Blocks : public BlockStore {
  public:
    std::map<BlockHash, Height> headers{};
    std::map<Height, std::vector<Fault>> faults{};
    bool broken = false;

    StoreResult<std::optional<ledger::BlockHeader>> header(const BlockHash& hash) override {
        const auto found = headers.find(hash);
        if (found == headers.end()) return std::nullopt;
        ledger::BlockHeader out;
        out.height = found->second;
        out.hash = hash;
        return out;
    }
    StoreResult<std::vector<Fault>> faults_since(Height height) override {
        if (broken) return fail(StoreFailure{StoreFailure::Kind::io, "broken"});
        std::vector<Fault> out;
        for (auto at = faults.lower_bound(height); at != faults.end(); ++at) {
            out.insert(out.end(), at->second.begin(), at->second.end());
        }
        return out;
    }

    MOCK_METHOD(StoreResult<std::optional<ledger::BlockHeader>>, tip, (), (override));
    MOCK_METHOD(StoreResult<std::optional<ledger::Block>>, block, (const BlockHash&), (override));
    MOCK_METHOD(StoreResult<std::optional<LabelledHash>>, at, (Height), (override));
    MOCK_METHOD(StoreResult<bool>, has_block, (const BlockHash&), (override));
    MOCK_METHOD(StoreResult<bool>, has_transaction, (const ledger::TransactionId&), (override));
    MOCK_METHOD(StoreResult<std::optional<ledger::SpentTransaction>>, transaction, (const ledger::TransactionId&),
                (override));
    MOCK_METHOD(StoreResult<std::optional<Height>>, last_final, (), (override));
    MOCK_METHOD(StoreResult<void>, begin, (const ledger::Block&), (override));
    MOCK_METHOD(StoreResult<void>, accept, (const AcceptedBlock&), (override));
    MOCK_METHOD(StoreResult<std::vector<ledger::Block>>, revert_to, (Height), (override));
    MOCK_METHOD(StoreResult<std::size_t>, forget_blocks_below, (Height, std::size_t), (override));
    MOCK_METHOD(StoreResult<std::size_t>, forget_blobs_below, (Height, std::size_t), (override));
    MOCK_METHOD(StoreResult<void>, keep_candidate, (const ledger::Block&), (override));
    MOCK_METHOD(StoreResult<std::optional<ledger::Block>>, candidate, (const BlockHash&), (override));
    MOCK_METHOD(StoreResult<std::optional<ledger::Block>>, candidate, (const ConsensusHeader&), (override));
    MOCK_METHOD(StoreResult<void>, forget_candidates, (Height), (override));
    MOCK_METHOD(StoreResult<void>, keep_validation_result, (const ConsensusHeader&, const ledger::ValidationResult&),
                (override));
    MOCK_METHOD(StoreResult<std::optional<ledger::ValidationResult>>, validation_result, (const ConsensusHeader&),
                (override));
    MOCK_METHOD(StoreResult<std::optional<LastIteration>>, last_iteration, (), (override));
    MOCK_METHOD(StoreResult<void>, set_last_iteration, (const LastIteration&), (override));
    MOCK_METHOD(StoreResult<std::optional<StepTimes>>, step_times, (ledger::Step), (override));
    MOCK_METHOD(StoreResult<void>, add_step_time, (ledger::Step, std::chrono::milliseconds), (override));
};

class BlockFaults : public testing::Test {
  protected:
    BlockFaults() {
        blocks_.headers[{{1}}] = {1};
        blocks_.headers[{{9}}] = {9};
    }
    // Of a round on the block with that height in its hash. `swapped`: the other vote comes first.
    [[nodiscard]] Fault fault(std::uint8_t round, bool swapped = false) const {
        const ConsensusHeader header{{{static_cast<std::uint8_t>(round - 1)}}, round, 3};
        const auto item = [&](const Vote& vote) -> FaultItem<Vote> {
            const auto message = signed_vote(header, VotingStep::validation, vote);
            return {header, {keys_[0].key, keys_[0].sign(message)}, vote};
        };
        DoubleValidationVote out{item(Vote::no_candidate()), item(Vote::valid({{4}}))};
        if (swapped) std::swap(out.first, out.second);
        return Fault(out);
    }
    [[nodiscard]] Result<void, BlockFaultsFailure> check(const std::vector<Fault>& faults, std::uint64_t height = 20) {
        return check_block_faults(faults, {height}, blocks_, signatures_);
    }
    static FaultError reason(const Result<void, BlockFaultsFailure>& checked) {
        return std::get<FaultError>(checked.error());
    }

    std::vector<consensus::TestKey> keys_ = consensus::test_keys(1);
    consensus::BlsSignatures signatures_;
    testing::StrictMock<Blocks> blocks_;
};

TEST_F(BlockFaults, HoldWhereTheLedgerKnowsTheirParents) {
    EXPECT_TRUE(check({}));
    EXPECT_TRUE(check({fault(10), fault(2)}));
    EXPECT_EQ(reason(check({fault(10), fault(5)})), FaultError::unknown_parent);
    blocks_.headers[{{4}}] = {5};
    EXPECT_EQ(reason(check({fault(5)})), FaultError::unknown_parent);
    EXPECT_EQ(reason(check({fault(2), fault(10)}, 9)), FaultError::future);
}

TEST_F(BlockFaults, AreToldOnce) {
    blocks_.faults[{11}] = {fault(10, true)};
    EXPECT_EQ(reason(check({fault(2), fault(10)})), FaultError::known);
    EXPECT_TRUE(check({fault(2)}));
    // A fault cannot stand in a block below its round.
    blocks_.faults.clear();
    blocks_.faults[{10}] = {fault(10)};
    EXPECT_EQ(reason(check({fault(10)})), FaultError::known);
    // As in the released node, twice in one block is not noticed.
    EXPECT_TRUE(check({fault(2), fault(2)}));
}

TEST_F(BlockFaults, AFailureOfTheStoreIsNotOneOfTheBlock) {
    blocks_.broken = true;
    EXPECT_TRUE(std::holds_alternative<StoreFailure>(check({fault(10)}).error()));
    EXPECT_TRUE(check({}));
}

}  // namespace
}  // namespace dusk::chain
