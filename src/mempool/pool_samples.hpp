// Transactions and a state for tests of the pool.
#pragma once

#include <map>
#include <set>

#include "ledger/sample_transactions.hpp"
#include "mempool/mempool.hpp"

namespace dusk::mempool {

inline constexpr ledger::ChainId kSampleChain{100};

// Accounts 0 … 3. Nobody looks at signatures here.
inline const ledger::AccountKey& sample_account(std::size_t i) {
    static const auto keys = [] {
        std::array<ledger::AccountKey, 4> out;
        for (std::size_t k = 0; k < out.size(); ++k) out[k] = ledger::samples::some_account(k).public_key();
        return out;
    }();
    return keys.at(i);
}

inline ledger::LedgerTransaction sample_payment(std::size_t account, std::uint64_t nonce, std::uint64_t price = 1,
                                                std::uint64_t value = 0) {
    const ledger::AccountKey& key = sample_account(account);
    ledger::MoonlightPayload payload{.chain_id = kSampleChain,
                                     .sender = key,
                                     .receiver = key,
                                     .value = {value},
                                     .deposit = {},
                                     .fee = {.gas_limit = {1'000'000}, .gas_price = {price}, .refund_address = key},
                                     .nonce = {nonce},
                                     .data = {}};
    return {.transaction = {ledger::MoonlightTransaction{std::move(payload), {}}}};
}

// Spends the nullifiers with these numbers.
inline ledger::LedgerTransaction sample_spend(const std::vector<std::uint64_t>& nullifiers, std::uint64_t price = 1) {
    static const ledger::Transaction base = ledger::samples::some_phoenix(1, 0);
    ledger::PhoenixTransaction out = *base.phoenix();
    out.payload.chain_id = kSampleChain;
    out.payload.fee.gas_limit = {1'000'000};
    out.payload.fee.gas_price = {price};
    out.payload.skeleton.max_fee = 1'000'000 * price;
    out.payload.skeleton.nullifiers.clear();
    for (const std::uint64_t number : nullifiers)
        out.payload.skeleton.nullifiers.push_back(crypto::Fq::from_u64(number));
    return {.transaction = {std::move(out)}};
}

class SampleState final : public PoolState {
  public:
    Answer<bool> in_ledger(const ledger::TransactionId& id) override {
        if (broken) return fail(std::string("the disk is gone"));
        return ledger.contains(id);
    }
    Answer<ledger::AccountData> account(const ledger::AccountKey& key) override {
        return ledger::AccountData{.nonce = {nonces[key.to_bytes()]}, .balance = balance};
    }
    Answer<bool> any_spent(std::span<const crypto::Fq> nullifiers) override {
        return std::ranges::any_of(nullifiers, [&](const crypto::Fq& each) { return spent.contains(each.to_bytes()); });
    }

    // As a block does.
    void execute(const ledger::LedgerTransaction& transaction) {
        ledger.insert(transaction.id());
        if (const auto* moonlight = transaction.transaction.moonlight()) {
            nonces[moonlight->payload.sender.to_bytes()] = moonlight->payload.nonce.value;
        } else {
            for (const auto& each : transaction.transaction.phoenix()->payload.skeleton.nullifiers) {
                spent.insert(each.to_bytes());
            }
        }
    }
    // And as its revert does; the last one first.
    void undo(const ledger::LedgerTransaction& transaction) {
        ledger.erase(transaction.id());
        if (const auto* moonlight = transaction.transaction.moonlight()) {
            nonces[moonlight->payload.sender.to_bytes()] = moonlight->payload.nonce.value - 1;
        } else {
            for (const auto& each : transaction.transaction.phoenix()->payload.skeleton.nullifiers) {
                spent.erase(each.to_bytes());
            }
        }
    }

    std::set<ledger::TransactionId> ledger;
    std::map<ByteArray<96>, std::uint64_t> nonces;
    std::set<ByteArray<32>> spent;
    ledger::Lux balance{1'000'000'000'000};
    bool broken = false;
};

}  // namespace dusk::mempool
