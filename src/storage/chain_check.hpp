// Reads the whole chain of a store and compares each thing with the others: what `dusk db chain check` does.
#pragma once

#include "storage/typed_store.hpp"

namespace dusk::storage {

struct ChainFinding {
    std::optional<ledger::Height> height{};  // nothing: of no block in particular
    std::string text;                        // what is wrong, for people
};

struct ChainReport {
    static constexpr std::size_t kMostFindings = 100;  // that are told; more are counted only

    ledger::Height first{};  // above genesis; 0 where there is no block above it
    ledger::Height tip{};
    std::optional<ledger::Height> last_final{};
    std::uint64_t blocks = 0;        // genesis included, and those that are known by their header
    std::uint64_t headers_only = 0;  // of these: blocks that came with a snapshot
    std::uint64_t transactions = 0;
    std::uint64_t faults = 0;
    std::uint64_t blobs = 0;     // whose contents are here
    std::uint64_t problems = 0;  // all of them
    std::vector<ChainFinding> findings{};
};

// Called for each block.
using ChainProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Every block from genesis to the tip: its header, hash and parent, its label, its transactions and faults under their
// roots, its blobs under their names; all indexes, and that nothing stands in a table that belongs to no block. What is
// wrong is a finding, nothing is changed. Memory: one block. Errors: of the disk; there is no block at all.
[[nodiscard]] chain::StoreResult<ChainReport> check_chain(TypedStore store, const ChainProgress& progress = {});

}  // namespace dusk::storage
