#include "consensus/fault_rules.hpp"

#include <algorithm>

#include "consensus/rules.hpp"
#include "ledger/epoch.hpp"

namespace dusk::consensus {
namespace {

using ledger::Fault;
using ledger::Height;

// An epoch below the height, but not below genesis.
Height epoch_before(Height height) { return {height.value - std::min(height.value, ledger::kEpochBlocks)}; }

}  // namespace

std::string_view to_string(FaultError error) {
    switch (error) {
        case FaultError::other_iteration:
            return "the two items are of different iterations";
        case FaultError::other_round:
            return "the two items are of different rounds";
        case FaultError::other_parent:
            return "the two items build on different blocks";
        case FaultError::other_signer:
            return "the two items are by different signers";
        case FaultError::duplicated:
            return "the two items are the same";
        case FaultError::genesis:
            return "the fault is of round 0";
        case FaultError::expired:
            return "the fault is older than an epoch";
        case FaultError::future:
            return "the fault is of a later round";
        case FaultError::invalid_signature:
            return "an item is not signed by the accused";
        case FaultError::emergency_iteration:
            return "the fault is of an emergency iteration";
        case FaultError::unknown_parent:
            return "the block before the fault's round is not in the ledger";
        case FaultError::known:
            return "the fault stands in an earlier block";
    }
    return "unknown error";
}

Result<void, FaultError> check_fault(const Fault& fault, Height height, Signatures& signatures) {
    const auto claims = fault.claims();
    const auto& [first, second] = claims;
    if (first.header.iteration != second.header.iteration) return fail(FaultError::other_iteration);
    if (first.header.round != second.header.round) return fail(FaultError::other_round);
    if (first.header.prev_block_hash != second.header.prev_block_hash) return fail(FaultError::other_parent);
    if (first.sign_info.signer != second.sign_info.signer) return fail(FaultError::other_signer);
    if (first.id() == second.id()) return fail(FaultError::duplicated);
    const Height round{first.header.round};
    if (round == Height{0}) return fail(FaultError::genesis);
    if (round < epoch_before(height)) return fail(FaultError::expired);
    if (round > height) return fail(FaultError::future);
    for (const Fault::Claim& claim : claims) {
        if (!signatures.verify(claim.sign_info, claim.message)) return fail(FaultError::invalid_signature);
    }
    if (first.header.iteration >= kEmergencyFrom) return fail(FaultError::emergency_iteration);
    return {};
}

FaultSubject subject_of(const Fault& fault) {
    const auto claims = fault.claims();
    FaultSubject out{claims[0].id(), claims[1].id()};
    std::ranges::sort(out);
    return out;
}

const ledger::ConsensusHeader& header_of(const Fault& fault) {
    return std::visit([](const auto& kind) -> const auto& { return kind.first.header; }, fault.kind());
}

Result<void, FaultError> check_fault_place(const Fault& fault, const FaultPlace& place) {
    // Round 0 was refused before.
    if (place.parent != Height{header_of(fault).round - 1}) return fail(FaultError::unknown_parent);
    if (place.is_known) return fail(FaultError::known);
    return {};
}

}  // namespace dusk::consensus
