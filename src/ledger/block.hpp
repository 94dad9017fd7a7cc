// Blocks (spec/consensus.md §3.3, §3.4).
#pragma once

#include <span>
#include <vector>

#include "ledger/block_header.hpp"
#include "ledger/fault.hpp"
#include "ledger/ledger_transaction.hpp"

namespace dusk::ledger {

struct Block {
    BlockHeader header{};
    std::vector<LedgerTransaction> transactions{};  // at most 1000
    std::vector<Fault> faults{};                    // at most 100

    // A hash of 32 zero bytes is replaced by that of the content; any other one is kept as it came, and `hash_holds`
    // says whether it is right.
    [[nodiscard]] static Block read(WireReader& in);
    // More transactions or faults than a block has: std::length_error.
    void write(Writer& out) const;

    // Whether the block is named by its content. The released node takes blocks of which this is not true; we do not
    // (docs/deviations.md).
    [[nodiscard]] bool hash_holds() const { return header.hash == header.content_hash(); }
};

// Merkle roots over the digests, in block order; zero for none. At most 2^15 items, else std::length_error.
[[nodiscard]] MerkleRoot transactions_root(std::span<const LedgerTransaction> transactions);
[[nodiscard]] MerkleRoot faults_root(std::span<const Fault> faults);

}  // namespace dusk::ledger
