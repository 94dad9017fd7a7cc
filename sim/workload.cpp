#include "sim/workload.hpp"

#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

// What a client sends before it looks whether any of it is in a block.
constexpr std::uint64_t kMostAhead = 64;

ledger::KeyBytes account(std::size_t key) { return {sim_key(key).key.to_bytes()}; }

}  // namespace

Workload::Workload(std::uint64_t seed, std::size_t first_client_key, std::vector<std::size_t> provisioners)
    : draws_(seed, "workload") {
    for (std::size_t i = 0; i < kClients; ++i) clients_.push_back({.key = first_client_key + i});
    for (const std::size_t key : provisioners) clients_.push_back({.key = key, .provisioner = true});
}

void Workload::fund(ModelLedger& genesis) const {
    for (const Client& client : clients_) {
        genesis.accounts[account(client.key)].balance = {100'000 * ledger::kLuxPerDusk};
    }
}

ledger::LedgerTransaction Workload::next(const ModelLedger& state) {
    // Stakes change in one of ten.
    const bool stakes = draws_.chance(0.1);
    const std::size_t index = !stakes ? draws_.below(kClients) : draws_.below(clients_.size());
    Client& client = clients_[index];
    const auto at = state.accounts.find(account(client.key));
    const std::uint64_t spent = at == state.accounts.end() ? 0 : at->second.nonce.value;
    // What was sent may have been lost: after a while the client starts again behind what was spent.
    if (client.nonce < spent || client.nonce > spent + kMostAhead || draws_.chance(0.01)) client.nonce = spent;
    const bool wrong = draws_.chance(0.05);
    const crypto::BlsPublicKey& sender = sim_key(client.key).key;
    ledger::MoonlightPayload payload{.chain_id = ledger::ChainId{0xFA},
                                     .sender = sender,
                                     .receiver = sim_key(clients_[draws_.below(clients_.size())].key).key,
                                     .value = {draws_.between(1, 1000) * 1'000'000},
                                     .deposit = {},
                                     .fee = {{draws_.between(150'000, 300'000)}, {draws_.between(1, 20)}, sender},
                                     .nonce = {++client.nonce},
                                     .data = {}};
    if (client.provisioner) {
        payload.receiver = sender;
        payload.value = {};
        const std::uint64_t amount = draws_.between(1, 2000) * ledger::kLuxPerDusk;
        ledger::ContractCall call{.contract = ledger::kStakeContract, .fn_name = "stake", .fn_args = {}};
        if (draws_.chance(0.5)) {
            call.fn_name = "unstake";
            call.fn_args.resize(8);
            store_le(call.fn_args.data(), amount);
        } else {
            payload.deposit = {amount};
        }
        payload.data = std::move(call);
    } else if (draws_.chance(0.2)) {
        Bytes memo(draws_.below(100));
        draws_.fill(memo);
        payload.data = ledger::Memo{std::move(memo)};
    }
    auto signature = crypto::BlsSignature(crypto::G1Affine::generator());
    if (wrong) {
        switch (draws_.below(4)) {
            case 0:
                signature = crypto::BlsSignature(-crypto::G1Affine::generator());
                break;
            case 1:
                payload.value = {1'000'000'000 * ledger::kLuxPerDusk};
                break;
            case 2:
                payload.nonce.value += draws_.between(1, 200);
                break;
            default:
                payload.nonce = {spent};
        }
        --client.nonce;
    }
    ledger::LedgerTransaction out;
    out.transaction.body = ledger::MoonlightTransaction{std::move(payload), signature};
    return out;
}

}  // namespace dusk::sim
