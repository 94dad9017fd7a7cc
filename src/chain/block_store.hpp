// What the chain keeps (spec/consensus.md §19): the port that `storage` implements over a key-value store.
//
// Reads see every write before them. Each write is atomic: after a crash at any instant either all or nothing of it is
// there. Writes of the chain and of the last iteration are durable when the call returns. What consensus keeps besides
// survives the end of the process; a loss of power may take the last of it.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "chain/kept_events.hpp"
#include "ledger/block.hpp"
#include "ledger/inventory.hpp"
#include "ledger/label.hpp"

namespace dusk::chain {

struct StoreFailure {
    enum class Kind : std::uint8_t {
        damaged,  // what is stored cannot be read
        io,       // the disk failed or is full
    };
    Kind kind;
    std::string text;  // for people
};
template <class T>
using StoreResult = Result<T, StoreFailure>;

struct LabelledHash {
    ledger::BlockHash hash{};
    ledger::Label label{};
};
struct LabelChange {
    ledger::Height height{};
    ledger::Label label{};
    friend bool operator==(const LabelChange&, const LabelChange&) = default;
};

// A block as it enters the chain, with everything that changes along with it.
struct AcceptedBlock {
    ledger::Block block{};  // its attestation included
    std::vector<ledger::SpentTransaction> spent{};
    ledger::Label label{};
    std::vector<LabelChange> labels{};                           // of blocks below it
    std::shared_ptr<const execution::BlockReceipts> receipts{};  // null in models without contracts
};

class BlockStore {
  public:
    static constexpr std::size_t kKeptStepTimes = 5;
    using StepTimes = std::vector<std::chrono::milliseconds>;  // oldest first, at most 5

    BlockStore() = default;
    BlockStore(const BlockStore&) = delete;
    BlockStore& operator=(const BlockStore&) = delete;
    virtual ~BlockStore() = default;

    // --- the chain ---
    // The last accepted block; nothing in an empty store.
    [[nodiscard]] virtual StoreResult<std::optional<ledger::BlockHeader>> tip() = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::BlockHeader>> header(const ledger::BlockHash& hash) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::Block>> block(const ledger::BlockHash& hash) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<LabelledHash>> at(ledger::Height height) = 0;
    [[nodiscard]] virtual StoreResult<bool> has_block(const ledger::BlockHash& hash) = 0;
    [[nodiscard]] virtual StoreResult<bool> has_transaction(const ledger::TransactionId& id) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::SpentTransaction>> transaction(
        const ledger::TransactionId& id) = 0;
    // Faults of blocks from this height up.
    [[nodiscard]] virtual StoreResult<std::vector<ledger::Fault>> faults_since(ledger::Height height) = 0;
    // The highest block with the label Final.
    [[nodiscard]] virtual StoreResult<std::optional<ledger::Height>> last_final() = 0;
    // Shows what the contracts reported in a block, in the order of emission. False: it was not kept.
    [[nodiscard]] virtual StoreResult<bool> events(ledger::Height /*height*/, const VisitEvent& /*visit*/) {
        return false;
    }

    // The first block of an empty store, final.
    [[nodiscard]] virtual StoreResult<void> begin(const ledger::Block& genesis) = 0;
    // On top of the tip.
    [[nodiscard]] virtual StoreResult<void> accept(const AcceptedBlock& block) = 0;
    // Removes all blocks above the height and returns them, highest first.
    [[nodiscard]] virtual StoreResult<std::vector<ledger::Block>> revert_to(ledger::Height height) = 0;

    // --- what is not needed any more; nothing below a height that was given here is asked for again ---
    // Forgets blocks below a final height, oldest first, but for genesis: one, and more while they and their
    // transactions together are not more than `most`. What is left is one piece up to the tip. How many blocks it were.
    [[nodiscard]] virtual StoreResult<std::size_t> forget_blocks_below(ledger::Height height, std::size_t most) = 0;
    // Forgets the contents of blobs of blocks below a final height, oldest first, at most `most`. How many it were.
    [[nodiscard]] virtual StoreResult<std::size_t> forget_blobs_below(ledger::Height height, std::size_t most) = 0;

    // --- what consensus keeps ---
    [[nodiscard]] virtual StoreResult<void> keep_candidate(const ledger::Block& block) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::Block>> candidate(const ledger::BlockHash& hash) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::Block>> candidate(
        const ledger::ConsensusHeader& header) = 0;
    // Those of this height and below.
    [[nodiscard]] virtual StoreResult<void> forget_candidates(ledger::Height height) = 0;
    [[nodiscard]] virtual StoreResult<void> keep_validation_result(const ledger::ConsensusHeader& header,
                                                                   const ledger::ValidationResult& result) = 0;
    [[nodiscard]] virtual StoreResult<std::optional<ledger::ValidationResult>> validation_result(
        const ledger::ConsensusHeader& header) = 0;
    // The tip and iteration that consensus was in last.
    struct LastIteration {
        ledger::BlockHash tip{};
        std::uint8_t iteration = 0;
    };
    [[nodiscard]] virtual StoreResult<std::optional<LastIteration>> last_iteration() = 0;
    [[nodiscard]] virtual StoreResult<void> set_last_iteration(const LastIteration& last) = 0;
    // Nothing where no step was ever measured.
    [[nodiscard]] virtual StoreResult<std::optional<StepTimes>> step_times(ledger::Step step) = 0;
    [[nodiscard]] virtual StoreResult<void> add_step_time(ledger::Step step, std::chrono::milliseconds time) = 0;
};

}  // namespace dusk::chain
