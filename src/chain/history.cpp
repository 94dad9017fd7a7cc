#include "chain/history.hpp"

#include <algorithm>

namespace dusk::chain {
namespace {

using ledger::Height;

std::optional<Height> behind(Height last_final, std::uint64_t blocks) {
    if (last_final.value <= blocks) return {};
    return Height{last_final.value - blocks};
}

}  // namespace

std::optional<Height> first_kept_block(const History& history, Height last_final) {
    if (!history.blocks) return {};
    return behind(last_final, std::max(*history.blocks, History::kLeastBlocks));
}

std::optional<Height> first_kept_blob(const History& history, Height last_final) {
    if (!history.blobs) return {};
    return behind(last_final, *history.blobs);
}

}  // namespace dusk::chain
