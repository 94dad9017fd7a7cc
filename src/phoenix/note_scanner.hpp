// Which of many addresses belong to a key: what a wallet asks of every note of a block (spec/crypto.md §11.2).
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "phoenix/keys.hpp"

namespace dusk::phoenix {

// The indices of the addresses that `key` owns, ascending: the verdicts of `ViewKey::owns`, several times faster where
// the CPU has AVX-512 IFMA. Constant time in the key.
[[nodiscard]] std::vector<std::size_t> owned_addresses(const ViewKey& key, std::span<const StealthAddress> addresses,
                                                       Executor& executor);

}  // namespace dusk::phoenix
