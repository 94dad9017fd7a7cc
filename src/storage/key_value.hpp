// A store of byte strings by byte strings, ordered by their bytes: the port between what the node keeps and where.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "storage/storage_failure.hpp"

namespace dusk::storage {

// Changes that are made together. Of several changes of one key the last counts.
class WriteBatch {
  public:
    struct Change {
        Bytes key;
        std::optional<Bytes> value;  // nothing: the key goes
    };

    void put(Bytes key, Bytes value) { changes_.push_back({std::move(key), std::move(value)}); }
    void remove(Bytes key) { changes_.push_back({std::move(key), std::nullopt}); }
    [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
    [[nodiscard]] bool empty() const { return changes_.empty(); }

  private:
    std::vector<Change> changes_;
};

// What a write survives. No crash of the process loses any write; of those that were not synced, a loss of power takes
// the last ones. So no write is ever there without those before it.
enum class Sync : bool { no, yes };

enum class Order : bool { ascending, descending };

// Keys from `begin` up to but not with `end`.
struct KeyRange {
    Bytes begin;
    Bytes end;
};
// All keys that begin with these bytes, which are not empty and not all 0xff.
[[nodiscard]] KeyRange keys_with(Bytes prefix);

// For one thread at a time.
class KeyValue {
  public:
    // Whether to go on.
    using Visit = std::function<bool(ByteView key, ByteView value)>;

    KeyValue() = default;
    KeyValue(const KeyValue&) = delete;
    KeyValue& operator=(const KeyValue&) = delete;
    virtual ~KeyValue() = default;

    // Errors of all three: io, damaged; of `write` also no_space.
    [[nodiscard]] virtual StorageResult<std::optional<Bytes>> get(ByteView key) = 0;
    // All of it or nothing, at whatever instant the process or the power ends. After an error nothing is visible of it,
    // but it may be there when the store is opened again.
    [[nodiscard]] virtual StorageResult<void> write(const WriteBatch& batch, Sync sync) = 0;
    // `visit` does not use the store; the views live until it returns.
    [[nodiscard]] virtual StorageResult<void> scan(const KeyRange& range, Order order, const Visit& visit) = 0;
};

}  // namespace dusk::storage
