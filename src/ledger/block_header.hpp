// The header of a block (spec/consensus.md §3.2).
#pragma once

#include "ledger/attestation.hpp"
#include "ledger/consensus_header.hpp"
#include "ledger/event_bloom.hpp"
#include "ledger/quantities.hpp"

namespace dusk::ledger {

// 863 bytes and more.
struct BlockHeader {
    static constexpr std::uint8_t kVersion = 1;
    static constexpr std::size_t kLeastSize = 863;

    // The hashable part.
    std::uint8_t version = 0;
    Height height{};
    std::uint64_t timestamp = 0;  // unix seconds
    BlockHash prev_block_hash{};
    Seed seed{};
    StateRoot state_root{};
    EventBloom event_bloom{};
    KeyBytes generator{};
    MerkleRoot transactions_root{};
    MerkleRoot faults_root{};
    Gas gas_limit{};
    std::uint8_t iteration = 0;
    Attestation prev_block_certificate{};
    IterationsInfo failed_iterations{};
    // What is outside the hash.
    Attestation attestation{};
    BlockHash hash{};  // as carried: compare it with `content_hash`
    SignatureBytes signature{};

    // SHA3-256 of the hashable part: what the hash of an honest block is.
    [[nodiscard]] BlockHash content_hash() const;
    void write_hashable(Writer& out) const;

    [[nodiscard]] static BlockHeader read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const BlockHeader&) const = default;
};

// What votes on the block are about.
[[nodiscard]] ConsensusHeader consensus_header(const BlockHeader& header);

// The header at height 0 (§4): everything zero but the time and the state; hashed.
[[nodiscard]] BlockHeader genesis_header(const StateRoot& state, std::uint64_t timestamp);

}  // namespace dusk::ledger
