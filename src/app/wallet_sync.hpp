// Brings the notes of a wallet up to date with the chain of a node.
#pragma once

#include <functional>

#include "app/wallet_node.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct SyncKeys {
    std::vector<phoenix::ViewKey> views{};      // by profile
    std::vector<phoenix::SecretKey> secrets{};  // by profile; none in a wallet that only watches
};

struct SyncReport {
    std::uint64_t height = 0;    // of the last block that was read
    std::uint64_t scanned = 0;   // notes that were looked at
    std::uint64_t found = 0;     // that are the wallet's
    bool chain_changed = false;  // blocks that were read before are not there any more
};

// `birthday`: no note of the wallet is in a block below. `progress`: notes that were looked at, and how many there are
// in the whole chain. The notes are fetched as the node feeds them, 736 bytes each, and looked at in parallel; memory
// does not grow with the chain. Errors: no_answer.
[[nodiscard]] Result<SyncReport, Failure> sync_notes(WalletNode& node, wallet::NoteCache& cache, const SyncKeys& keys,
                                                     std::uint64_t birthday, Executor& executor,
                                                     const std::function<void(std::uint64_t, std::uint64_t)>& progress);

// These notes with their openings, all of one root. Errors: no_answer; bad_notes (one is not in the chain).
[[nodiscard]] Result<wallet::NotesFile, Failure> open_notes(WalletNode& node, const std::vector<phoenix::Note>& notes);

}  // namespace dusk::app
