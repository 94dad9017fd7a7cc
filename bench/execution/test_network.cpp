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

std::filesystem::path cache_folder() {
    const char* cache = std::getenv("DUSK_CACHE");
    return std::filesystem::path(cache != nullptr ? cache : "build") / "bench";
}

// Each behind its length.
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

void write_payments(const std::filesystem::path& path, const std::vector<LedgerTransaction>& payments) {
    Writer out;
    for (const LedgerTransaction& payment : payments) {
        out.prefixed_le<std::uint64_t>(payment.transaction.encode(ledger::TransactionFormat::boreas));
    }
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(out.view().data()), static_cast<std::streamsize>(out.size()));
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

TestNetwork::TestNetwork() : account_(bls_key(kSeed)), wallet_(phoenix_key()) {
    ledger::GenesisSnapshot snapshot;
    snapshot.phoenix_balances.push_back(
        {.address = wallet_.public_key(), .seed = kNoteSeed, .notes = std::vector(kNotes, ledger::Lux{kNoteValue})});
    snapshot.moonlight_accounts.push_back({account_.public_key(), {1'000'000 * ledger::kLuxPerDusk}});
    snapshot.stakes.push_back({.account = account_.public_key(), .owner = {}, .amount = {2000 * ledger::kLuxPerDusk}});
    const auto state =
        execution::build_genesis_state(machine(), execution::genesis_contracts(ledger::devnet()), snapshot);
    if (!state) throw std::runtime_error(state.error().text);
    root_ = state->root;
}

void TestNetwork::reopen() {
    machine_.open();
    const auto session =
        machine().session(root_.bytes, static_cast<std::uint8_t>(ledger::devnet().chain_id), 1).value();
    execution::StateQueries queries(*session);  // loads the contracts' code
    (void)queries.account(account_.public_key()).value();
    (void)queries.stakes().value();
}

execution::BlockFrame TestNetwork::frame() const {
    return {.context = {root_, ledger::devnet().chain_id, {1}},
            .generator = account_.public_key(),
            .penalties = {},
            .voters = {}};
}

std::vector<LedgerTransaction> TestNetwork::transfers(std::size_t count, std::uint64_t salt) const {
    const ledger::AccountKey receiver = bls_key(kSeed + 1).public_key();
    std::vector<LedgerTransaction> out;
    for (std::uint64_t nonce = 1; nonce <= count; ++nonce) {
        ledger::MoonlightPayload payload{.chain_id = ledger::devnet().chain_id,
                                         .sender = account_.public_key(),
                                         .receiver = receiver,
                                         .value = {1 + salt},
                                         .deposit = {},
                                         .fee = {kGasLimit, {1}, account_.public_key()},
                                         .nonce = {nonce},
                                         .data = {}};
        out.push_back(in_block({ledger::MoonlightTransaction::sign(std::move(payload), account_).value()}));
    }
    return out;
}

std::vector<LedgerTransaction> TestNetwork::payments() const {
    const std::filesystem::path file = cache_folder() / "payments-1";
    auto kept = read_payments(file);
    if (kept.size() == kNotes && all_hold(kept)) return kept;
    auto made = make_payments();
    write_payments(file, made);
    return made;
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
