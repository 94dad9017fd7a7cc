// Whether the proofs of equivocation in a block hold: rule 15 of spec/consensus.md §11, with what the ledger says.
#pragma once

#include <span>
#include <variant>

#include "chain/ledger_view.hpp"
#include "consensus/fault_rules.hpp"

namespace dusk::chain {

// What is wrong with a proof, or why that could not be found out.
using BlockFaultsFailure = std::variant<consensus::FaultError, StoreFailure>;

// `height`: of the block that carries them. What needs no ledger is checked of all of them first. Two signatures and a
// look-up for each; the faults of the blocks of an epoch at most are read, once.
[[nodiscard]] Result<void, BlockFaultsFailure> check_block_faults(std::span<const ledger::Fault> faults,
                                                                  ledger::Height height, const LedgerView& ledger,
                                                                  consensus::Signatures& signatures);

}  // namespace dusk::chain
