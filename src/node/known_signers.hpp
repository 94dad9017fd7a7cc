// The keys whose votes and candidates may be of use: who is not among them can sign what he likes.
#pragma once

#include <memory>
#include <vector>

#include "ledger/block_names.hpp"

namespace dusk::node {

class KnownSigners {
  public:
    // In any order. O(n log n).
    explicit KnownSigners(std::vector<ledger::KeyBytes> keys);

    // O(log n): about 0.2 µs with 5000 keys.
    [[nodiscard]] bool contains(const ledger::KeyBytes& key) const;
    [[nodiscard]] std::size_t size() const { return keys_.size(); }

  private:
    std::vector<ledger::KeyBytes> keys_;  // sorted
};

// Shared between threads: it never changes.
using KnownSignersPtr = std::shared_ptr<const KnownSigners>;

}  // namespace dusk::node
