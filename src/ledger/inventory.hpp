// What nodes offer and ask each other for (spec/consensus.md §3.6).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/socket_address.hpp"
#include "ledger/consensus_header.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"

namespace dusk::ledger {

// The kinds of things, in the order of their types on the wire.
struct PooledTransaction {
    TransactionId id{};
    bool operator==(const PooledTransaction&) const = default;
};
struct BlockByHash {
    BlockHash hash{};
    bool operator==(const BlockByHash&) const = default;
};
struct BlockByHeight {
    Height height{};
    bool operator==(const BlockByHeight&) const = default;
};
struct CandidateByHash {
    BlockHash hash{};
    bool operator==(const CandidateByHash&) const = default;
};
struct CandidateOfIteration {
    ConsensusHeader header{};
    bool operator==(const CandidateOfIteration&) const = default;
};
struct ValidationResultOf {
    ConsensusHeader header{};
    bool operator==(const ValidationResultOf&) const = default;
};
using InventoryItem = std::variant<PooledTransaction, BlockByHash, BlockByHeight, CandidateByHash, CandidateOfIteration,
                                   ValidationResultOf>;

struct Inventory {
    std::vector<InventoryItem> items{};  // at most 10 000
    std::uint16_t max_entries = 0;       // of them to answer with; 0: the limit of who answers

    [[nodiscard]] static Inventory read(WireReader& in);
    // More than 10 000 items: std::length_error.
    void write(Writer& out) const;

    bool operator==(const Inventory&) const = default;
};

// Where an answer is to go.
using dusk::SocketAddress;
[[nodiscard]] SocketAddress read_socket_address(WireReader& in);
void write(Writer& out, const SocketAddress& address);

}  // namespace dusk::ledger
