// Which notes the official wallet core spends (spec/interfaces.md §8.4): all of up to four that are enough, and of more
// the first four by value that are.
#pragma once

#include "walletcore/note_list.hpp"

namespace dusk::walletcore {

// Those of `notes` that together are worth `cost`, empty where four are not. Sums are modulo 2^64, as the reference's.
[[nodiscard]] NoteList pick(const phoenix::ViewKey& key, const NoteList& notes, std::uint64_t cost);

}  // namespace dusk::walletcore
