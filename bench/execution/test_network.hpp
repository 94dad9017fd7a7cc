// A network of ours with transactions to measure: accounts that pay each other, notes with real proofs.
#pragma once

#include <filesystem>
#include <map>

#include "execution/execute_block.hpp"
#include "ledger/genesis_snapshot.hpp"
#include "test_machine.hpp"

namespace dusk::bench {

// Where measurements keep what takes long to make.
[[nodiscard]] std::filesystem::path cache_folder();

class TestNetwork {
  public:
    static constexpr std::size_t kNotes = 20;
    static constexpr std::size_t kAccounts = 1000;

    TestNetwork();

    // Forgets all answers and marks: what a node is that has just started.
    void reopen();
    [[nodiscard]] vm::Machine& machine() const { return *machine_.machine; }
    [[nodiscard]] execution::BlockFrame frame() const;

    // `senders` accounts pay another one in turn, each with the nonces from 1. `salt` makes other transactions.
    [[nodiscard]] std::vector<ledger::LedgerTransaction> transfers(std::size_t count, std::size_t senders,
                                                                   std::uint64_t salt) const;
    // One for each note, one input each. Proofs are made once, which takes a minute, and kept in the cache folder.
    [[nodiscard]] std::vector<ledger::LedgerTransaction> payments() const;

    // What the official program executes (interop/oracle/transactions, `time`): the first state, and the blocks by
    // their names. The folder is made; what was there of an earlier call is gone.
    void write_blocks(const std::filesystem::path& folder,
                      const std::map<std::string, std::vector<ledger::LedgerTransaction>>& blocks) const;

  private:
    [[nodiscard]] std::vector<ledger::LedgerTransaction> make_payments() const;

    TestMachine machine_;
    std::vector<crypto::BlsSecretKey> accounts_;
    phoenix::SecretKey wallet_;
    ledger::GenesisSnapshot snapshot_;
    ledger::StateRoot root_;
};

}  // namespace dusk::bench
