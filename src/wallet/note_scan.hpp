// Which notes of the chain belong to a wallet, and what they are worth (spec/interfaces.md §8.4).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/executor.hpp"
#include "ledger/quantities.hpp"
#include "phoenix/note.hpp"

namespace dusk::wallet {

struct OwnedNote {
    phoenix::NoteLeaf leaf;
    std::size_t owner = 0;  // which of the keys
    // Nothing where the note does not open to what it commits to: nobody can spend it.
    std::optional<ledger::Lux> value{};
};

// `leaves`: archived leaves one after the other, NoteLeaf::kArchivedSize bytes each, as a node feeds them; what is left
// over at the end is not looked at, and one that is no note belongs to nobody. Of several keys that own a note the
// first counts. In the order of the leaves. About 10 us for each leaf and key on one core, several times faster with
// AVX-512 IFMA; constant time in the keys but for what they own.
[[nodiscard]] std::vector<OwnedNote> scan_notes(ByteView leaves, std::span<const phoenix::ViewKey> keys,
                                                Executor& executor);

// What notes are worth together, and the most that one transaction can spend: the four largest.
struct NotesBalance {
    ledger::Lux total{};
    ledger::Lux spendable{};
    friend bool operator==(const NotesBalance&, const NotesBalance&) = default;
};
// Sums end at 2^64 - 1.
[[nodiscard]] NotesBalance balance_of(std::vector<ledger::Lux> values);

}  // namespace dusk::wallet
