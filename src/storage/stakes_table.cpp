#include "storage/stakes_table.hpp"

#include "storage/tables.hpp"
#include "storage/typed_store.hpp"

namespace dusk::storage {

chain::StoreResult<std::optional<std::vector<chain::KeptStake>>> StakesTable::after(ledger::Height height) {
    const auto bytes = store_.get(key_of(Table::stakes, height));
    if (!bytes) return fail(to_chain(bytes.error()));
    if (!*bytes) return std::nullopt;
    auto stakes = chain::read_stakes(**bytes);
    if (!stakes) return fail(damaged("the stakes after a block cannot be read"));
    return std::optional(*std::move(stakes));
}

chain::StoreResult<void> StakesTable::keep(ledger::Height height, std::span<const chain::KeptStake> stakes) {
    WriteBatch batch;
    batch.put(key_of(Table::stakes, height), chain::write_stakes(stakes));
    if (const auto written = store_.write(batch, Sync::no); !written) return fail(to_chain(written.error()));
    return {};
}

}  // namespace dusk::storage
