// What a block is in the store: the changes that bring it in and take it out.
#pragma once

#include <optional>

#include "chain/block_store.hpp"
#include "storage/key_value.hpp"

namespace dusk::storage {

// Null where the transaction carries none.
[[nodiscard]] ledger::Blobs* blobs_of(ledger::Transaction& transaction);

// The height that stands in a key at `offset` and ends it; nothing where the key is of another length.
[[nodiscard]] std::optional<ledger::Height> height_in(ByteView key, std::size_t offset = 1);

// Error: damaged, where the lists of transactions do not go together.
[[nodiscard]] chain::StoreResult<void> put_block(WriteBatch& batch, const chain::AcceptedBlock& block);
// What there is of a block besides its transactions: header, label, faults. `transactions`: how many there are in the
// store; none: they are not there.
void put_header(WriteBatch& batch, const ledger::Block& block, const ledger::Label& label,
                std::optional<std::uint32_t> transactions);
void remove_block(WriteBatch& batch, const ledger::Block& block);
void remove_blob(WriteBatch& batch, ledger::Height height, const ledger::BlobHash& hash);

}  // namespace dusk::storage
