// Names of the ledger (hashes, ids, keys, roots, signatures) as people and clients read them.
#pragma once

#include <string>

#include "base/hex.hpp"

namespace dusk::ledger {

// Small letters, two for each byte.
template <class Name>
[[nodiscard]] std::string hex(const Name& name) {
    return to_hex(ByteView(name.bytes));
}

}  // namespace dusk::ledger
