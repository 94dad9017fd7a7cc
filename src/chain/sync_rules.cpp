#include "chain/sync_rules.hpp"

#include <algorithm>

namespace dusk::chain {

bool is_plausible_height(ledger::Height claimed, const ledger::BlockHeader& tip, WallTime now,
                         std::chrono::seconds minimum_block_time) {
    const auto latest = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()) + consensus::kTimestampMargin;
    if (latest.count() < 0 || static_cast<std::uint64_t>(latest.count()) < tip.timestamp) return false;
    if (minimum_block_time.count() <= 0) return true;  // any number of blocks within a second
    const std::uint64_t blocks = claimed.value - std::min(claimed, tip.height).value;
    const auto each = static_cast<std::uint64_t>(minimum_block_time.count());
    return blocks <= (static_cast<std::uint64_t>(latest.count()) - tip.timestamp) / each;
}

}  // namespace dusk::chain
