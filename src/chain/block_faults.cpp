#include "chain/block_faults.hpp"

#include <algorithm>
#include <set>

namespace dusk::chain {

Result<void, BlockFaultsFailure> check_block_faults(std::span<const ledger::Fault> faults, ledger::Height height,
                                                    const LedgerView& ledger, consensus::Signatures& signatures) {
    if (faults.empty()) return {};
    ledger::Height first_round = height;
    for (const ledger::Fault& fault : faults) {
        if (const auto checked = consensus::check_fault(fault, height, signatures); !checked) {
            return fail<BlockFaultsFailure>(checked.error());
        }
        first_round = std::min(first_round, ledger::Height{consensus::header_of(fault).round});
    }
    const auto stored = ledger.faults_since(first_round);
    if (!stored) return fail<BlockFaultsFailure>(stored.error());
    std::set<consensus::FaultSubject> known;
    for (const ledger::Fault& fault : *stored) known.insert(consensus::subject_of(fault));
    for (const ledger::Fault& fault : faults) {
        const auto parent = ledger.height_of(consensus::header_of(fault).prev_block_hash);
        if (!parent) return fail<BlockFaultsFailure>(parent.error());
        const consensus::FaultPlace place{*parent, known.contains(consensus::subject_of(fault))};
        if (const auto checked = consensus::check_fault_place(fault, place); !checked) {
            return fail<BlockFaultsFailure>(checked.error());
        }
    }
    return {};
}

}  // namespace dusk::chain
