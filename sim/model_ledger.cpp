#include "sim/model_ledger.hpp"

#include "crypto/blake2b.hpp"
#include "execution/penalties.hpp"
#include "execution/reward_schedule.hpp"
#include "ledger/epoch.hpp"

namespace dusk::sim {
namespace {

using chain::TransitionFailure;
using ledger::KeyBytes;
using ledger::Lux;

KeyBytes bytes_of(const crypto::BlsPublicKey& key) { return {key.to_bytes()}; }

// As a stake was before the block, once.
void remember(ModelLedger& ledger, const crypto::BlsPublicKey& key) {
    for (const auto& former : ledger.former) {
        if (former.key == key) return;
    }
    chain::States::FormerStake former{.key = key, .before = {}};
    const auto at = ledger.stakes.find(bytes_of(key));
    if (at != ledger.stakes.end() && at->second.value.value > 0) {
        former.before = consensus::Provisioner{key, at->second.value, at->second.eligible_since};
    }
    ledger.former.push_back(std::move(former));
}

// spec/consensus.md §13.2
void slash(ModelLedger& ledger, chain::Transition& effect, const crypto::BlsPublicKey& key, ledger::Height height) {
    const auto at = ledger.stakes.find(bytes_of(key));
    if (at == ledger.stakes.end() || at->second.value.value == 0) return;
    remember(ledger, key);
    ModelStake& stake = at->second;
    if (stake.faults < 255) ++stake.faults;
    const std::uint64_t excess = stake.faults - 1U;
    if (excess == 0) return;
    stake.eligible_since = {ledger::next_epoch(height).value + ledger::kEpochBlocks * excess};
    const Lux taken{std::min(stake.value.value, stake.value.value / 100 * excess * 10)};
    stake.value.value -= taken.value;
    stake.locked.value += taken.value;
    effect.stakes->emplace_back(consensus::StakeSlashed{key, taken, stake.eligible_since});
}

std::optional<std::string> stake(ModelLedger& ledger, chain::Transition& effect,
                                 const ledger::MoonlightPayload& payload, ledger::Height height) {
    if (payload.deposit.value == 0) return "nothing to stake";
    const KeyBytes key = bytes_of(payload.sender);
    remember(ledger, payload.sender);
    ModelStake& stake = ledger.stakes[key];
    stake.key = payload.sender;
    if (stake.value.value == 0) stake.eligible_since = ledger::eligible_from(height);
    stake.value.value += payload.deposit.value;
    ledger.accounts[key].balance.value -= payload.deposit.value;
    effect.stakes->emplace_back(consensus::StakeAdded{payload.sender, payload.deposit});
    return {};
}

std::optional<std::string> unstake(ModelLedger& ledger, chain::Transition& effect,
                                   const ledger::MoonlightPayload& payload, Lux value) {
    const KeyBytes key = bytes_of(payload.sender);
    const auto at = ledger.stakes.find(key);
    if (at == ledger.stakes.end() || value.value == 0 || at->second.value < value) return "no such stake";
    remember(ledger, payload.sender);
    at->second.value.value -= value.value;
    ledger.accounts[key].balance.value += value.value;
    effect.stakes->emplace_back(consensus::StakeTaken{payload.sender, value});
    return {};
}

// What is wrong, if something is; then nothing but the fee is gone.
std::optional<std::string> call(ModelLedger& ledger, chain::Transition& effect, const ledger::MoonlightPayload& payload,
                                const ledger::ContractCall& call, ledger::Height height) {
    if (call.contract != ledger::kStakeContract) return "there is no such contract";
    if (call.fn_name == "stake") return stake(ledger, effect, payload, height);
    if (call.fn_name != "unstake" || call.fn_args.size() != 8) return "there is no such function";
    return unstake(ledger, effect, payload, {load_le<std::uint64_t>(call.fn_args.data())});
}

// To the generator, the Dusk key and the voters; faults of who is paid are forgiven.
Result<void, TransitionFailure> reward(ModelLedger& ledger, const ledger::Block& block,
                                       std::span<const ledger::Voter> voters, Lux fees) {
    const auto known = ledger.stakes.find(block.header.generator);
    const auto generator = known != ledger.stakes.end()
                               ? Result<crypto::BlsPublicKey, crypto::DecodeError>(known->second.key)
                               : crypto::BlsPublicKey::from_bytes(block.header.generator.bytes);
    if (!generator) return fail(TransitionFailure{true, "the generator's key is no key"});
    const auto rewards = execution::block_rewards({block.header.height, fees, *generator, voters});
    if (!rewards) return fail(TransitionFailure{true, std::string(execution::to_string(rewards.error()))});
    for (const ledger::Reward& reward : *rewards) {
        const auto [at, added] = ledger.stakes.try_emplace({ledger::account_bytes(reward.account)});
        if (added) at->second.key = ledger::account_key(reward.account).value();
        at->second.reward.value += reward.value.value;
        at->second.faults = 0;
    }
    return {};
}

}  // namespace

Lux spend(ModelLedger& ledger, chain::Transition& effect, const ledger::LedgerTransaction& transaction,
          ledger::Height height) {
    const ledger::MoonlightPayload& payload = transaction.transaction.moonlight()->payload;
    const Lux fee{kModelGas.value * payload.fee.gas_price.value};
    ModelAccount& sender = ledger.accounts[bytes_of(payload.sender)];
    sender.nonce = payload.nonce;
    sender.balance.value -= fee.value;
    ledger::SpentTransaction spent{transaction, height, kModelGas, {}};
    if (const auto* called = transaction.transaction.call()) {
        spent.error = call(ledger, effect, payload, *called, height);
    } else {
        sender.balance.value -= payload.value.value;
        ledger.accounts[bytes_of(payload.receiver)].balance.value += payload.value.value;
    }
    effect.spent.push_back(std::move(spent));
    return fee;
}

Result<ModelTransition, TransitionFailure> execute_model_block(const ModelLedger& base, const ledger::Block& block,
                                                               std::span<const ledger::Voter> voters) {
    ModelLedger ledger = base;
    chain::Transition effect;
    ledger.former.clear();
    for (const auto& penalty : execution::penalties(block.header.failed_iterations, block.faults)) {
        slash(ledger, effect, penalty.account, block.header.height);
    }
    Lux fees{};
    std::uint64_t gas = 0;
    for (const ledger::LedgerTransaction& transaction : block.transactions) {
        if (!is_signed(transaction.transaction)) return fail(TransitionFailure{true, "a transaction is not signed"});
        if (const auto fits = check_spendable(ledger, transaction.transaction); !fits) {
            return fail(TransitionFailure{true, std::string(execution::to_string(fits.error().refusal))});
        }
        gas += kModelGas.value;
        if (gas > block.header.gas_limit.value) return fail(TransitionFailure{true, "more gas than the block has"});
        fees.value += spend(ledger, effect, transaction, block.header.height).value;
    }
    if (const auto paid = reward(ledger, block, voters, fees); !paid) return fail(paid.error());
    effect.root = ledger.root();
    return ModelTransition{std::make_shared<const ModelLedger>(std::move(ledger)), std::move(effect)};
}

ledger::StateRoot ModelLedger::root() const {
    crypto::Blake2b<32> hash;
    Writer out(4096);
    const auto flush = [&] {
        hash.update(out.view());
        out = Writer(4096);
    };
    for (const auto& [key, account] : accounts) {
        out.bytes(key.bytes).le(account.balance.value).le(account.nonce.value);
        if (out.size() > 3900) flush();
    }
    out.u8(1);
    for (const auto& [key, stake] : stakes) {
        out.bytes(key.bytes).le(stake.value.value).le(stake.locked.value).le(stake.eligible_since.value);
        out.le(stake.reward.value).u8(stake.faults);
        if (out.size() > 3900) flush();
    }
    out.u8(2);
    for (const auto& change : former) {
        out.bytes(change.key.to_bytes()).boolean(change.before.has_value());
        if (change.before) out.le(change.before->value.value).le(change.before->eligible_since.value);
    }
    flush();
    return {hash.finish()};
}

consensus::Provisioners ModelLedger::provisioners() const {
    consensus::Provisioners out;
    for (const auto& [key, stake] : stakes) {
        if (stake.value.value > 0) out.set({stake.key, stake.value, stake.eligible_since});
    }
    return out;
}

Lux ModelLedger::supply() const {
    Lux sum{};
    for (const auto& [key, account] : accounts) sum.value += account.balance.value;
    for (const auto& [key, stake] : stakes) {
        sum.value += stake.value.value + stake.locked.value + stake.reward.value;
    }
    return sum;
}

bool is_signed(const ledger::Transaction& transaction) {
    static const auto kSigned = crypto::BlsSignature(crypto::G1Affine::generator());
    const auto* moonlight = transaction.moonlight();
    return moonlight != nullptr && moonlight->signature == kSigned;
}

Result<void, ModelRefusal> check_spendable(const ModelLedger& state, const ledger::Transaction& transaction) {
    using execution::Refusal;
    const auto* moonlight = transaction.moonlight();
    if (moonlight == nullptr) return fail(ModelRefusal{false, Refusal::unspendable});
    const ledger::MoonlightPayload& payload = moonlight->payload;
    if (payload.fee.gas_price.value == 0) return fail(ModelRefusal{false, Refusal::no_price});
    if (payload.fee.gas_limit < kModelGas) return fail(ModelRefusal{false, Refusal::low_gas_limit});
    const auto cost = payload.most_cost();
    if (!cost) return fail(ModelRefusal{false, Refusal::cost_overflow});
    const auto at = state.accounts.find(bytes_of(payload.sender));
    if (at == state.accounts.end() || at->second.balance < *cost) return fail(ModelRefusal{false, Refusal::balance});
    if (payload.nonce <= at->second.nonce) return fail(ModelRefusal{false, Refusal::used_nonce});
    if (payload.nonce.value != at->second.nonce.value + 1) {
        return fail(ModelRefusal{true, Refusal::nonce_not_ready});
    }
    return {};
}

ledger::EventBloom model_bloom(const chain::Transition& effect) {
    ledger::EventBloom bloom;
    bloom.add(ledger::kTransferContract.bytes, as_bytes("state"), effect.root.bytes);
    return bloom;
}

}  // namespace dusk::sim
