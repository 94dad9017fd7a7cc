// The contract states of one node over `ModelLedger`: which of them are on its disk, and which it only remembers.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "node/core_actions.hpp"
#include "sim/crash_point.hpp"
#include "sim/model_ledger.hpp"

namespace dusk::sim {

// Results of executing blocks, shared by all nodes of a simulation: the same block on the same state with the same
// voters is executed once. Holds the last `kMost`.
class ModelExecutions {
  public:
    using Outcome = Result<std::shared_ptr<const ModelTransition>, chain::TransitionFailure>;

    [[nodiscard]] Outcome execute(const ModelLedgerPtr& base, const ledger::StateRoot& root, const ledger::Block& block,
                                  std::span<const ledger::Voter> voters);
    [[nodiscard]] std::uint64_t executed() const { return executed_; }

  private:
    static constexpr std::size_t kMost = 512;
    using Key = ByteArray<32>;
    struct Hash {
        std::size_t operator()(const Key& key) const { return load_le<std::size_t>(key.data()); }
    };

    std::unordered_map<Key, Outcome, Hash> outcomes_;
    std::deque<Key> oldest_first_;
    std::uint64_t executed_ = 0;
};

// What survives a crash.
struct StoredLedger {
    ModelLedgerPtr ledger;
    ledger::StateRoot parent{};
};
using ModelDisk = std::map<ledger::StateRoot, StoredLedger>;

class ModelStates final : public chain::States {
  public:
    // All outlive it.
    ModelStates(ModelDisk& disk, ModelExecutions& executions, CrashPoint& crash)
        : disk_(disk), executions_(executions), crash_(crash) {}

    [[nodiscard]] Result<chain::Transition, chain::TransitionFailure> verify(
        const ledger::Block& block, const ledger::StateRoot& base, std::span<const ledger::Voter> voters) override;
    [[nodiscard]] Result<void, chain::TransitionFailure> commit(const ledger::Block& block) override;
    [[nodiscard]] bool has(const ledger::StateRoot& root) override { return disk_.contains(root); }
    void finalize(const ledger::StateRoot& root, std::span<const ledger::StateRoot> dropped) override;
    void keep_only(std::span<const ledger::StateRoot> roots) override;
    [[nodiscard]] Result<consensus::Provisioners, chain::TransitionFailure> provisioners(
        const ledger::StateRoot& root) override;
    [[nodiscard]] Result<std::vector<FormerStake>, chain::TransitionFailure> former_stakes(
        const ledger::StateRoot& root) override;

    // What the jobs of a node are answered with. `now`: of its wall clock, unix seconds.
    [[nodiscard]] node::BuiltCandidate build(const node::BuildJob& job, std::uint64_t now);
    [[nodiscard]] consensus::Verdict judge(const node::JudgeJob& job);
    [[nodiscard]] static std::vector<node::ProofFinding> check(const node::CheckJob& job);

  private:
    static constexpr std::size_t kRemembered = 8;

    [[nodiscard]] Result<ModelLedgerPtr, chain::TransitionFailure> find(const ledger::StateRoot& root) const;
    // Executes and compares with the header.
    [[nodiscard]] ModelExecutions::Outcome verified(const ledger::Block& block, const ledger::StateRoot& base,
                                                    std::span<const ledger::Voter> voters);

    ModelDisk& disk_;
    ModelExecutions& executions_;
    CrashPoint& crash_;
    struct Verified {
        ledger::BlockHash block;
        StoredLedger state;
    };
    std::deque<Verified> verified_;  // not stored yet
};

}  // namespace dusk::sim
