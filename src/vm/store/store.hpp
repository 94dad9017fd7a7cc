// The state store: contract states by commit, in memory as snapshots and on the disk in one folder (spec/vm.md §7).
//
//     log            what the states are; grows by a record per change, replaced by checkpoints
//     pages.0 …      contents of pages
//     code/          bytecodes
//     lock           held while a process has the store open
//
// A commit writes pages to slots that nothing refers to, then appends one record: what is on the disk at any instant is
// the store before or after it. Any number of threads may call any function at once.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "base/executor.hpp"
#include "vm/store/code_files.hpp"
#include "vm/store/commits.hpp"

namespace dusk::vm {

enum class Durability : std::uint8_t {
    process,     // what was committed survives the end of the process at any instant, not of the system
    power_loss,  // and of the system: a commit returns when it is on the disk
};

struct StoreOptions {
    Durability durability = Durability::power_loss;
    Executor* executor = nullptr;                           // hashes and writes pages; null: the calling thread
    FileSystem* files = nullptr;                            // null: the real ones
    bool checkpoint_inline = true;                          // else the owner calls `checkpoint` when `wants_checkpoint`
    std::uint64_t smallest_tail = std::uint64_t{16} << 20;  // bytes of log behind a checkpoint before the next one
};

struct DirtyPage {
    std::uint32_t index;
    const std::uint8_t* content;  // 64 KiB
    std::optional<Hash> hash{};   // of the content, where it is known
};
struct NewContract {
    ByteView bytecode;
    ByteView owner;
    std::optional<Hash> bytecode_hash{};  // where it is known
};
// What a session did to a contract that it loaded or deployed; loaded ones are named even when nothing changed (§7.2).
// What is pointed to stays until the commit.
struct ContractChange {
    ContractId id;
    bool is_64;
    std::uint64_t memory_length;  // bytes
    std::vector<DirtyPage> pages{};
    std::optional<NewContract> deployed{};
};

// A state that is computed and not stored.
class PreparedCommit {
  public:
    [[nodiscard]] Hash root() const { return state_->root(); }

  private:
    friend class Store;
    friend class StoreImport;
    struct NewCode {
        Hash hash;
        ByteView bytecode;
    };

    StatePtr base_;
    StatePtr state_;
    std::vector<PageFiles::Content> pages_;
    std::vector<NewCode> codes_;
};

struct StoreStats {
    std::size_t commits = 0;
    std::size_t contracts = 0;     // of the main state, or of the largest commit where there is none
    std::uint64_t pages = 0;       // distinct contents
    std::uint64_t page_slots = 0;  // of 64 KiB, used and free
    std::uint64_t log_bytes = 0;
    std::uint64_t checkpoint_bytes = 0;  // of these
    std::uint64_t cut_bytes = 0;         // that opening cut off the log: an append that did not come to its end
    // Why the last checkpoint that a commit started was not made; the log only grows then.
    std::optional<StoreFailure> checkpoint_failure{};
};

// What reading on behind damage found.
struct LogDamage {
    std::vector<std::uint64_t> places{};  // where the log is damaged, bytes from its beginning
    std::size_t lost_records = 0;         // whole ones that need what was damaged
};

// Slots of pages that have moved to others.
using MovedPages = std::map<Slot, Slot>;

class Store {
  public:
    // Opens the store of a folder, or makes one. Errors: locked, not_a_store, unknown_version, damaged_log (the file
    // and the place), io, no_space.
    [[nodiscard]] static Result<std::unique_ptr<Store>, StoreFailure> open(const std::filesystem::path& folder,
                                                                           const StoreOptions& options = {});
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    // Ids of commits, ascending.
    [[nodiscard]] std::vector<Hash> commits() const;
    // Errors: unknown_commit.
    [[nodiscard]] Result<StatePtr, StoreFailure> state(const Hash& commit) const;
    // The state without contracts.
    [[nodiscard]] StatePtr genesis() const { return genesis_; }
    // The state that was finalized last; null before.
    [[nodiscard]] StatePtr main() const;

    // The state that these changes make of `base`; writes nothing. Errors: bad_change. Time: hashing of dirty pages
    // whose hash is not given, and O(changes · log).
    [[nodiscard]] Result<PreparedCommit, StoreFailure> prepare(const StatePtr& base,
                                                               std::span<const ContractChange> changes) const;
    // Stores a prepared state under its root, which is the commit's id. Nothing is stored where that commit is there
    // (§7.4). After an error the store is as before. Errors: io, no_space, failed_before.
    [[nodiscard]] Result<Hash, StoreFailure> commit(PreparedCommit&& prepared);

    // The commit becomes the main state and is no commit any more; descendants stay as they are (§7.6).
    // Errors: unknown_commit, io, no_space, failed_before.
    [[nodiscard]] Result<void, StoreFailure> finalize(const Hash& commit);
    // The commit goes. Errors: as above.
    [[nodiscard]] Result<void, StoreFailure> remove(const Hash& commit);

    // Errors: unknown_bytecode, damaged_bytecode, io.
    [[nodiscard]] Result<Bytes, StoreFailure> bytecode(const Hash& hash) const { return codes_.read(hash); }

    // Replaces the log by one that holds what is there now. Commits wait only while it takes the place of the old one.
    // Errors: io, no_space, failed_before; the old log is used on then.
    [[nodiscard]] Result<void, StoreFailure> checkpoint();
    [[nodiscard]] bool wants_checkpoint() const;

    [[nodiscard]] StoreStats stats() const;

  private:
    friend class StoreMaintenance;
    friend class StoreImport;

    Store(std::filesystem::path folder, const StoreOptions& options);

    [[nodiscard]] Result<void, StoreFailure> load(LogDamage* damage);
    [[nodiscard]] Result<void, StoreFailure> create_log();
    [[nodiscard]] Result<void, StoreFailure> load_log(std::unique_ptr<File> file, LogDamage* damage);
    [[nodiscard]] Result<void, StoreFailure> replay_all(LogReader& reader, LogDamage* damage);
    [[nodiscard]] Result<void, StoreFailure> append(RecordType type, ByteView payload);
    [[nodiscard]] Result<void, StoreFailure> store_content(const PreparedCommit& prepared);
    [[nodiscard]] Result<void, StoreFailure> record_commit(const PreparedCommit& prepared);
    [[nodiscard]] Result<void, StoreFailure> end_commit(const Hash& commit, RecordType type);
    [[nodiscard]] Result<void, StoreFailure> install(LogFile log);
    [[nodiscard]] Result<void, StoreFailure> copy_tail(LogFile& to, std::uint64_t from);
    void checkpoint_if_due();
    [[nodiscard]] std::filesystem::path log_path() const { return folder_ / "log"; }
    [[nodiscard]] bool syncs() const { return options_.durability == Durability::power_loss; }

    std::filesystem::path folder_;
    StoreOptions options_;
    FileSystem& system_;
    Executor& executor_;
    StatePtr genesis_ = std::make_shared<State>();
    std::unique_ptr<FileLock> lock_;
    std::shared_ptr<PageFiles> pages_;
    CodeFiles codes_;
    std::uint64_t cut_bytes_ = 0;

    std::mutex checkpoint_mutex_;   // one checkpoint at a time; before the others
    std::mutex write_mutex_;        // who writes pages and the log; before `mutex_`
    std::optional<LogFile> log_;    // under `write_mutex_`
    std::set<Hash> written_codes_;  // under `write_mutex_`
    mutable std::mutex mutex_;      // `commits_`, held briefly
    Commits commits_;
    std::optional<StoreFailure> checkpoint_failure_;  // under `mutex_`
    std::atomic<std::uint64_t> log_bytes_ = 0;
    std::atomic<std::uint64_t> checkpoint_bytes_ = 0;
    std::atomic<std::uint64_t> next_checkpoint_ = 0;  // bytes of log at which one is due
};

// A new log under the name `to` that makes these commits; on the disk, not in place yet.
[[nodiscard]] Result<LogFile, StoreFailure> write_snapshot(FileSystem& files, const Commits& commits,
                                                           const std::filesystem::path& to, std::uint64_t generation,
                                                           const MovedPages& moved = {});

}  // namespace dusk::vm
