#include "storage/pool_table.hpp"

#include "storage/stored_values.hpp"
#include "storage/tables.hpp"
#include "storage/typed_store.hpp"

namespace dusk::storage {

StorageResult<std::unique_ptr<PoolTable>> PoolTable::open(KeyValue& store) {
    if (const auto typed = TypedStore::open(store); !typed) return fail(typed.error());
    return std::unique_ptr<PoolTable>(new PoolTable(store));
}

Result<std::vector<mempool::KeptTransaction>, std::string> PoolTable::load() {
    std::vector<mempool::KeptTransaction> out;
    WriteBatch unreadable;
    const auto scanned = store_->scan(keys_of(Table::pool), Order::ascending, [&](ByteView key, ByteView bytes) {
        auto stored = decode_value<StoredPoolTransaction>(bytes);
        if (stored && equal(key, key_of(Table::pool, stored->transaction.id()))) {
            out.push_back({stored->time, std::move(stored->transaction)});
        } else {
            unreadable.remove(to_vector(key));
        }
        return true;
    });
    if (!scanned) return fail(scanned.error().text);
    if (unreadable.empty()) return out;
    if (const auto written = store_->write(unreadable, Sync::no); !written) return fail(written.error().text);
    return out;
}

Result<void, std::string> PoolTable::apply(std::span<const mempool::PoolEvent> events) {
    WriteBatch batch;
    for (const mempool::PoolEvent& event : events) {
        if (const auto* added = std::get_if<mempool::Added>(&event)) {
            batch.put(key_of(Table::pool, added->id),
                      ledger::encode(StoredPoolTransaction{added->time, *added->transaction}));
        } else if (const auto* removed = std::get_if<mempool::Removed>(&event)) {
            batch.remove(key_of(Table::pool, removed->id));
        }
    }
    if (batch.empty()) return {};
    if (const auto written = store_->write(batch, Sync::no); !written) return fail(written.error().text);
    return {};
}

}  // namespace dusk::storage
