// Who is slashed by a block, in the order in which the stake contract is called (spec/consensus.md §13.2).
#pragma once

#include <span>
#include <vector>

#include "ledger/attestation.hpp"
#include "ledger/fault.hpp"
#include "ledger/identifiers.hpp"

namespace dusk::execution {

// What the protocol asks for. The stake contract is called with `slash(account, None)` in every case, as by the
// released node.
struct Penalty {
    enum class Kind : std::uint8_t {
        soft,             // a generator that sent no candidate
        hard,             // one whose candidate was invalid
        hard_with_fault,  // a signer of two things
    };
    static constexpr std::uint8_t kFaultSeverity = 2;

    ledger::AccountKey account;
    Kind kind;
    bool operator==(const Penalty&) const = default;
};

// Failed iterations first, then faults. A generator's key that is no key is passed over. About 0.1 ms for each
// iteration.
[[nodiscard]] std::vector<Penalty> penalties(const ledger::IterationsInfo& failed,
                                             std::span<const ledger::Fault> faults);

}  // namespace dusk::execution
