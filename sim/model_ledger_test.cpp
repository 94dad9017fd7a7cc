#include "sim/model_ledger.hpp"

#include <gtest/gtest.h>

#include "execution/reward_schedule.hpp"
#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

constexpr std::uint64_t kDusk = ledger::kLuxPerDusk;

ledger::KeyBytes account(std::size_t key) { return {sim_key(key).key.to_bytes()}; }

ledger::LedgerTransaction transfer(std::size_t from, std::size_t to, std::uint64_t value, std::uint64_t nonce) {
    const auto& sender = sim_key(from).key;
    ledger::LedgerTransaction out;
    out.transaction.body = ledger::MoonlightTransaction{{.chain_id = ledger::ChainId{0xFA},
                                                         .sender = sender,
                                                         .receiver = sim_key(to).key,
                                                         .value = {value},
                                                         .deposit = {},
                                                         .fee = {{150'000}, {2}, sender},
                                                         .nonce = {nonce},
                                                         .data = {}},
                                                        crypto::BlsSignature(crypto::G1Affine::generator())};
    return out;
}

class ModelLedgerTest : public testing::Test {
  protected:
    ModelLedgerTest() {
        ledger.accounts[account(0)].balance = {100 * kDusk};
        ledger.stakes[account(1)] = {.key = sim_key(1).key, .value = {5000 * kDusk}};
        block.header.height = {2};
        block.header.gas_limit = {1'000'000};
        block.header.generator = account(1);
    }
    Result<ModelTransition, chain::TransitionFailure> run() { return execute_model_block(ledger, block, voters); }

    ModelLedger ledger;
    ledger::Block block;
    std::vector<ledger::Voter> voters{{sim_key(1).key, 128}};
};

TEST_F(ModelLedgerTest, TransfersMoveLuxAndFeesGoToTheReward) {
    block.transactions = {transfer(0, 2, 3 * kDusk, 1)};
    const auto done = run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(done->after->accounts.at(account(2)).balance.value, 3 * kDusk);
    EXPECT_EQ(done->after->accounts.at(account(0)).balance.value, 97 * kDusk - 200'000);
    EXPECT_EQ(done->after->accounts.at(account(0)).nonce.value, 1);
    EXPECT_LE(done->after->supply().value, ledger.supply().value + execution::emission({2}).value);
    EXPECT_GT(done->after->supply().value, ledger.supply().value);
    EXPECT_EQ(done->effect.root, done->after->root());
    EXPECT_NE(done->effect.root, ledger.root());
}

TEST_F(ModelLedgerTest, WhatCannotBeSpentMakesTheBlockInvalid) {
    auto unsigned_one = transfer(0, 2, 1, 1);
    auto body = *unsigned_one.transaction.moonlight();
    body.signature = {};
    unsigned_one.transaction.body = body;
    for (const auto& wrong : {transfer(0, 2, 101 * kDusk, 1), transfer(0, 2, 1, 2), transfer(0, 2, 1, 0),
                              transfer(3, 2, 1, 1), unsigned_one}) {
        block.transactions = {wrong};
        const auto done = run();
        ASSERT_FALSE(done);
        EXPECT_TRUE(done.error().of_the_block);
    }
    block.transactions = {transfer(0, 2, 1, 1), transfer(0, 2, 1, 2)};
    EXPECT_TRUE(run());
    block.header.gas_limit = {150'000};
    EXPECT_FALSE(run());
}

TEST_F(ModelLedgerTest, StakesChangeAndAreRemembered) {
    auto stake = transfer(0, 0, 0, 1);
    auto body = *stake.transaction.moonlight();
    body.payload.deposit = {7 * kDusk};
    body.payload.data = ledger::ContractCall{ledger::kStakeContract, "stake", {}};
    stake.transaction.body = body;
    block.transactions = {stake};
    const auto done = run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(done->after->stakes.at(account(0)).value.value, 7 * kDusk);
    EXPECT_EQ(done->after->stakes.at(account(0)).eligible_since.value, 4320);
    ASSERT_EQ(done->after->former.size(), 1);
    EXPECT_FALSE(done->after->former[0].before);
    // What the chain does with the changes comes to the same.
    consensus::Provisioners provisioners = ledger.provisioners();
    ASSERT_TRUE(provisioners.apply(*done->effect.stakes, block.header.height));
    EXPECT_EQ(provisioners, done->after->provisioners());
}

TEST_F(ModelLedgerTest, TheSecondMissedBlockIsPunished) {
    block.header.failed_iterations.iterations = {
        ledger::FailedIteration{{ledger::RatificationResult{false, ledger::Vote::no_candidate()}, {}, {}}, account(1)}};
    voters = {{sim_key(2).key, 128}};
    block.header.generator = account(2);
    const auto once = run();
    ASSERT_TRUE(once);
    EXPECT_EQ(once->after->stakes.at(account(1)).value.value, 5000 * kDusk);
    EXPECT_TRUE(once->effect.stakes->empty());
    ledger = *once->after;
    const auto twice = run();
    ASSERT_TRUE(twice);
    EXPECT_EQ(twice->after->stakes.at(account(1)).value.value, 4500 * kDusk);
    EXPECT_EQ(twice->after->stakes.at(account(1)).eligible_since.value, 4320);
    EXPECT_EQ(twice->effect.stakes->size(), 1);
    ASSERT_EQ(twice->after->former.size(), 1);
    EXPECT_EQ(twice->after->former[0].before->value.value, 5000 * kDusk);
}

TEST_F(ModelLedgerTest, NobodyAttestedTheBlockBefore) {
    voters.clear();
    EXPECT_FALSE(run());
}

}  // namespace
}  // namespace dusk::sim
