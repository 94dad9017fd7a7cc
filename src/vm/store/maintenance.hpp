// What keeps a state store sound over years: checking it, repairing what can be repaired truthfully, making it small.
#pragma once

#include <functional>

#include "vm/store/store.hpp"

namespace dusk::vm {

// Called now and then, from one thread.
using StoreProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Something that is not what was written.
struct StoreFinding {
    StoreFailure failure;
    ContractId contract{};                // one that has it
    std::optional<std::uint32_t> page{};  // its index, where it is a page
    std::vector<Hash> commits{};          // that need it, ascending
    bool in_main = false;                 // the main state needs it
};
// One sentence.
[[nodiscard]] std::string describe(const StoreFinding& finding);

struct CheckReport {
    std::size_t commits = 0;  // with the main state
    std::size_t contracts = 0;
    std::uint64_t pages = 0;  // distinct ones, each read once
    std::size_t bytecodes = 0;
    std::vector<StoreFinding> findings{};
};
// Reads every page and bytecode and hashes every tree of the main state and all commits anew.
[[nodiscard]] CheckReport check_store(const Store& store, const StoreProgress& progress = {});

struct RepairReport {
    LogDamage log{};
    std::uint64_t cut_bytes = 0;         // of an append that did not come to its end
    std::vector<StoreFinding> damage{};  // of pages and bytecodes
    std::vector<Hash> kept{};            // commits, complete and checked
    std::vector<Hash> dropped{};         // commits that need what is damaged
    bool dropped_main = false;
};
// Opens what can be read of a damaged store, checks it, and writes a log of the commits that are whole. Nothing is
// guessed: a commit is kept only with its root and all its contents. Commits whose deletion or finalization was lost
// come back. Errors: those of opening, but not damaged_log behind the log's first bytes.
[[nodiscard]] Result<RepairReport, StoreFailure> repair_store(const std::filesystem::path& folder,
                                                              const StoreOptions& options = {},
                                                              const StoreProgress& progress = {});

struct CompactReport {
    std::uint64_t bytes_before = 0;  // of pages and log
    std::uint64_t bytes_after = 0;
    std::uint64_t moved_pages = 0;
    std::size_t removed_bytecodes = 0;
};
// Moves pages to the front, keeps equal ones once, cuts the files, removes bytecodes that no contract has. A stop at
// any instant leaves the store as it was or compact.
[[nodiscard]] Result<CompactReport, StoreFailure> compact_store(const std::filesystem::path& folder,
                                                                const StoreOptions& options = {},
                                                                const StoreProgress& progress = {});

}  // namespace dusk::vm
