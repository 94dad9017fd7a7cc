#include "mempool/mempool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mempool/pool_samples.hpp"

namespace dusk::mempool {
namespace {

using execution::Refusal;
using namespace std::chrono_literals;
using testing::ElementsAre;

class MempoolTest : public testing::Test {
  protected:
    explicit MempoolTest(const PoolSettings& settings = {.rules = {.chain = kSampleChain}}) : pool_(settings) {}

    PoolResult<Admission> put(const ledger::LedgerTransaction& transaction) {
        const auto checked = pool_.precheck(transaction, state_);
        if (!checked) return fail(checked.error());
        return pool_.insert(*checked, state_, now_);
    }
    void added(const ledger::LedgerTransaction& transaction) { EXPECT_EQ(put(transaction), Admission::added); }
    void deferred(const ledger::LedgerTransaction& transaction) { EXPECT_EQ(put(transaction), Admission::deferred); }
    void refused(const ledger::LedgerTransaction& transaction, PoolError error) {
        const auto outcome = put(transaction);
        ASSERT_FALSE(outcome.has_value());
        EXPECT_EQ(outcome.error().error, error) << describe(outcome.error());
    }
    void refused(const ledger::LedgerTransaction& transaction, Refusal refusal) {
        const auto outcome = put(transaction);
        ASSERT_FALSE(outcome.has_value());
        EXPECT_EQ(outcome.error().refusal, refusal) << describe(outcome.error());
    }
    void pass(std::chrono::nanoseconds time) {
        now_.steady += time;
        now_.wall += std::chrono::floor<std::chrono::milliseconds>(time);
        pool_.on_time(state_, now_);
    }
    // "added", or the reason of another event; of the first transaction with these letters.
    std::vector<std::string> events() {
        std::vector<std::string> out;
        for (const PoolEvent& event : pool_.take_events()) {
            struct Say {
                std::string operator()(const Added& /*e*/) { return "added"; }
                std::string operator()(const Removed& e) { return std::string(to_string(e.reason)); }
                std::string operator()(const Deferred& /*e*/) { return std::string(kDeferredReason); }
                std::string operator()(const Dropped& e) { return std::string(to_string(e.reason)); }
            };
            out.push_back(std::visit(Say(), event));
        }
        return out;
    }
    std::vector<ledger::TransactionId> best() const {
        std::vector<ledger::TransactionId> out;
        for (const TransactionPtr& transaction : pool_.best()) out.push_back(transaction->id());
        return out;
    }

    Mempool pool_;
    SampleState state_;
    PoolTime now_{.wall = WallTime(1'000'000s), .steady = MonotonicTime(50s)};
};

TEST_F(MempoolTest, TakesWhatTheRulesAllow) {
    added(sample_payment(0, 1));
    added(sample_payment(0, 2));
    added(sample_spend({1, 2}));
    EXPECT_EQ(pool_.size(), 3U);
    EXPECT_THAT(events(), ElementsAre("added", "added", "added"));
    EXPECT_EQ(pool_.next_nonce(sample_account(0), {0}), ledger::Nonce{3});
    EXPECT_EQ(pool_.next_nonce(sample_account(1), {7}), ledger::Nonce{8});
    const auto payment = sample_payment(0, 1);
    EXPECT_EQ(pool_.find(payment.id())->id(), payment.id());
    EXPECT_EQ(pool_.spender(payment.transaction.spending_ids()[0])->id(), payment.id());
    EXPECT_EQ(pool_.find(sample_payment(0, 3).id()), nullptr);
    EXPECT_EQ(pool_.ids(2).size(), 2U);
}

// Every rule of the transaction alone, in an order in which the first broken one is named.
TEST_F(MempoolTest, NamesTheRuleThatIsBroken) {
    auto old = sample_spend({1});
    old.format = ledger::TransactionFormat::pre_aegis;
    refused(old, PoolError::old_format);

    auto aegis = sample_payment(0, 1);
    aegis.format = ledger::TransactionFormat::aegis;
    added(aegis);
    EXPECT_EQ(pool_.find(aegis.id())->format, ledger::TransactionFormat::boreas);

    const auto with_data = [](std::optional<ledger::TransactionData> data, std::uint64_t price, std::uint64_t gas) {
        auto out = sample_payment(1, 1, price);
        auto& payload = std::get<ledger::MoonlightTransaction>(out.transaction.body).payload;
        payload.data = std::move(data);
        payload.fee.gas_limit = {gas};
        return out;
    };
    refused(with_data(ledger::ContractDeploy::of(Bytes(1'048'000), {}, {}, 0), 0, 0), PoolError::too_long);
    refused(with_data(ledger::ContractCall{.contract = {}, .fn_name = "f", .fn_args = Bytes(70'000)}, 0, 0),
            Refusal::too_large);
    refused(with_data(std::nullopt, 0, 0), Refusal::no_price);
    auto foreign = with_data(std::nullopt, 1, 0);
    std::get<ledger::MoonlightTransaction>(foreign.transaction.body).payload.chain_id = ledger::ChainId{3};
    refused(foreign, PoolError::other_chain);
    refused(with_data(ledger::ContractDeploy::of(Bytes(10), {}, {}, 0), 1, 0), Refusal::deploy_price);
    refused(with_data(ledger::ContractDeploy::of(Bytes(10), {}, {}, 0), 2000, 0), Refusal::deploy_limit);
    refused(with_data(ledger::Blobs{}, 1, 0), Refusal::no_blob);
    refused(with_data(std::nullopt, 1, 149'999), Refusal::low_gas_limit);
    auto tampered = sample_spend({1}, 5);
    std::get<ledger::PhoenixTransaction>(tampered.transaction.body).payload.skeleton.max_fee += 1;
    refused(tampered, Refusal::fee_tampered);
    added(with_data(ledger::ContractDeploy::of(Bytes(900'000), {}, {}, 0), 2000, 100'000'000));
}

TEST_F(MempoolTest, AsksTheState) {
    state_.balance = {10'000'000};
    refused(sample_payment(0, 1, 1, UINT64_MAX), Refusal::cost_overflow);
    refused(sample_payment(0, 1, 1, 9'000'001), Refusal::balance);
    added(sample_payment(0, 1, 1, 9'000'000));
    state_.nonces[sample_account(1).to_bytes()] = 4;
    refused(sample_payment(1, 4), Refusal::used_nonce);
    added(sample_payment(1, 5));
    refused(sample_spend({1, 2, 1}), Refusal::same_nullifier);
    state_.spent.insert(crypto::Fq::from_u64(7).to_bytes());
    refused(sample_spend({6, 7}), Refusal::spent_nullifier);
    added(sample_spend({6, 8}));
    refused(sample_spend({6, 8}), PoolError::in_pool);
    state_.ledger.insert(sample_spend({9}).id());
    refused(sample_spend({9}), PoolError::in_ledger);
    state_.broken = true;
    refused(sample_spend({10}), PoolError::no_state);
    EXPECT_EQ(describe(put(sample_spend({10})).error()), "the state cannot be asked: the disk is gone");
    EXPECT_EQ(describe(NotAdmitted{PoolError::refused, Refusal::fee_tampered}),
              "Precondition error: phoenix fee tampered");
}

TEST_F(MempoolTest, AHigherPriceReplacesAllThatSpendTheSame) {
    added(sample_spend({1, 2}, 5));
    added(sample_spend({3}, 7));
    added(sample_payment(0, 1, 5));
    added(sample_payment(0, 2, 5));
    refused(sample_spend({2, 3}, 7), PoolError::spending_id);
    refused(sample_payment(0, 1, 5, 1), PoolError::spending_id);
    (void)events();
    added(sample_spend({2, 3}, 8));
    EXPECT_THAT(events(), ElementsAre("replaced", "replaced", "added"));
    added(sample_payment(0, 1, 6, 1));
    EXPECT_THAT(events(), ElementsAre("replaced", "added"));
    EXPECT_THAT(best(), ElementsAre(sample_spend({2, 3}, 8).id(), sample_payment(0, 1, 6, 1).id(),
                                    sample_payment(0, 2, 5).id()));
    // What it spent is free again.
    added(sample_spend({1}, 1));
}

TEST_F(MempoolTest, WaitsForANonce) {
    deferred(sample_payment(0, 3));
    deferred(sample_payment(0, 2));
    deferred(sample_payment(0, 2));  // the same again
    EXPECT_THAT(events(), ElementsAre(kDeferredReason, kDeferredReason));
    EXPECT_EQ(pool_.waiting(), 2U);
    EXPECT_TRUE(pool_.knows(sample_payment(0, 3).id()));
    EXPECT_FALSE(pool_.has(sample_payment(0, 3).id()));
    const auto checked = pool_.precheck(sample_payment(0, 3), state_);
    ASSERT_TRUE(checked.has_value());
    EXPECT_EQ(pool_.check(*checked, state_).error().error, PoolError::missing_nonce);
    added(sample_payment(0, 1));
    EXPECT_THAT(events(), ElementsAre("added", "added", "added"));
    EXPECT_EQ(pool_.waiting(), 0U);
    EXPECT_EQ(pool_.size(), 3U);
}

TEST_F(MempoolTest, WaitsForABlockThatBringsTheNonce) {
    pass(0s);
    deferred(sample_payment(0, 2));
    EXPECT_EQ(pool_.wakeup(), now_.steady + 500ms);
    state_.execute(sample_payment(0, 1));
    pass(499ms);
    EXPECT_EQ(pool_.size(), 0U);
    pass(1ms);
    EXPECT_EQ(pool_.size(), 1U);
}

TEST_F(MempoolTest, WaitsNoLongerThanTenTries) {
    deferred(sample_payment(0, 2));
    (void)events();
    for (int i = 0; i < 9; ++i) {
        pass(500ms);
        EXPECT_EQ(pool_.waiting(), 1U);
    }
    pass(500ms);
    EXPECT_EQ(pool_.waiting(), 0U);
    EXPECT_THAT(events(), ElementsAre("retry_exhausted"));
}

TEST_F(MempoolTest, ARetryThatBreaksAnotherRuleIsTheLast) {
    deferred(sample_payment(0, 3));
    (void)events();
    state_.nonces[sample_account(0).to_bytes()] = 3;
    pass(500ms);
    EXPECT_THAT(events(), ElementsAre("retry_failed"));
    EXPECT_EQ(pool_.waiting(), 0U);
}

TEST_F(MempoolTest, OfTheSameNonceTheBetterPaidWaits) {
    deferred(sample_payment(0, 2, 5));
    refused(sample_payment(0, 2, 5, 1), PoolError::waiting_underpriced);
    deferred(sample_payment(0, 2, 6));
    EXPECT_THAT(events(),
                ElementsAre(kDeferredReason, "superseded_by_staged_tx", "replaced_in_prequeue", kDeferredReason));
    added(sample_payment(0, 1));
    EXPECT_TRUE(pool_.has(sample_payment(0, 2, 6).id()));
}

TEST_F(MempoolTest, ABlockTakesWhatItSpends) {
    added(sample_payment(0, 1, 5));
    added(sample_payment(0, 2, 5));
    added(sample_payment(0, 3, 5));
    added(sample_spend({1, 2}, 5));
    deferred(sample_payment(1, 2));
    (void)events();
    // The block has one of them, another with the nonce of the second, and one of two notes.
    const std::vector block{sample_payment(0, 1, 5), sample_payment(0, 2, 9), sample_spend({2, 3}),
                            sample_payment(1, 1), sample_payment(1, 2)};
    for (const auto& transaction : block) state_.execute(transaction);
    pool_.on_block(block);
    EXPECT_THAT(events(), ElementsAre("included", "conflict", "conflict"));
    EXPECT_THAT(best(), ElementsAre(sample_payment(0, 3, 5).id()));
    EXPECT_EQ(pool_.waiting(), 0U);
}

TEST_F(MempoolTest, RevertedTransactionsComeBack) {
    std::vector<ledger::Block> blocks(2);
    blocks[0].transactions = {sample_payment(0, 2), sample_spend({1}, 9)};  // the higher one
    blocks[1].transactions = {sample_payment(0, 1)};
    state_.nonces[sample_account(0).to_bytes()] = 2;
    added(sample_payment(0, 3));
    state_.nonces[sample_account(0).to_bytes()] = 0;
    // Another has taken the note meanwhile, and pays more.
    added(sample_spend({1, 2}, 10));
    (void)events();
    pool_.on_revert(blocks, state_, now_);
    EXPECT_THAT(events(), ElementsAre("added", "added"));
    EXPECT_EQ(pool_.next_nonce(sample_account(0), {0}), ledger::Nonce{4});
    EXPECT_EQ(pool_.size(), 4U);
}

TEST_F(MempoolTest, WhatCannotBeExecutedGoesWithWhatFollows) {
    for (std::uint64_t nonce = 1; nonce <= 4; ++nonce) added(sample_payment(0, nonce));
    added(sample_payment(1, 1));
    added(sample_spend({1}));
    (void)events();
    const std::vector ids{sample_payment(0, 2).id(), sample_payment(0, 3).id(), sample_spend({1}).id(),
                          sample_spend({2}).id()};
    pool_.discard(ids);
    EXPECT_THAT(events(), ElementsAre("discarded", "discarded", "discarded", "discarded"));
    EXPECT_EQ(pool_.size(), 2U);
    EXPECT_TRUE(pool_.has(sample_payment(0, 1).id()));
}

TEST_F(MempoolTest, WhatIsOldGoesWithWhatFollows) {
    pass(0s);
    added(sample_payment(0, 1));
    now_.wall += 2h;
    added(sample_payment(0, 2));
    added(sample_spend({1}));
    (void)events();
    now_.wall += 70h - 1ms;
    pass(30min);  // not looked at yet
    EXPECT_THAT(events(), ElementsAre());
    EXPECT_EQ(pool_.wakeup(), now_.steady + 30min);
    pass(30min);
    EXPECT_THAT(events(), ElementsAre("expired", "expired"));
    EXPECT_THAT(best(), ElementsAre(sample_spend({1}).id()));
}

TEST_F(MempoolTest, ARestartKeepsThePool) {
    std::vector<KeptTransaction> kept{{now_.wall - 1h, sample_payment(0, 2)},
                                      {now_.wall - 2h, sample_payment(0, 1)},
                                      {now_.wall + 1h, sample_spend({1})},
                                      {now_.wall, sample_payment(1, 2)},   // what it follows is gone
                                      {now_.wall, sample_payment(2, 1)}};  // in a block meanwhile
    state_.execute(sample_payment(2, 1));
    pool_.restore(kept, state_, now_);
    EXPECT_EQ(pool_.size(), 3U);
    EXPECT_EQ(std::ranges::count(events(), "discarded"), 2);
    // With its age, as far as that is not in the future.
    now_.wall += 71h;
    pass(0s);
    EXPECT_EQ(pool_.size(), 1U);
    now_.wall += 1h;
    pass(1h);
    EXPECT_EQ(pool_.size(), 0U);
}

class SmallMempoolTest : public MempoolTest {
  protected:
    SmallMempoolTest()
        : MempoolTest({.rules = {},
                       .most_transactions = 4,
                       .most_bytes = 20'000,
                       .waiting = {.transactions = 5, .of_account = 3, .bytes = 3000}}) {}
};

TEST_F(SmallMempoolTest, AFullOneTakesOnlyWhatPaysMore) {
    added(sample_payment(0, 1, 5));
    added(sample_payment(0, 2, 9));
    added(sample_spend({1}, 6));
    added(sample_spend({2}, 7));
    (void)events();
    refused(sample_spend({3}, 5), PoolError::full);
    // One that replaces another needs no other room.
    added(sample_spend({2}, 8));
    EXPECT_THAT(events(), ElementsAre("replaced", "added"));
    // The one that pays least goes with what follows it, so nothing that follows them can come for them.
    refused(sample_payment(0, 3, 20), PoolError::full);
    added(sample_spend({3}, 6));
    EXPECT_THAT(events(), ElementsAre("evicted", "evicted", "added"));
    EXPECT_EQ(pool_.size(), 3U);
}

TEST_F(SmallMempoolTest, BytesAreBoundedToo) {
    const auto long_one = [](std::size_t account, std::uint64_t price, std::size_t bytes) {
        auto out = sample_payment(account, 1, price);
        std::get<ledger::MoonlightTransaction>(out.transaction.body).payload.data =
            ledger::ContractCall{.contract = {}, .fn_name = "f", .fn_args = Bytes(bytes)};
        return out;
    };
    added(long_one(0, 5, 8000));
    added(long_one(1, 6, 9000));
    refused(long_one(2, 5, 3000), PoolError::full);
    refused(long_one(2, 100, 25'000), PoolError::full);
    (void)events();
    added(long_one(2, 6, 3000));
    EXPECT_THAT(events(), ElementsAre("evicted", "added"));
    // Both of the others would have to go for it, and one pays as much.
    refused(long_one(0, 6, 18'000), PoolError::full);
    added(long_one(0, 7, 18'000));
    EXPECT_EQ(pool_.size(), 1U);
    EXPECT_EQ(pool_.bytes(), pool_.best()[0]->transaction.block_space(ledger::TransactionFormat::boreas));
}

TEST_F(SmallMempoolTest, FewWait) {
    for (std::uint64_t nonce = 2; nonce <= 4; ++nonce) deferred(sample_payment(0, nonce));
    refused(sample_payment(0, 5), PoolError::waiting_of_account);
    deferred(sample_payment(1, 2));
    deferred(sample_payment(1, 3));
    refused(sample_payment(2, 2), PoolError::waiting_full);
    deferred(sample_payment(1, 3, 7));  // in place of another
    (void)events();
    refused(sample_payment(3, 2), PoolError::waiting_full);
    EXPECT_THAT(events(), ElementsAre("prequeue_full"));
}

}  // namespace
}  // namespace dusk::mempool
