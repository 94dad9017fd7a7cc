#include "wallet/note_choice.hpp"

#include <algorithm>
#include <numeric>

namespace dusk::wallet {

using ledger::Lux;

std::optional<std::vector<std::size_t>> choose_notes(std::span<const Lux> values, Lux needed) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return values[i] == Lux{0}; });
    // Of equal notes the first.
    std::ranges::sort(
        order, [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });

    std::size_t count = 0;
    Lux left = needed;
    do {
        if (count == std::min(order.size(), kMostSpentNotes)) return {};
        left.value -= std::min(left, values[order[count]]).value;
        ++count;
    } while (left > Lux{0});

    // The last of them may be as small as it likes, if it still reaches what the others leave.
    Lux others{};
    for (std::size_t i = 0; i + 1 < count; ++i) others.value += values[order[i]].value;
    const Lux rest{needed.value - others.value};
    std::size_t last = count - 1;
    while (last + 1 < order.size() && values[order[last + 1]] >= rest) ++last;
    while (last + 1 > count && values[order[last - 1]] == values[order[last]]) --last;
    std::vector<std::size_t> out(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count) - 1);
    out.push_back(order[last]);
    std::ranges::sort(out);
    return out;
}

}  // namespace dusk::wallet
