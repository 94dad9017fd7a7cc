// A network of ours with transactions to measure: accounts that pay each other, notes with real proofs.
#pragma once

#include "execution/execute_block.hpp"
#include "test_machine.hpp"

namespace dusk::bench {

class TestNetwork {
  public:
    static constexpr std::size_t kNotes = 20;

    TestNetwork();

    // Forgets all answers and marks: what a node is that has just started.
    void reopen();
    [[nodiscard]] vm::Machine& machine() const { return *machine_.machine; }
    [[nodiscard]] execution::BlockFrame frame() const;

    // Of one account to another, with the nonces 1 to `count`. `salt` makes other transactions.
    [[nodiscard]] std::vector<ledger::LedgerTransaction> transfers(std::size_t count, std::uint64_t salt) const;
    // One for each note, one input each. Proofs are made once, which takes a minute, and kept in the cache folder.
    [[nodiscard]] std::vector<ledger::LedgerTransaction> payments() const;

  private:
    [[nodiscard]] std::vector<ledger::LedgerTransaction> make_payments() const;

    TestMachine machine_;
    crypto::BlsSecretKey account_;
    phoenix::SecretKey wallet_;
    ledger::StateRoot root_;
};

}  // namespace dusk::bench
