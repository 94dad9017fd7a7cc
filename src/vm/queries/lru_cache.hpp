// The values used last, by a hash of what they belong to; bounded in number and in bytes.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/metrics.hpp"

namespace dusk::vm {

// Thread-safe. All operations take constant time on average; values are copied out, so they should be cheap to copy.
template <class Value>
class LruCache {
  public:
    using Key = ByteArray<32>;  // a cryptographic hash

    LruCache(std::size_t max_entries, std::size_t max_bytes) : max_entries_(max_entries), max_bytes_(max_bytes) {}

    // Counts as a use.
    [[nodiscard]] std::optional<Value> get(const Key& key) {
        const std::scoped_lock lock(mutex_);
        const auto found = index_.find(key);
        if (found == index_.end()) {
            misses_.add();
            return std::nullopt;
        }
        hits_.add();
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->value;
    }

    // `bytes`: what the value occupies. A value that is larger than the bound is not kept; one that is here already
    // stays.
    void put(const Key& key, Value value, std::size_t bytes) {
        const std::scoped_lock lock(mutex_);
        if (max_entries_ == 0 || bytes > max_bytes_ || index_.contains(key)) return;
        while (entries_.size() >= max_entries_ || bytes > max_bytes_ - bytes_) drop_last();
        entries_.push_front({key, std::move(value), bytes});
        index_.emplace(key, entries_.begin());
        bytes_ += bytes;
    }

    [[nodiscard]] std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return entries_.size();
    }
    [[nodiscard]] std::size_t bytes() const {
        const std::scoped_lock lock(mutex_);
        return bytes_;
    }
    [[nodiscard]] std::uint64_t hits() const { return hits_.value(); }
    [[nodiscard]] std::uint64_t misses() const { return misses_.value(); }

  private:
    struct Entry {
        Key key;
        Value value;
        std::size_t bytes;
    };
    struct Prefix {
        std::size_t operator()(const Key& key) const { return load_le<std::uint64_t>(key.data()); }
    };

    void drop_last() {
        bytes_ -= entries_.back().bytes;
        index_.erase(entries_.back().key);
        entries_.pop_back();
    }

    std::size_t max_entries_;
    std::size_t max_bytes_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // the last used first
    std::unordered_map<Key, typename std::list<Entry>::iterator, Prefix> index_;
    std::size_t bytes_ = 0;
    Counter hits_;
    Counter misses_;
};

}  // namespace dusk::vm
