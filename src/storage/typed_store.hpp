// Values of types in a store of bytes: checked when they are read. The failures are those that the chain knows.
#pragma once

#include <fmt/format.h>

#include "storage/key_value.hpp"
#include "storage/stored_values.hpp"

namespace dusk::storage {

// As the ports of the chain say it.
[[nodiscard]] chain::StoreFailure to_chain(const StorageFailure& failure);
// Something in the store cannot be true: `text` says what.
[[nodiscard]] chain::StoreFailure damaged(std::string_view text);

class TypedStore {
  public:
    // `store` outlives this. An empty store gets the record that says what it is.
    // Errors: io, no_space, damaged, not_a_store, unknown_version.
    [[nodiscard]] static StorageResult<TypedStore> open(KeyValue& store);

    // Nothing where there is no such key. `what` names the value in an error.
    template <class T>
    [[nodiscard]] chain::StoreResult<std::optional<T>> read(const Bytes& key, std::string_view what) {
        const auto bytes = store_->get(key);
        if (!bytes) return fail(to_chain(bytes.error()));
        if (!*bytes) return std::nullopt;
        auto value = decode_value<T>(**bytes);
        if (!value) return fail(unreadable(what, value.error()));
        return std::optional<T>(std::move(*value));
    }
    // One that must be there.
    template <class T>
    [[nodiscard]] chain::StoreResult<T> read_known(const Bytes& key, std::string_view what) {
        auto value = read<T>(key, what);
        if (!value) return fail(value.error());
        if (!*value) return fail(unreadable(what, "it is missing"));
        return std::move(**value);
    }
    // All of a range, in the order of the keys.
    template <class T>
    [[nodiscard]] chain::StoreResult<std::vector<T>> read_all(const KeyRange& range, std::string_view what) {
        std::vector<T> out;
        std::optional<chain::StoreFailure> wrong;
        const auto scanned = store_->scan(range, Order::ascending, [&](ByteView, ByteView bytes) {
            auto value = decode_value<T>(bytes);
            if (value) out.push_back(std::move(*value));
            if (!value) wrong = unreadable(what, value.error());
            return !wrong;
        });
        if (!scanned) return fail(to_chain(scanned.error()));
        if (wrong) return fail(*wrong);
        return out;
    }

    [[nodiscard]] chain::StoreResult<bool> has(const Bytes& key);
    // The first or last key of a range.
    [[nodiscard]] chain::StoreResult<std::optional<Bytes>> end_of(const KeyRange& range, Order order);
    // Keys of a range in order, at most so many.
    [[nodiscard]] chain::StoreResult<std::vector<Bytes>> keys(const KeyRange& range, std::size_t most);
    [[nodiscard]] chain::StoreResult<void> write(const WriteBatch& batch, Sync sync);
    [[nodiscard]] KeyValue& bytes() { return *store_; }

  private:
    explicit TypedStore(KeyValue& store) : store_(&store) {}
    [[nodiscard]] static chain::StoreFailure unreadable(std::string_view what, std::string_view why);

    KeyValue* store_;
};

}  // namespace dusk::storage
