#include "app/archive_replay.hpp"

#include <fmt/format.h>

#include <fstream>

#include "app/db_store.hpp"
#include "app/genesis_file.hpp"
#include "app/node_folder.hpp"
#include "app/stopped_chain.hpp"
#include "chain/header_rules.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "storage/stakes_table.hpp"
#include "vm/store/state_export.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using ledger::Height;

constexpr const char* kHeightFile = "height";

vm::StoreOptions store_options() {
    // What a loss of power takes is executed again.
    return {.durability = vm::Durability::process};
}

Result<std::shared_ptr<vm::Machine>, Failure> open_machine(const fs::path& folder) {
    auto machine = vm::Machine::open(folder / "state", {.store = store_options()});
    if (!machine) return file_failure("state", machine.error().text);
    return *std::move(machine);
}

// The block up to which the folder has the state; nothing where it has none.
std::optional<Height> kept_height(const fs::path& folder) {
    std::ifstream file(folder / kHeightFile);
    std::uint64_t height = 0;
    if (file >> height) return Height{height};
    return {};
}

Result<void, Failure> keep_height(const fs::path& folder, Height height) {
    const fs::path unfinished = folder / "height.new";
    {
        std::ofstream file(unfinished);
        file << height.value << '\n';
        if (!file.flush())
            return file_failure("file_unwritable", fmt::format("{} cannot be written", unfinished.string()));
    }
    std::error_code error;
    fs::rename(unfinished, folder / kHeightFile, error);
    if (error) return file_failure("file_unwritable", fmt::format("{}: {}", folder.string(), error.message()));
    return {};
}

Result<void, Failure> make_folder(const fs::path& folder) {
    std::error_code error;
    fs::remove_all(folder, error);
    if (!error) fs::create_directories(folder, error);
    if (error) return file_failure("file_unwritable", fmt::format("{}: {}", folder.string(), error.message()));
    return {};
}

Result<void, Failure> make_first_state(const node::NodeConfig& config, const fs::path& folder,
                                       const ledger::BlockHeader& genesis) {
    if (config.genesis_file.empty()) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "no_genesis",
                            .message = "there is no state to begin with: name the network's genesis file with "
                                       "chain.genesis_file, or a snapshot with `dusk db archive backfill --snapshot`"});
    }
    const auto file = read_genesis_file(config.genesis_file);
    if (!file) return fail(file.error());
    if (auto made = make_folder(folder); !made) return made;
    std::error_code error;
    fs::create_directories(folder / "state", error);
    const auto root =
        make_genesis_store(folder / "state", *config.network, file->snapshot, store_options(), GenesisForm::commit);
    if (!root) return fail(root.error());
    if (*root != genesis.state_root) {
        return refused("other_genesis", "chain.genesis_file makes another first state than the chain has");
    }
    return keep_height(folder, {0});
}

}  // namespace

fs::path replay_folder(const node::NodeConfig& config) { return config.db_path / "backfill"; }

ArchiveReplay::ArchiveReplay(const node::NodeConfig& config, storage::RocksDbStore& database,
                             std::unique_ptr<storage::ChainStore> blocks, std::shared_ptr<vm::Machine> machine)
    : folder_(replay_folder(config)),
      database_(database),
      blocks_(std::move(blocks)),
      events_(database),
      machine_(std::move(machine)),
      checks_(phoenix::TransferVerifiers::of_network(config.network->name).value()),
      states_(machine_, config.network->chain_id, &checks_, random_, executor_) {}

Result<std::unique_ptr<ArchiveReplay>, Failure> ArchiveReplay::open(const node::NodeConfig& config,
                                                                    storage::RocksDbStore& database) {
    const fs::path folder = replay_folder(config);
    // What cannot be gone on with begins anew.
    for (const bool is_new : {false, true}) {
        auto blocks = storage::ChainStore::open(database);
        if (!blocks) return fail(failure_of(blocks.error()));
        const auto genesis = header_at(**blocks, {0});
        if (!genesis) return fail(genesis.error());
        if (is_new || !kept_height(folder)) {
            if (auto made = make_first_state(config, folder, *genesis); !made) return fail(made.error());
        }
        auto machine = open_machine(folder);
        if (!machine && is_new) return fail(machine.error());
        if (!machine) continue;
        std::unique_ptr<ArchiveReplay> out(
            new ArchiveReplay(config, database, *std::move(blocks), *std::move(machine)));
        const auto begun = out->begin_at(kept_height(folder).value_or(Height{0}));
        if (begun) return out;
        if (is_new || begun.error().code == "forgotten") return fail(begun.error());
    }
    return file_failure("state", "no state to begin with");
}

Result<void, Failure> ArchiveReplay::begin_with(SnapshotFile& snapshot, const node::NodeConfig& config,
                                                storage::ChainStore& blocks, const Progress& progress) {
    const ledger::BlockHeader& last = snapshot.chain().last();
    const auto at = blocks.at(last.height);
    if (!at) return fail(failure_of(at.error()));
    if (!*at || (*at)->hash != last.hash) {
        return refused("other_chain", fmt::format("block {} of the snapshot is not in this chain", last.height.value));
    }
    const fs::path folder = replay_folder(config);
    if (auto made = make_folder(folder); !made) return made;
    const auto machine = open_machine(folder);
    if (!machine) return fail(machine.error());
    auto source = snapshot.state();
    const auto report = vm::import_state((*machine)->store(), [&](MutableByteView out) {
        if (progress) progress(snapshot.position(), snapshot.size());
        return source(out);
    });
    if (!report) return fail(failure_of(report.error()));
    if (report->root != last.state_root.bytes) {
        return refused("bad_snapshot", "the state in the snapshot is not that of its block");
    }
    return keep_height(folder, last.height);
}

void ArchiveReplay::remove(const node::NodeConfig& config) {
    std::error_code ignored;
    fs::remove_all(replay_folder(config), ignored);
}

Result<void, Failure> ArchiveReplay::begin_at(Height height) {
    const auto tip = header_at(*blocks_, height);
    if (!tip) return fail(tip.error());
    ledger::Seed parent_seed{};
    if (height > Height{0}) {
        const auto parent = header_at(*blocks_, {height.value - 1});
        if (!parent) return fail(parent.error());
        parent_seed = parent->seed;
    }
    // What was committed after the folder was written is not of use.
    states_.keep_only({&tip->state_root, 1});
    auto head = chain::head_of(*tip, parent_seed, states_, signatures_);
    if (!head) return file_failure("state", "the state of the replay cannot be read: " + head.error().text);
    head_ = *std::move(head);
    kept_root_ = tip->state_root;
    // With what the next blocks report they say who sat in their committees.
    const auto kept = storage::StakesTable(database_).keep(height, chain::kept_stakes(*head_.stakes));
    if (!kept) return fail(failure_of(kept.error()));
    return {};
}

Result<void, Failure> ArchiveReplay::step() {
    const Height height{head_.tip.height.value + 1};
    const auto at = blocks_->at(height);
    if (!at) return fail(failure_of(at.error()));
    const auto block = *at ? blocks_->block((*at)->hash) : chain::StoreResult<std::optional<ledger::Block>>{};
    if (!block) return fail(failure_of(block.error()));
    if (!*block) {
        return fail(Failure{.exit = ExitCode::file,
                            .code = "forgotten",
                            .message = fmt::format("block {} is not in this chain any more: blocks from before the "
                                                   "archive was enabled cannot be executed anew",
                                                   height.value)});
    }
    const ledger::BlockHeader& header = (*block)->header;
    std::vector<ledger::Voter> voters;
    if (chain::has_certificate(head_.tip)) {
        const ledger::RatificationResult expected{true, ledger::Vote::valid(head_.tip.hash)};
        auto found = consensus::verify_attestation(header.prev_block_certificate, consensus_header(head_.tip),
                                                   *head_.tip_committees, expected, signatures_);
        if (!found) return file_failure("state", fmt::format("block {}: its certificate does not hold", height.value));
        voters = *std::move(found);
    }
    const auto transition = states_.verify(**block, head_.tip.state_root, voters);
    if (!transition) return file_failure("state", fmt::format("block {}: {}", height.value, transition.error().text));
    if (const auto stored = states_.commit(**block); !stored) return file_failure("state", stored.error().text);
    const auto known = events_.has(height);
    if (!known) return fail(failure_of(known.error()));
    if (!*known) {
        const auto added = events_.add(height, *transition->receipts, storage::Sync::no);
        if (!added) return fail(failure_of(added.error()));
        last_receipts_ = transition->receipts;
        last_added_ = height;
    }
    const ledger::StateRoot before = head_.tip.state_root;
    auto head = chain::next_head(head_, header, *transition, {}, states_);
    if (!head) return file_failure("state", head.error().text);
    head_ = *std::move(head);
    if (before != kept_root_) states_.finalize(head_.tip.state_root, {&before, 1});
    return {};
}

Result<void, Failure> ArchiveReplay::keep() {
    if (head_.tip.state_root == kept_root_) return {};
    // Written again, so that it and all before it are on the disk.
    if (const auto receipts = std::exchange(last_receipts_, nullptr)) {
        const auto added = events_.add(last_added_, *receipts, storage::Sync::yes);
        if (!added) return fail(failure_of(added.error()));
    }
    if (auto kept = keep_height(folder_, head_.tip.height); !kept) return kept;
    states_.finalize(head_.tip.state_root, {&kept_root_, 1});
    kept_root_ = head_.tip.state_root;
    return {};
}

}  // namespace dusk::app
