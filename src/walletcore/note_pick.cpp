#include "walletcore/note_pick.hpp"

#include <algorithm>
#include <utility>

namespace dusk::walletcore {
namespace {

constexpr std::size_t kMostInputs = 4;

struct Worth {
    std::size_t index;
    std::uint64_t value;
};

std::uint64_t sum_of(std::span<const Worth> notes) {
    std::uint64_t sum = 0;
    for (const Worth& one : notes) sum += one.value;
    return sum;
}

// The first four in lexicographic order that are enough: each the smallest with which the largest that may follow reach
// the cost. `ascending` has more than four, and its last four are enough.
std::array<std::size_t, kMostInputs> first_four(std::span<const Worth> ascending, std::uint64_t cost) {
    std::array<std::size_t, kMostInputs> out;
    std::uint64_t chosen = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < kMostInputs; ++i) {
        const std::size_t behind = kMostInputs - 1 - i;
        const std::uint64_t most = sum_of(ascending.last(behind));
        while (next < ascending.size() - 1 - behind && chosen + ascending[next].value + most < cost) ++next;
        chosen += ascending[next].value;
        out[i] = next++;
    }
    return out;
}

}  // namespace

NoteList pick(const phoenix::ViewKey& key, const NoteList& notes, std::uint64_t cost) {
    std::vector<Worth> worth;
    for (std::size_t i = 0; i < notes.entries.size(); ++i) {
        const auto value = notes.entries[i].leaf.note.value(&key);
        if (value) worth.push_back({i, *value});
    }
    std::ranges::sort(worth, {}, [](const Worth& one) { return std::pair(one.value, one.index); });
    const std::size_t most = std::min(kMostInputs, worth.size());
    if (worth.empty() || sum_of(std::span(worth).last(most)) < cost) return {};
    if (notes.entries.size() <= kMostInputs) return notes;
    NoteList out;
    if (worth.size() <= kMostInputs) {
        for (const Worth& one : worth) out.entries.push_back(notes.entries[one.index]);
        return out;
    }
    for (const std::size_t place : first_four(worth, cost)) {
        out.entries.push_back(notes.entries[worth[place].index]);
    }
    return out;
}

}  // namespace dusk::walletcore
