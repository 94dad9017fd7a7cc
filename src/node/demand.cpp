#include "node/demand.hpp"

namespace dusk::node {

void Demand::restore(chain::BlockStore& blocks) {
    const auto final_height = blocks.last_final();
    const auto tip = blocks.tip();
    // A store that fails here fails the chain as well, which says so.
    if (!final_height || !*final_height || !tip || !*tip) return;
    for (ledger::Height height = (*tip)->height; height > **final_height; --height.value) {
        const auto at = blocks.at(height);
        if (!at || !*at) return;
        const auto header = blocks.header((*at)->hash);
        if (header && *header) on_block(**header);
    }
}

}  // namespace dusk::node
