// Blocks that others made come in, as a node that catches up takes them: decoded, every rule checked with real
// attestations, executed, committed to the store of states and written to the chain on the disk.
#include <algorithm>
#include <stdexcept>

#include "chain/chain.hpp"
#include "chain/contract_states.hpp"
#include "chain/service.hpp"
#include "consensus/bls_signatures.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/genesis_state.hpp"
#include "execution/state_queries.hpp"
#include "harness.hpp"
#include "ledger/genesis_snapshot.hpp"
#include "ledger/network.hpp"
#include "node/thread_pool.hpp"
#include "storage/chain_store.hpp"
#include "storage/rocksdb_store.hpp"
#include "test_machine.hpp"

namespace dusk::bench {
namespace {

using crypto::BlsSecretKey;
using ledger::Block;
using ledger::LedgerTransaction;
using ledger::VotingStep;

constexpr std::size_t kProvisioners = 64;
constexpr std::size_t kTransfers = 100;  // of a block, each by an account of its own
constexpr std::uint64_t kGenesisTime = 1'750'000'000;
constexpr ledger::Gas kGasLimit{20'000'000};

struct Key {
    BlsSecretKey secret;
    crypto::BlsPublicKey key = secret.public_key();
    ledger::KeyBytes bytes{key.to_bytes()};

    [[nodiscard]] ByteArray<48> sign(ByteView message) const { return secret.sign_multisig(key, message).to_bytes(); }
};

std::vector<Key> make_keys(std::size_t count, std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    std::vector<Key> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({BlsSecretKey::random(random)});
    return out;
}

template <class T>
T must(T result, const char* what) {
    if (!result) throw std::runtime_error(what);
    return result;
}

class NoPool final : public chain::TransactionPool {
  public:
    bool has(const ledger::TransactionId&) override { return false; }
    std::optional<LedgerTransaction> transaction(const ledger::TransactionId&) override { return {}; }
    std::vector<ledger::TransactionId> ids(std::size_t) override { return {}; }
};

// A chain with its states and blocks in a temporary folder; nothing is remembered of an earlier one.
class Site {
  public:
    explicit Site(const ledger::GenesisSnapshot& snapshot) {
        const auto& network = ledger::devnet();
        const auto built =
            execution::build_genesis_state(*machine_.machine, execution::genesis_contracts(network), snapshot);
        if (!built) throw std::runtime_error(built.error().text);
        Block genesis;
        genesis.header = ledger::genesis_header(built->root, kGenesisTime);
        machine_.options.store.executor = &executor_;
        machine_.open();
        // Loads the contracts' code, as a node has it that executed a block before.
        const auto session = must(
            machine_.machine->session(built->root.bytes, static_cast<std::uint8_t>(network.chain_id), 1), "no session");
        execution::StateQueries queries(**session);
        static_cast<void>(must(queries.account(snapshot.moonlight_accounts.front().address), "no account"));

        states_.emplace(machine_.machine, network.chain_id, &checks_, random_, executor_);
        store_ = *must(storage::RocksDbStore::open(machine_.folder / "chain"), "no database");
        blocks_ = *must(storage::ChainStore::open(*store_), "no chain");
        auto service =
            chain::ChainService::open({}, {blocks_.get(), &*states_, &pool_, &signatures_, nullptr, &random_}, genesis);
        if (!service) throw std::runtime_error(service.error().text);
        service_ = *std::move(service);
        service_->start(now_);
        static_cast<void>(service_->take_actions());
    }

    void take(ByteView encoded) {
        auto message = must(ledger::decode<ledger::Message>(encoded), "a block does not decode");
        service_->on_message(peer_, std::make_shared<const ledger::Message>(*std::move(message)), now_);
        static_cast<void>(service_->take_actions());
    }
    [[nodiscard]] const chain::Head& head() const { return service_->chain().head(); }
    [[nodiscard]] Block build(const chain::CandidateFrame& frame, const std::vector<LedgerTransaction>& transactions) {
        std::size_t next = 0;
        const ManualClock clock{WallTime(std::chrono::seconds(kGenesisTime))};
        auto built = states_->build(
            frame,
            [&]() -> const LedgerTransaction* { return next < transactions.size() ? &transactions[next++] : nullptr; },
            {}, clock);
        if (!built) throw std::runtime_error(built.error().text);
        if (built->block.transactions.size() != transactions.size()) throw std::runtime_error("a transfer is left out");
        return std::move(built->block);
    }

  private:
    node::ThreadPool executor_;
    TestMachine machine_{vm::Durability::power_loss};
    crypto::ChaChaRng random_{1};
    execution::ProofChecks checks_{phoenix::TransferVerifiers::of_network("devnet").value()};
    consensus::BlsSignatures signatures_;
    NoPool pool_;
    std::optional<chain::ContractStates> states_;
    std::unique_ptr<storage::RocksDbStore> store_;
    std::unique_ptr<storage::ChainStore> blocks_;
    std::unique_ptr<chain::ChainService> service_;
    ledger::SocketAddress peer_{ByteArray<4>{127, 0, 0, 1}, 9000};
    consensus::Now now_{WallTime(std::chrono::seconds(kGenesisTime + 1'000'000)), MonotonicTime(std::chrono::hours(1))};
};

// Who makes the blocks: all members of both committees vote for each, with all 64 credits.
class Network {
  public:
    Network() {
        for (const Key& one : provisioners_) {
            snapshot_.stakes.push_back({.account = one.key, .owner = {}, .amount = {1'000'000 * ledger::kLuxPerDusk}});
        }
        for (const Key& one : accounts_) {
            snapshot_.moonlight_accounts.push_back({one.key, {1'000'000 * ledger::kLuxPerDusk}});
        }
    }
    [[nodiscard]] const ledger::GenesisSnapshot& snapshot() const { return snapshot_; }

    // So many blocks upon genesis, as messages.
    [[nodiscard]] std::vector<Bytes> make_chain(std::size_t blocks, std::size_t transfers) const {
        Site site(snapshot_);
        std::vector<Bytes> out;
        for (std::size_t i = 0; i < blocks; ++i) {
            Block block = site.build(frame_on(site.head()), make_transfers(transfers, i));
            block.header.hash = block.header.content_hash();
            block.header.signature = {provisioner(block.header.generator).sign(block.header.hash.bytes)};
            block.header.attestation = attest(block, *site.head().committees);
            out.push_back(ledger::encode(ledger::Message{.payload = ledger::BlockMessage{std::move(block)}}));
            site.take(out.back());
            if (site.head().tip.height.value != i + 1) throw std::runtime_error("a block of ours is refused");
        }
        return out;
    }

  private:
    [[nodiscard]] const Key& provisioner(const ledger::KeyBytes& key) const {
        return *std::ranges::find(provisioners_, key, &Key::bytes);
    }
    [[nodiscard]] chain::CandidateFrame frame_on(const chain::Head& head) const {
        chain::CandidateFrame out{.header = {}, .base = head.tip.state_root, .voters = head.tip_voters};
        out.header.version = ledger::BlockHeader::kVersion;
        out.header.height = {head.tip.height.value + 1};
        out.header.timestamp = head.tip.timestamp + 10;
        out.header.prev_block_hash = head.tip.hash;
        out.header.generator = head.committees->generator(0)->bytes;
        out.header.seed = {provisioner(out.header.generator).sign(head.tip.seed.bytes)};
        out.header.gas_limit = {3'000'000'000};
        out.header.prev_block_certificate = head.tip.attestation;
        return out;
    }
    [[nodiscard]] ledger::StepVotes votes(const Block& block, VotingStep step,
                                          consensus::RoundCommittees& committees) const {
        const ledger::ConsensusHeader header = consensus_header(block.header);
        const Bytes message = signed_vote(header, step, ledger::Vote::valid(block.header.hash));
        ledger::StepVotes out;
        std::vector<crypto::BlsMultisigSignature> shares;
        for (const auto& member : committees.voters(header.iteration, step).members()) {
            const Key& key = provisioner(member.bytes);
            out.voters |= std::uint64_t{1} << shares.size();
            shares.push_back(key.secret.sign_multisig(key.key, message));
        }
        out.signature = {crypto::bls_aggregate(shares).to_bytes()};
        return out;
    }
    [[nodiscard]] ledger::Attestation attest(const Block& block, consensus::RoundCommittees& committees) const {
        return {ledger::RatificationResult::of(ledger::Vote::valid(block.header.hash)),
                votes(block, VotingStep::validation, committees), votes(block, VotingStep::ratification, committees)};
    }
    [[nodiscard]] std::vector<LedgerTransaction> make_transfers(std::size_t count, std::uint64_t before) const {
        std::vector<LedgerTransaction> out;
        for (std::size_t i = 0; i < count; ++i) {
            const Key& sender = accounts_.at(i);
            ledger::MoonlightPayload payload{.chain_id = ledger::devnet().chain_id,
                                             .sender = sender.key,
                                             .receiver = accounts_.at((i + 1) % accounts_.size()).key,
                                             .value = {1},
                                             .deposit = {},
                                             .fee = {kGasLimit, {1}, sender.key},
                                             .nonce = {before + 1},
                                             .data = {}};
            out.push_back(
                {.format = ledger::TransactionFormat::boreas,
                 .transaction = {ledger::MoonlightTransaction::sign(std::move(payload), sender.secret).value()}});
        }
        return out;
    }

    std::vector<Key> provisioners_ = make_keys(kProvisioners, 1);
    std::vector<Key> accounts_ = make_keys(kTransfers, 2);
    ledger::GenesisSnapshot snapshot_;
};

void import_row(Bench& bench, const std::string& name, std::size_t blocks, std::size_t transfers) {
    if (!bench.wants(name)) return;
    const Network network;
    const std::vector<Bytes> chain = network.make_chain(blocks, transfers);
    std::unique_ptr<Site> site;
    const auto prepare = [&] {
        site.reset();
        site = std::make_unique<Site>(network.snapshot());
    };
    const auto import = [&] {
        site->take(chain.back());  // what the peer claims to have: the node catches up
        for (const Bytes& block : chain) site->take(block);
        if (site->head().tip.height.value != chain.size()) throw std::runtime_error("a block is refused");
    };
    bench.run_each(name, "", 5, prepare, import, blocks);
}

void rows(Bench& bench) {
    import_row(bench, "block import: without transactions, each", 100, 0);
    import_row(bench, "block import: 100 Moonlight transfers, each", 20, kTransfers);
}

const Registered registered("consensus", rows);

}  // namespace
}  // namespace dusk::bench
