#include "storage/typed_store.hpp"

#include "storage/tables.hpp"

namespace dusk::storage {

using chain::StoreResult;

chain::StoreFailure to_chain(const StorageFailure& failure) {
    const bool of_the_disk = failure.kind == StorageError::io || failure.kind == StorageError::no_space ||
                             failure.kind == StorageError::locked;
    return {of_the_disk ? chain::StoreFailure::Kind::io : chain::StoreFailure::Kind::damaged, failure.text};
}

chain::StoreFailure damaged(std::string_view text) {
    return {
        chain::StoreFailure::Kind::damaged,
        fmt::format("{}: stop the node and remove the chain's database, it is fetched again from other nodes", text)};
}

chain::StoreFailure TypedStore::unreadable(std::string_view what, std::string_view why) {
    return damaged(fmt::format("the stored {} cannot be read: {}", what, why));
}

StorageResult<TypedStore> TypedStore::open(KeyValue& store) {
    const Bytes key = key_of(Table::format);
    const auto bytes = store.get(key);
    if (!bytes) return fail(bytes.error());
    if (!*bytes) {
        bool empty = true;
        const auto scanned =
            store.scan({{0}, {0xff}}, Order::ascending, [&](ByteView, ByteView) { return empty = false; });
        if (!scanned) return fail(scanned.error());
        if (!empty) {
            return fail(StorageFailure{StorageError::not_a_store,
                                       "the database is not one of this program: give the node an empty folder"});
        }
        WriteBatch first;
        first.put(key, ledger::encode(StoredFormat()));
        if (auto written = store.write(first, Sync::yes); !written) return fail(written.error());
        return TypedStore(store);
    }
    const auto format = decode_value<StoredFormat>(**bytes);
    if (!format || format->magic != StoredFormat::kMagic) {
        return fail(StorageFailure{StorageError::not_a_store,
                                   "the database does not say that it is one of this program: "
                                   "give the node an empty folder"});
    }
    if (format->version != StoredFormat::kVersion) {
        return fail(StorageFailure{
            StorageError::unknown_version,
            fmt::format(
                "the database has version {} and this program knows {}: use the program that wrote it, or remove "
                "the database, it is fetched again from other nodes",
                format->version, StoredFormat::kVersion)});
    }
    return TypedStore(store);
}

StoreResult<bool> TypedStore::has(const Bytes& key) {
    const auto bytes = store_->get(key);
    if (!bytes) return fail(to_chain(bytes.error()));
    return bytes->has_value();
}

StoreResult<std::optional<Bytes>> TypedStore::end_of(const KeyRange& range, Order order) {
    std::optional<Bytes> out;
    const auto scanned = store_->scan(range, order, [&](ByteView key, ByteView) {
        out = to_vector(key);
        return false;
    });
    if (!scanned) return fail(to_chain(scanned.error()));
    return out;
}

StoreResult<std::vector<Bytes>> TypedStore::keys(const KeyRange& range, std::size_t most) {
    std::vector<Bytes> out;
    const auto scanned = store_->scan(range, Order::ascending, [&](ByteView key, ByteView) {
        if (out.size() < most) out.push_back(to_vector(key));
        return out.size() < most;
    });
    if (!scanned) return fail(to_chain(scanned.error()));
    return out;
}

StoreResult<void> TypedStore::write(const WriteBatch& batch, Sync sync) {
    if (batch.empty()) return {};
    if (const auto written = store_->write(batch, sync); !written) return fail(to_chain(written.error()));
    return {};
}

}  // namespace dusk::storage
