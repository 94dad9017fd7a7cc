// What a snapshot says of the chain: the block whose state it carries, and as much of the past as the rules look up.
// With it a node begins at that block instead of the first one (docs/operate/node.md says whom it trusts then).
//
//     magic 8 "DUSKSNAP" ‖ version u32 ‖ size u32 ‖
//     kadcast id u8 ‖ chain id u8 ‖ header of genesis ‖ count u32 ‖ count × (header ‖ faults u32 ‖ faults) ‖   (size)
//     BLAKE3 of all this 32
//
// integers little-endian. The state itself follows in the form of vm/store/state_export.hpp.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "chain/history.hpp"
#include "ledger/block.hpp"

namespace dusk::chain {

struct ChainSnapshot {
    static constexpr std::size_t kPrefixSize = 16;  // magic, version, size
    // An epoch of blocks full of faults.
    static constexpr std::size_t kLargest = std::size_t{128} << 20;

    std::uint8_t kadcast_id = 0;
    ledger::ChainId chain_id{};
    ledger::BlockHeader genesis{};
    // Without transactions, lowest first: the last one has the state; before it an epoch, or all that there were.
    std::vector<ledger::Block> blocks{};

    [[nodiscard]] const ledger::BlockHeader& last() const { return blocks.back().header; }
};

enum class SnapshotError : std::uint8_t {
    not_a_snapshot,   // another kind of file
    unknown_version,  // of a later program
    too_large,
    truncated,
    wrong_checksum,
    malformed,      // a header or fault cannot be read
    broken_header,  // a hash is not that of its content
    broken_chain,   // blocks do not follow one another, or are too few
    broken_faults,  // faults are not those of their header
    unattested,     // the last block is one of emergency, to which no committee agrees
};
// One sentence.
[[nodiscard]] std::string_view to_string(SnapshotError error);

// The first block that a snapshot of this one has.
[[nodiscard]] ledger::Height first_snapshot_block(ledger::Height last);

// From the first 16 bytes: how many there are in all, these included. Errors: not_a_snapshot, unknown_version,
// too_large.
[[nodiscard]] Result<std::size_t, SnapshotError> snapshot_size(ByteView prefix);
// All of it, and nothing behind it. What comes out is one chain down from its last block, whose hash names all of it;
// whether that block was ever agreed on is not looked at. Errors: any.
[[nodiscard]] Result<ChainSnapshot, SnapshotError> decode_snapshot(ByteView bytes);
// The snapshot is one that `decode_snapshot` takes. Error: too_large.
[[nodiscard]] Result<Bytes, SnapshotError> encode_snapshot(const ChainSnapshot& snapshot);

}  // namespace dusk::chain
