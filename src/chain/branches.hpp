// Blocks that other nodes have in place of our last ones, and when the chain goes over to them (spec/consensus.md §17;
// docs/design/forks.md).
//
// A branch is checked and executed beside the chain, which changes only when all of what it is to become has proven
// good. The chain goes over to a branch
// - whose first block has a lower iteration than ours at its height: the rule of the network;
// - whose first block is final by its own blocks: those who have it can never come to us;
// - when nothing moved for a long time and it is longer than the chain.
#pragma once

#include <deque>

#include "chain/block_pool.hpp"
#include "chain/chain.hpp"
#include "chain/quota.hpp"

namespace dusk::chain {

class Branches {
  public:
    static constexpr std::size_t kMostBranches = 4;
    static constexpr std::size_t kMostBlocks = 32;  // of a branch
    static constexpr std::size_t kMostWaiting = 64;
    static constexpr std::size_t kMostWaitingOfPeer = 16;
    static constexpr std::size_t kMostWaitingBytes = std::size_t{16} << 20;
    static constexpr std::size_t kMostForbidden = 64;
    // Blocks of the chain whose stakes are read from their state, in a time, for whoever sends blocks upon them.
    static constexpr unsigned kMostReads = 8;
    static constexpr std::chrono::seconds kReadsTime{10};

    explicit Branches(Chain& chain) : chain_(chain) {}

    struct Outcome {
        enum class Kind : std::uint8_t {
            known,        // part of the chain or of a branch
            too_deep,     // would replace a final block
            forbidden,    // was left for another one
            no_room,      // waits for nothing that we could follow
            needs_block,  // the block that `wanted` names comes before it
            kept,         // on a branch that the chain does not go over to
            adopted,      // the chain has changed
        };
        Kind kind{};
        ledger::BlockHash wanted{};                 // of needs_block
        ledger::Height height{};                    // of the end of its branch, for kept
        std::optional<ledger::BlockHash> better{};  // our block of a lower iteration, of kept at its first time
    };
    // A whole block that is not on top of the tip. `desperate`: nothing has moved for a long time.
    [[nodiscard]] Result<Outcome, BlockRefusal> on_block(const PooledBlock& block, Now now, bool desperate,
                                                         std::vector<Action>& events);
    // Looks at the branches again: time has passed.
    [[nodiscard]] Result<bool, BlockRefusal> reconsider(std::vector<Action>& events);
    // The chain has another tip: forgets what cannot follow any more.
    void on_tip();
    // Blocks that waited for this one.
    [[nodiscard]] std::vector<PooledBlock> take_children(const ledger::BlockHash& parent);
    // Blocks that were left may be taken up again.
    void forgive() { forbidden_.clear(); }
    [[nodiscard]] bool is_forbidden(const ledger::BlockHash& hash) const;

  private:
    struct Branch {
        ledger::Height fork{};  // of the last block in common
        ledger::BlockHash fork_hash{};
        std::vector<BlockPtr> blocks{};  // lowest first
        std::vector<CheckedBlock> checked{};
        std::vector<Head> heads{};  // after each
        RecentBlocks recent;        // as if it was the chain
        [[nodiscard]] ledger::Height tip() const { return {fork.value + blocks.size()}; }
    };

    [[nodiscard]] bool is_known(const ledger::BlockHash& hash) const;
    [[nodiscard]] Result<Outcome, BlockRefusal> place(const BlockPtr& block, Now now, bool desperate,
                                                      std::vector<Action>& events);
    [[nodiscard]] Result<Branch*, BlockRefusal> start(const BlockPtr& block, Now now);
    [[nodiscard]] bool may_read(ledger::Height height, MonotonicTime now);
    [[nodiscard]] Result<Branch*, BlockRefusal> split(const BlockPtr& block, Now now);
    [[nodiscard]] Result<void, BlockRefusal> extend(Branch& branch, const Head& head, const BlockPtr& block, Now now);
    [[nodiscard]] Branch& keep(Branch branch);
    [[nodiscard]] bool wins(const Branch& branch, bool desperate) const;
    [[nodiscard]] Result<void, BlockRefusal> adopt(const Branch& branch, std::vector<Action>& events);
    void wait(const PooledBlock& block);

    Chain& chain_;
    std::vector<Branch> branches_;
    std::deque<PooledBlock> waiting_;  // their parents are not known; oldest first
    std::size_t waiting_bytes_ = 0;
    std::deque<ledger::BlockHash> forbidden_;  // oldest first
    Quota reads_{kMostReads, kReadsTime};
};

}  // namespace dusk::chain
