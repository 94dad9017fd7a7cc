// The chain: its tip, what is final, and how blocks enter and leave it (spec/consensus.md §11, §12.4, §16, §17).
//
// The state of a block is stored first, then the block, its labels and all else in one write: whatever stops the
// process in between, the next start finds a whole chain, perhaps one block shorter.
#pragma once

#include "chain/block_check.hpp"
#include "chain/recent_blocks.hpp"
#include "chain/service.hpp"

namespace dusk::chain {

class Chain {
  public:
    // The blocks of candidates that are kept below the tip.
    static constexpr std::uint64_t kCandidateHeights = 10;

    // Begins an empty store; else makes sure that blocks, labels and states fit together, and executes blocks again
    // whose states are missing (chain_start.cpp).
    [[nodiscard]] static Result<std::unique_ptr<Chain>, StartFailure> open(const ServicePorts& ports,
                                                                           std::chrono::seconds minimum_block_time,
                                                                           const ledger::Block& genesis,
                                                                           const History& history = {});
    Chain(const Chain&) = delete;
    Chain& operator=(const Chain&) = delete;

    [[nodiscard]] const Head& head() const { return head_; }
    [[nodiscard]] const ledger::BlockHeader& tip() const { return head_.tip; }
    [[nodiscard]] const RecentBlocks& recent() const { return recent_; }
    [[nodiscard]] ledger::Height last_final() const { return recent_.last_final(); }
    [[nodiscard]] BlockStore& store() const { return *ports_.blocks; }
    [[nodiscard]] CheckPorts check_ports() const { return {*ports_.states, *ports_.signatures, minimum_block_time_}; }
    // Why nothing works any more; null while all is well.
    [[nodiscard]] const std::string* broken() const { return broken_ ? &*broken_ : nullptr; }

    // What a block of the chain was built on, from the last final one up: the tip's as it is, others are made from
    // their states. Reads all stakes; the last few are kept.
    [[nodiscard]] Result<Head, BlockRefusal> head_at(ledger::Height height);

    // Whether that takes no reading.
    [[nodiscard]] bool has_head(ledger::Height height) const;

    // A whole block on top of the tip.
    [[nodiscard]] Result<void, BlockRefusal> accept(const BlockPtr& block, Now now, std::vector<Action>& events);
    // Stores the state of a block that was checked, so that others may be checked on it; perhaps it never becomes part
    // of the chain.
    [[nodiscard]] Result<void, BlockRefusal> store_state(const CheckedBlock& block);
    // Takes away what is above `fork`, not below the last final block, and adds these, lowest first, whose states are
    // stored. `head`: after the last of them.
    [[nodiscard]] Result<void, BlockRefusal> replace(ledger::Height fork, std::span<const CheckedBlock> blocks,
                                                     const Head& head, std::vector<Action>& events);

  private:
    Chain(const ServicePorts& ports, std::chrono::seconds minimum_block_time, const History& history, Head head,
          RecentBlocks recent)
        : ports_(ports),
          minimum_block_time_(minimum_block_time),
          history_(history),
          head_(std::move(head)),
          recent_(std::move(recent)) {}

    [[nodiscard]] Result<void, BlockRefusal> append(const CheckedBlock& block, Head head, std::vector<Action>& events);
    void drop_states(std::span<const RecentBlock> settled);
    [[nodiscard]] StoreResult<void> forget();
    [[nodiscard]] Result<void, BlockRefusal> commit_state(const CheckedBlock& block);
    [[nodiscard]] std::unexpected<BlockRefusal> broken(const StoreFailure& failure);
    [[nodiscard]] std::unexpected<BlockRefusal> refused(BlockRefusal refusal);

    ServicePorts ports_;
    std::chrono::seconds minimum_block_time_;
    History history_;
    Head head_;
    RecentBlocks recent_;
    std::vector<Head> heads_;  // of `head_at`, latest first
    struct Aside {
        ledger::Height height{};
        ledger::StateRoot root{};
    };
    std::vector<Aside> aside_;  // states of blocks that are not, or no longer, part of the chain
    std::optional<std::string> broken_;
};

}  // namespace dusk::chain
