// `dusk node snapshot import`: a folder that a node starts with, from a file of another node.
#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/genesis_file.hpp"
#include "app/node_folder.hpp"
#include "app/node_snapshot.hpp"
#include "app/snapshot_file.hpp"
#include "chain/contract_states.hpp"
#include "chain/head.hpp"
#include "consensus/bls_signatures.hpp"
#include "crypto/os_random.hpp"
#include "vm/store/state_export.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// The folder while it is not complete: beside its place, so that one renaming puts it there.
class NewNodeFolder {
  public:
    explicit NewNodeFolder(const fs::path& folder) {
        place_ = fs::absolute(folder).lexically_normal();
        if (!place_.has_filename()) place_ = place_.parent_path();
        path_ = place_.string() + ".importing";
    }
    NewNodeFolder(const NewNodeFolder&) = delete;
    NewNodeFolder& operator=(const NewNodeFolder&) = delete;
    ~NewNodeFolder() {
        std::error_code ignored;
        if (lock_) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

    // What an import left that was killed goes.
    Result<void, Failure> make() {
        if (const auto free = is_free(); !free) return free;
        std::error_code error;
        fs::create_directories(path_, error);
        if (error) return file_failure("file_unwritable", fmt::format("{}: {}", path_.string(), error.message()));
        auto lock = node::FolderLock::take(path_);
        if (!lock) return file_failure("in_use", lock.error());
        lock_.emplace(std::move(*lock));
        for (const auto& entry : fs::directory_iterator(path_, error)) {
            if (entry.path().filename() != "lock") fs::remove_all(entry.path(), error);
        }
        if (error) return file_failure("file_unwritable", fmt::format("{}: {}", path_.string(), error.message()));
        return {};
    }
    Result<void, Failure> put_in_place() {
        auto& files = vm::system_files();
        for (const fs::path& synced : {path_ / "state", path_ / "chain", path_}) {
            if (const auto done = files.sync_folder(synced); !done) {
                return fail(failure_of(vm::system_failure(synced.string(), done.error())));
            }
        }
        // Into an empty folder or none: the system refuses any other.
        if (const auto named = files.rename(path_, place_); !named) {
            return fail(failure_of(vm::system_failure(place_.string(), named.error())));
        }
        lock_.reset();
        if (const auto done = files.sync_folder(place_.parent_path()); !done) {
            return fail(failure_of(vm::system_failure(place_.parent_path().string(), done.error())));
        }
        return {};
    }

  private:
    Result<void, Failure> is_free() const {
        std::error_code error;
        if (!fs::exists(place_, error)) return {};
        if (fs::is_directory(place_, error) && fs::is_empty(place_, error) && !error) return {};
        return file_failure("file_exists",
                            fmt::format("{} is not empty: a snapshot goes into a new folder", place_.string()));
    }

    fs::path place_;
    fs::path path_;
    std::optional<node::FolderLock> lock_{};
};

Result<void, Failure> check_network(const chain::ChainSnapshot& snapshot, const ledger::Network& network) {
    if (snapshot.kadcast_id == network.kadcast_id && snapshot.chain_id == network.chain_id) return {};
    return refused(
        "other_network",
        fmt::format("the snapshot is of a network with the chain id {}, and this node is one "
                    "of {}, {}: see `network` in the configuration",
                    static_cast<unsigned>(snapshot.chain_id), network.name, static_cast<unsigned>(network.chain_id)));
}

Result<void, Failure> check_trusted(const chain::ChainSnapshot& snapshot, const std::string& trusted) {
    if (trusted.empty()) return {};
    const auto hash = from_hex(trusted);
    if (!hash || hash->size() != ledger::BlockHash::kSize) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "usage",
                            .message = "--trusted-block is the hash of a block, 64 hexadecimal digits"});
    }
    if (equal(*hash, snapshot.last().hash.bytes)) return {};
    return refused("not_trusted", fmt::format("the snapshot is of block {} with the hash {}, which is not the one that "
                                              "you trust",
                                              snapshot.last().height.value, to_hex(snapshot.last().hash.bytes)));
}

// What the root of a state does not say of a contract.
struct ContractCode {
    vm::ContractId id;
    bool is_64;
    std::uint32_t position;
    vm::Hash bytecode;
    Bytes owner;
};

Result<std::vector<ContractCode>, Failure> codes_of(const fs::path& folder, const ledger::StateRoot& root,
                                                    Executor& executor) {
    const auto machine = vm::Machine::open(folder, {.store = db_options(executor)});
    if (!machine) return file_failure("state", machine.error().text);
    const auto state = (*machine)->store().state(root.bytes);
    if (!state) return file_failure("state", "the first state cannot be read");
    std::vector<ContractCode> out;
    (*state)->for_each([&](const vm::ContractRecord& contract) {
        out.push_back({contract.id, contract.is_64, contract.position, contract.deployment->bytecode,
                       contract.deployment->owner});
    });
    return out;
}

// The contracts of the first state are still there, and nobody exchanged their code.
Result<void, Failure> check_codes(const vm::State& state, std::span<const ContractCode> codes) {
    for (const ContractCode& code : codes) {
        const vm::ContractPtr is = state.share(code.id);
        if (is != nullptr && is->is_64 == code.is_64 && is->position == code.position &&
            is->deployment->bytecode == code.bytecode && is->deployment->owner == code.owner) {
            continue;
        }
        return refused(
            "bad_snapshot",
            fmt::format("the contract {} in the snapshot is not the one of chain.genesis_file", to_hex(code.id)));
    }
    return {};
}

// The first state is made from the genesis file and compared. Gives its contracts.
Result<std::vector<ContractCode>, Failure> check_genesis(const chain::ChainSnapshot& snapshot,
                                                         const node::NodeConfig& config, const fs::path& scratch,
                                                         Executor& executor, std::vector<std::string>& warnings) {
    if (config.genesis_file.empty()) {
        warnings.emplace_back(
            "chain.genesis_file is not set: that the snapshot is of your network, and that its contracts are those of "
            "the "
            "network, is believed, not checked");
        return std::vector<ContractCode>{};
    }
    const auto genesis = read_genesis_file(config.genesis_file);
    if (!genesis) return fail(genesis.error());
    std::error_code error;
    fs::create_directories(scratch, error);
    const auto root =
        make_genesis_store(scratch, *config.network, genesis->snapshot, db_options(executor), GenesisForm::commit);
    auto codes = root ? codes_of(scratch, *root, executor) : fail(root.error());
    fs::remove_all(scratch, error);
    if (!codes) return codes;
    const bool same_time = config.genesis_timestamp == 0 || snapshot.genesis.timestamp == config.genesis_timestamp;
    if (*root == snapshot.genesis.state_root && same_time) return codes;
    return refused("other_genesis",
                   "the chain of the snapshot begins with another block than chain.genesis_file and "
                   "chain.genesis_timestamp say: it belongs to another network");
}

Result<void, Failure> import_state_of(SnapshotFile& file, vm::Store& store, ProgressLine& progress) {
    auto source = file.state();
    const auto report = vm::import_state(store, [&](MutableByteView out) {
        progress.update(file.position(), file.size());
        return source(out);
    });
    if (!report) return fail(failure_of(report.error()));
    if (report->root == file.chain().last().state_root.bytes) return {};
    return refused("bad_snapshot", "the state in the snapshot is not that of its block");
}

// As at every start of the node: the stakes are in the state, and those before the block say who was to attest it.
Result<void, Failure> check_attestation(const chain::ChainSnapshot& snapshot,
                                        const std::shared_ptr<vm::Machine>& machine, ledger::ChainId chain_id,
                                        Executor& executor) {
    crypto::OsRandom random;
    chain::ContractStates states(machine, chain_id, nullptr, random, executor);
    consensus::BlsSignatures signatures;
    const std::size_t count = snapshot.blocks.size();
    const ledger::BlockHeader& parent = count > 1 ? snapshot.blocks[count - 2].header : snapshot.genesis;
    const auto head = chain::head_of(snapshot.last(), parent.seed, states, signatures);
    if (head) return {};
    return refused("bad_snapshot",
                   "the stakes in the state do not attest the block of the snapshot: " + head.error().text);
}

Result<void, Failure> fill(const fs::path& folder, SnapshotFile& file, const ledger::Network& network,
                           std::span<const ContractCode> codes, Executor& executor) {
    ProgressLine progress;
    progress.stage("reading pages");
    auto machine = vm::Machine::open(folder / "state", {.store = db_options(executor)});
    if (!machine) return file_failure("state", machine.error().text);
    if (const auto done = import_state_of(file, (*machine)->store(), progress); !done) return done;
    progress.stage("checking");
    const auto state = (*machine)->store().state(file.chain().last().state_root.bytes);
    if (!state) return file_failure("state", "the imported state cannot be read");
    if (const auto same = check_codes(**state, codes); !same) return same;
    const auto attested = check_attestation(file.chain(), *machine, network.chain_id, executor);
    if (!attested) return attested;
    auto database = storage::RocksDbStore::open(folder / "chain");
    if (!database) return fail(failure_of(database.error()));
    const auto blocks = storage::ChainStore::open(**database);
    if (!blocks) return fail(failure_of(blocks.error()));
    const ledger::Block genesis{.header = file.chain().genesis, .transactions = {}, .faults = {}};
    const auto begun = (*blocks)->begin_behind(genesis, file.chain().blocks);
    if (!begun) return fail(failure_of(begun.error()));
    return {};
}

}  // namespace

CommandResult import_snapshot(const SnapshotImport& command, Executor& executor) {
    const auto parsed = load_node_config(command.node);
    if (!parsed) return fail(parsed.error());
    const node::NodeConfig& config = parsed->config;
    Outcome outcome{.text = "", .json = {}, .warnings = parsed->warnings};
    auto file = SnapshotFile::open(command.file);
    if (!file) return fail(file.error());
    const chain::ChainSnapshot& snapshot = file->chain();
    if (const auto good = check_network(snapshot, *config.network); !good) return fail(good.error());
    if (const auto good = check_trusted(snapshot, command.trusted_block); !good) return fail(good.error());
    NewNodeFolder folder(config.db_path);
    if (const auto made = folder.make(); !made) return fail(made.error());
    const auto genesis = check_genesis(snapshot, config, folder.path() / "genesis", executor, outcome.warnings);
    if (!genesis) return fail(genesis.error());
    if (const auto filled = fill(folder.path(), *file, *config.network, *genesis, executor); !filled) {
        return fail(filled.error());
    }
    if (const auto placed = folder.put_in_place(); !placed) return fail(placed.error());

    const ledger::BlockHeader& last = snapshot.last();
    if (command.trusted_block.empty()) {
        outcome.warnings.push_back(
            fmt::format("that block {} {} is the network's is believed, since whoever made the file chose the stakes "
                        "by which it is "
                        "attested: compare it with a node that you trust, or import with --trusted-block",
                        last.height.value, to_hex(last.hash.bytes)));
    }
    outcome.json = {{"height", last.height.value},
                    {"hash", to_hex(last.hash.bytes)},
                    {"state_root", to_hex(last.state_root.bytes)},
                    {"folder", config.db_path.string()},
                    {"trusted", !command.trusted_block.empty()}};
    outcome.text =
        fmt::format("Imported {} into {}\n  block  {} {}\n  state  {}\n", command.file.string(),
                    config.db_path.string(), last.height.value, to_hex(last.hash.bytes), to_hex(last.state_root.bytes));
    return outcome;
}

}  // namespace dusk::app
