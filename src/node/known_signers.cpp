#include "node/known_signers.hpp"

#include <algorithm>

namespace dusk::node {

KnownSigners::KnownSigners(std::vector<ledger::KeyBytes> keys) : keys_(std::move(keys)) { std::ranges::sort(keys_); }

bool KnownSigners::contains(const ledger::KeyBytes& key) const { return std::ranges::binary_search(keys_, key); }

}  // namespace dusk::node
