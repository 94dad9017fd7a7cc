#include "build_state.hpp"

#include <limits>

#include "arguments.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::genesis {
namespace {

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kHeight = 0;

// Calls in a row; the first that fails ends it.
class Calls {
  public:
    explicit Calls(vm::Session& session) : session_(&session) {}

    void deploy(const vm::ContractId& contract, ByteView bytecode, ByteView owner) {
        if (error_) return;
        const auto done = session_->deploy(contract, bytecode, owner, {}, kUnlimited);
        if (!done) error_ = done.error();
    }
    void call(const vm::ContractId& contract, std::string_view function, ByteView argument) {
        if (error_) return;
        const auto done = session_->call(contract, function, argument, kUnlimited);
        if (!done) error_ = done.error();
    }
    vm::CallResult<vm::Hash> commit() {
        if (error_) return fail(*error_);
        return session_->commit();
    }

  private:
    vm::Session* session_;
    std::optional<vm::CallError> error_;
};

vm::CallResult<vm::Hash> empty_state(vm::Machine& machine, const OfficialContracts& contracts, const Snapshot& snapshot,
                                     const crypto::BlsPublicKey& dusk_key) {
    const auto session = machine.genesis_session(kGenesisChainId);
    const auto owner = snapshot.owner.value_or(dusk_key).to_bytes();
    Calls calls(*session);
    calls.deploy(kTransferContract, contracts.transfer, owner);
    calls.deploy(kStakeContract, contracts.stake, owner);
    calls.call(kStakeContract, "insert_stake", stake_of({.account = dusk_key, .owner = dusk_key}));
    calls.call(kTransferContract, "add_contract_balance", contract_balance(kStakeContract, 0));
    calls.call(kTransferContract, "update_root", {});
    return calls.commit();
}

void push_notes(Calls& calls, const PhoenixBalance& balance) {
    crypto::ChaChaRng random(balance.seed);
    for (const std::uint64_t value : balance.notes) {
        const auto address =
            balance.address.stealth_address(crypto::Fr::random(random), phoenix::Coordinates::reference);
        const auto note = phoenix::Note::transparent_stealth(address, value, phoenix::ContractInfo{});
        calls.call(kTransferContract, "push_note", note_at(kHeight, note));
    }
}

}  // namespace

vm::CallResult<vm::Hash> build_state(vm::Machine& machine, const OfficialContracts& contracts, const Snapshot& snapshot,
                                     const crypto::BlsPublicKey& dusk_key) {
    const auto empty = empty_state(machine, contracts, snapshot, dusk_key);
    if (!empty) return empty;
    const auto session = machine.session(*empty, kGenesisChainId, kHeight);
    if (!session) return fail(vm::CallError{vm::CallErrorKind::persistence, vm::Trap::none, describe(session.error())});

    Calls calls(**session);
    for (const PhoenixBalance& balance : snapshot.phoenix_balances) push_notes(calls, balance);
    for (const AccountBalance& account : snapshot.accounts) {
        calls.call(kTransferContract, "add_account_balance", account_balance(account.address, account.balance));
    }
    if (!snapshot.phoenix_balances.empty()) calls.call(kTransferContract, "update_root", {});

    std::uint64_t staked = 0;
    for (const Stake& stake : snapshot.stakes) {
        calls.call(kStakeContract, "insert_stake", stake_of(stake));
        staked += stake.amount;
    }
    if (staked > 0) calls.call(kTransferContract, "add_contract_balance", contract_balance(kStakeContract, staked));
    return calls.commit();
}

}  // namespace dusk::genesis
