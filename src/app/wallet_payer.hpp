// Who pays for an order: the account with its next nonce, or notes that are enough.
#pragma once

#include "app/wallet_send.hpp"
#include "app/wallet_sync.hpp"

namespace dusk::app {

// Sets the nonce of the order; one that is set stays, and then no node is asked. Errors: insufficient_funds, no_answer.
[[nodiscard]] Result<void, Failure> pay_by_account_of(const WalletFolder& folder, WalletNode& node, WalletOrder& order);

// Reads the chain on, and sets notes with their openings. Errors: insufficient_funds, no_answer, file.
[[nodiscard]] Result<void, Failure> pay_by_notes_of(const WalletFolder& folder, WalletNode& node,
                                                    const wallet::WalletSecret& secret, WalletOrder& order,
                                                    Executor& executor);

// The keys of all profiles. Of a wallet that watches: `secret` is null.
[[nodiscard]] SyncKeys sync_keys_of(const wallet::WalletSettings& settings, const wallet::WalletSecret* secret);

// `sync_notes` with a line of progress, kept in the folder.
struct SyncedNotes {
    wallet::NoteCache cache{};
    SyncReport report{};
};
[[nodiscard]] Result<SyncedNotes, Failure> sync_folder(const WalletFolder& folder, WalletNode& node,
                                                       const SyncKeys& keys, Executor& executor);

// Gas that is enough for an order, where nobody said how much.
[[nodiscard]] std::uint64_t usual_gas_of(const WalletOrder& order, bool from_notes);

}  // namespace dusk::app
