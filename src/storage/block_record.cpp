#include "storage/block_record.hpp"

#include "storage/tables.hpp"
#include "storage/typed_store.hpp"

namespace dusk::storage {

using ledger::Height;

ledger::Blobs* blobs_of(ledger::Transaction& transaction) {
    return std::visit(
        [](auto& body) -> ledger::Blobs* {
            auto& data = body.payload.data;
            return data ? std::get_if<ledger::Blobs>(&*data) : nullptr;
        },
        transaction.body);
}

std::optional<Height> height_in(ByteView key, std::size_t offset) {
    if (key.size() != offset + 8) return std::nullopt;
    return Height{load_be<std::uint64_t>(key.data() + offset)};
}

chain::StoreResult<void> put_block(WriteBatch& batch, const chain::AcceptedBlock& accepted) {
    const ledger::Block& block = accepted.block;
    const Height height = block.header.height;
    if (block.transactions.size() != accepted.spent.size()) {
        return fail(damaged("a block has another number of transactions than were spent in it"));
    }
    std::uint32_t position = 0;
    for (const ledger::LedgerTransaction& transaction : block.transactions) {
        const ledger::SpentTransaction& outcome = accepted.spent[position];
        ledger::SpentTransaction spent{transaction, outcome.block_height, outcome.gas_spent, outcome.error};
        if (ledger::Blobs* blobs = blobs_of(spent.transaction.transaction)) {
            for (ledger::Blob& blob : blobs->blobs) {
                if (!blob.sidecar) continue;
                batch.put(key_of(Table::blob, height, blob.hash), ledger::encode(StoredSidecar{*blob.sidecar}));
                batch.put(key_of(Table::blob_height, blob.hash, height), {});
                blob.sidecar.reset();
            }
        }
        batch.put(key_of(Table::transaction, height, position), ledger::encode(spent));
        batch.put(key_of(Table::place, transaction.id()), ledger::encode(StoredPlace{height, position}));
        ++position;
    }
    put_header(batch, block, accepted.label, position);
    return {};
}

void put_header(WriteBatch& batch, const ledger::Block& block, const ledger::Label& label,
                std::optional<std::uint32_t> transactions) {
    const Height height = block.header.height;
    StoredHeader header{.header = block.header, .transactions = transactions};
    for (const ledger::Fault& fault : block.faults) {
        batch.put(key_of(Table::fault, height, header.faults++), ledger::encode(fault));
    }
    const ledger::BlockHash& hash = block.header.hash;
    batch.put(key_of(Table::header, height), ledger::encode(header));
    batch.put(key_of(Table::label, height), ledger::encode(StoredLabel{hash, label}));
    batch.put(key_of(Table::height, hash), ledger::encode(StoredHeight{height}));
}

void remove_blob(WriteBatch& batch, Height height, const ledger::BlobHash& hash) {
    batch.remove(key_of(Table::blob, height, hash));
    batch.remove(key_of(Table::blob_height, hash, height));
}

void remove_block(WriteBatch& batch, const ledger::Block& block) {
    const Height height = block.header.height;
    std::uint32_t position = 0;
    for (const ledger::LedgerTransaction& transaction : block.transactions) {
        batch.remove(key_of(Table::transaction, height, position++));
        batch.remove(key_of(Table::place, transaction.id()));
        if (const ledger::Blobs* blobs = transaction.transaction.blobs()) {
            for (const ledger::Blob& blob : blobs->blobs) remove_blob(batch, height, blob.hash);
        }
    }
    for (std::uint32_t fault = 0; fault < block.faults.size(); ++fault) {
        batch.remove(key_of(Table::fault, height, fault));
    }
    batch.remove(key_of(Table::header, height));
    batch.remove(key_of(Table::label, height));
    batch.remove(key_of(Table::height, block.header.hash));
}

}  // namespace dusk::storage
