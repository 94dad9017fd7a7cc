#include "app/node_folder.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/genesis_file.hpp"
#include "app/key_files.hpp"
#include "crypto/os_random.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// A round lasts longer than this only when the network is in trouble.
constexpr std::chrono::minutes kNewJournalWait{2};

// The first state, made beside its place and moved there when it is complete.
Result<void, Failure> make_first_state(const node::NodeConfig& config, Executor& executor,
                                       std::vector<std::string>& warnings) {
    const fs::path state = config.db_path / "state";
    std::error_code error;
    if (fs::exists(state, error)) return {};
    if (config.genesis_file.empty()) {
        return file_failure("no_genesis",
                            fmt::format("there is no state in {} yet: name the network's genesis file with "
                                        "chain.genesis_file, or import a snapshot with `dusk node snapshot import`",
                                        config.db_path.string()));
    }
    const auto genesis = read_genesis_file(config.genesis_file);
    if (!genesis) return fail(genesis.error());
    Outcome notes;
    warn_of_unknown_keys(*genesis, notes);
    warnings.insert(warnings.end(), notes.warnings.begin(), notes.warnings.end());
    const fs::path unfinished = config.db_path / "state.unfinished";
    fs::remove_all(unfinished, error);
    fs::create_directories(unfinished, error);
    const auto root =
        make_genesis_store(unfinished, *config.network, genesis->snapshot, db_options(executor), GenesisForm::commit);
    if (!root) return fail(root.error());
    fs::rename(unfinished, state, error);
    if (error) return file_failure("file_unwritable", fmt::format("{}: {}", state.string(), error.message()));
    return {};
}

// That of the store; in an empty one, of the first state and the configured time.
Result<ledger::Block, Failure> genesis_block(const node::NodeConfig& config, NodeFolder& folder) {
    const auto stored = folder.blocks->at({0});
    if (!stored) return fail(failure_of(stored.error()));
    if (!*stored) {
        const std::vector<vm::Hash> states = folder.machine->store().commits();
        if (states.size() != 1) {
            return file_failure("no_genesis",
                                fmt::format("{} does not hold the first state of a chain and nothing else: "
                                            "remove it, so that it is made anew",
                                            (config.db_path / "state").string()));
        }
        return ledger::Block{.header = ledger::genesis_header({states.front()}, config.genesis_timestamp)};
    }
    auto block = folder.blocks->block((*stored)->hash);
    if (!block) return fail(failure_of(block.error()));
    if (!*block) return file_failure("storage", "the first block is missing in the store");
    if (config.genesis_timestamp != 0 && (*block)->header.timestamp != config.genesis_timestamp) {
        return file_failure("other_genesis",
                            fmt::format("the chain in {} began at another time than chain.genesis_timestamp says: it "
                                        "belongs to another network",
                                        config.db_path.string()));
    }
    return **std::move(block);
}

// A chain that measured no step yet would begin with the longest timeouts.
Result<void, Failure> set_first_step_times(const node::NodeConfig& config, storage::ChainStore& blocks) {
    for (const auto step : {ledger::Step::proposal, ledger::Step::validation, ledger::Step::ratification}) {
        const auto times = blocks.step_times(step);
        if (!times) return fail(failure_of(times.error()));
        if (*times) continue;
        if (const auto added = blocks.add_step_time(step, config.first_step_time); !added) {
            return fail(failure_of(added.error()));
        }
    }
    return {};
}

Result<void, Failure> open_signer(const node::NodeConfig& config, const std::optional<SecretBytes>& password,
                                  const Clock& clock, NodeFolder& folder, std::vector<std::string>& warnings) {
    if (config.consensus_keys_path.empty()) return {};
    if (!password) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "no_password",
                            .message = "set DUSK_CONSENSUS_KEYS_PASS to the password of the consensus keys"});
    }
    crypto::OsRandom random;
    auto loaded = load_consensus_keys(config.consensus_keys_path, *password, random);
    if (!loaded) return fail(loaded.error());
    if (!loaded->keys.belong_together()) {
        return fail(Failure{
            .exit = ExitCode::bad_input,
            .code = "damaged",
            .message = fmt::format("the two keys in {} do not belong together", config.consensus_keys_path.string())});
    }
    if (const auto warning = mode_warning(config.consensus_keys_path); !warning.empty()) warnings.push_back(warning);
    if (loaded->not_renewed) warnings.push_back(loaded->not_renewed->message);
    // Keys that a chain was followed with before may have signed what this journal knows nothing of.
    std::error_code ignored;
    const bool is_new = !fs::exists(config.db_path / "journal", ignored);
    const auto tip = folder.blocks->tip();
    if (!tip) return fail(failure_of(tip.error()));
    auto wait = config.doppelganger_wait;
    if (is_new && *tip && (*tip)->height > ledger::Height{0} && wait < kNewJournalWait) {
        wait = kNewJournalWait;
        warnings.push_back(fmt::format(
            "there is no journal of what the keys have signed: nothing is signed for {} s. If they were used before, "
            "copy the file journal from the old chain.db_path to {} while the node is stopped",
            std::chrono::duration_cast<std::chrono::seconds>(wait).count(), config.db_path.string()));
    }
    auto journal = storage::JournalFile::open(config.db_path / "journal");
    if (!journal) return fail(failure_of(journal.error()));
    folder.journal = std::move(*journal);
    auto signer = storage::JournaledSigner::open(*folder.journal, std::move(loaded->keys.secret_key), clock, wait);
    if (!signer) return fail(failure_of(signer.error()));
    folder.signer = std::move(*signer);
    return {};
}

}  // namespace

Failure failure_of(const storage::StorageFailure& failure) {
    const bool locked = failure.kind == storage::StorageError::locked;
    return {.exit = ExitCode::file, .code = locked ? "in_use" : "storage", .message = failure.text};
}
Failure failure_of(const chain::StoreFailure& failure) {
    return {.exit = ExitCode::file, .code = "storage", .message = failure.text};
}

Result<NodeFolder, Failure> open_node_folder(const node::NodeConfig& config, const std::optional<SecretBytes>& password,
                                             Executor& executor, const Clock& clock,
                                             std::vector<std::string>& warnings) {
    std::error_code error;
    fs::create_directories(config.db_path, error);
    if (error) return file_failure("file_unwritable", fmt::format("{}: {}", config.db_path.string(), error.message()));
    auto lock = node::FolderLock::take(config.db_path);
    if (!lock) return file_failure("in_use", lock.error());
    NodeFolder out{.lock = std::move(*lock)};
    if (const auto made = make_first_state(config, executor, warnings); !made) return fail(made.error());
    auto machine = vm::Machine::open(config.db_path / "state", {.store = db_options(executor)});
    if (!machine) return file_failure("state", machine.error().text);
    out.machine = std::move(*machine);
    auto database = storage::RocksDbStore::open(config.db_path / "chain");
    if (!database) return fail(failure_of(database.error()));
    out.database = std::move(*database);
    auto blocks = storage::ChainStore::open(*out.database);
    if (!blocks) return fail(failure_of(blocks.error()));
    out.blocks = std::move(*blocks);
    auto pool = storage::PoolTable::open(*out.database);
    if (!pool) return fail(failure_of(pool.error()));
    out.pool = std::move(*pool);
    auto genesis = genesis_block(config, out);
    if (!genesis) return fail(genesis.error());
    out.genesis = std::move(*genesis);
    if (const auto done = set_first_step_times(config, *out.blocks); !done) return fail(done.error());
    if (const auto done = open_signer(config, password, clock, out, warnings); !done) return fail(done.error());
    return out;
}

}  // namespace dusk::app
