// Blocks that the official node's code executed on the contracts of the protocol, step by step.
#pragma once

#include "execution/block_execution.hpp"
#include "ledger/network.hpp"
#include "report.hpp"
#include "transactions/script_transaction.hpp"
#include "transactions/temporary_machine.hpp"

namespace dusk::vectors {

class ChainScript {
  public:
    explicit ChainScript(Report& report) : report_(&report) {}

    // The VM, to build the first state on.
    [[nodiscard]] vm::Machine& machine() const { return *machine_; }
    // Where blocks and queries go on. Fails the case when it is another root than expected.
    void start_at(const ledger::StateRoot& root, const Node& expected);

    // Every step is a case: gas, result, events and the root after it. The last one stores the state.
    void play_block(const Node& block);
    // Every query is a case.
    void ask(std::uint64_t height, const Node& queries);
    // Of the transfer contract: proofs are also verified without it.
    void set_verifier_data(ScriptVerifierData verifier_data) { verifier_data_ = std::move(verifier_data); }

  private:
    struct Totals;
    execution::BlockExecution begin(const Node& block) const;
    void play(execution::BlockExecution& block, const Node& step, Totals& totals);
    void play_slash(execution::BlockExecution& block, const Node& step, Totals& totals);
    void play_transaction(execution::BlockExecution& block, const Node& step);
    void play_rewards(execution::BlockExecution& block, const Node& step, Totals& totals);
    void compare_outcome(const execution::TransactionOutcome& outcome, const Node& step);
    void compare_receipt(const execution::BlockExecution::SystemReceipt& receipt, const Node& step, Totals& totals);
    void compare_events(const vm::EventList& events, const Node& expected);
    void ask_one(std::uint64_t height, const Node& query);

    Report* report_;
    TemporaryMachine machine_;
    ledger::StateRoot root_;
    ScriptVerifierData verifier_data_;
};

}  // namespace dusk::vectors
