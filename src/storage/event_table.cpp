#include "storage/event_table.hpp"

#include "storage/tables.hpp"
#include "storage/typed_store.hpp"

namespace dusk::storage {

chain::StoreResult<bool> EventTable::has(ledger::Height height) {
    const auto first = store_.get(key_of(Table::events, height, std::uint32_t{0}));
    if (!first) return fail(to_chain(first.error()));
    return first->has_value();
}

chain::StoreResult<void> EventTable::add(ledger::Height height, const execution::BlockReceipts& receipts, Sync sync) {
    WriteBatch batch;
    std::uint32_t position = 0;
    chain::write_events(receipts,
                        [&](Bytes piece) { batch.put(key_of(Table::events, height, position++), std::move(piece)); });
    if (const auto written = store_.write(batch, sync); !written) return fail(to_chain(written.error()));
    return {};
}

}  // namespace dusk::storage
