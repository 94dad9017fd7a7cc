// What the chain service asks of the node that runs it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chain/states.hpp"
#include "consensus/round.hpp"

namespace dusk::chain {

using consensus::BlockPtr;
using consensus::MessagePtr;
using consensus::Now;

// --- messages ---

// To the whole network. A message that came from a peer is handed on as the same pointer, so that the node may look up
// how far it has come.
struct Broadcast {
    MessagePtr message;
};
struct SendTo {
    ledger::SocketAddress peer{};
    MessagePtr message;
};
// To so many peers, chosen by chance among those that are alive.
struct SendToAlive {
    std::size_t peers = 0;
    MessagePtr message;
};
// The same for a request (GetResource) that those who cannot answer it pass on.
struct Flood {
    std::size_t peers = 0;
    MessagePtr message;
};

// --- work that takes long; on another thread where there is one ---

// Answer with `on_candidate_built`.
struct BuildCandidate {
    ledger::ConsensusHeader header{};
    CandidateFrame frame{};
};
// Answer with `on_candidate_judged`.
struct JudgeCandidate {
    BlockPtr block;
    ledger::StateRoot base{};
    std::vector<ledger::Voter> voters{};
};

// --- what happened ---

struct BlockAccepted {
    BlockPtr block;
    std::vector<ledger::SpentTransaction> spent{};  // in the order of the block
    ledger::Label label{};
    std::vector<LabelChange> labels{};  // of blocks below it
    std::shared_ptr<const execution::BlockReceipts> receipts{};
};
// They are not part of the chain any more; their transactions may be pooled again.
struct BlocksReverted {
    std::vector<BlockPtr> blocks{};  // highest first
};
// The highest final block is another one.
struct FinalityChanged {
    ledger::Height height{};
    ledger::BlockHash hash{};
};

// What no node does that follows the rules of this program, with two exceptions: released nodes hand on some quorums
// without a look at them, and a network that loses messages breaks promises. So a report is for the operator; it must
// not lead to a ban. Votes and candidates that consensus rejects are not reported: an honest node hands on what was
// early for it, and the first that it was given of two votes.
enum class Misdeed : std::uint8_t {
    broken_block,    // content and hash, or content and roots, do not belong together
    invalid_block,   // breaks a rule that every node checks
    invalid_quorum,  // an attestation that does not hold
    empty_promise,   // claims blocks and does not deliver them
};
[[nodiscard]] std::string_view to_string(Misdeed misdeed);
struct Misbehaved {
    ledger::SocketAddress peer{};
    Misdeed misdeed{};
    std::string text{};  // more about it, for people
};

// The chain does not move; said again as long as that is so.
struct Stalled {
    ledger::Height height{};
    std::chrono::seconds for_time{};
    std::size_t peers_ahead = 0;  // that claim to have more blocks
};
// A disk or the memory failed. What is on the disk is good, but this service takes no more: the node should end, and
// goes on where it was when it is started again.
struct Broken {
    std::string text;  // for people
};

using Action =
    std::variant<Broadcast, SendTo, SendToAlive, Flood, BuildCandidate, JudgeCandidate, BlockAccepted, BlocksReverted,
                 FinalityChanged, Misbehaved, Stalled, Broken, consensus::CannotSign, consensus::EquivocationSeen>;

}  // namespace dusk::chain
