// The notes of one key with their nullifiers, as the official wallet core archives them.
#pragma once

#include <vector>

#include "ledger/archived_values.hpp"

namespace dusk::walletcore {

struct NoteEntry {
    crypto::Fq nullifier;
    phoenix::NoteLeaf leaf;
};

struct NoteList {
    std::vector<NoteEntry> entries;
};

}  // namespace dusk::walletcore

namespace dusk {

// A pair there: the last element is written and checked first.
template <>
struct Archived<walletcore::NoteEntry>
    : ArchivedStruct<walletcore::NoteEntry, 768, 8, Field<&walletcore::NoteEntry::leaf, 32>,
                     Field<&walletcore::NoteEntry::nullifier, 0>> {};
template <>
struct Archived<walletcore::NoteList>
    : ArchivedStruct<walletcore::NoteList, 8, 4, Field<&walletcore::NoteList::entries, 0>> {};

}  // namespace dusk
