#include "execution/execute_transaction.hpp"

#include <gmock/gmock.h>

#include "base/archive.hpp"
#include "execution/call_errors.hpp"
#include "execution/test_chain.hpp"
#include "execution/transaction_scope.hpp"
#include "ledger/charges.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/withdraw.hpp"

namespace dusk::execution {
namespace {

using ledger::ContractCall;
using ledger::ContractDeploy;
using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::Lux;
using ledger::MoonlightPayload;

class ExecuteTransaction : public TestChain {
  protected:
    TransactionOutcome execute(const ledger::Transaction& transaction) {
        return execute_transaction(*session_, transaction);
    }
    Spent spend(const ledger::Transaction& transaction) {
        auto outcome = execute(transaction);
        if (const auto* discarded = std::get_if<Discarded>(&outcome)) ADD_FAILURE() << discarded->text;
        return std::get<Spent>(std::move(outcome));
    }
    // The transaction is discarded with this text, and nothing of the state has changed.
    void expect_discarded(const ledger::Transaction& transaction, Refusal reason, const std::string& text) {
        const auto before = session_->root().value();
        const auto outcome = execute(transaction);
        ASSERT_TRUE(std::holds_alternative<Discarded>(outcome)) << text;
        EXPECT_EQ(std::get<Discarded>(outcome).reason, reason) << text;
        EXPECT_EQ(std::get<Discarded>(outcome).text, text);
        EXPECT_EQ(session_->root().value(), before) << text;
    }
    void expect_panic(const MoonlightPayload& payload, const std::string& text, std::size_t from = 0) {
        expect_discarded(sign(payload, from), Refusal::unspendable, "Unspendable: Panic: " + text);
    }
    ledger::AccountData data(std::size_t i) { return StateQueries(*session_).account(account(i)).value(); }

    std::unique_ptr<vm::Session> session_ = session();
};

TEST_F(ExecuteTransaction, ATransferMovesValueAndPaysForItsGas) {
    const Spent spent = spend(transfer(1));
    EXPECT_TRUE(spent.result);
    EXPECT_EQ(error_text(spent), std::nullopt);
    EXPECT_EQ(data(0).nonce, ledger::Nonce{1});
    EXPECT_EQ(data(0).balance.value, kBalance.value - 1000 - spent.gas_spent.value);
    EXPECT_EQ(data(1).balance.value, kBalance.value + 1000);
    ASSERT_EQ(spent.events.size(), 1U);
    EXPECT_EQ(spent.events.begin()->topic, "moonlight");
}

TEST_F(ExecuteTransaction, EveryRuleOfASpendHasItsText) {
    MoonlightPayload changed = payload(1);
    changed.fee.gas_price = {0};
    expect_panic(changed, "Gas price too low!");
    changed = payload(1);
    changed.deposit = {1};
    expect_panic(changed, "There must be a contract when depositing funds");
    changed = payload(1);
    changed.chain_id = ledger::ChainId{101};
    expect_panic(changed, "The tx must target the correct chain");
    changed = payload(1);
    changed.value = {~std::uint64_t{0}};
    expect_panic(changed, "attempt to add with overflow");
    changed = payload(1);
    changed.value = kBalance;
    expect_panic(changed, "Account doesn't have enough funds");
    expect_panic(payload(1, kAccounts), "Account has no funds", kAccounts);
    expect_panic(payload(0), "Already used nonce");
    ledger::MoonlightTransaction forged = *transfer(1).moonlight();
    forged.payload.value = {1001};
    expect_discarded({forged}, Refusal::unspendable, "Unspendable: Panic: Invalid signature!");
    expect_discarded(transfer(2), Refusal::nonce_not_ready, "Nonce not ready to be used yet");
    changed = payload(1);
    changed.fee.gas_limit = {1000};
    expect_discarded(sign(changed), Refusal::unspendable, "Unspendable: OutOfGas");
    spend(transfer(1));
    expect_panic(payload(1), "Already used nonce");
}

TEST_F(ExecuteTransaction, ACallThatFailsCostsAllGasAndChangesNothingElse) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.deposit = {77};
    changed.value = {};
    changed.data = ContractCall{kStakeContract, "stake", {1, 2, 3}};
    StateQueries state(*session_);
    const std::uint64_t before = open_supply(state);
    const Spent spent = spend(sign(changed));
    ASSERT_FALSE(spent.result);
    EXPECT_EQ(spent.gas_spent, kGas);
    EXPECT_TRUE(error_text(spent)->starts_with("Panic: Argument should correctly deserialize"));
    EXPECT_EQ(data(0).balance.value, kBalance.value - kGas.value);  // the deposit comes back
    EXPECT_EQ(data(0).nonce, ledger::Nonce{1});
    EXPECT_EQ(data(1).balance, kBalance);
    EXPECT_EQ(open_supply(state), before - kGas.value);
    EXPECT_EQ(state.stake(account(0)).value(), std::nullopt);
}

TEST_F(ExecuteTransaction, FailuresAreStoredInTheWordsOfTheReleasedNode) {
    std::uint64_t nonce = 0;
    const auto error_of = [&](ContractCall call) {
        MoonlightPayload changed = payload(++nonce, 0, 0);
        changed.data = std::move(call);
        return error_text(spend(sign(changed))).value();
    };
    EXPECT_EQ(error_of({{{9}}, "nope", {}}), "Contract does not exist");
    EXPECT_EQ(error_of({kStakeContract, "nope", {}}), "Unknown");
    EXPECT_EQ(error_of({kTransferContract, "mint", Bytes(584)}).substr(0, 7), "Panic: ");
    EXPECT_EQ(error_of({kStakeContract, "init", {}}), "Unknown");
}

// The last word on an account's balance has the contract: what does not fit its 64 bits cannot be paid back.
TEST_F(ExecuteTransaction, ARefundThatDoesNotFitFails) {
    make_rich(*session_, 1);
    MoonlightPayload changed = payload(1, 0, 2);
    changed.fee.refund_address = account(1);
    const auto outcome = execute(sign(changed));
    ASSERT_TRUE(std::holds_alternative<RefundFailed>(outcome));
    EXPECT_EQ(std::get<RefundFailed>(outcome).text, "Failed refund: Panic: attempt to add with overflow");
}

TEST_F(ExecuteTransaction, WhatAReceiverCannotHoldIsNotSpent) {
    make_rich(*session_, 1);
    expect_panic(payload(1), "attempt to add with overflow");
}

// The permit inside is for a shielded transaction with one nullifier.
TEST_F(ExecuteTransaction, AWithdrawalOfOthersNullifiersIsRefused) {
    auto permit =
        ledger::Withdraw::to_account(kStakeContract, {5}, ledger::NullifierToken{{crypto::Fq::one()}}, keys_[kStaker]);
    MoonlightPayload changed = payload(1, kStaker, kStaker);
    changed.fee.gas_limit = {100'000'000};
    changed.data =
        ContractCall{kStakeContract, "unstake",
                     archive_write(ledger::StakeWithdraw::sign(std::move(permit), keys_[kStaker], keys_[kStaker]))};
    const Spent spent = spend(sign(changed, kStaker));
    EXPECT_THAT(error_text(spent).value_or(""),
                testing::HasSubstr("nullifier count mismatch: withdrawal has 1, transaction has 0"));
}

TEST_F(ExecuteTransaction, ADeploymentRunsItsInit) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.fee.gas_price = ledger::kMinDeployPrice;
    const auto deployed = [&](std::optional<Bytes> init_args) {
        changed.data = ContractDeploy::of(test_contract("init"), {}, std::move(init_args), changed.nonce.value);
        Spent spent = spend(sign(changed));
        ++changed.nonce.value;
        return spent;
    };
    const Spent with = deployed(Bytes{5, 6, 7});
    ASSERT_TRUE(with.result);
    ASSERT_EQ(with.events.size(), 2U);
    const vm::EventView event = *with.events.begin();  // of init; that of the refund is last
    EXPECT_EQ(event.topic, "inited");
    EXPECT_TRUE(equal(event.data, Bytes{5, 6, 7}));
    // Without arguments it is called with none.
    const Spent without = deployed({});
    ASSERT_TRUE(without.result);
    EXPECT_EQ(without.events.size(), 2U);
    EXPECT_TRUE((*without.events.begin()).data.empty());

    const Spent failed = deployed(Bytes{0xff, 'n', 'o'});
    EXPECT_THAT(error_text(failed).value_or(""), testing::StartsWith("Panic: failed deployment: "));
    EXPECT_EQ(failed.gas_spent, kGas);
    const auto& failing = std::get<ContractDeploy>(*changed.data);
    EXPECT_FALSE(session_->has_contract(failing.contract_id().bytes));
    // Its gas is what the charge leaves; a few gas less than it takes are too little.
    const ledger::Gas enough = deployed(Bytes{5, 6, 7}).gas_spent;
    changed.fee.gas_limit = {enough.value - 50};
    EXPECT_EQ(error_text(deployed(Bytes{5, 6, 7})), "Panic: failed deployment: OutOfGas");
    changed.fee.gas_limit = {enough.value + 50};
    EXPECT_TRUE(deployed(Bytes{5, 6, 7}).result);
}

TEST_F(ExecuteTransaction, PreconditionsAreWordedAsByTheReleasedNode) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.data = ContractDeploy::of(test_contract("counter"), {}, {}, 0);
    expect_discarded(sign(changed), Refusal::deploy_price, "Precondition error: gas price too low to deploy");
    changed.fee = {.gas_limit = {100'000}, .gas_price = ledger::kMinDeployPrice, .refund_address = account(0)};
    expect_discarded(sign(changed), Refusal::deploy_limit, "Precondition error: not enough gas to deploy");
    changed.fee.gas_limit = kGas;
    changed.data = ContractDeploy::of(test_contract("mem64"), {}, {}, 0);
    expect_discarded(sign(changed), Refusal::memory64, "Precondition error: 64-bit wasm is not enabled in the VM");
    changed.data = ledger::Blobs{};
    expect_discarded(sign(changed), Refusal::no_blob, "Precondition error: no blob attached to the transaction");
    changed.data = ledger::Blobs{std::vector<ledger::Blob>(7)};
    expect_discarded(sign(changed), Refusal::too_many_blobs, "Precondition error: too many blobs in the transaction");
    changed.data = ledger::Blobs{std::vector<ledger::Blob>(2)};
    changed.fee.gas_limit = {1'999'999};
    expect_discarded(sign(changed), Refusal::blob_limit, "Precondition error: not enough gas for blobs");
}

TEST_F(ExecuteTransaction, ADeploymentChargesItsBytes) {
    const Bytes bytecode = test_contract("counter");
    MoonlightPayload changed = payload(1, 0, 0);
    changed.value = {};
    changed.fee.gas_price = ledger::kMinDeployPrice;
    const ContractDeploy deployment = ContractDeploy::of(bytecode, Bytes(32, 7), {}, 3);
    changed.data = deployment;
    EXPECT_GT(spend(sign(changed)).gas_spent, ledger::kMinDeployCharge);
    EXPECT_TRUE(session_->has_contract(deployment.contract_id().bytes));

    changed.nonce = {2};
    EXPECT_EQ(error_text(spend(sign(changed))),
              R"(Panic: failed deployment: InitalizationError("Deployed error already exists"))");
    changed.nonce = {3};
    ContractDeploy other = deployment;
    other.hash.bytes[0] ^= 1U;
    changed.data = other;
    EXPECT_EQ(error_text(spend(sign(changed))), "Panic: failed bytecode hash check");
    changed.nonce = {4};
    changed.data = ContractDeploy::of(Bytes(100, 1), {}, {}, 0);
    EXPECT_TRUE(error_text(spend(sign(changed)))->starts_with("Panic: failed deployment: RuntimeError("));
    changed.nonce = {5};
    changed.fee.gas_limit = {ledger::kMinDeployCharge.value + 10};
    const Spent short_of_gas = spend(sign(changed));
    EXPECT_EQ(error_text(short_of_gas), "OutOfGas");
    EXPECT_EQ(short_of_gas.gas_spent, changed.fee.gas_limit);
}

TEST_F(ExecuteTransaction, BlobsHaveALeastCharge) {
    MoonlightPayload changed = payload(1);
    changed.data = ledger::Blobs{std::vector<ledger::Blob>(3)};
    EXPECT_EQ(spend(sign(changed)).gas_spent, ledger::blob_charge(3));
    changed.nonce = {2};
    changed.data = ledger::Blobs{std::vector<ledger::Blob>(1)};
    EXPECT_GT(spend(sign(changed)).gas_spent, ledger::blob_charge(1));
}

TEST_F(ExecuteTransaction, AnArgumentThatFitsNoBufferIsDiscarded) {
    MoonlightPayload changed = payload(1);
    changed.data = ContractCall{kStakeContract, "stake", Bytes(vm::kArgumentBufferBytes)};
    const auto outcome = execute(sign(changed));
    ASSERT_TRUE(std::holds_alternative<Discarded>(outcome));
    EXPECT_EQ(std::get<Discarded>(outcome).reason, Refusal::unspendable);
    EXPECT_TRUE(spend(transfer(1)).result);
}

TEST_F(ExecuteTransaction, NothingOfItStaysKnownToTheNext) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.data = ContractCall{kStakeContract, "get_version", {}};
    spend(sign(changed));
    EXPECT_FALSE(session_->metadata("public_sender"));
}

TEST_F(ExecuteTransaction, WithdrawalsListTheNullifiersOfTheirTransaction) {
    const auto refusal = [&](std::size_t listed, std::size_t nullifiers, std::string_view function = "withdraw") {
        auto permit = ledger::Withdraw::to_account(kStakeContract, {5}, ledger::NonceToken{{1}}, keys_[0]);
        if (listed > 0) permit.token = ledger::NullifierToken{std::vector<ledger::Unchecked<crypto::Fq>>(listed)};
        return refused_withdrawal(kTransferContract.bytes, function, archive_write(permit), nullifiers);
    };
    EXPECT_EQ(refusal(0, 0), std::nullopt);
    EXPECT_EQ(refusal(2, 2), std::nullopt);
    EXPECT_EQ(refusal(2, 1), "nullifier count mismatch: withdrawal has 2, transaction has 1");
    EXPECT_EQ(refusal(1, 0), "nullifier count mismatch: withdrawal has 1, transaction has 0");
    EXPECT_EQ(refusal(2, 1, "mint"), std::nullopt);
    EXPECT_EQ(refused_withdrawal(kTransferContract.bytes, "withdraw", Bytes(3), 0),
              "failed to deserialize withdrawal arguments");
    EXPECT_EQ(refused_withdrawal(kStakeContract.bytes, "withdraw", Bytes(3), 0), std::nullopt);
}

TEST(CallErrors, AreQuotedAsTheReleasedNodeDoes) {
    EXPECT_EQ(debug_text(vm::CallError::panicked("a \"b\"\n\\\x01")), R"(Panic("a \"b\"\n\\\u{1}"))");
    EXPECT_EQ(debug_text({vm::CallErrorKind::out_of_gas}), "OutOfGas");
}

}  // namespace
}  // namespace dusk::execution
