// What the transfer contract asks of a Phoenix transaction before it looks at the proof, and of the proof. Transactions
// whose proof holds are in tests/execution.
#include "execution/execute_transaction.hpp"
#include "execution/test_chain.hpp"

namespace dusk::execution {
namespace {

using crypto::Fq;
using crypto::Fr;
using ledger::PhoenixTransaction;

class ExecutePhoenix : public TestChain {
  protected:
    ExecutePhoenix() {
        const auto owner = phoenix::SecretKey::random(random_).public_key();
        auto& skeleton = good_.payload.skeleton;
        skeleton.root = StateQueries(*session_).notes_root().value();
        skeleton.nullifiers = {Fq::random(random_)};
        for (auto& output : skeleton.outputs) {
            const std::array blinders{Fr::random(random_), Fr::random(random_)};
            output = phoenix::Note::transparent(random_, owner, owner, 1, blinders);
        }
        good_.payload.chain_id = kTestChain;
        set_price(good_, 1);
        // A proof that decodes: points at infinity, evaluations of zero.
        good_.proof.resize(plonk::Proof::kSize);
        for (std::size_t i = 0; i < plonk::Proof::kPoints; ++i) {
            good_.proof[i * crypto::G1Affine::kCompressedSize] = 0xc0;
        }
    }
    static void set_price(PhoenixTransaction& transaction, std::uint64_t price) {
        auto& [chain, skeleton, fee, data] = transaction.payload;
        fee = {.gas_limit = kGas,
               .gas_price = {price},
               .stealth_address = skeleton.outputs[1].stealth_address(),
               .sender = skeleton.outputs[1].sender()};
        skeleton.max_fee = kGas.value * price;
    }
    void expect_discarded(const PhoenixTransaction& transaction, Refusal reason, const std::string& text) {
        const auto before = session_->root().value();
        const auto outcome = execute_transaction(*session_, {transaction});
        ASSERT_TRUE(std::holds_alternative<Discarded>(outcome)) << text;
        EXPECT_EQ(std::get<Discarded>(outcome).reason, reason) << text;
        EXPECT_EQ(std::get<Discarded>(outcome).text, text);
        EXPECT_EQ(session_->root().value(), before) << text;
    }
    void expect_panic(const PhoenixTransaction& transaction, const std::string& text) {
        expect_discarded(transaction, Refusal::unspendable, "Unspendable: Panic: " + text);
    }

    std::unique_ptr<vm::Session> session_ = session();
    PhoenixTransaction good_;  // but for its proof
};

TEST_F(ExecutePhoenix, EveryRuleOfASpendHasItsText) {
    expect_panic(good_, "Invalid transaction proof!");
    PhoenixTransaction changed = good_;
    set_price(changed, 0);
    expect_panic(changed, "Gas price too low!");
    changed = good_;
    changed.payload.skeleton.deposit = 1;
    expect_panic(changed, "There must be a contract when depositing funds");
    changed = good_;
    changed.payload.chain_id = ledger::ChainId{101};
    expect_panic(changed, "The tx must target the correct chain");
    changed = good_;
    changed.payload.skeleton.root += Fq::one();
    expect_panic(changed, "Root not found in the state!");
    changed = good_;
    changed.payload.skeleton.nullifiers.push_back(changed.payload.skeleton.nullifiers[0]);
    expect_panic(changed, "A provided nullifier has already been spent");
    changed = good_;
    changed.proof.clear();
    expect_panic(changed, "Invalid transaction proof!");
    changed = good_;
    changed.payload.fee.gas_limit = {1'000'000};
    changed.payload.skeleton.max_fee = 1'000'000;
    expect_discarded(changed, Refusal::unspendable, "Unspendable: OutOfGas");
}

TEST_F(ExecutePhoenix, ThereAreCircuitsForOneToFourNotes) {
    PhoenixTransaction changed = good_;
    for (std::size_t count = 0; count <= 5; ++count) {
        changed.payload.skeleton.nullifiers.clear();
        for (std::size_t i = 0; i < count; ++i) changed.payload.skeleton.nullifiers.push_back(Fq::random(random_));
        const bool is_known = count >= 1 && count <= 4;
        expect_panic(changed,
                     is_known ? "Invalid transaction proof!" : "No circuit available for given number of inputs!");
    }
}

TEST_F(ExecutePhoenix, AContractSendsNoOutput) {
    PhoenixTransaction changed = good_;
    auto& output = changed.payload.skeleton.outputs[0];
    output = phoenix::Note::transparent_stealth(output.stealth_address(), 1, phoenix::ContractInfo{});
    const auto outcome = execute_transaction(*session_, {changed});
    ASSERT_TRUE(std::holds_alternative<Discarded>(outcome));
    EXPECT_EQ(std::get<Discarded>(outcome).reason, Refusal::unspendable);
}

TEST_F(ExecutePhoenix, PreconditionsComeFirst) {
    PhoenixTransaction changed = good_;
    changed.payload.skeleton.root += Fq::one();
    changed.payload.fee.gas_price = {2};
    expect_discarded(changed, Refusal::fee_tampered, "Precondition error: phoenix fee tampered");
    changed.payload.fee.gas_price = {~std::uint64_t{0}};
    expect_discarded(changed, Refusal::fee_overflow, "Precondition error: phoenix fee overflow");
    changed = good_;
    changed.payload.fee.stealth_address = changed.payload.skeleton.outputs[0].stealth_address();
    expect_discarded(changed, Refusal::refund_address,
                     "Precondition error: phoenix fee refund stealth address mismatch");
}

// A contract may pay a note whose address has any limbs; who lists notes gets the others.
TEST_F(ExecutePhoenix, NotesThatAreNoValueArePassedOver) {
    StateQueries state(*session_);
    const std::size_t before = state.notes(0)->size();
    Bytes archive = archive_write(ledger::NoteAtHeight{{1}, good_.payload.skeleton.outputs[0]});
    constexpr std::size_t kAddressInTuple = 8 + 328;  // behind the height, in the note
    std::fill_n(archive.begin() + kAddressInTuple, 32, std::uint8_t{0xff});
    const auto pushed = session_->call(ledger::kTransferContract.bytes, "push_note", archive, ~std::uint64_t{0});
    ASSERT_TRUE(pushed) << describe(pushed.error());
    EXPECT_EQ(state.notes_count(), before + 1);
    ASSERT_TRUE(state.notes(0));
    EXPECT_EQ(state.notes(0)->size(), before);
}

}  // namespace
}  // namespace dusk::execution
