// Whether a proof of equivocation holds in a block (spec/consensus.md §14).
//
// Whether the accused was in a committee is not asked, nor whether the same proof stands twice in one block. Candidates
// sign their bare hash and not what a DoubleCandidate is verified over, so that two real candidates prove nothing.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "consensus/signatures.hpp"
#include "ledger/fault.hpp"
#include "ledger/quantities.hpp"

namespace dusk::consensus {

// In the order of the checks. Each is found by every node, and so a reason to vote Invalid.
enum class FaultError : std::uint8_t {
    other_iteration,      // the two things are of different iterations
    other_round,          // … rounds
    other_parent,         // … blocks before them
    other_signer,         // … signers
    duplicated,           // one thing twice
    genesis,              // round 0
    expired,              // more than an epoch before the block
    future,               // of a round after the block's
    invalid_signature,    // of one of them
    emergency_iteration,  // 16 and later: there several votes are allowed
    unknown_parent,       // the block before the round is not in the ledger, or at another height
    known,                // the same two things are accused in an earlier block
};
[[nodiscard]] std::string_view to_string(FaultError error);

// All checks that need no ledger. `height`: of the block that carries the fault. Two signatures.
[[nodiscard]] Result<void, FaultError> check_fault(const ledger::Fault& fault, ledger::Height height,
                                                   Signatures& signatures);

// What a fault is about, whichever item comes first: the ids of both, in order.
using FaultSubject = std::array<ledger::FaultId, 2>;
[[nodiscard]] FaultSubject subject_of(const ledger::Fault& fault);
[[nodiscard]] const ledger::ConsensusHeader& header_of(const ledger::Fault& fault);

// What the ledger says of a fault that passed `check_fault`.
struct FaultPlace {
    std::optional<ledger::Height> parent{};  // of the block that the fault names as the one before; none: unknown
    bool is_known =
        false;  // another one with its subject is in the ledger; such a block is not below the fault's round
};
[[nodiscard]] Result<void, FaultError> check_fault_place(const ledger::Fault& fault, const FaultPlace& place);

}  // namespace dusk::consensus
