// Whether a block may follow another one: all rules of spec/consensus.md §11, in that order.
#pragma once

#include "chain/head.hpp"
#include "chain/ledger_view.hpp"
#include "chain/refusal.hpp"

namespace dusk::chain {

struct CheckPorts {
    States& states;
    consensus::Signatures& signatures;
    std::chrono::seconds minimum_block_time;
};

// A block that was checked and executed; its state is not stored.
struct CheckedBlock {
    consensus::BlockPtr block;
    HeaderFindings findings{};
    Transition transition{};
};

// Rules 1 to 16. The block is whole (`find_broken`).
[[nodiscard]] Result<CheckedBlock, BlockRefusal> check_block(const consensus::BlockPtr& block, const Head& head,
                                                             const LedgerView& ledger, WallTime now,
                                                             const CheckPorts& ports);

// What is checked of a candidate before it is executed (§8.4): faults, then the header without its attestation.
[[nodiscard]] Result<HeaderFindings, BlockRefusal> check_candidate(const ledger::Block& block, const Head& head,
                                                                   const LedgerView& ledger, WallTime now,
                                                                   const CheckPorts& ports);

}  // namespace dusk::chain
