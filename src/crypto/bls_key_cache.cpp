#include "crypto/bls_key_cache.hpp"

namespace dusk::crypto {

const G2Affine* BlsKeyCache::find(const KeyBytes& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->weighted;
}

void BlsKeyCache::insert(const KeyBytes& key, const G2Affine& weighted) {
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
    std::vector<G2Affine> summands;
    std::vector<KeyBytes> missing;
    std::vector<G2Projective> computed;
    summands.reserve(keys.size());
    for (const BlsPublicKey& key : keys) {
        if (!key.is_valid()) return fail(BlsError::invalid_point);
        const KeyBytes bytes = key.to_bytes();
        if (const G2Affine* weighted = find(bytes)) {
            summands.push_back(*weighted);
        } else {
            missing.push_back(bytes);
            computed.push_back(G2Projective(key.point()) * bls_key_factor(bytes, version_));
        }
    }
    const std::vector<G2Affine> fresh = G2Projective::batch_to_affine(computed);
    for (std::size_t i = 0; i < fresh.size(); ++i) insert(missing[i], fresh[i]);
    summands.insert(summands.end(), fresh.begin(), fresh.end());
    return BlsMultisigPublicKey(G2Projective::sum(summands).to_affine());
}

}  // namespace dusk::crypto
