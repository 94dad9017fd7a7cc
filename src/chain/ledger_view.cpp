#include "chain/ledger_view.hpp"

#include <algorithm>

namespace dusk::chain {

using ledger::BlockHash;
using ledger::Fault;
using ledger::Height;

StoreResult<std::optional<Height>> LedgerView::height_of(const BlockHash& hash) const {
    for (const auto& block : branch_) {
        if (block->header.hash == hash) return block->header.height;
    }
    const auto header = store_->header(hash);
    if (!header) return fail(header.error());
    if (!*header || (fork_ && (*header)->height > *fork_)) return std::optional<Height>{};
    return (*header)->height;
}

StoreResult<std::vector<Fault>> LedgerView::faults_above_fork() const {
    std::vector<Fault> out;
    for (Height height{fork_->value + 1};; ++height.value) {
        const auto at = store_->at(height);
        if (!at) return fail(at.error());
        if (!*at) return out;
        const auto block = store_->block((*at)->hash);
        if (!block) return fail(block.error());
        if (*block) out.insert(out.end(), (*block)->faults.begin(), (*block)->faults.end());
    }
}

StoreResult<std::vector<Fault>> LedgerView::faults_since(Height height) const {
    auto faults = store_->faults_since(height);
    if (!faults || !fork_) return faults;
    const auto gone = faults_above_fork();
    if (!gone) return fail(gone.error());
    for (const Fault& fault : *gone) {
        if (const auto found = std::ranges::find(*faults, fault); found != faults->end()) faults->erase(found);
    }
    for (const auto& block : branch_) {
        if (block->header.height >= height) faults->insert(faults->end(), block->faults.begin(), block->faults.end());
    }
    return faults;
}

}  // namespace dusk::chain
