// What a node keeps of the blocks behind the last final one (spec/consensus.md §19). Blocks and blobs that may still
// change the chain, or that a rule looks up, are always kept.
#pragma once

#include <optional>

#include "ledger/epoch.hpp"

namespace dusk::chain {

struct History {
    // Rule 15 of §11 looks for the faults of an epoch and for the blocks before their rounds.
    static constexpr std::uint64_t kLeastBlocks = ledger::kEpochBlocks;
    static constexpr std::uint64_t kBlobBlocks = 86'400;  // as the released node
    // Done at most when a block becomes final: a node that has much to forget catches up in steps.
    static constexpr std::size_t kForgottenAtOnce = 1000;  // blocks and transactions together, but always one block
    static constexpr std::size_t kBlobsAtOnce = 100;

    std::optional<std::uint64_t> blocks{};             // behind the last final one; none: all. At least kLeastBlocks
    std::optional<std::uint64_t> blobs = kBlobBlocks;  // blocks behind it that keep their blobs; none: all
};

// Nothing below these heights is needed; nothing: all is kept.
[[nodiscard]] std::optional<ledger::Height> first_kept_block(const History& history, ledger::Height last_final);
[[nodiscard]] std::optional<ledger::Height> first_kept_blob(const History& history, ledger::Height last_final);

}  // namespace dusk::chain
