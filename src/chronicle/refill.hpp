// Blocks of which the chronicle knows nothing but that they exist, and what became known of them since: a chain whose
// blocks were executed anew (docs/design/chronicle.md).
#pragma once

#include "chronicle/chronicle.hpp"

namespace dusk::chronicle {

// Where the chain knows by now what was reported in the highest of these blocks, and still has all that is here,
// everything here is forgotten, so that `follow` enters it again: ids follow the order of the chain. One transaction of
// the database. True: that was done. Errors: chain, and those of the database.
[[nodiscard]] Outcome<bool> forget_where_more_is_known(chain::BlockStore& chain, Chronicle& chronicle,
                                                       const Chronicle::Unknown& unknown);

}  // namespace dusk::chronicle
