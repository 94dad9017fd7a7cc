// phoenix.json: blocks of transactions that notes pay, with proofs over parameters of the file's own: the official
// transfer contract holds other verifier data.
#include "base/archive.hpp"
#include "crypto/blake3.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/genesis_contracts.hpp"
#include "execution/unlimited_gas.hpp"
#include "ledger/transfer_contract.hpp"
#include "transactions/chain_script.hpp"
#include "transactions/transaction_case.hpp"

namespace dusk::vectors {
namespace {

using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::Lux;

constexpr std::uint64_t kFirstSeed = 100;
constexpr std::size_t kStaker = 4;
constexpr Lux kStake{2000 * ledger::kLuxPerDusk};
constexpr Lux kBalance{50'000 * ledger::kLuxPerDusk};

Bytes transfer_contract(const Node& script, Report& report) {
    Bytes contract = to_vector(execution::official_transfer_contract());
    for (const Node& data : script["verifier_data"].items()) {
        const Bytes bytes = data["bytes"].hex();
        const std::uint64_t offset = data["wasm_offset"].u64();
        report.expect(bytes.size() == data["len"].u64(), data["len"], "is not the length");
        if (offset > contract.size() || bytes.size() > contract.size() - offset)
            data.complain("is beyond the contract");
        std::ranges::copy(bytes, contract.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    report.expect_bytes(crypto::blake3(contract), script["dev_transfer_wasm_blake3"]);
    return contract;
}

class Genesis {
  public:
    Genesis(vm::Machine& machine, const Node& script)
        : script_(&script), session_(machine.genesis_session(static_cast<std::uint8_t>(ledger::kGenesisChainId))) {}

    void deploy(const ledger::ContractId& id, ByteView bytecode) {
        const auto done =
            session_->deploy(id.bytes, bytecode, ledger::dusk_key().to_bytes(), {}, execution::kUnlimitedGas);
        if (!done) script_->complain(describe(done.error()));
    }
    void call(const ledger::ContractId& id, std::string_view function, ByteView argument) {
        const auto done = session_->call(id.bytes, function, argument, execution::kUnlimitedGas);
        if (!done) script_->complain(describe(done.error()));
    }
    ledger::StateRoot commit() {
        const auto root = session_->commit();
        if (!root) script_->complain(describe(root.error()));
        return {*root};
    }

  private:
    const Node* script_;
    std::unique_ptr<vm::Session> session_;
};

void push_notes(Genesis& genesis, const phoenix::PublicKey& owner, std::uint64_t seed, const Node& values) {
    crypto::ChaChaRng random(seed);
    for (const Node& value : values.items()) {
        const auto address = owner.stealth_address(crypto::Fr::random(random), phoenix::Coordinates::reference);
        const auto note = phoenix::Note::transparent_stealth(address, value.u64(), phoenix::ContractInfo{});
        genesis.call(kTransferContract, "push_note", archive_write(ledger::NoteAtHeight{{}, note}));
    }
}

ledger::StateRoot build(vm::Machine& machine, const Node& script, Report& report) {
    const auto keys = script["keys"]["bls"].items();
    const auto account = [&](std::size_t i) { return ledger::AccountKey::from_bytes(keys.at(i)["pk"].hex()).value(); };
    Genesis genesis(machine, script);
    genesis.deploy(kTransferContract, transfer_contract(script, report));
    genesis.deploy(kStakeContract, execution::official_stake_contract());
    const auto owners = script["keys"]["phoenix"].items();
    const auto notes = script["genesis_notes"].items();
    for (std::size_t i = 0; i < notes.size(); ++i) {
        // With the coordinates that the reference computes: they end in the notes.
        const auto owner = phoenix::SecretKey::from_bytes(owners.at(i)["sk"].hex());
        if (!owner) script.complain("an owner's key is none");
        push_notes(genesis, owner->public_key(), kFirstSeed + i, notes[i]);
    }
    ledger::StakeEntry stake{.keys = ledger::StakeKeys::single(account(kStaker)), .data = {}};
    stake.data.amount = ledger::StakeAmount{kStake, {}, {}};
    genesis.call(kStakeContract, "insert_stake", archive_write(stake));
    genesis.call(kTransferContract, "add_contract_balance",
                 archive_write(ledger::ContractAmount{kStakeContract, kStake}));
    genesis.call(kTransferContract, "add_account_balance", archive_write(ledger::AccountAmount{account(0), kBalance}));
    genesis.call(kTransferContract, "update_root", {});
    return genesis.commit();
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node script = root["phoenix"];
    script["note"].describe();
    script["crs"].describe();
    ChainScript chain(report);
    check_keys(script["keys"], report);
    ScriptVerifierData verifier_data;
    for (const Node& data : script["verifier_data"].items()) verifier_data.push_back(data["bytes"].hex());
    chain.set_verifier_data(std::move(verifier_data));
    report.run(script, [&] { chain.start_at(build(chain.machine(), script, report), script["genesis_root"]); });
    chain.ask(1, script["genesis_queries"]);
    std::uint64_t height = 0;
    for (const Node& block : script["blocks"].items()) {
        chain.play_block(block);
        height = block["height"].u64();
    }
    chain.ask(height, script["queries_end"]);
}

const Registered registered{{"transactions", "phoenix", {"phoenix", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
