#include "consensus/provisioners.hpp"

#include <algorithm>

#include "ledger/epoch.hpp"

namespace dusk::consensus {
namespace {

ledger::KeyBytes bytes_of(const crypto::BlsPublicKey& key) { return {key.to_bytes()}; }

// One change at a time, on the map itself.
class StakeUpdate {
  public:
    StakeUpdate(Provisioners::Map& entries, ledger::Height height) : entries_(entries), height_(height) {}

    Result<void, StakeChangeError> operator()(const StakeAdded& change) const {
        const auto [entry, is_new] = entries_.try_emplace(
            bytes_of(change.key), Provisioner{change.key, change.value, ledger::eligible_from(height_)});
        if (is_new) return {};
        Provisioner& provisioner = entry->second;
        if (provisioner.value.value == 0) return fail(StakeChangeError::empty);
        const auto sum = checked_add(provisioner.value, change.value);
        if (!sum) return fail(StakeChangeError::overflow);
        provisioner.value = *sum;
        return {};
    }

    Result<void, StakeChangeError> operator()(const StakeTaken& change) const {
        const auto found = entries_.find(bytes_of(change.key));
        if (found == entries_.end()) return fail(StakeChangeError::unknown);
        ledger::Lux& value = found->second.value;
        if (change.value > value) return fail(StakeChangeError::too_much);
        value.value -= change.value.value;
        if (value.value == 0) entries_.erase(found);
        return {};
    }

    Result<void, StakeChangeError> operator()(const StakeSlashed& change) const {
        const auto found = entries_.find(bytes_of(change.key));
        if (found == entries_.end()) return fail(StakeChangeError::unknown);
        Provisioner& provisioner = found->second;
        provisioner.value.value -= std::min(change.value, provisioner.value).value;
        provisioner.eligible_since = change.eligible_since;
        return {};
    }

  private:
    Provisioners::Map& entries_;
    ledger::Height height_;
};

}  // namespace

Provisioners::Map& Provisioners::own() {
    if (entries_.use_count() != 1) entries_ = std::make_shared<Map>(*entries_);
    return *entries_;
}

void Provisioners::set(const Provisioner& provisioner) {
    if (provisioner.value.value == 0) return remove(bytes_of(provisioner.key));
    own().insert_or_assign(bytes_of(provisioner.key), provisioner);
}

void Provisioners::remove(const ledger::KeyBytes& key) {
    if (entries_->contains(key)) own().erase(key);
}

Result<void, StakeChangeError> Provisioners::apply(std::span<const StakeChange> changes, ledger::Height height) {
    if (changes.empty()) return {};
    const StakeUpdate update(own(), height);
    for (const StakeChange& change : changes) {
        if (const auto done = std::visit(update, change); !done) return done;
    }
    return {};
}

const Provisioner* Provisioners::find(const ledger::KeyBytes& key) const {
    const auto found = entries_->find(key);
    return found == entries_->end() ? nullptr : &found->second;
}

bool Provisioners::is_eligible(const Provisioner& provisioner, ledger::Height round) {
    return provisioner.eligible_since <= round && provisioner.value >= kMinimumStake;
}

bool Provisioners::is_eligible(const ledger::KeyBytes& key, ledger::Height round) const {
    const Provisioner* const provisioner = find(key);
    return provisioner != nullptr && is_eligible(*provisioner, round);
}

}  // namespace dusk::consensus
