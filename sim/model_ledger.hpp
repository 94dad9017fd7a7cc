// A small ledger in place of the contracts: accounts, transfers, stakes that come, go and are slashed, emission. The
// rules of rewards and penalties are the real ones; what a transaction does is a model of the two genesis contracts.
//
// A ledger is a value that never changes; executing a block makes another one. Its root is a hash of its contents, so
// equal contents have equal roots whatever chain led to them.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "chain/states.hpp"
#include "execution/refusal.hpp"

namespace dusk::sim {

struct ModelAccount {
    ledger::Lux balance{};
    ledger::Nonce nonce{};
    friend bool operator==(const ModelAccount&, const ModelAccount&) = default;
};

struct ModelStake {
    crypto::BlsPublicKey key;
    ledger::Lux value{};
    ledger::Lux locked{};
    ledger::Height eligible_since{};
    ledger::Lux reward{};
    std::uint8_t faults = 0;
    friend bool operator==(const ModelStake&, const ModelStake&) = default;
};

struct ModelLedger {
    std::map<ledger::KeyBytes, ModelAccount> accounts{};
    std::map<ledger::KeyBytes, ModelStake> stakes{};
    std::vector<chain::States::FormerStake> former{};  // of stakes that the last block changed

    // BLAKE2b-256 over everything.
    [[nodiscard]] ledger::StateRoot root() const;
    [[nodiscard]] consensus::Provisioners provisioners() const;
    // All lux there are.
    [[nodiscard]] ledger::Lux supply() const;
};
using ModelLedgerPtr = std::shared_ptr<const ModelLedger>;

struct ModelTransition {
    ModelLedgerPtr after;
    chain::Transition effect;
};

// What every transaction costs, whatever it does.
inline constexpr ledger::Gas kModelGas{100'000};

// Executes a block; the header's root and bloom are not looked at.
[[nodiscard]] Result<ModelTransition, chain::TransitionFailure> execute_model_block(
    const ModelLedger& base, const ledger::Block& block, std::span<const ledger::Voter> voters);

// One transaction that is signed and spendable: what it pays.
ledger::Lux spend(ModelLedger& ledger, chain::Transition& effect, const ledger::LedgerTransaction& transaction,
                  ledger::Height height);

// Stands for the bloom over a block's events.
[[nodiscard]] ledger::EventBloom model_bloom(const chain::Transition& effect);

// Signature rule of the model: a transaction is signed if its signature is the generator of the group.
[[nodiscard]] bool is_signed(const ledger::Transaction& transaction);

struct ModelRefusal {
    bool later = false;  // a nonce before it is missing
    execution::Refusal refusal{};
};
// Whether the transaction can be spent on this state.
[[nodiscard]] Result<void, ModelRefusal> check_spendable(const ModelLedger& state,
                                                         const ledger::Transaction& transaction);

}  // namespace dusk::sim
