#include "chain/attestation_cache.hpp"

#include <algorithm>

namespace dusk::chain {

bool AttestationCache::put(const ledger::BlockHash& block, const ledger::ConsensusHeader& header,
                           const ledger::Attestation& attestation, MonotonicTime now) {
    if (find(block) != nullptr) return false;
    if (entries_.size() >= kMost) entries_.erase(entries_.begin());
    entries_.push_back({block, header.round, attestation, now + kAskAgain});
    return true;
}

const ledger::Attestation* AttestationCache::find(const ledger::BlockHash& block) const {
    const auto found = std::ranges::find(entries_, block, &Entry::block);
    return found == entries_.end() ? nullptr : &found->attestation;
}

std::vector<ledger::BlockHash> AttestationCache::due(MonotonicTime now) {
    std::vector<ledger::BlockHash> out;
    for (Entry& entry : entries_) {
        if (now < entry.ask_again) continue;
        entry.ask_again = now + kAskAgain;
        out.push_back(entry.block);
    }
    return out;
}

void AttestationCache::drop_to(std::uint64_t round) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.round <= round; });
}

void AttestationCache::drop(const ledger::BlockHash& block) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.block == block; });
}

std::optional<MonotonicTime> AttestationCache::wakeup() const {
    if (entries_.empty()) return {};
    return std::ranges::min_element(entries_, {}, &Entry::ask_again)->ask_again;
}

}  // namespace dusk::chain
