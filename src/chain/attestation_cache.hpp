// Attestations of blocks that are not here yet (spec/consensus.md §12.3). Only those that were verified.
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "ledger/attestation.hpp"
#include "ledger/consensus_header.hpp"

namespace dusk::chain {

class AttestationCache {
  public:
    static constexpr std::size_t kMost = 16;
    static constexpr std::chrono::seconds kAskAgain{5};

    // False where it is there. The oldest makes room.
    bool put(const ledger::BlockHash& block, const ledger::ConsensusHeader& header,
             const ledger::Attestation& attestation, MonotonicTime now);
    // Null where there is none.
    [[nodiscard]] const ledger::Attestation* find(const ledger::BlockHash& block) const;
    // Blocks that are to be asked for again now.
    [[nodiscard]] std::vector<ledger::BlockHash> due(MonotonicTime now);
    // Those of this round and below are of no use any more.
    void drop_to(std::uint64_t round);
    void drop(const ledger::BlockHash& block);
    [[nodiscard]] std::optional<MonotonicTime> wakeup() const;

  private:
    struct Entry {
        ledger::BlockHash block{};
        std::uint64_t round = 0;
        ledger::Attestation attestation{};
        MonotonicTime ask_again{};
    };
    std::vector<Entry> entries_;  // oldest first
};

}  // namespace dusk::chain
