#include "wallet/note_scan.hpp"

#include <algorithm>
#include <optional>

#include "phoenix/note_scanner.hpp"
#include "wallet/note_choice.hpp"

namespace dusk::wallet {

using ledger::Lux;
using phoenix::NoteLeaf;
using phoenix::StealthAddress;

namespace {

constexpr std::size_t kLeaf = NoteLeaf::kArchivedSize;
constexpr std::size_t kAddressAt = 328;  // in the archive of a leaf, which begins with the note's
constexpr std::size_t kDecodedAtOnce = 128;

// The addresses alone: they tell whose a note is, and few are ours. Nothing where the bytes are no address.
std::vector<std::optional<StealthAddress>> addresses_of(ByteView leaves, Executor& executor) {
    std::vector<std::optional<StealthAddress>> out(leaves.size() / kLeaf);
    executor.parallel_for((out.size() + kDecodedAtOnce - 1) / kDecodedAtOnce, [&](std::size_t part) {
        const std::size_t end = std::min(out.size(), (part + 1) * kDecodedAtOnce);
        for (std::size_t i = part * kDecodedAtOnce; i < end; ++i) {
            const auto archive = leaves.subspan(i * kLeaf + kAddressAt, StealthAddress::kArchivedSize);
            if (auto address = StealthAddress::from_archive(archive)) out[i] = *std::move(address);
        }
    });
    return out;
}

}  // namespace

std::vector<OwnedNote> scan_notes(ByteView leaves, std::span<const phoenix::ViewKey> keys, Executor& executor) {
    const auto decoded = addresses_of(leaves, executor);
    std::vector<StealthAddress> addresses;
    std::vector<std::size_t> places;  // among the leaves
    for (std::size_t i = 0; i < decoded.size(); ++i) {
        if (!decoded[i]) continue;
        addresses.push_back(*decoded[i]);
        places.push_back(i);
    }
    std::vector<OwnedNote> out;
    std::vector<bool> is_owned(decoded.size());
    for (std::size_t owner = 0; owner < keys.size(); ++owner) {
        for (const std::size_t found : phoenix::owned_addresses(keys[owner], addresses, executor)) {
            const std::size_t place = places[found];
            if (is_owned[place]) continue;
            is_owned[place] = true;
            auto leaf = NoteLeaf::from_archive(leaves.subspan(place * kLeaf, kLeaf));
            if (!leaf) continue;
            const auto opened = leaf->note.open_checked(&keys[owner]);
            out.push_back({.leaf = *std::move(leaf),
                           .owner = owner,
                           .value = opened ? std::optional(Lux{opened->value}) : std::nullopt});
        }
    }
    std::ranges::sort(out, {}, [](const OwnedNote& one) { return one.leaf.note.pos(); });
    return out;
}

NotesBalance balance_of(std::vector<Lux> values) {
    std::ranges::sort(values, std::greater());
    NotesBalance out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        out.total = checked_add(out.total, values[i]).value_or(Lux{~std::uint64_t{0}});
        if (i + 1 == std::min(values.size(), kMostSpentNotes)) out.spendable = out.total;
    }
    return out;
}

}  // namespace dusk::wallet
