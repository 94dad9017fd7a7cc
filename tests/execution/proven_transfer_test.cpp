// Phoenix transactions whose proof holds: before execution, in it, and what each rule says when it alone is broken.
#include <gmock/gmock.h>

#include "execution/preverify.hpp"
#include "execution/proof_checks.hpp"
#include "proven_chain.hpp"

namespace dusk::execution {
namespace {

using ledger::PhoenixTransaction;
using ledger::Transaction;

class ProvenTransfer : public ProvenChain {
  protected:
    template <class Change>
    [[nodiscard]] Transaction changed(Change change) const {
        Transaction out = payment(kHidden);
        change(std::get<PhoenixTransaction>(out.body));
        return out;
    }
    static void expect_discarded(const TransactionOutcome& outcome, const std::string& text) {
        ASSERT_TRUE(std::holds_alternative<Discarded>(outcome)) << text;
        EXPECT_EQ(std::get<Discarded>(outcome).text, text);
    }

    ProofChecks checks_{phoenix::TransferVerifiers::of_network("devnet").value()};
};

TEST_F(ProvenTransfer, AProofIsFoundGoodAndRemembered) {
    const std::vector<const Transaction*> good{&payment(kHidden), &payment(kConversion)};
    for (const auto& verdict : checks_.check(good, random_, threads())) EXPECT_TRUE(verdict);
    EXPECT_EQ(checks_.hits(), 0U);
    for (const auto& verdict : checks_.check(good, random_, threads())) EXPECT_TRUE(verdict);
    EXPECT_EQ(checks_.hits(), 2U);
}

TEST_F(ProvenTransfer, ABadProofIsFoundAmongGoodOnes) {
    const Transaction other_proof = changed([](auto& transaction) { transaction.proof[1000] ^= 1U; });
    const Transaction other_fee = changed([](auto& transaction) { ++transaction.payload.skeleton.max_fee; });
    const Transaction other_root =
        changed([](auto& transaction) { transaction.payload.skeleton.root += crypto::Fq::one(); });
    const Transaction other_memo = changed([](auto& transaction) { transaction.payload.data = ledger::Memo{{1}}; });
    const Transaction longer = changed([](auto& transaction) { transaction.proof.push_back(0); });
    const Transaction transfer_of_account = transfer(1);
    const std::vector<const Transaction*> all{&payment(kHidden),    &other_proof, &other_fee, &other_root,
                                              &transfer_of_account, &other_memo,  &longer,    &payment(kDeployment)};
    const auto verdicts = checks_.check(all, random_, threads());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == 0 || i == 4 || i == 7) {
            EXPECT_TRUE(verdicts[i]) << i;
        } else {
            EXPECT_EQ(verdicts[i].error(), Refusal::bad_proof) << i;
        }
    }
}

// Nobody proves the gas: preconditions do.
TEST_F(ProvenTransfer, TheGasIsNotProven) {
    const Transaction same_product = changed([](auto& transaction) {
        transaction.payload.fee.gas_limit.value /= 2;
        transaction.payload.fee.gas_price.value *= 2;
    });
    const std::vector<const Transaction*> one{&same_product};
    EXPECT_TRUE(checks_.check(one, random_, threads())[0]);
    const auto running = session();
    EXPECT_TRUE(std::holds_alternative<Spent>(execute_transaction(*running, same_product)));
}

// The contract's question is exactly the one that was answered in advance.
TEST_F(ProvenTransfer, TheContractDoesNotVerifyAgain) {
    const std::vector<const Transaction*> one{&payment(kHidden)};
    checks_.prepare(one, machine_->queries(), random_, threads());
    const auto before = machine_->queries().answers_use("verify_plonk");
    const auto running = session();
    EXPECT_TRUE(std::holds_alternative<Spent>(execute_transaction(*running, payment(kHidden))));
    EXPECT_EQ(machine_->queries().answers_use("verify_plonk").hits, before.hits + 1);
    EXPECT_EQ(machine_->queries().answers_use("verify_plonk").misses, before.misses);
}

TEST_F(ProvenTransfer, EveryRuleOfASpendHasItsText) {
    const auto running = session();
    const auto execute = [&](const Transaction& transaction) {
        const auto before = running->root().value();
        auto outcome = execute_transaction(*running, transaction);
        EXPECT_EQ(running->root().value(), before);
        return outcome;
    };
    const std::string panic = "Unspendable: Panic: ";
    expect_discarded(execute(changed([](auto& one) { one.proof[1000] ^= 1U; })), panic + "Invalid transaction proof!");
    expect_discarded(execute(changed([](auto& one) { one.payload.data = ledger::Memo{{1}}; })),
                     panic + "Invalid transaction proof!");
    expect_discarded(execute(changed([](auto& one) { one.payload.chain_id = ledger::ChainId{101}; })),
                     panic + "The tx must target the correct chain");
    expect_discarded(execute(changed([](auto& one) { one.payload.skeleton.root += crypto::Fq::one(); })),
                     panic + "Root not found in the state!");
    expect_discarded(execute(changed([](auto& one) { ++one.payload.skeleton.max_fee; })),
                     "Precondition error: phoenix fee tampered");
    expect_discarded(execute(changed([](auto& one) {
                         one.payload.fee.stealth_address = one.payload.skeleton.outputs[0].stealth_address();
                     })),
                     "Precondition error: phoenix fee refund stealth address mismatch");
}

TEST_F(ProvenTransfer, ANoteIsSpentOnce) {
    const auto running = session();
    StateQueries state(*running);
    EXPECT_EQ(check_against_state(state, payment(kHidden)), Readiness::ready);
    ASSERT_TRUE(std::holds_alternative<Spent>(execute_transaction(*running, payment(kHidden))));
    for (const Payment again : {kHidden, kSecondOf0}) {
        const auto checked = check_against_state(state, payment(again));
        ASSERT_FALSE(checked);
        EXPECT_EQ(std::get<Refusal>(checked.error()), Refusal::spent_nullifier);
        expect_discarded(execute_transaction(*running, payment(again)),
                         "Unspendable: Panic: A provided nullifier has already been spent");
    }
    EXPECT_EQ(check_against_state(state, payment(kConversion)), Readiness::ready);
}

TEST_F(ProvenTransfer, WhatIsPaidAndWhatComesBackAreNotes) {
    const auto running = session();
    StateQueries state(*running);
    const std::uint64_t count = state.notes_count().value();
    const auto outcome = execute_transaction(*running, payment(kHidden));
    const auto& spent = std::get<Spent>(outcome);
    const auto made = state.notes(count).value();
    ASSERT_EQ(made.size(), 3U);  // payment, change, refund
    const phoenix::ViewKey own = note_owner_.view_key();
    const phoenix::ViewKey other = friends_key().view_key();
    EXPECT_EQ(made[0].note.value(&other), 700 * kDusk.value);
    EXPECT_EQ(made[1].note.value(&own), kNotes[0].value - 700 * kDusk.value - kGas.value);
    EXPECT_EQ(made[2].note.value(nullptr), kGas.value - spent.gas_spent.value);
    EXPECT_TRUE(own.owns(made[2].note.stealth_address()));
    ASSERT_EQ(spent.events.size(), 1U);
    EXPECT_EQ((*spent.events.begin()).topic, "phoenix");
}

}  // namespace
}  // namespace dusk::execution
