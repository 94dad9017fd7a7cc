#include "execution/preverify.hpp"

#include "execution/proof_checks.hpp"
#include "execution/test_chain.hpp"

namespace dusk::execution {
namespace {

using ledger::MoonlightPayload;
using ledger::Transaction;

class Preverify : public TestChain {
  protected:
    std::optional<Refusal> pool_refusal(const MoonlightPayload& payload) {
        const auto checked = check_for_pool(sign(payload));
        return checked ? std::nullopt : std::optional(checked.error());
    }
    std::optional<Refusal> state_refusal(const Transaction& transaction) {
        StateQueries state(*session_);
        const auto checked = check_against_state(state, transaction);
        return checked ? std::nullopt : std::optional(std::get<Refusal>(checked.error()));
    }
    static Transaction spending(std::vector<crypto::Fq> nullifiers) {
        ledger::PhoenixTransaction out;
        out.payload.skeleton.nullifiers = std::move(nullifiers);
        return {out};
    }

    std::unique_ptr<vm::Session> session_ = session();
};

TEST_F(Preverify, RulesOfThePool) {
    EXPECT_EQ(pool_refusal(payload(1)), std::nullopt);
    MoonlightPayload changed = payload(1);
    changed.fee.gas_price = {0};
    EXPECT_EQ(pool_refusal(changed), Refusal::no_price);
    changed = payload(1);
    changed.fee.gas_limit = {149'999};
    EXPECT_EQ(pool_refusal(changed), Refusal::low_gas_limit);
    changed.fee.gas_limit = {150'000};
    EXPECT_EQ(pool_refusal(changed), std::nullopt);
    changed = payload(1);
    changed.data = ledger::Blobs{};
    EXPECT_EQ(pool_refusal(changed), Refusal::no_blob);
    // 840 bytes of the transaction, and the call's arguments as they are.
    changed = payload(1);
    changed.data = ledger::ContractCall{ledger::kStakeContract, "stake", Bytes(64'000)};
    EXPECT_EQ(pool_refusal(changed), Refusal::too_large);
    changed.data = ledger::ContractCall{ledger::kStakeContract, "stake", Bytes(60'000)};
    EXPECT_EQ(pool_refusal(changed), std::nullopt);
}

TEST_F(Preverify, RulesOfAccounts) {
    EXPECT_EQ(state_refusal(transfer(1)), std::nullopt);
    EXPECT_EQ(state_refusal(transfer(0)), Refusal::used_nonce);
    MoonlightPayload changed = payload(1);
    changed.value = {kBalance.value - kGas.value};
    EXPECT_EQ(state_refusal(sign(changed)), std::nullopt);
    changed.deposit = {1};
    EXPECT_EQ(state_refusal(sign(changed)), Refusal::balance);
    changed.deposit = {~std::uint64_t{0}};
    EXPECT_EQ(state_refusal(sign(changed)), Refusal::cost_overflow);
    EXPECT_EQ(state_refusal(transfer(1, kAccounts)), Refusal::balance);

    StateQueries state(*session_);
    EXPECT_EQ(check_against_state(state, transfer(1)).value(), Readiness::ready);
    EXPECT_EQ(check_against_state(state, transfer(2)).value(), Readiness::future_nonce);
    EXPECT_EQ(check_against_state(state, transfer(~std::uint64_t{0})).value(), Readiness::future_nonce);
}

TEST_F(Preverify, RulesOfNullifiers) {
    const auto one = crypto::Fq::from_u64(1);
    const auto two = crypto::Fq::from_u64(2);
    EXPECT_EQ(state_refusal(spending({one, two})), std::nullopt);
    EXPECT_EQ(state_refusal(spending({one, two, one})), Refusal::same_nullifier);
}

TEST_F(Preverify, AStateThatCannotBeAskedIsNoRefusal) {
    const auto empty = machine_->genesis_session(0);
    StateQueries state(*empty);
    const auto checked = check_against_state(state, transfer(1));
    ASSERT_FALSE(checked);
    EXPECT_TRUE(std::holds_alternative<vm::CallError>(checked.error()));
}

class Proofs : public TestChain {
  protected:
    std::vector<Transaction> signed_by_all(std::size_t count) {
        std::vector<Transaction> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(transfer(1 + i, i % kAccounts));
        return out;
    }
    static std::vector<const Transaction*> pointers(const std::vector<Transaction>& transactions) {
        std::vector<const Transaction*> out;
        for (const Transaction& transaction : transactions) out.push_back(&transaction);
        return out;
    }
    static void forge(Transaction& transaction) {
        std::get<ledger::MoonlightTransaction>(transaction.body).payload.value = {77};
    }

    ProofChecks checks_{phoenix::TransferVerifiers::of_network("devnet").value()};
    SerialExecutor executor_;
};

TEST_F(Proofs, BadOnesAreFoundAmongGoodOnes) {
    auto transactions = signed_by_all(20);
    forge(transactions[3]);
    forge(transactions[17]);
    const auto verdicts = checks_.check(pointers(transactions), random_, executor_);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        EXPECT_EQ(verdicts[i].has_value(), i != 3 && i != 17) << i;
    }
    EXPECT_EQ(verdicts[3].error(), Refusal::bad_signature);
    EXPECT_TRUE(checks_.check({}, random_, executor_).empty());
}

TEST_F(Proofs, GoodOnesAreRememberedAndBadOnesAreNot) {
    auto transactions = signed_by_all(4);
    forge(transactions[0]);
    (void)checks_.check(pointers(transactions), random_, executor_);
    EXPECT_EQ(checks_.hits(), 0U);
    const auto again = checks_.check(pointers(transactions), random_, executor_);
    EXPECT_EQ(checks_.hits(), 3U);
    EXPECT_FALSE(again[0]);
    // The mark is of the signature too.
    auto other = transactions[1];
    std::get<ledger::MoonlightTransaction>(other.body).signature = transactions[2].moonlight()->signature;
    const std::vector<const Transaction*> one{&other};
    EXPECT_EQ(checks_.check(one, random_, executor_)[0].error(), Refusal::bad_signature);
}

TEST_F(Proofs, NothingIsATransferOfOtherCounts) {
    std::vector<Transaction> transactions(2);
    transactions[0] = {ledger::PhoenixTransaction{}};
    ledger::PhoenixTransaction many;
    many.payload.skeleton.nullifiers.resize(5);
    transactions[1] = {many};
    for (const auto& verdict : checks_.check(pointers(transactions), random_, executor_)) {
        EXPECT_EQ(verdict.error(), Refusal::bad_proof);
    }
}

// The contract's question is exactly the one that was answered in advance.
TEST_F(Proofs, ContractsDoNotVerifyAgain) {
    auto transactions = signed_by_all(3);
    forge(transactions[2]);
    checks_.prepare(pointers(transactions), machine_->queries(), random_, executor_);
    const auto before = machine_->queries().answers_use("verify_bls");
    const auto running = session();
    EXPECT_TRUE(std::holds_alternative<Spent>(execute_transaction(*running, transactions[0])));
    EXPECT_EQ(machine_->queries().answers_use("verify_bls").hits, before.hits + 1);
    EXPECT_TRUE(std::holds_alternative<Discarded>(execute_transaction(*running, transactions[2])));
    EXPECT_EQ(machine_->queries().answers_use("verify_bls").misses, before.misses + 1);
}

}  // namespace
}  // namespace dusk::execution
