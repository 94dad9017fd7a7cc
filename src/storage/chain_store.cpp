#include "storage/chain_store.hpp"

#include <algorithm>
#include <limits>

#include "storage/block_record.hpp"
#include "storage/tables.hpp"

namespace dusk::storage {

using chain::StoreResult;
using ledger::Block;
using ledger::BlockHash;
using ledger::BlockHeader;
using ledger::Height;

namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

// What leads to things of a height.
template <class Pointer>
StoreResult<void> remove_pointers(TypedStore& store, WriteBatch& batch, Table table, Height height) {
    const auto scanned = store.bytes().scan(keys_of(table), Order::ascending, [&](ByteView key, ByteView bytes) {
        const auto pointer = decode_value<Pointer>(bytes);
        if (pointer && pointer->height == height) batch.remove(to_vector(key));
        return true;
    });
    if (!scanned) return fail(to_chain(scanned.error()));
    return {};
}

// All of a block that goes and cannot be read, but for its events. The whole index is looked through for what leads to
// it, which may take seconds.
StoreResult<void> remove_unread(TypedStore& store, WriteBatch& batch, Height height) {
    for (const Table table : {Table::header, Table::label, Table::transaction, Table::fault}) {
        auto keys = store.keys(keys_of(table, height), kAll);
        if (!keys) return fail(keys.error());
        for (Bytes& key : *keys) batch.remove(std::move(key));
    }
    const auto blobs = store.keys(keys_of(Table::blob, height), kAll);
    if (!blobs) return fail(blobs.error());
    for (const Bytes& key : *blobs) {
        if (key.size() != 1 + 8 + ledger::BlobHash::kSize) return fail(damaged("a blob has a key of another length"));
        remove_blob(batch, height, {take<ledger::BlobHash::kSize>(ByteView(key).subspan(9))});
    }
    if (auto removed = remove_pointers<StoredHeight>(store, batch, Table::height, height); !removed) return removed;
    return remove_pointers<StoredPlace>(store, batch, Table::place, height);
}

}  // namespace

StorageResult<std::unique_ptr<ChainStore>> ChainStore::open(KeyValue& store) {
    const auto typed = TypedStore::open(store);
    if (!typed) return fail(typed.error());
    return std::unique_ptr<ChainStore>(new ChainStore(*typed));
}

// --- lookups ---

StoreResult<std::optional<Height>> ChainStore::top() {
    const auto key = store_.end_of(keys_of(Table::label), Order::descending);
    if (!key) return fail(key.error());
    if (!*key) return std::nullopt;
    const auto height = height_in((*key).value());
    if (!height) return fail(damaged("the chain's index has a key of another length"));
    return height;
}

StoreResult<std::optional<Height>> ChainStore::height_of(const BlockHash& hash) {
    const auto stored = store_.read<StoredHeight>(key_of(Table::height, hash), "height of a block");
    if (!stored) return fail(stored.error());
    return *stored ? std::optional((*stored)->height) : std::nullopt;
}

StoreResult<StoredHeader> ChainStore::header_at(Height height) {
    auto stored = store_.read_known<StoredHeader>(key_of(Table::header, height), "header of a block");
    if (stored && stored->header.height != height) return fail(damaged("a stored header has another height"));
    return stored;
}

StoreResult<std::optional<BlockHeader>> ChainStore::tip() {
    const auto height = top();
    if (!height) return fail(height.error());
    if (!*height) return std::nullopt;
    auto stored = header_at(**height);
    if (!stored) return fail(stored.error());
    return std::optional(std::move(stored->header));
}

StoreResult<std::optional<BlockHeader>> ChainStore::header(const BlockHash& hash) {
    const auto height = height_of(hash);
    if (!height) return fail(height.error());
    if (!*height) return std::nullopt;
    auto stored = header_at(**height);
    if (!stored) return fail(stored.error());
    if (stored->header.hash != hash) return fail(damaged("a stored header has another hash"));
    return std::optional(std::move(stored->header));
}

StoreResult<std::optional<Block>> ChainStore::block(const BlockHash& hash) {
    const auto height = height_of(hash);
    if (!height) return fail(height.error());
    if (!*height) return std::nullopt;
    auto stored = header_at(**height);
    if (!stored) return fail(stored.error());
    if (stored->header.hash != hash) return fail(damaged("a stored block has another hash"));
    if (!stored->transactions) return std::nullopt;
    auto block = block_of(*std::move(stored), Sidecars::with);
    if (!block) return fail(block.error());
    return std::optional(std::move(*block));
}

StoreResult<Block> ChainStore::block_of(StoredHeader stored, Sidecars sidecars) {
    const Height height = stored.header.height;
    auto spent = store_.read_all<ledger::SpentTransaction>(keys_of(Table::transaction, height), "transaction");
    if (!spent) return fail(spent.error());
    auto faults = faults_of(height);
    if (!faults) return fail(faults.error());
    if (spent->size() != stored.transactions.value_or(0) || faults->size() != stored.faults) {
        return fail(damaged("a part of a stored block is missing"));
    }
    Block out{.header = std::move(stored.header), .transactions = {}, .faults = std::move(*faults)};
    out.transactions.reserve(spent->size());
    for (ledger::SpentTransaction& transaction : *spent) {
        if (sidecars == Sidecars::with) {
            if (auto whole = attach_blobs(transaction.transaction, height); !whole) return fail(whole.error());
        }
        out.transactions.push_back(std::move(transaction.transaction));
    }
    return out;
}

StoreResult<void> ChainStore::attach_blobs(ledger::LedgerTransaction& transaction, Height height) {
    ledger::Blobs* blobs = blobs_of(transaction.transaction);
    if (blobs == nullptr) return {};
    for (ledger::Blob& blob : blobs->blobs) {
        auto stored = store_.read<StoredSidecar>(key_of(Table::blob, height, blob.hash), "blob");
        if (!stored) return fail(stored.error());
        if (*stored) blob.sidecar = std::move((*stored)->sidecar);
    }
    return {};
}

StoreResult<std::optional<chain::LabelledHash>> ChainStore::at(Height height) {
    const auto stored = store_.read<StoredLabel>(key_of(Table::label, height), "label of a block");
    if (!stored) return fail(stored.error());
    if (!*stored) return std::nullopt;
    return chain::LabelledHash{.hash = (*stored)->hash, .label = (*stored)->label};
}

StoreResult<bool> ChainStore::has_block(const BlockHash& hash) { return store_.has(key_of(Table::height, hash)); }

StoreResult<bool> ChainStore::has_transaction(const ledger::TransactionId& id) {
    return store_.has(key_of(Table::place, id));
}

StoreResult<std::optional<ledger::SpentTransaction>> ChainStore::transaction(const ledger::TransactionId& id) {
    const auto place = store_.read<StoredPlace>(key_of(Table::place, id), "place of a transaction");
    if (!place) return fail(place.error());
    if (!*place) return std::nullopt;
    auto spent = store_.read_known<ledger::SpentTransaction>(
        key_of(Table::transaction, (*place)->height, (*place)->position), "transaction");
    if (!spent) return fail(spent.error());
    return std::optional(std::move(*spent));
}

StoreResult<std::vector<ledger::Fault>> ChainStore::faults_since(Height height) {
    return store_.read_all<ledger::Fault>(keys_from(Table::fault, height), "fault");
}

StoreResult<std::vector<ledger::Fault>> ChainStore::faults_of(Height height) {
    return store_.read_all<ledger::Fault>(keys_of(Table::fault, height), "fault");
}

StoreResult<std::optional<Height>> ChainStore::last_final() {
    std::optional<Height> out;
    bool whole = true;
    const auto scanned =
        store_.bytes().scan(keys_of(Table::label), Order::descending, [&](ByteView key, ByteView bytes) {
            const auto stored = decode_value<StoredLabel>(bytes);
            const auto height = height_in(key);
            whole = stored.has_value() && height.has_value();
            if (whole && stored->label.kind == ledger::Label::Kind::final) out = height;
            return whole && !out;
        });
    if (!scanned) return fail(to_chain(scanned.error()));
    if (!whole) return fail(damaged("the stored label of a block cannot be read"));
    return out;
}

StoreResult<bool> ChainStore::events(Height height, const chain::VisitEvent& visit) {
    std::uint32_t pieces = 0;
    bool whole = true;
    const auto scanned =
        store_.bytes().scan(keys_of(Table::events, height), Order::ascending, [&](ByteView key, ByteView piece) {
            whole = equal(key, key_of(Table::events, height, pieces++)) && chain::read_events(piece, visit).has_value();
            return whole;
        });
    if (!scanned) return fail(to_chain(scanned.error()));
    if (!whole) return fail(damaged("what the contracts of a block reported cannot be read"));
    return pieces > 0;
}

StoreResult<void> ChainStore::remove_events(WriteBatch& batch, Height height) {
    auto keys = store_.keys(keys_of(Table::events, height), kAll);
    if (!keys) return fail(keys.error());
    for (Bytes& key : *keys) batch.remove(std::move(key));
    return {};
}

StoreResult<std::optional<ledger::BlobSidecar>> ChainStore::blob(const ledger::BlobHash& hash) {
    const auto last = store_.end_of(keys_of(Table::blob_height, hash), Order::descending);
    if (!last) return fail(last.error());
    if (!*last) return std::nullopt;
    const auto height = height_in(**last, 1 + ledger::BlobHash::kSize);
    if (!height) return fail(damaged("the index of blobs has a key of another length"));
    auto stored = store_.read_known<StoredSidecar>(key_of(Table::blob, *height, hash), "blob");
    if (!stored) return fail(stored.error());
    return std::optional(std::move(stored->sidecar));
}

// --- the chain grows and shrinks ---

StoreResult<void> ChainStore::begin(const Block& genesis) {
    const auto highest = top();
    if (!highest) return fail(highest.error());
    if (*highest) return fail(damaged("the chain has begun already"));
    WriteBatch batch;
    const ledger::Label label{.kind = ledger::Label::Kind::final, .value = 0};
    if (auto put = put_block(batch, {.block = genesis, .spent = {}, .label = label, .labels = {}}); !put) return put;
    return store_.write(batch, Sync::yes);
}

StoreResult<void> ChainStore::begin_behind(const Block& genesis, std::span<const Block> past) {
    const auto highest = top();
    if (!highest) return fail(highest.error());
    if (*highest) return fail(damaged("the chain has begun already"));
    WriteBatch batch;
    put_header(batch, genesis, {.kind = ledger::Label::Kind::final, .value = 0}, 0);
    for (const Block& block : past) {
        put_header(batch, block, {.kind = ledger::Label::Kind::final, .value = 1}, std::nullopt);
    }
    return store_.write(batch, Sync::yes);
}

StoreResult<void> ChainStore::accept(const chain::AcceptedBlock& block) {
    const auto highest = top();
    if (!highest) return fail(highest.error());
    if (!*highest) return fail(damaged("the chain has not begun"));
    const auto below = at(**highest);
    if (!below) return fail(below.error());
    const BlockHeader& header = block.block.header;
    if (header.height.value != (*highest)->value + 1 || header.prev_block_hash != (*below)->hash) {
        return fail(damaged("a block does not follow the last one that is stored"));
    }
    WriteBatch batch;
    for (const chain::LabelChange& change : block.labels) {
        auto stored = store_.read_known<StoredLabel>(key_of(Table::label, change.height), "label of a block");
        if (!stored) return fail(stored.error());
        stored->label = change.label;
        batch.put(key_of(Table::label, change.height), ledger::encode(*stored));
    }
    if (auto put = put_block(batch, block); !put) return put;
    if (keeps_events_ && block.receipts != nullptr) {
        std::uint32_t position = 0;
        chain::write_events(*block.receipts, [&](Bytes piece) {
            batch.put(key_of(Table::events, header.height, position++), std::move(piece));
        });
    }
    return store_.write(batch, Sync::yes);
}

StoreResult<std::vector<Block>> ChainStore::revert_to(Height height) {
    const auto highest = top();
    if (!highest) return fail(highest.error());
    std::vector<Block> out;
    if (!*highest || **highest <= height) return out;
    WriteBatch batch;
    for (Height at = **highest; at > height; --at.value) {
        auto stored = header_at(at);
        if (!stored) return fail(stored.error());
        if (!stored->transactions) return fail(damaged("a block that was to be reverted is known by its header only"));
        auto block = block_of(*std::move(stored), Sidecars::with);
        if (!block) return fail(block.error());
        remove_block(batch, *block);
        if (auto removed = remove_events(batch, at); !removed) return fail(removed.error());
        out.push_back(std::move(*block));
    }
    if (auto written = store_.write(batch, Sync::yes); !written) return fail(written.error());
    blocks_from_ = std::min(blocks_from_, std::max(Height{1}, height));
    blobs_from_ = std::min(blobs_from_, height);
    return out;
}

// --- the chain forgets ---

StoreResult<std::optional<Height>> ChainStore::first_block() {
    const auto key = store_.end_of(keys_from(Table::label, blocks_from_), Order::ascending);
    if (!key) return fail(key.error());
    if (!*key) return std::nullopt;
    const auto height = height_in(**key);
    if (!height) return fail(damaged("the chain's index has a key of another length"));
    blocks_from_ = *height;
    return height;
}

StoreResult<std::size_t> ChainStore::forget_blocks_below(Height height, std::size_t most) {
    const auto highest = top();
    if (!highest) return fail(highest.error());
    const auto first = first_block();
    if (!first) return fail(first.error());
    if (!*highest || !*first) return std::size_t{0};
    WriteBatch batch;
    Height at = **first;
    for (std::size_t work = 0; at < std::min(height, **highest); ++at.value) {
        auto stored = header_at(at);
        work += 1 + (stored ? stored->transactions.value_or(0) : 0);
        if (at > **first && work > most) break;
        const auto block = stored ? block_of(*std::move(stored), Sidecars::without) : fail(stored.error());
        if (block) {
            remove_block(batch, *block);
        } else if (block.error().kind != chain::StoreFailure::Kind::damaged) {
            return fail(block.error());
        } else if (auto removed = remove_unread(store_, batch, at); !removed) {
            return fail(removed.error());
        }
        if (auto removed = remove_events(batch, at); !removed) return fail(removed.error());
    }
    if (auto written = store_.write(batch, Sync::no); !written) return fail(written.error());
    blocks_from_ = at;
    return at.value - (*first)->value;
}

StoreResult<std::size_t> ChainStore::forget_blobs_below(Height height, std::size_t most) {
    if (height <= blobs_from_) return std::size_t{0};
    const KeyRange below{key_of(Table::blob, blobs_from_), key_of(Table::blob, height)};
    const auto keys = store_.keys(below, most);
    if (!keys) return fail(keys.error());
    WriteBatch batch;
    Height reached = blobs_from_;
    for (const Bytes& key : *keys) {
        if (key.size() != 1 + 8 + ledger::BlobHash::kSize) return fail(damaged("a blob has a key of another length"));
        const Height at{load_be<std::uint64_t>(key.data() + 1)};
        remove_blob(batch, at, {take<ledger::BlobHash::kSize>(ByteView(key).subspan(9))});
        reached = at;
    }
    if (auto written = store_.write(batch, Sync::no); !written) return fail(written.error());
    blobs_from_ = keys->size() < most ? height : reached;
    return keys->size();
}

}  // namespace dusk::storage
