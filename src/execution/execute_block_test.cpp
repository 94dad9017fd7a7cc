#include "execution/execute_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "execution/build_candidate.hpp"
#include "execution/test_chain.hpp"

namespace dusk::execution {
namespace {

using ledger::LedgerTransaction;
using ledger::Lux;

class ExecuteBlock : public TestChain {
  protected:
    static constexpr ledger::Gas kBlockGas{3'000'000'000};

    [[nodiscard]] std::vector<LedgerTransaction> transfers(std::uint64_t count) const {
        std::vector<LedgerTransaction> out;
        for (std::uint64_t nonce = 1; nonce <= count; ++nonce) out.push_back(in_block(transfer(nonce)));
        return out;
    }
    [[nodiscard]] BlockResult<ExecutedBlock> execute(const std::vector<LedgerTransaction>& transactions,
                                                     ledger::Gas limit = kBlockGas) const {
        return execute_block(*machine_, frame(), transactions, limit);
    }
    [[nodiscard]] ledger::Block block_of(const std::vector<LedgerTransaction>& transactions) const {
        const auto executed = execute(transactions);
        ledger::Block block;
        block.header.height = {1};
        block.header.gas_limit = kBlockGas;
        block.header.state_root = executed->root();
        block.header.event_bloom = executed->receipts().bloom;
        block.header.generator = {account(kStaker).to_bytes()};
        block.transactions = transactions;
        return block;
    }
    [[nodiscard]] std::optional<BlockFault> verify(const ledger::Block& block) const {
        const auto shape = frame_of(block, root_, kTestChain, {});
        if (!shape) return shape.error().fault;
        const auto verified = verify_block(*machine_, *shape, block);
        return verified ? std::nullopt : std::optional(verified.error().fault);
    }
};

TEST_F(ExecuteBlock, ItsHeaderSaysWhatComesOut) {
    const ledger::Block good = block_of(transfers(3));
    EXPECT_EQ(verify(good), std::nullopt);

    ledger::Block changed = good;
    changed.header.state_root.bytes[0] ^= 1U;
    EXPECT_EQ(verify(changed), BlockFault::state_root);
    changed = good;
    changed.header.event_bloom = {};
    EXPECT_EQ(verify(changed), BlockFault::event_bloom);
    changed = good;
    changed.header.gas_limit = {1'000'000};
    EXPECT_EQ(verify(changed), BlockFault::gas_limit);
    changed = good;
    changed.header.generator = {};
    EXPECT_EQ(verify(changed), BlockFault::bad_generator);
    changed = good;
    changed.header.height = {2};
    EXPECT_EQ(verify(changed), BlockFault::no_voters);
    changed = good;
    changed.transactions[1].format = ledger::TransactionFormat::aegis;
    EXPECT_EQ(verify(changed), BlockFault::format);
    changed = good;
    std::swap(changed.transactions[0], changed.transactions[1]);
    EXPECT_EQ(verify(changed), BlockFault::discarded);
}

TEST_F(ExecuteBlock, ADiscardedTransactionIsNamed) {
    auto transactions = transfers(3);
    transactions.push_back(in_block(transfer(9)));
    const auto executed = execute(transactions);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().transaction, 3U);
    EXPECT_EQ(executed.error().refusal, Refusal::nonce_not_ready);
    EXPECT_TRUE(is_of_the_block(executed.error().fault));
}

TEST_F(ExecuteBlock, ARefundThatFailsMakesItInvalid) {
    make_rich({1});
    auto transactions = transfers(1);
    transactions[0] = in_block(transfer(1, 0, 2));
    auto refunded = payload(2, 0, 2);
    refunded.fee.refund_address = account(1);
    transactions.push_back(in_block(sign(refunded)));
    const auto executed = execute(transactions);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().fault, BlockFault::discarded);
    EXPECT_EQ(executed.error().transaction, 1U);
    EXPECT_EQ(executed.error().refusal, Refusal::refund_failed);
    EXPECT_THAT(executed.error().text, testing::StartsWith("Failed refund: "));
}

TEST_F(ExecuteBlock, FeesBeyond64BitsMakeItInvalid) {
    make_rich({0, 1});
    std::vector<LedgerTransaction> transactions;
    for (std::size_t from : {0U, 1U}) {
        auto dear = payload(1, from, kStaker);
        dear.fee = {.gas_limit = {2'500'000}, .gas_price = {7'000'000'000'000}, .refund_address = account(from)};
        transactions.push_back(in_block(sign(dear, from)));
    }
    const auto executed = execute(transactions);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().fault, BlockFault::fees);
    EXPECT_TRUE(execute({transactions[0]}));
}

TEST_F(ExecuteBlock, RewardsBeyondWhatThereIsMakeItInvalid) {
    BlockFrame generous = frame(2);
    generous.voters = {{account(kStaker), 129}};
    const auto executed = execute_block(*machine_, generous, {}, kBlockGas);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().fault, BlockFault::rewards);
}

TEST_F(ExecuteBlock, OnAStateWithoutContractsNothingCanBeSaid) {
    const auto empty = machine_->genesis_session(static_cast<std::uint8_t>(kTestChain));
    const auto deployed =
        empty->deploy(ledger::kTransferContract.bytes, test_contract("counter"), {}, {}, ~std::uint64_t{0});
    ASSERT_TRUE(deployed);
    BlockFrame bare = frame();
    bare.context.base = {empty->commit().value()};
    const auto executed = execute_block(*machine_, bare, {}, kBlockGas);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().fault, BlockFault::system_call);
    EXPECT_FALSE(is_of_the_block(executed.error().fault));
}

TEST_F(ExecuteBlock, OnAnUnknownStateIsNobodysFault) {
    BlockFrame lost = frame();
    lost.context.base.bytes[5] ^= 1U;
    const auto executed = execute_block(*machine_, lost, {}, kBlockGas);
    ASSERT_FALSE(executed);
    EXPECT_EQ(executed.error().fault, BlockFault::unknown_state);
    EXPECT_FALSE(is_of_the_block(executed.error().fault));
}

TEST_F(ExecuteBlock, RebuildingFromBlocksGivesTheSameRoots) {
    const ledger::StateRoot genesis = root_;
    const auto run = [&] {
        root_ = genesis;
        std::vector<ledger::StateRoot> roots;
        for (std::uint64_t height = 1; height <= 3; ++height) {
            auto executed = execute_block(*machine_, frame(height), std::vector{in_block(transfer(height))}, kBlockGas);
            EXPECT_TRUE(executed && executed->commit());
            root_ = executed->root();
            roots.push_back(root_);
        }
        return roots;
    };
    EXPECT_EQ(run(), run());
}

TEST_F(ExecuteBlock, PenaltiesComeFirstAndNeedAStake) {
    BlockFrame punished = frame();
    punished.penalties = {{account(kStaker), Penalty::Kind::soft},
                          {account(0), Penalty::Kind::hard},
                          {account(kStaker), Penalty::Kind::hard_with_fault}};
    const auto executed = execute_block(*machine_, punished, transfers(1), kBlockGas);
    ASSERT_TRUE(executed) << describe(executed.error());
    const auto& events = executed->receipts().events;
    // The first fault is a silent warning; the account without a stake leaves nothing.
    ASSERT_EQ(events.size(), 3U);
    std::vector<std::string> topics;
    for (const vm::EventView event : events) topics.emplace_back(event.topic);
    EXPECT_THAT(topics, testing::ElementsAre("slash", "moonlight", "reward"));
    const auto& origins = executed->receipts().origins;
    ASSERT_EQ(origins.size(), 3U);
    EXPECT_FALSE(origins[0].transaction);
    EXPECT_EQ(origins[1].transaction, transfer(1).id());
}

// What the open part of the supply gains is what rewards pay out above the fees.
TEST_F(ExecuteBlock, SupplyGrowsByTheRewardsOnly) {
    const auto supply = [&] {
        const auto opened = session();
        StateQueries state(*opened);
        return open_supply(state);
    };
    EXPECT_TRUE(rc::check("supply", [&] {
        const ledger::StateRoot start = root_;
        std::vector<LedgerTransaction> transactions;
        std::array<std::uint64_t, kAccounts> nonces{};
        for (const auto step :
             *rc::gen::container<std::vector<std::uint32_t>>(4, rc::gen::arbitrary<std::uint32_t>())) {
            const std::size_t from = step % kAccounts;
            auto changed = payload(++nonces[from], from, step / 3 % (kAccounts + 1));
            changed.value = {step};
            if (step % 5 == 0) changed.data = ledger::ContractCall{ledger::kStakeContract, "stake", {1}};
            if (step % 7 == 0) changed.data = ledger::Memo{{1, 2}};
            transactions.push_back(in_block(sign(changed, from)));
        }
        const std::uint64_t before = supply();
        auto executed = execute(transactions);
        RC_ASSERT(executed.has_value());
        RC_ASSERT(executed->commit().has_value());
        std::uint64_t rewards = 0;
        for (const ledger::Reward& reward : executed->rewards()) rewards += reward.value.value;
        RC_ASSERT(rewards <= emission({1}).value + executed->receipts().fees.value);
        root_ = executed->root();
        const std::uint64_t after = supply();
        root_ = start;
        RC_ASSERT(after - before == rewards - executed->receipts().fees.value);
    }));
}

class BuildCandidate : public ExecuteBlock {
  protected:
    Candidate build(const std::vector<LedgerTransaction>& offered) {
        auto candidate = build_candidate(*machine_, frame(), source(offered), limits_, clock_);
        if (!candidate) throw std::runtime_error(describe(candidate.error()));
        return *std::move(candidate);
    }
    NextTransaction source(const std::vector<LedgerTransaction>& offered) {
        return [&offered, this, at = std::size_t{0}]() mutable -> const LedgerTransaction* {
            clock_.advance(step_);
            return at == offered.size() ? nullptr : &offered[at++];
        };
    }
    // Executing what was chosen comes to the same.
    void expect_reproducible(const Candidate& candidate) {
        std::vector<LedgerTransaction> chosen;
        for (const LedgerTransaction* transaction : candidate.transactions) chosen.push_back(*transaction);
        const auto executed = execute(chosen, limits_.gas);
        ASSERT_TRUE(executed) << describe(executed.error());
        EXPECT_EQ(executed->root(), candidate.block.root());
        EXPECT_EQ(executed->receipts().bloom, candidate.block.receipts().bloom);
    }

    CandidateLimits limits_;
    ManualClock clock_;
    std::chrono::nanoseconds step_{0};
};

TEST_F(BuildCandidate, FutureNoncesWaitForTheMissingOne) {
    const std::vector offered{in_block(transfer(3)), in_block(transfer(2)), in_block(transfer(1)),
                              in_block(transfer(5))};
    const Candidate candidate = build(offered);
    ASSERT_EQ(candidate.transactions.size(), 3U);
    EXPECT_EQ(candidate.transactions[0], &offered[2]);
    EXPECT_EQ(candidate.transactions[1], &offered[1]);
    EXPECT_EQ(candidate.transactions[2], &offered[0]);
    EXPECT_TRUE(candidate.dropped.empty());
    expect_reproducible(candidate);
}

TEST_F(BuildCandidate, WhatCannotBeExecutedIsDropped) {
    const std::vector offered{in_block(transfer(0)), in_block(transfer(1)), in_block(transfer(1))};
    const Candidate candidate = build(offered);
    ASSERT_EQ(candidate.transactions.size(), 1U);
    ASSERT_EQ(candidate.dropped.size(), 2U);
    EXPECT_EQ(candidate.dropped[0].text, "Unspendable: Panic: Already used nonce");
    EXPECT_EQ(candidate.dropped[1].transaction, &offered[2]);
    expect_reproducible(candidate);
}

TEST_F(BuildCandidate, GasThatDoesNotFitIsUndone) {
    const auto offered = transfers(3);
    const auto gas = execute({offered[0]})->receipts().gas_spent.value;
    limits_.gas = {2 * gas + 500'000};
    std::vector<LedgerTransaction> with_small = offered;
    auto small = payload(1, 1, 0);
    small.fee.gas_limit = {400'000};  // too little to be spent, but it fits
    with_small.push_back(in_block(sign(small, 1)));
    const Candidate candidate = build(with_small);
    EXPECT_EQ(candidate.transactions.size(), 2U);
    ASSERT_EQ(candidate.dropped.size(), 1U);
    EXPECT_EQ(candidate.dropped[0].transaction, &with_small[3]);
    expect_reproducible(candidate);
}

TEST_F(BuildCandidate, ARefundThatFailsIsUndone) {
    make_rich({1});
    auto refunded = payload(2, 0, 2);
    refunded.fee.refund_address = account(1);
    const std::vector offered{in_block(transfer(1, 0, 2)), in_block(sign(refunded)), in_block(transfer(2, 0, 2))};
    const Candidate candidate = build(offered);
    EXPECT_THAT(candidate.transactions, testing::ElementsAre(&offered[0], &offered[2]));
    ASSERT_EQ(candidate.dropped.size(), 1U);
    EXPECT_EQ(candidate.dropped[0].transaction, &offered[1]);
    EXPECT_EQ(candidate.dropped[0].reason, Refusal::refund_failed);
    expect_reproducible(candidate);
}

TEST_F(BuildCandidate, SpaceAndNumberAreBounded) {
    const auto offered = transfers(4);
    const std::size_t space = offered[0].transaction.block_space(ledger::TransactionFormat::boreas);
    limits_.bytes = 2 * space + 4;
    EXPECT_EQ(build(offered).transactions.size(), 2U);
    limits_.bytes = 2 * space + 3;
    EXPECT_EQ(build(offered).transactions.size(), 1U);
    limits_ = {};
    limits_.transactions = 3;
    EXPECT_EQ(build(offered).transactions.size(), 3U);
}

TEST_F(BuildCandidate, OtherFormatsArePassedOver) {
    auto offered = transfers(2);
    offered[0].format = ledger::TransactionFormat::aegis;
    const Candidate candidate = build(offered);
    EXPECT_TRUE(candidate.transactions.empty());
    EXPECT_TRUE(candidate.dropped.empty());
}

TEST_F(BuildCandidate, EndsInTime) {
    const auto offered = transfers(4);
    step_ = std::chrono::seconds(2);
    const Candidate candidate = build(offered);
    EXPECT_EQ(candidate.transactions.size(), 2U);
    EXPECT_TRUE(candidate.ran_out_of_time);
}

}  // namespace
}  // namespace dusk::execution
