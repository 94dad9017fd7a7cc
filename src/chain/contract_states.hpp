// The states of the contracts, as the chain sees them: `execution` over a machine of the VM.
//
// Thread-safe: candidates are built and judged on one thread while the chain accepts blocks on another.
#pragma once

#include <list>
#include <memory>
#include <mutex>

#include "chain/states.hpp"
#include "execution/build_candidate.hpp"
#include "execution/proof_checks.hpp"

namespace dusk::chain {

// A candidate of this node, without a signature; all else is in place, its hash too.
struct BuiltCandidate {
    ledger::Block block{};
    // That cannot be executed: they are to leave the pool.
    struct Dropped {
        ledger::TransactionId id{};
        std::string text;  // why, as the released node words it
    };
    std::vector<Dropped> dropped{};
};

class ContractStates final : public States {
  public:
    // Each holds the memory that its block wrote.
    static constexpr std::size_t kRemembered = 4;

    // `checks` is null for a network whose verifier data nobody has here; its transactions are then checked one by one
    // as they are executed. What is passed by reference outlives this; `random` and `executor` are used by one thread
    // at a time.
    ContractStates(std::shared_ptr<vm::Machine> machine, ledger::ChainId chain_id, execution::ProofChecks* checks,
                   RandomSource& random, Executor& executor)
        : machine_(std::move(machine)), chain_id_(chain_id), checks_(checks), random_(&random), executor_(&executor) {}

    [[nodiscard]] Result<Transition, TransitionFailure> verify(const ledger::Block& block,
                                                               const ledger::StateRoot& base,
                                                               std::span<const ledger::Voter> voters) override;
    [[nodiscard]] Result<void, TransitionFailure> commit(const ledger::Block& block) override;
    [[nodiscard]] bool has(const ledger::StateRoot& root) override;
    void finalize(const ledger::StateRoot& root, std::span<const ledger::StateRoot> dropped) override;
    void keep_only(std::span<const ledger::StateRoot> roots) override;
    [[nodiscard]] Result<consensus::Provisioners, TransitionFailure> provisioners(
        const ledger::StateRoot& root) override;
    [[nodiscard]] Result<std::vector<FormerStake>, TransitionFailure> former_stakes(
        const ledger::StateRoot& root) override;

    // The rules of the validation step that need execution (spec/consensus.md §8.4): format of the transactions, state,
    // blobs. Those of header and faults come before.
    [[nodiscard]] consensus::Verdict judge(const ledger::Block& block, const ledger::StateRoot& base,
                                           std::span<const ledger::Voter> voters);
    // Executes what `next` offers (build_candidate.hpp). `limits.bytes` is that of the whole block. The time of the
    // block is that of the frame or of the clock, whichever is later.
    [[nodiscard]] Result<BuiltCandidate, TransitionFailure> build(const CandidateFrame& frame,
                                                                  const execution::NextTransaction& next,
                                                                  execution::CandidateLimits limits,
                                                                  const Clock& clock);

  private:
    struct Executed {
        ledger::BlockHash block{};
        ledger::StateRoot base{};
        Transition transition{};
        std::unique_ptr<execution::ExecutedBlock> state;
    };

    [[nodiscard]] static Transition transition_of(const ledger::Block& block, const execution::ExecutedBlock& executed);
    [[nodiscard]] std::optional<Transition> remembered(const ledger::BlockHash& block, const ledger::StateRoot& base);
    void remember(Executed executed);
    [[nodiscard]] std::unique_ptr<execution::ExecutedBlock> take(const ledger::BlockHash& block);
    void check_proofs(const ledger::Block& block);
    [[nodiscard]] Result<std::unique_ptr<vm::Session>, TransitionFailure> session(const ledger::StateRoot& root);

    std::shared_ptr<vm::Machine> machine_;
    ledger::ChainId chain_id_;
    execution::ProofChecks* checks_;
    RandomSource* random_;
    Executor* executor_;
    std::mutex checking_;           // `random_`, `executor_`
    std::mutex mutex_;              // `executed_`
    std::list<Executed> executed_;  // latest first
};

}  // namespace dusk::chain
