#include "execution/genesis_state.hpp"

#include <fmt/core.h>

#include <limits>

#include "base/archive.hpp"
#include "crypto/chacha_rng.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_contract.hpp"

namespace dusk::execution {
namespace {

using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::Lux;

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
constexpr ledger::Height kHeight{0};
constexpr auto kChainId = static_cast<std::uint8_t>(ledger::kGenesisChainId);

// Calls in a row; the first that fails ends it.
class Calls {
  public:
    explicit Calls(vm::Session& session) : session_(&session) {}

    void deploy(const ledger::ContractId& contract, ByteView bytecode, ByteView owner) {
        if (error_) return;
        const auto done = session_->deploy(contract.bytes, bytecode, owner, {}, kUnlimited);
        if (!done) error_ = done.error();
    }
    void call(const ledger::ContractId& contract, std::string_view function, ByteView argument) {
        if (error_) return;
        const auto done = session_->call(contract.bytes, function, argument, kUnlimited);
        if (!done) error_ = done.error();
    }
    Result<ledger::StateRoot, GenesisStateFailure> commit() {
        auto root = error_ ? vm::CallResult<vm::Hash>(fail(*error_)) : session_->commit();
        if (root) return ledger::StateRoot{*root};
        return fail(GenesisStateFailure{GenesisStateError::call, describe(root.error())});
    }

  private:
    vm::Session* session_;
    std::optional<vm::CallError> error_;
};

Result<Lux, GenesisStateFailure> checked_stakes(const ledger::GenesisSnapshot& snapshot) {
    using enum GenesisStateError;
    if (snapshot.base_state) {
        return fail(GenesisStateFailure{base_state, "a snapshot on top of another state is not supported"});
    }
    for (std::size_t i = 0; i < snapshot.phoenix_balances.size(); ++i) {
        const auto& balance = snapshot.phoenix_balances[i];
        if (balance.seed || balance.notes.empty()) continue;
        return fail(GenesisStateFailure{
            no_seed, fmt::format("phoenix_balance[{}] has no seed: every build of it would have another root", i)});
    }
    Lux staked{};
    for (const ledger::GenesisStake& stake : snapshot.stakes) {
        const auto sum = checked_add(staked, stake.amount);
        if (!sum) return fail(GenesisStateFailure{too_much_stake, "the stakes add up to more than 2^64 lux"});
        staked = *sum;
    }
    return staked;
}

// An amount of 0 is no amount.
ledger::StakeEntry entry_of(const ledger::GenesisStake& stake) {
    ledger::StakeEntry out;
    out.keys = {stake.account, ledger::AccountOwner{stake.owner.value_or(stake.account)}};
    out.data.reward = stake.reward.value_or(Lux{});
    if (stake.amount > Lux{0}) {
        out.data.amount = ledger::StakeAmount{stake.amount, {}, stake.eligibility.value_or(ledger::Height{})};
    }
    return out;
}

Result<ledger::StateRoot, GenesisStateFailure> empty_state(vm::Machine& machine, const GenesisContracts& contracts,
                                                           const ledger::GenesisSnapshot& snapshot) {
    const auto session = machine.genesis_session(kChainId);
    const auto owner = snapshot.owner.value_or(ledger::dusk_key()).to_bytes();
    Calls calls(*session);
    calls.deploy(kTransferContract, contracts.transfer, owner);
    calls.deploy(kStakeContract, contracts.stake, owner);
    calls.call(kStakeContract, "insert_stake", archive_write(entry_of({.account = ledger::dusk_key()})));
    calls.call(kTransferContract, "add_contract_balance", archive_write(ledger::ContractAmount{kStakeContract, {}}));
    calls.call(kTransferContract, "update_root", {});
    return calls.commit();
}

void push_notes(Calls& calls, const ledger::GenesisNotes& balance) {
    crypto::ChaChaRng random(balance.seed.value_or(0));  // without a seed there are no notes
    for (const Lux value : balance.notes) {
        const auto address =
            balance.address.stealth_address(crypto::Fr::random(random), phoenix::Coordinates::reference);
        const auto note = phoenix::Note::transparent_stealth(address, value.value, phoenix::ContractInfo{});
        calls.call(kTransferContract, "push_note", archive_write(ledger::NoteAtHeight{kHeight, note}));
    }
}

}  // namespace

Result<GenesisState, GenesisStateFailure> build_genesis_state(vm::Machine& machine, const GenesisContracts& contracts,
                                                              const ledger::GenesisSnapshot& snapshot) {
    const auto staked = checked_stakes(snapshot);
    if (!staked) return fail(staked.error());
    const auto empty = empty_state(machine, contracts, snapshot);
    if (!empty) return fail(empty.error());
    const auto session = machine.session(empty->bytes, kChainId, kHeight.value);
    if (!session) return fail(GenesisStateFailure{GenesisStateError::call, describe(session.error())});

    Calls calls(**session);
    for (const auto& balance : snapshot.phoenix_balances) push_notes(calls, balance);
    for (const auto& account : snapshot.moonlight_accounts) {
        calls.call(kTransferContract, "add_account_balance",
                   archive_write(ledger::AccountAmount{account.address, account.balance}));
    }
    if (!snapshot.phoenix_balances.empty()) calls.call(kTransferContract, "update_root", {});
    for (const auto& stake : snapshot.stakes)
        calls.call(kStakeContract, "insert_stake", archive_write(entry_of(stake)));
    if (*staked > Lux{0}) {
        calls.call(kTransferContract, "add_contract_balance",
                   archive_write(ledger::ContractAmount{kStakeContract, *staked}));
    }
    const auto root = calls.commit();
    if (!root) return fail(root.error());
    return GenesisState{*empty, *root};
}

}  // namespace dusk::execution
