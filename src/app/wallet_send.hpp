// From an order of a wallet to a transaction in a block: asked, made, sent, written down, waited for.
#pragma once

#include "app/wallet_folder.hpp"
#include "app/wallet_node.hpp"
#include "app/wallet_order.hpp"
#include "base/executor.hpp"

namespace dusk::app {

// What a person says about how a transaction is made and sent.
struct SendOptions {
    bool yes = false;               // do not ask
    bool dry_run = false;           // show what would be done
    bool wait = true;               // until it is in a block
    unsigned patience = 120;        // seconds
    std::string prover{};           // instead of the one in the settings
    std::filesystem::path order{};  // write an order to be signed elsewhere, and no more
    std::filesystem::path out{};    // write the signed transaction, and do not send it
    Overwrite overwrite = Overwrite::refuse;
};

// What is about to happen, with exact amounts. `names`: the address book. Errors: usage (an amount is none).
struct OrderSummary {
    std::string text{};
    nlohmann::ordered_json json{};
};
[[nodiscard]] Result<OrderSummary, Failure> summary_of(const WalletOrder& order, const wallet::AddressBook& names);

// The most that it takes from who pays: value, deposit and fee. Errors: usage, refused (more than 2^64 lux).
[[nodiscard]] Result<ledger::Lux, Failure> most_cost_of(const WalletOrder& order);

// Reads the key of a proof ahead. Null where somebody else proves, nothing is to be proven now, or the network takes no
// proofs that can be made here. `executor` outlives it.
[[nodiscard]] std::shared_ptr<TransferKeyReader> key_reader_of(const WalletFolder& folder, const SendOptions& options,
                                                               Executor& executor);

// Signs and proves. `folder` remembers how long a proof took. Errors: as of `make_transaction`; foreign_order (the keys
// are of another account).
struct MadeTransaction {
    ledger::Transaction transaction;
    std::vector<std::uint64_t> spends{};
    std::vector<std::string> warnings{};
};
[[nodiscard]] Result<MadeTransaction, Failure> make_from_order(WalletFolder& folder, const WalletOrder& order,
                                                               const wallet::WalletSecret& secret,
                                                               const SendOptions& options, RandomSource& random,
                                                               Executor& executor);

// Hands a transaction to the node and writes it into the journal, then waits. Errors: rejected, no_answer, file;
// failed (it is in a block, but what it called failed); not_in_block (not within the patience).
[[nodiscard]] CommandResult send_made(WalletFolder& folder, WalletNode& node, const WalletOrder& order,
                                      const MadeTransaction& made, const SendOptions& options);

// Asks what became of transactions that are pending, and writes it down. Error: no_answer, file.
[[nodiscard]] Result<wallet::Journal, Failure> settled_journal(const WalletFolder& folder, WalletNode& node);

}  // namespace dusk::app
