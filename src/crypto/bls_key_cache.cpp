#include "crypto/bls_key_cache.hpp"

namespace dusk::crypto {

BlsKeyCache::Limbs BlsKeyCache::limbs_of(const BlsPublicKey& key) {
    const RawG2* const unreduced = key.unreduced();
    return unreduced != nullptr ? unreduced->to_archive() : key.to_archive();
}

const ComputedG2* BlsKeyCache::find(const Limbs& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->weighted;
}

void BlsKeyCache::insert(const Limbs& key, const ComputedG2& weighted) {
    if (capacity_ == 0 || index_.contains(key)) return;
    if (entries_.size() == capacity_) {
        index_.erase(entries_.back().key);
        entries_.pop_back();
    }
    entries_.push_front({key, weighted});
    index_.emplace(key, entries_.begin());
}

Result<BlsMultisigPublicKey, BlsError> BlsKeyCache::aggregate(std::span<const BlsPublicKey> keys) {
    if (keys.empty()) return fail(BlsError::no_keys);
    if (capacity_ == 0) return BlsMultisigPublicKey::aggregate(keys, version_);  // all at once is faster
    std::vector<ComputedG2> summands;
    std::vector<Limbs> missing;
    std::vector<G2Projective> computed;
    summands.reserve(keys.size());
    for (const BlsPublicKey& key : keys) {
        if (!key.is_valid()) return fail(BlsError::invalid_point);
        const RawG2* unreduced = key.unreduced();
        const Limbs limbs = limbs_of(key);
        if (const ComputedG2* weighted = find(limbs)) {
            summands.push_back(*weighted);
            continue;
        }
        const Fq factor = bls_key_factor(key.to_bytes(), version_);
        if (unreduced != nullptr) {
            summands.push_back(ComputedG2::product(*unreduced, factor));
            insert(limbs, summands.back());
        } else {
            missing.push_back(limbs);
            computed.push_back(G2Projective(key.point()) * factor);
        }
    }
    const std::vector<G2Affine> fresh = G2Projective::batch_to_affine(computed);
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        summands.emplace_back(fresh[i]);
        insert(missing[i], summands.back());
    }
    return BlsMultisigPublicKey(ComputedG2::sum(summands));
}

Result<ComputedG2, BlsError> BlsKeyCache::weighted(const BlsPublicKey& key) {
    if (!key.is_valid()) return fail(BlsError::invalid_point);
    const Limbs limbs = limbs_of(key);
    if (const ComputedG2* held = find(limbs)) return *held;
    const Fq factor = bls_key_factor(key.to_bytes(), version_);
    const RawG2* const unreduced = key.unreduced();
    const ComputedG2 out = unreduced != nullptr ? ComputedG2::product(*unreduced, factor)
                                                : ComputedG2((G2Projective(key.point()) * factor).to_affine());
    insert(limbs, out);
    return out;
}

}  // namespace dusk::crypto
