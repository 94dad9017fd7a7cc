// The network of execution/test_chain.hpp, and transactions that its notes pay. Their proofs are made once for all
// tests of the program: seconds for the key, a second or two for each proof.
#pragma once

#include "execution/test_chain.hpp"
#include "ledger/stake_contract.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/transfer_builder.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/development.hpp"

namespace dusk::execution {

class ProvenChain : public TestChain {
  protected:
    // Payments of the notes of genesis, on its root.
    enum Payment : std::size_t {
        kHidden,       // note 0: 700 DUSK to the friend
        kFailingCall,  // note 1: a call that fails, with a deposit of 5 DUSK
        kConversion,   // note 2: 250 DUSK to the account 1
        kDeployment,   // note 3: a contract, and 1 DUSK to the owner of the notes that everybody sees
        kSecondOf0,    // note 0 again: 1 DUSK to the friend
        kPayments,
    };
    [[nodiscard]] const ledger::Transaction& payment(Payment which) const {
        static const std::vector<ledger::Transaction> all = [this] {
            std::vector<ledger::Transaction> made;
            for (std::size_t i = 0; i < kPayments; ++i) made.push_back(make(static_cast<Payment>(i)));
            return made;
        }();
        return all[which];
    }

    static node::ThreadPool& threads() {
        static node::ThreadPool pool;
        return pool;
    }

    // Who else has notes.
    static const phoenix::SecretKey& friends_key() {
        static const phoenix::SecretKey key = [] {
            crypto::ChaChaRng random(41);
            return phoenix::SecretKey::random(random);
        }();
        return key;
    }

  private:
    using Data = std::optional<ledger::TransactionData>;
    struct Terms {
        std::uint64_t note;
        phoenix::TransferTerms transfer;
        ledger::Gas gas_limit;
        ledger::GasPrice gas_price{1};
        std::function<Data(const phoenix::TransactionSkeleton&)> data = [](const auto&) { return Data(); };
    };

    static const plonk::Prover& prover() {
        static const plonk::Prover prover = [] {
            const auto parameters = plonk::development_parameters(threads());
            auto key = phoenix::make_transfer_key(1, parameters, threads()).value();
            return plonk::Prover(std::make_shared<const plonk::ProverKey>(std::move(key)));
        }();
        return prover;
    }

    [[nodiscard]] ledger::Transaction make(Payment which) const {
        const auto own = note_owner_.public_key();
        const auto of_friend = friends_key().public_key();
        switch (which) {
            case kHidden:
                return prove(
                    {.note = 0, .transfer = {.receiver = of_friend, .value = 700 * kDusk.value}, .gas_limit = kGas});
            case kFailingCall:
                return prove(
                    {.note = 1,
                     .transfer = {.receiver = own, .type = phoenix::NoteType::transparent, .deposit = 5 * kDusk.value},
                     .gas_limit = kGas,
                     .data = [](const auto&) {
                         return Data(ledger::ContractCall{ledger::kStakeContract, "stake", {1, 2, 3}});
                     }});
            case kConversion:
                return prove({.note = 2,
                              .transfer = {.receiver = own,
                                           .type = phoenix::NoteType::transparent,
                                           .deposit = 250 * kDusk.value},
                              .gas_limit = kGas,
                              .data = [this](const auto& skeleton) { return conversion(skeleton); }});
            case kDeployment:
                return prove(
                    {.note = 3,
                     .transfer = {.receiver = own, .value = kDusk.value, .type = phoenix::NoteType::transparent},
                     .gas_limit = {50'000'000},
                     .gas_price = {2000},
                     .data = [](const auto&) {
                         return Data(ledger::ContractDeploy::of(test_contract("counter"), {}, {}, 77));
                     }});
            default:
                return prove({.note = 0, .transfer = {.receiver = of_friend, .value = kDusk.value}, .gas_limit = kGas});
        }
    }

    [[nodiscard]] Data conversion(const phoenix::TransactionSkeleton& skeleton) const {
        const ledger::NullifierToken token{{skeleton.nullifiers.begin(), skeleton.nullifiers.end()}};
        const auto permit =
            ledger::Withdraw::to_account(ledger::kTransferContract, {skeleton.deposit}, token, keys_[1]);
        return ledger::ContractCall{ledger::kTransferContract, "convert", archive_write(permit)};
    }

    // Always the same transaction for the same terms, but for the bytes of its proof.
    [[nodiscard]] ledger::Transaction prove(Terms terms) const {
        const auto opened = session();
        StateQueries state(*opened);
        const auto leaves = state.notes(terms.note).value();
        const std::array notes{phoenix::SpendableNote{leaves.at(0).note, state.opening(terms.note)->value()}};
        terms.transfer.max_fee = checked_cost(terms.gas_limit, terms.gas_price)->value;
        crypto::ChaChaRng random(terms.note);
        auto draft = phoenix::TransferDraft::make(note_owner_, notes, terms.transfer, random);
        EXPECT_TRUE(draft) << to_string(draft.error());
        const phoenix::TransactionSkeleton& skeleton = draft->skeleton();
        const phoenix::Note& change = skeleton.outputs[1];
        ledger::PhoenixTransaction out{.payload = {.chain_id = kTestChain,
                                                   .skeleton = skeleton,
                                                   .fee = {.gas_limit = terms.gas_limit,
                                                           .gas_price = terms.gas_price,
                                                           .stealth_address = change.stealth_address(),
                                                           .sender = change.sender()},
                                                   .data = terms.data(skeleton)},
                                       .proof = {}};
        const auto request = std::move(*draft).sign(out.payload.hash(), random);
        const auto proof = phoenix::prove_transfer(prover(), request, random, threads());
        EXPECT_TRUE(proof) << proof.error().where;
        out.proof = to_vector(proof->to_bytes());
        // As it comes over the wire.
        const auto format = ledger::TransactionFormat::boreas;
        return ledger::Transaction::decode(ledger::Transaction{out}.encode(format), format).value();
    }
};

}  // namespace dusk::execution
