#include "test_network.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/writer.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/genesis_state.hpp"
#include "execution/proof_checks.hpp"
#include "execution/state_queries.hpp"
#include "ledger/genesis_toml.hpp"
#include "ledger/network.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/transfer_builder.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/development.hpp"

namespace dusk::bench {
namespace {

using ledger::LedgerTransaction;
using ledger::Transaction;

constexpr std::uint64_t kSeed = 6;
constexpr std::uint64_t kNoteSeed = 11;
constexpr std::uint64_t kNoteValue = 1000 * ledger::kLuxPerDusk;
constexpr ledger::Gas kGasLimit{60'000'000};

crypto::BlsSecretKey bls_key(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    return crypto::BlsSecretKey::random(random);
}
phoenix::SecretKey phoenix_key() {
    crypto::ChaChaRng random(kNoteSeed);
    return phoenix::SecretKey::random(random);
}

LedgerTransaction in_block(Transaction transaction) {
    return {.format = ledger::TransactionFormat::boreas, .transaction = std::move(transaction)};
}

// A file of transactions has each behind its length.
std::vector<LedgerTransaction> read_payments(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const Bytes bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<LedgerTransaction> out;
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        const auto size = load_le<std::uint64_t>(bytes.data() + at);
        const auto decoded =
            Transaction::decode(ByteView(bytes).subspan(at + 8, size), ledger::TransactionFormat::boreas);
        if (!decoded) return {};
        out.push_back(in_block(*decoded));
        at += 8 + size;
    }
    return out;
}

Bytes file_of(const std::vector<LedgerTransaction>& transactions) {
    Writer out;
    for (const LedgerTransaction& one : transactions) {
        out.prefixed_le<std::uint64_t>(one.transaction.encode(ledger::TransactionFormat::boreas));
    }
    return to_vector(out.view());
}

void write_file(const std::filesystem::path& path, ByteView bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

bool all_hold(const std::vector<LedgerTransaction>& payments) {
    execution::ProofChecks checks(phoenix::TransferVerifiers::of_network("devnet").value());
    std::vector<const Transaction*> all;
    for (const LedgerTransaction& payment : payments) all.push_back(&payment.transaction);
    crypto::ChaChaRng random(kSeed);
    SerialExecutor executor;
    return std::ranges::all_of(checks.check(all, random, executor),
                               [](const auto& verdict) { return verdict.has_value(); });
}

}  // namespace

std::filesystem::path cache_folder() {
    const char* cache = std::getenv("DUSK_CACHE");
    return std::filesystem::path(cache != nullptr ? cache : "build") / "bench";
}

TestNetwork::TestNetwork() : wallet_(phoenix_key()) {
    snapshot_.phoenix_balances.push_back(
        {.address = wallet_.public_key(), .seed = kNoteSeed, .notes = std::vector(kNotes, ledger::Lux{kNoteValue})});
    for (std::size_t i = 0; i < kAccounts; ++i) {
        accounts_.push_back(bls_key(kSeed + i));
        snapshot_.moonlight_accounts.push_back({accounts_[i].public_key(), {1'000'000 * ledger::kLuxPerDusk}});
    }
    snapshot_.stakes.push_back(
        {.account = accounts_[0].public_key(), .owner = {}, .amount = {2000 * ledger::kLuxPerDusk}});
    const auto state =
        execution::build_genesis_state(machine(), execution::genesis_contracts(ledger::devnet()), snapshot_);
    if (!state) throw std::runtime_error(state.error().text);
    root_ = state->root;
}

void TestNetwork::reopen() {
    machine_.open();
    const auto session =
        machine().session(root_.bytes, static_cast<std::uint8_t>(ledger::devnet().chain_id), 1).value();
    execution::StateQueries queries(*session);  // loads the contracts' code
    (void)queries.account(accounts_[0].public_key()).value();
    (void)queries.stakes().value();
}

execution::BlockFrame TestNetwork::frame() const {
    return {.context = {root_, ledger::devnet().chain_id, {1}},
            .generator = accounts_[0].public_key(),
            .penalties = {},
            .voters = {}};
}

std::vector<LedgerTransaction> TestNetwork::transfers(std::size_t count, std::size_t senders,
                                                      std::uint64_t salt) const {
    const ledger::AccountKey receiver = bls_key(kSeed + kAccounts).public_key();
    std::vector<LedgerTransaction> out;
    for (std::size_t i = 0; i < count; ++i) {
        const crypto::BlsSecretKey& sender = accounts_.at(i % senders);
        ledger::MoonlightPayload payload{.chain_id = ledger::devnet().chain_id,
                                         .sender = sender.public_key(),
                                         .receiver = receiver,
                                         .value = {1 + salt},
                                         .deposit = {},
                                         .fee = {kGasLimit, {1}, sender.public_key()},
                                         .nonce = {1 + i / senders},
                                         .data = {}};
        out.push_back(in_block({ledger::MoonlightTransaction::sign(std::move(payload), sender).value()}));
    }
    return out;
}

std::vector<LedgerTransaction> TestNetwork::payments() const {
    const std::filesystem::path file = cache_folder() / "payments-2";
    auto kept = read_payments(file);
    if (kept.size() == kNotes && all_hold(kept)) return kept;
    auto made = make_payments();
    write_file(file, file_of(made));
    return made;
}

void TestNetwork::write_blocks(const std::filesystem::path& folder,
                               const std::map<std::string, std::vector<LedgerTransaction>>& blocks) const {
    std::filesystem::remove_all(folder);
    write_file(folder / "genesis.toml", as_bytes(ledger::genesis_toml(snapshot_).value()));
    const execution::GenesisContracts contracts = execution::genesis_contracts(ledger::devnet());
    write_file(folder / "transfer_contract.wasm", contracts.transfer);
    write_file(folder / "stake_contract.wasm", contracts.stake);
    for (const auto& [name, transactions] : blocks) write_file(folder / (name + ".block"), file_of(transactions));
}

std::vector<LedgerTransaction> TestNetwork::make_payments() const {
    const auto session =
        machine().session(root_.bytes, static_cast<std::uint8_t>(ledger::devnet().chain_id), 1).value();
    execution::StateQueries state(*session);
    const auto leaves = state.notes(0).value();
    node::ThreadPool pool;
    const auto parameters = plonk::development_parameters(pool);
    const plonk::Prover prover(
        std::make_shared<const plonk::ProverKey>(phoenix::make_transfer_key(1, parameters, pool).value()));
    crypto::ChaChaRng random(kSeed);
    std::vector<LedgerTransaction> out;
    for (const phoenix::NoteLeaf& leaf : leaves) {
        const phoenix::SpendableNote note{leaf.note, state.opening(leaf.note.pos()).value().value()};
        const phoenix::TransferTerms terms{
            .receiver = wallet_.public_key(), .value = 5, .deposit = 0, .max_fee = kGasLimit.value};
        auto draft = phoenix::TransferDraft::make(wallet_, {&note, 1}, terms, random).value();
        ledger::PhoenixTransaction transaction;
        transaction.payload.chain_id = ledger::devnet().chain_id;
        transaction.payload.skeleton = draft.skeleton();
        const phoenix::Note& change = draft.skeleton().outputs[1];
        transaction.payload.fee = {kGasLimit, {1}, change.stealth_address(), change.sender()};
        const auto request = std::move(draft).sign(transaction.payload.hash(), random);
        const auto proof = phoenix::prove_transfer(prover, request, random, pool).value().to_bytes();
        transaction.proof = to_vector(proof);
        out.push_back(in_block({std::move(transaction)}));
    }
    return out;
}

}  // namespace dusk::bench
