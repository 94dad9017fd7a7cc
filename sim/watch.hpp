// What must never be seen from outside, checked while a simulation runs: final blocks, state roots, signatures, bounds.
// It knows nothing of how nodes work, only what they report and send.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "chain/block_store.hpp"
#include "sim/event_queue.hpp"
#include "sim/violation.hpp"

namespace dusk::sim {

// The chain as one node reported it.
struct SeenChain {
    std::vector<ledger::BlockHash> blocks;  // by height, from genesis on
    std::vector<ledger::Label> labels;      // as the rule has them
    std::uint64_t final_height = 0;         // as the node said
    std::uint64_t due_height = 0;           // as the rule has it
    // Of blocks that it left, above the final one: their states are kept, since it may come back.
    std::vector<std::uint64_t> left{};

    [[nodiscard]] std::uint64_t height() const { return blocks.size() - 1; }
};

class Watch {
  public:
    Watch(std::size_t nodes, const ledger::Block& genesis);

    // --- blocks of honest nodes ---
    void accepted(NodeIndex node, const ledger::Block& block, const ledger::Label& label);
    void reverted(NodeIndex node, const ledger::Block& block);
    void finalised(NodeIndex node, ledger::Height height, const ledger::BlockHash& hash);
    // After a restart the node has this chain. `sudden`: it ended between two inputs, so that nothing may be missing.
    void restarted(NodeIndex node, chain::BlockStore& store, bool sudden);
    // It begins again at genesis.
    void lost_database(NodeIndex node);

    // --- what honest nodes sign ---
    // A message that leaves a node for the first time; looks whether its own signature contradicts an earlier one.
    void sent(NodeIndex node, const crypto::BlsPublicKey& key, const ledger::Message& message);

    // The node holds this height final, and says so.
    void holds_final(NodeIndex node, ledger::Height height) const;

    [[nodiscard]] const SeenChain& chain(NodeIndex node) const { return chains_[node]; }
    // The highest block that somebody holds final.
    [[nodiscard]] std::uint64_t final_height() const { return final_.size() - 1; }
    [[nodiscard]] const std::vector<ledger::BlockHash>& final_blocks() const { return final_; }
    [[nodiscard]] std::uint64_t reverts() const { return reverts_; }

  private:
    struct Slot {
        NodeIndex node;
        std::uint64_t round;
        ledger::BlockHash tip;
        std::uint8_t iteration;
        ledger::Step step;
        friend auto operator<=>(const Slot&, const Slot&) = default;
    };

    void extend_final(NodeIndex node, std::uint64_t height);
    static void roll_finality(SeenChain& chain);
    void signed_once(const Slot& slot, const Bytes& statement);

    std::vector<SeenChain> chains_;
    std::vector<ledger::BlockHash> final_;  // by height
    std::vector<NodeIndex> finalised_by_;
    std::map<Slot, Bytes> statements_;
    std::uint64_t reverts_ = 0;
};

// The first bytes in hexadecimal: enough for a reader.
[[nodiscard]] std::string short_name(ByteView bytes);

}  // namespace dusk::sim
