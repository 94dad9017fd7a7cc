// A small network on the contracts of the protocol, for tests: accounts with money, a few notes, one staker.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/archive.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/execute_block.hpp"
#include "execution/genesis_state.hpp"
#include "execution/state_queries.hpp"
#include "ledger/network.hpp"

namespace dusk::execution {

inline constexpr ledger::Lux kDusk{ledger::kLuxPerDusk};
inline constexpr ledger::ChainId kTestChain{100};

inline Bytes test_contract(const std::string& name) {
    std::ifstream file(std::filesystem::path(DUSK_TEST_CONTRACTS) / (name + ".wasm"), std::ios::binary);
    EXPECT_TRUE(file) << name;
    return Bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

class TestChain : public testing::Test {
    struct Folder {
        Folder() {
            std::string name = (std::filesystem::temp_directory_path() / "dusk-execution-XXXXXX").string();
            path = ::mkdtemp(name.data());
        }
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        ~Folder() { std::filesystem::remove_all(path); }
        std::filesystem::path path;
    };

  protected:
    static constexpr std::size_t kAccounts = 3;  // with a balance; one more key has none
    static constexpr ledger::Lux kBalance{100'000 * ledger::kLuxPerDusk};
    static constexpr ledger::Gas kGas{30'000'000};
    inline static const std::vector<ledger::Lux> kNotes{6, ledger::Lux{2000 * ledger::kLuxPerDusk}};

    // Its genesis is built once for all tests of a program.
    TestChain() {
        for (std::size_t i = 0; i <= kAccounts; ++i) keys_.push_back(crypto::BlsSecretKey::random(random_));
        static const Folder genesis;
        static const ledger::StateRoot root = build_genesis(genesis.path);
        root_ = root;
        std::filesystem::copy(genesis.path, folder_.path, std::filesystem::copy_options::recursive);
        machine_ = open(folder_.path);
    }
    [[nodiscard]] ledger::AccountKey account(std::size_t i) const { return keys_[i].public_key(); }

    // Of the account 0 to the account 1, unless changed before it is signed.
    [[nodiscard]] ledger::MoonlightPayload payload(std::uint64_t nonce, std::size_t from = 0,
                                                   std::size_t to = 1) const {
        return {.chain_id = kTestChain,
                .sender = account(from),
                .receiver = account(to),
                .value = {1000},
                .deposit = {},
                .fee = {.gas_limit = kGas, .gas_price = {1}, .refund_address = account(from)},
                .nonce = {nonce},
                .data = {}};
    }
    [[nodiscard]] ledger::Transaction sign(const ledger::MoonlightPayload& payload, std::size_t from = 0) const {
        return {ledger::MoonlightTransaction::sign(payload, keys_[from]).value()};
    }
    [[nodiscard]] ledger::Transaction transfer(std::uint64_t nonce, std::size_t from = 0, std::size_t to = 1) const {
        return sign(payload(nonce, from, to), from);
    }
    static ledger::LedgerTransaction in_block(const ledger::Transaction& transaction) {
        return {.format = ledger::TransactionFormat::boreas, .transaction = transaction};
    }

    [[nodiscard]] std::unique_ptr<vm::Session> session(std::uint64_t height = 1) const {
        return machine_->session(root_.bytes, static_cast<std::uint8_t>(kTestChain), height).value();
    }
    [[nodiscard]] BlockFrame frame(std::uint64_t height = 1) const {
        BlockFrame out{
            .context = {root_, kTestChain, {height}}, .generator = account(kStaker), .penalties = {}, .voters = {}};
        if (height > 1) out.voters.push_back({account(kStaker), 128});
        return out;
    }

    // The account gets as much as an account can hold. Money from nothing.
    void make_rich(vm::Session& session, std::size_t i) const {
        const Bytes argument = archive_write(ledger::AccountAmount{account(i), {~std::uint64_t{0}}});
        const auto done =
            session.call(ledger::kTransferContract.bytes, "add_account_balance", argument, ~std::uint64_t{0});
        EXPECT_TRUE(done) << describe(done.error());
    }
    // The same to the state that blocks build on.
    void make_rich(const std::vector<std::size_t>& accounts) {
        const auto changed = session(0);
        for (const std::size_t i : accounts) make_rich(*changed, i);
        root_ = {changed->commit().value()};
    }

    static constexpr std::size_t kStaker = 2;
    Folder folder_;
    std::shared_ptr<vm::Machine> machine_;
    crypto::ChaChaRng random_{5};
    phoenix::SecretKey note_owner_ = phoenix::SecretKey::random(random_);
    std::vector<crypto::BlsSecretKey> keys_;
    ledger::StateRoot root_;

  private:
    static std::shared_ptr<vm::Machine> open(const std::filesystem::path& folder) {
        vm::MachineOptions options;
        options.store.durability = vm::Durability::process;
        auto machine = vm::Machine::open(folder, options);
        EXPECT_TRUE(machine);
        return *std::move(machine);
    }
    [[nodiscard]] ledger::StateRoot build_genesis(const std::filesystem::path& folder) const {
        const auto machine = open(folder);
        const auto state = build_genesis_state(*machine, genesis_contracts(ledger::devnet()), snapshot());
        EXPECT_TRUE(state);
        return state->root;
    }
    [[nodiscard]] ledger::GenesisSnapshot snapshot() const {
        ledger::GenesisSnapshot out;
        out.phoenix_balances.push_back({.address = note_owner_.public_key(), .seed = 7, .notes = kNotes});
        for (std::size_t i = 0; i < kAccounts; ++i) out.moonlight_accounts.push_back({account(i), kBalance});
        out.stakes.push_back({.account = account(kStaker), .owner = {}, .amount = {2000 * kDusk.value}});
        return out;
    }
};

// All that accounts, contracts and rewards of stakes hold; notes are left out.
inline std::uint64_t open_supply(StateQueries& state) {
    const auto accounts = state.accounts().value();
    const auto contracts = state.contract_balances().value();
    const auto stakes = state.stakes().value();
    std::uint64_t sum = 0;
    for (const auto& entry : accounts) sum += entry.data.balance.value;
    for (const auto& entry : contracts) sum += entry.value.value;
    for (const auto& entry : stakes) sum += entry.data.reward.value;
    return sum;
}

}  // namespace dusk::execution
