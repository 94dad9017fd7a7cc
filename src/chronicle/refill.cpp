#include "chronicle/refill.hpp"

namespace dusk::chronicle {
Outcome<bool> forget_where_more_is_known(chain::BlockStore& chain, Chronicle& chronicle,
                                         const Chronicle::Unknown& unknown) {
    const auto is_known = chain.events(unknown.last, [](const chain::KeptEvent&) {});
    if (!is_known) return chain_failure(is_known.error());
    if (!*is_known) return false;
    const auto lowest = chronicle.lowest();
    if (!lowest) return fail(lowest.error());
    if (*lowest) {
        const auto there = chain.at(**lowest);
        if (!there) return chain_failure(there.error());
        if (!*there) return false;  // the chain has forgotten what is known here
    }
    if (auto begun = chronicle.database().begin_writing(); !begun) return fail(begun.error());
    Transaction transaction(chronicle.database());
    if (auto done = chronicle.clear(); !done) return fail(done.error());
    if (auto done = transaction.commit(); !done) return fail(done.error());
    return true;
}

}  // namespace dusk::chronicle
