// What a node's core asks of whoever drives it, and what it is told in return (core.hpp).
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "chain/service_actions.hpp"
#include "mempool/pool_events.hpp"
#include "node/peer.hpp"

namespace dusk::node {

using consensus::BlockPtr;
using consensus::MessagePtr;
using consensus::Now;
using mempool::TransactionPtr;

// --- long work, for other threads ---
// A job holds all that it needs and is answered once, in any order.

// Make a candidate, without its signature: `NodeCore::on_candidate_built`.
struct BuildJob {
    ledger::ConsensusHeader header{};
    chain::CandidateFrame frame{};
    std::vector<TransactionPtr> transactions{};  // in the order to try, best first
};
// Execute a candidate and see whether it holds: `NodeCore::on_candidate_judged`.
struct JudgeJob {
    BlockPtr block{};
    ledger::StateRoot base{};
    std::vector<ledger::Voter> voters{};
};
// Look at the signatures or proofs, and at the blobs, of transactions: `NodeCore::on_proofs_checked`.
enum class CheckId : std::uint64_t {};
struct CheckJob {
    CheckId id{};
    std::vector<TransactionPtr> transactions{};  // at most kMostInCheck
};
inline constexpr std::size_t kMostInCheck = 64;

// --- what people and interfaces want to know besides what the chain tells ---

struct TransactionAdded {
    TransactionPtr transaction{};
    ledger::TransactionId id{};
};
// It waits a short while for the nonces before it.
struct TransactionDeferred {
    ledger::TransactionId id{};
};
enum class DropReason : std::uint8_t {
    refused,    // it never came into the pool
    given_up,   // it waited for a nonce, and does not any more
    included,   // in a block
    conflict,   // a block spent the same
    replaced,   // by one that pays more and spends the same
    evicted,    // the pool is full, and others pay more
    expired,    // it was there too long
    discarded,  // it cannot be executed
};
[[nodiscard]] std::string_view to_string(DropReason reason);
struct TransactionDropped {
    ledger::TransactionId id{};
    DropReason reason{};
    std::string text{};  // more about it, for people
};
// What is in the pool may be lost with a restart.
struct PoolNotKept {
    std::string text{};
};

// Messages to send, work to do, and what happened. Broken: the node must end.
using CoreAction =
    std::variant<chain::Broadcast, chain::SendTo, chain::SendToAlive, chain::Flood, BuildJob, JudgeJob, CheckJob,
                 chain::BlockAccepted, chain::BlocksReverted, chain::FinalityChanged, TransactionAdded,
                 TransactionDeferred, TransactionDropped, PoolNotKept, chain::Misbehaved, chain::Stalled, chain::Broken,
                 consensus::CannotSign, consensus::EquivocationSeen>;

// --- inputs ---

struct Received {
    Peer from{};
    MessagePtr message{};
};

// --- answers ---

struct BuiltCandidate {
    std::optional<ledger::Block> block{};  // its hash in place, not signed; nothing: none could be made
    std::string failure{};                 // why not, for people
    struct Discarded {
        ledger::TransactionId id{};
        std::string text{};
    };
    std::vector<Discarded> discarded{};  // cannot be executed on this state
};

// Why a signature, proof or blob does not hold, as the released node words it; nothing where all hold.
using ProofFinding = std::optional<std::string>;

}  // namespace dusk::node
