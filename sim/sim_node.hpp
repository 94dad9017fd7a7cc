// One node: what is on its disk, and, while it runs, the real core over it.
#pragma once

#include <map>

#include "node/core.hpp"
#include "sim/crashing_journal.hpp"
#include "sim/crashing_store.hpp"
#include "sim/model_states.hpp"
#include "sim/node_clock.hpp"
#include "sim/plan.hpp"
#include "sim/signers.hpp"
#include "storage/chain_store.hpp"
#include "storage/memory_store.hpp"
#include "storage/pool_table.hpp"

namespace dusk::sim {

// What all nodes of a simulation share.
struct Shared {
    std::uint64_t seed = 0;
    ledger::Block genesis{};
    ModelLedgerPtr genesis_ledger;
    ModelExecutions executions{};
    std::unique_ptr<consensus::Signatures> signatures;
    const KeyedSignatures* keyed = nullptr;  // the same; null where signatures are real
    node::CoreSettings settings{};
    WallTime start{};  // wall time at time zero
    bool journals = true;
};

// The tip's state as the mempool asks for it.
class ModelPoolState final : public mempool::PoolState {
  public:
    // Both outlive it.
    ModelPoolState(chain::BlockStore& blocks, const ModelDisk& disk) : blocks_(blocks), disk_(disk) {}

    [[nodiscard]] Answer<bool> in_ledger(const ledger::TransactionId& id) override;
    [[nodiscard]] Answer<ledger::AccountData> account(const ledger::AccountKey& key) override;
    [[nodiscard]] Answer<bool> any_spent(std::span<const crypto::Fq> /*nullifiers*/) override { return false; }

    // Null where it is not on the disk.
    [[nodiscard]] ModelLedgerPtr ledger() const;

  private:
    chain::BlockStore& blocks_;
    const ModelDisk& disk_;
};

[[nodiscard]] node::Peer address_of(NodeIndex node);
[[nodiscard]] std::optional<NodeIndex> node_at(const node::Peer& address);

class SimNode {
  public:
    using Job = std::variant<node::BuildJob, node::JudgeJob, node::CheckJob>;

    // Both outlive it.
    SimNode(NodeIndex index, const Participant& participant, Shared& shared);

    [[nodiscard]] NodeIndex index() const { return index_; }
    [[nodiscard]] bool is_byzantine() const { return participant_.byzantine.has_value(); }
    [[nodiscard]] const crypto::BlsPublicKey& key() const { return sim_key(index_).key; }
    [[nodiscard]] const PlainSigner& signer() const { return signer_; }

    // Opens what is on the disk; a Crashed may come out. The error is what the operator would read.
    [[nodiscard]] Result<void, std::string> start();
    // The process ends; of what was not synced `lost` writes are gone, as far as there are so many.
    void end(std::size_t lost);
    // The database is gone, the signing journal is not. While it does not run.
    void lose_database();
    [[nodiscard]] bool runs() const { return life_ != nullptr; }
    // How often it was started.
    [[nodiscard]] std::uint32_t lives() const { return lives_; }
    [[nodiscard]] node::NodeCore& core() { return *life_->core; }
    [[nodiscard]] const node::NodeCore& core() const { return *life_->core; }
    [[nodiscard]] ModelStates& states() { return life_->states; }
    [[nodiscard]] chain::BlockStore& blocks() { return *life_->blocks; }
    [[nodiscard]] const ModelDisk& model_disk() const { return model_disk_; }
    // The ledger after the tip.
    [[nodiscard]] ModelLedgerPtr ledger() const { return life_->pool_state->ledger(); }
    [[nodiscard]] storage::MemoryStore& disk() { return *disk_; }
    [[nodiscard]] CrashPoint& crash_point() { return crash_; }

    [[nodiscard]] consensus::Now now(SimTime time) const { return clock_.now(time); }
    [[nodiscard]] SimTime when(MonotonicTime steady) const { return clock_.when(steady); }
    void set_clock_wrong_by(std::chrono::nanoseconds offset) {
        clock_.set_wrong_by(participant_.clock_wrong_by + offset);
    }

    // --- kept for the simulation ---
    SimTime wakes_at = SimTime::max();  // the event that is in the queue
    SimTime woke_at{};
    std::uint64_t woken_at_once = 0;  // times in a row without time going by
    std::map<std::uint64_t, Job> jobs;
    std::chrono::nanoseconds job_time{};  // more than usual
    std::chrono::nanoseconds away_after_crash{};
    bool disk_will_fail = false;
    bool ended_between_inputs = false;  // the last life; else in the middle of one

  private:
    [[nodiscard]] Result<void, std::string> make_signer();

    struct Life {
        Life(SimNode& node, std::uint64_t number)
            : store(*node.disk_, node.crash_),
              journal(node.journal_, node.crash_),
              states(node.model_disk_, node.shared_.executions, node.crash_),
              random(node.shared_.seed, "node", number) {}

        CrashingStore store;
        CrashingJournal journal;
        std::unique_ptr<storage::ChainStore> blocks;
        std::unique_ptr<storage::PoolTable> pool;
        std::optional<ModelPoolState> pool_state;
        ModelStates states;
        Draws random;
        std::unique_ptr<consensus::Signer> signer;
        std::unique_ptr<node::NodeCore> core;
    };

    NodeIndex index_;
    const Participant& participant_;
    Shared& shared_;
    PlainSigner signer_;
    std::unique_ptr<storage::MemoryStore> disk_ = std::make_unique<storage::MemoryStore>();
    storage::MemoryJournal journal_;
    ModelDisk model_disk_;
    CrashPoint crash_;
    NodeClock clock_;
    std::uint32_t lives_ = 0;
    std::unique_ptr<Life> life_;
};

}  // namespace dusk::sim
