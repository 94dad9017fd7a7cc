// One round of Succinct Attestation as a state machine (spec/consensus.md §8): messages, answers and time go in,
// actions come out. It knows no network, disk, clock or thread.
//
//     Consensus consensus(settings, signatures, &signer);
//     consensus.start(round, now);
//     consensus.on_message(message, now);     a vote or candidate of rounds tip + 1 … tip + 10, a verified quorum
//     consensus.on_time(now);                 when `wakeup` has come
//     for (Action& action : consensus.take_actions()) …
//
// Long work is asked for by an action and answered by an event: building a candidate, executing one.
#pragma once

#include <array>
#include <memory>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "consensus/committee.hpp"
#include "consensus/signatures.hpp"
#include "ledger/message.hpp"
#include "ledger/voter.hpp"

namespace dusk::consensus {

// Both clocks at one instant: deadlines go by the steady one, slots of blocks by the other.
struct Now {
    WallTime wall{};
    MonotonicTime steady{};
};

// How long until a time of a header, in seconds since 1970; zero where it has come, at most a year. Headers may hold
// any 64 bits.
[[nodiscard]] std::chrono::nanoseconds until(std::uint64_t timestamp, Now now);

// Messages are shared and never changed.
using MessagePtr = std::shared_ptr<const ledger::Message>;
using BlockPtr = std::shared_ptr<const ledger::Block>;

struct ConsensusSettings {
    std::chrono::seconds minimum_block_time = kMinimumBlockTime;
    // How long a step waits: a network of one machine may be told less.
    std::chrono::seconds least_step_timeout = kLeastStepTimeout;
    std::size_t most_queued = 1000;  // future messages of one step
};

// What a round builds on.
struct RoundStart {
    ledger::BlockHeader tip{};
    std::vector<ledger::Voter> tip_voters{};              // of the tip's own attestation
    std::shared_ptr<RoundCommittees> committees;          // of round tip + 1
    std::array<std::chrono::milliseconds, 3> timeouts{};  // proposal, validation, ratification
    std::uint8_t first_iteration = 0;                     // above 0 after a restart within the round
};

// --- what consensus asks for ---

// A message that came from somebody else is handed on as the same pointer.
struct Broadcast {
    MessagePtr message;
};
// An iteration reached agreement on a block. The chain looks whether it has the block, and then sends the message on.
// Said again from time to time while the round goes on: the chain may look for the block once more.
struct BlockAgreed {
    MessagePtr quorum;
};
// Answer with `on_candidate_built`, where one could be made. The block is signed by consensus: what is asked for is
// its content, its seed included, with a timestamp of at least the tip's and the minimum block time.
struct BuildCandidate {
    ledger::ConsensusHeader header{};
    ledger::IterationsInfo failed{};
};
// The candidate passed the rules of the proposal step: execute it and answer with `on_candidate_judged`. Asked once for
// a candidate, also by a node that has no vote in the iteration: its state is ready then when the block is agreed on.
struct JudgeCandidate {
    BlockPtr block;
};
struct KeepCandidate {
    BlockPtr block;
};
struct KeepValidationResult {
    ledger::ConsensusHeader header{};
    ledger::ValidationResult result{};
};
// To be known after a restart, before anything of the iteration is signed.
struct IterationBegun {
    ledger::BlockHash tip{};
    std::uint8_t iteration = 0;
};
struct StepTook {
    ledger::Step step{};
    std::chrono::milliseconds time{};
};
// To be asked of many peers (GetResource, flooded).
struct Ask {
    ledger::Inventory inventory{};
};
// Something could not be signed; the operator should know.
struct CannotSign {
    SigningSlot slot{};
    SigningError error{};
};
// A provisioner signed two things for the same step: proof of it, for who wants to keep it.
struct EquivocationSeen {
    ledger::Fault fault{};
};
using Action = std::variant<Broadcast, BlockAgreed, BuildCandidate, JudgeCandidate, KeepCandidate, KeepValidationResult,
                            IterationBegun, StepTook, Ask, CannotSign, EquivocationSeen>;

// What somebody who executed a candidate says of it.
enum class Verdict : std::uint8_t {
    valid,
    invalid,  // whoever looks at it finds that
    unknown,  // no vote can be given
};

// What became of a message. It is handed on by an action of its own, if at all. Others hand on what they have no
// committee for yet, so a rejected one says nothing about the peer it came from.
enum class MessageVerdict : std::uint8_t {
    taken,
    ignored,   // too old, too new, known, not ours to judge
    rejected,  // breaks a rule: no honest provisioner made it
};

}  // namespace dusk::consensus
