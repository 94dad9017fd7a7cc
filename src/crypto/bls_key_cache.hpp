// Weighted keys H1(key)·key that were computed before, for aggregates of keys that come again and again: committees.
#pragma once

#include <list>
#include <map>
#include <span>

#include "crypto/bls_signature.hpp"

namespace dusk::crypto {

// Holds at most `capacity` keys, about 0.6 kB each; the least recently used one goes first. For one thread at a time.
class BlsKeyCache {
  public:
    explicit BlsKeyCache(std::size_t capacity, BlsVersion version = BlsVersion::v2)
        : capacity_(capacity), version_(version) {}

    // The same result and errors as `BlsMultisigPublicKey::aggregate`: one addition for a key that is held, one
    // multiplication otherwise.
    [[nodiscard]] Result<BlsMultisigPublicKey, BlsError> aggregate(std::span<const BlsPublicKey> keys);

    // H1(key)·key. Errors: invalid_point (the identity).
    [[nodiscard]] Result<ComputedG2, BlsError> weighted(const BlsPublicKey& key);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    // The limbs of the key: the same point with other limbs may contribute something else.
    using Limbs = ByteArray<BlsPublicKey::kArchivedSize>;
    struct Entry {
        Limbs key;
        ComputedG2 weighted;
    };

    [[nodiscard]] static Limbs limbs_of(const BlsPublicKey& key);
    // Null when the key is not held.
    [[nodiscard]] const ComputedG2* find(const Limbs& key);
    void insert(const Limbs& key, const ComputedG2& weighted);

    std::size_t capacity_;
    BlsVersion version_;
    std::list<Entry> entries_;  // most recently used first
    // Ordered, because the bytes of keys are chosen by others.
    std::map<Limbs, std::list<Entry>::iterator> index_;
};

}  // namespace dusk::crypto
