// What a block builds on: the block before it, and the stakes by which its generator and voters are drawn
// (spec/consensus.md §5).
#pragma once

#include <memory>

#include "chain/header_rules.hpp"
#include "chain/states.hpp"

namespace dusk::chain {

// Copies share the stakes and the committees; for one thread.
struct Head {
    ledger::BlockHeader tip{};
    std::shared_ptr<const consensus::Provisioners> stakes;         // after the tip
    std::shared_ptr<const consensus::Provisioners> former_stakes;  // before it
    std::vector<ledger::Voter> tip_voters{};                       // of the tip's own attestation
    std::shared_ptr<consensus::RoundCommittees> committees;        // of the round after the tip
    std::shared_ptr<consensus::RoundCommittees> tip_committees;    // of the tip's round; null after genesis
};

// From the state of the tip alone: the stakes are asked of the contract, and those before the tip are what its block
// has not changed. `parent_seed`: of the block before the tip. Errors: of the states; the tip's attestation does not
// hold.
[[nodiscard]] Result<Head, TransitionFailure> head_of(const ledger::BlockHeader& tip, const ledger::Seed& parent_seed,
                                                      States& states, consensus::Signatures& signatures);

// After one more block, which was checked against `head` and executed; its state is stored where the events do not say
// enough, so that the stakes are read anew.
[[nodiscard]] Result<Head, TransitionFailure> next_head(const Head& head, const ledger::BlockHeader& block,
                                                        const Transition& transition,
                                                        std::vector<ledger::Voter> attestation_voters, States& states);

}  // namespace dusk::chain
