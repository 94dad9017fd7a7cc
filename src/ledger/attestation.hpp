// How an iteration ended, with the signatures that show it (spec/consensus.md §3.1).
#pragma once

#include <optional>
#include <vector>

#include "ledger/vote.hpp"

namespace dusk::ledger {

// 114 bytes, or 146 when the vote names a block.
struct Attestation {
    RatificationResult result{};
    StepVotes validation{};
    StepVotes ratification{};

    // What a block has that nobody has attested.
    [[nodiscard]] bool is_default() const { return *this == Attestation{}; }
    [[nodiscard]] static Attestation read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const Attestation&) const = default;
};

// An iteration before the one that made the block, and who should have made a block in it.
struct FailedIteration {
    Attestation attestation{};
    KeyBytes generator{};

    bool operator==(const FailedIteration&) const = default;
};

// By iteration from 0 on, at most 8; nothing where the generator had no attestation of the failure.
struct IterationsInfo {
    std::vector<std::optional<FailedIteration>> iterations{};

    [[nodiscard]] static IterationsInfo read(WireReader& in);
    // At most 8 iterations, else std::length_error.
    void write(Writer& out) const;

    bool operator==(const IterationsInfo&) const = default;
};

}  // namespace dusk::ledger
