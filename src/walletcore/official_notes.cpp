#include <algorithm>

#include "base/executor.hpp"
#include "phoenix/note_scanner.hpp"
#include "wallet/note_scan.hpp"
#include "walletcore/note_pick.hpp"
#include "walletcore/seed.hpp"
#include "walletcore/transactions.hpp"

// The addresses of values, as the official module exports them.
extern "C" {
extern const std::uint32_t KEY_SIZE;
extern const std::uint32_t ITEM_SIZE;
extern const std::uint64_t MINIMUM_STAKE;
const std::uint32_t KEY_SIZE = 32;
const std::uint32_t ITEM_SIZE = dusk::phoenix::NoteLeaf::kArchivedSize;
const std::uint64_t MINIMUM_STAKE = 1'000'000'000'000;  // lux
}

namespace dusk::walletcore {
namespace {

using phoenix::NoteLeaf;

// To the first of the keys that owns it.
std::vector<NoteList> by_owner(std::span<const phoenix::SecretKey> keys, const std::vector<NoteLeaf>& leaves) {
    std::vector<phoenix::StealthAddress> addresses;
    addresses.reserve(leaves.size());
    for (const NoteLeaf& leaf : leaves) addresses.push_back(leaf.note.stealth_address());
    SerialExecutor serial;
    std::vector<bool> is_owned(leaves.size());
    std::vector<NoteList> out(keys.size());
    for (std::size_t owner = 0; owner < keys.size(); ++owner) {
        for (const std::size_t i : phoenix::owned_addresses(keys[owner].view_key(), addresses, serial)) {
            if (is_owned[i]) continue;
            is_owned[i] = true;
            out[owner].entries.push_back({leaves[i].note.nullifier(keys[owner]), leaves[i]});
        }
    }
    return out;
}

}  // namespace

DUSK_EXPORT(map_owned) Status map_owned(In seed, In indexes, In notes, NewBuffer owned, Out last) {
    start();
    const auto leaves = unarchive<std::vector<NoteLeaf>>(read_buffer(notes), "notes");
    if (!leaves) return leaves.error();
    std::vector<phoenix::SecretKey> keys;
    for (const std::uint8_t index : indexes_at(indexes)) keys.push_back(profile_of(seed, index).phoenix.clone());
    std::uint64_t height = 0;
    std::uint64_t position = 0;
    for (const NoteLeaf& leaf : *leaves) {
        height = std::max(height, leaf.block_height);
        position = std::max(position, leaf.note.pos());
    }
    write_buffer(archive_write(by_owner(keys, *leaves)), owned);
    store_le(last, height);
    store_le(last + 8, position);
    return Status::ok;
}

// Whose the notes are is not asked.
DUSK_EXPORT(balance) Status balance(In seed, std::uint32_t index, In notes, Out sums) {
    start();
    const auto leaves = unarchive<std::vector<NoteLeaf>>(read_buffer(notes), "notes");
    if (!leaves) return leaves.error();
    const phoenix::ViewKey key = profile_of(seed, index).phoenix.view_key();
    std::vector<ledger::Lux> values;
    for (const NoteLeaf& leaf : *leaves) {
        if (const auto value = leaf.note.value(&key)) values.push_back({*value});
    }
    const wallet::NotesBalance sum = wallet::balance_of(std::move(values));
    store_le(sums, sum.total.value);
    store_le(sums + 8, sum.spendable.value);
    return Status::ok;
}

DUSK_EXPORT(pick_notes) Status pick_notes(In seed, std::uint32_t index, In cost, Out notes) {
    start();
    const auto list = unarchive<NoteList>(read_buffer(notes), "owned notes");
    if (!list) return list.error();
    const NoteList picked = pick(profile_of(seed, index).phoenix.view_key(), *list, amount(cost));
    const Bytes archive = archive_write(picked);
    if (archive.size() > read_buffer(notes).size()) return fail_with(Status::archiving, "the buffer is too short");
    store_le(notes, static_cast<std::uint32_t>(archive.size()));
    std::ranges::copy(archive, notes + 4);
    return Status::ok;
}

DUSK_EXPORT(bookmarks) Status bookmarks(In notes, NewBuffer positions) {
    start();
    const auto leaves = unarchive<std::vector<NoteLeaf>>(read_buffer(notes), "notes");
    if (!leaves) return leaves.error();
    Bytes out(8 * leaves->size());
    for (std::size_t i = 0; i < leaves->size(); ++i) store_le(out.data() + 8 * i, (*leaves)[i].note.pos());
    write_bytes(out, positions);
    return Status::ok;
}

}  // namespace dusk::walletcore
