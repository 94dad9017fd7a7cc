#include "storage/chain_check.hpp"

#include "storage/block_record.hpp"
#include "storage/tables.hpp"

namespace dusk::storage {
namespace {

using chain::StoreResult;
using ledger::Height;

class Check {
  public:
    explicit Check(TypedStore store) : store_(store) {}

    StoreResult<ChainReport> run(const ChainProgress& progress) {
        if (auto found = find_ends(); !found) return fail(found.error());
        const std::uint64_t total = 1 + (out_.first == Height{0} ? 0 : out_.tip.value - out_.first.value + 1);
        if (auto done = check_block({0}); !done) return fail(done.error());
        if (out_.first > Height{0}) {
            for (Height at = out_.first; at <= out_.tip; ++at.value) {
                if (auto done = check_block(at); !done) return fail(done.error());
                if (progress) progress(out_.blocks, total);
            }
        }
        if (auto done = count_tables(); !done) return fail(done.error());
        if (!out_.last_final) say({}, "no block is final, not even the first one");
        return std::move(out_);
    }

  private:
    void say(std::optional<Height> height, std::string text) {
        if (++out_.problems <= ChainReport::kMostFindings) out_.findings.push_back({height, std::move(text)});
    }

    // Nothing where it is missing or cannot be read, which is a finding.
    template <class T>
    StoreResult<std::optional<T>> find(Height height, const Bytes& key, std::string_view what) {
        const auto bytes = store_.bytes().get(key);
        if (!bytes) return fail(to_chain(bytes.error()));
        if (!*bytes) {
            say(height, fmt::format("its {} is missing", what));
            return std::nullopt;
        }
        auto value = decode_value<T>(**bytes);
        if (!value) {
            say(height, fmt::format("its {} cannot be read: {}", what, value.error()));
            return std::nullopt;
        }
        return std::optional<T>(std::move(*value));
    }
    template <class T>
    StoreResult<std::vector<T>> find_all(Height height, Table table, std::string_view what) {
        std::vector<T> out;
        std::string wrong;
        const auto scanned =
            store_.bytes().scan(keys_of(table, height), Order::ascending, [&](ByteView key, ByteView bytes) {
                auto value = decode_value<T>(bytes);
                const Bytes expected = key_of(table, height, static_cast<std::uint32_t>(out.size()));
                if (!value) wrong = value.error();
                if (!equal(key, expected)) wrong = "it is not at its place";
                if (wrong.empty()) out.push_back(std::move(*value));
                return wrong.empty();
            });
        if (!scanned) return fail(to_chain(scanned.error()));
        if (!wrong.empty()) say(height, fmt::format("{} {} cannot be read: {}", what, out.size(), wrong));
        return out;
    }

    StoreResult<void> find_ends() {
        const auto first = store_.end_of(keys_from(Table::label, {1}), Order::ascending);
        if (!first) return fail(first.error());
        const auto last = store_.end_of(keys_of(Table::label), Order::descending);
        if (!last) return fail(last.error());
        if (!*last) return fail(damaged("there is no block"));
        const auto tip = height_in(**last);
        const auto lowest = *first ? height_in(**first) : Height{0};
        if (!tip || !lowest) return fail(damaged("the chain's index has a key of another length"));
        out_.tip = *tip;
        out_.first = *lowest;
        return {};
    }

    StoreResult<void> check_block(Height height) {
        ++out_.blocks;
        const auto label = find<StoredLabel>(height, key_of(Table::label, height), "label");
        if (!label) return fail(label.error());
        const auto header = find<StoredHeader>(height, key_of(Table::header, height), "header");
        if (!header) return fail(header.error());
        if (*label) check_label(height, (*label)->label);
        if (!*header) {
            previous_.reset();
            return {};
        }
        if (*label) check_names(height, **label, (*header)->header);
        if (auto done = check_index(height, (*header)->header); !done) return done;
        if (auto done = check_faults(height, **header); !done) return done;
        if (auto done = check_events(height); !done) return done;
        return (*header)->transactions ? check_transactions(height, **header) : check_missing(height);
    }

    void check_label(Height height, const ledger::Label& label) {
        if (label.kind != ledger::Label::Kind::final) {
            above_final_ = true;
        } else if (above_final_) {
            say(height, "it is final, and a block below it is not");
        } else {
            out_.last_final = height;
        }
    }

    void check_names(Height height, const StoredLabel& label, const ledger::BlockHeader& header) {
        if (header.height != height) say(height, "its header is that of another height");
        if (header.hash != label.hash) say(height, "its header has another hash than its label");
        if (header.content_hash() != header.hash) say(height, "its hash is not that of its content");
        if (previous_ && header.prev_block_hash != *previous_) say(height, "it does not follow the block below it");
        // What lies between genesis and the first block is not here.
        previous_ = header.hash;
        if (height == Height{0} && out_.first != Height{1}) previous_.reset();
    }

    StoreResult<void> check_index(Height height, const ledger::BlockHeader& header) {
        const auto index =
            find<StoredHeight>(height, key_of(Table::height, header.hash), "place in the index of hashes");
        if (!index) return fail(index.error());
        if (*index && (*index)->height != height) say(height, "the index of hashes names another height");
        return {};
    }

    StoreResult<void> check_faults(Height height, const StoredHeader& stored) {
        const auto faults = find_all<ledger::Fault>(height, Table::fault, "fault");
        if (!faults) return fail(faults.error());
        out_.faults += faults->size();
        if (faults->size() != stored.faults || ledger::faults_root(*faults) != stored.header.faults_root) {
            say(height, "its faults are not those of its header");
        }
        return {};
    }

    // They may not have been kept.
    StoreResult<void> check_events(Height height) {
        std::uint32_t pieces = 0;
        bool whole = true;
        const auto scanned =
            store_.bytes().scan(keys_of(Table::events, height), Order::ascending, [&](ByteView key, ByteView piece) {
                whole = equal(key, key_of(Table::events, height, pieces++)) && whole &&
                        chain::read_events(piece, [](const chain::KeptEvent&) {}).has_value();
                return true;
            });
        if (!scanned) return fail(to_chain(scanned.error()));
        event_pieces_ += pieces;
        if (!whole) say(height, "what its contracts reported cannot be read");
        return {};
    }

    StoreResult<void> check_missing(Height height) {
        ++out_.headers_only;
        if (whole_ && height > Height{0}) say(height, "it has no transactions, and a block below it has them");
        if (above_final_) say(height, "it has no transactions and is not final");
        return {};
    }

    StoreResult<void> check_transactions(Height height, const StoredHeader& stored) {
        if (height > Height{0}) whole_ = true;
        auto spent = find_all<ledger::SpentTransaction>(height, Table::transaction, "transaction");
        if (!spent) return fail(spent.error());
        out_.transactions += spent->size();
        std::vector<ledger::LedgerTransaction> transactions;
        std::uint32_t position = 0;
        for (ledger::SpentTransaction& one : *spent) {
            if (auto done = check_transaction(height, position++, one); !done) return done;
            transactions.push_back(std::move(one.transaction));
        }
        if (transactions.size() != stored.transactions ||
            ledger::transactions_root(transactions) != stored.header.transactions_root) {
            say(height, "its transactions are not those of its header");
        }
        return {};
    }

    StoreResult<void> check_transaction(Height height, std::uint32_t position, const ledger::SpentTransaction& one) {
        if (one.block_height != height) say(height, fmt::format("transaction {} is of another height", position));
        const auto place =
            find<StoredPlace>(height, key_of(Table::place, one.transaction.id()), "transaction's place in the index");
        if (!place) return fail(place.error());
        if (*place && ((*place)->height != height || (*place)->position != position)) {
            say(height, fmt::format("the index of transactions has another place for number {}", position));
        }
        const ledger::Blobs* blobs = one.transaction.transaction.blobs();
        if (blobs == nullptr) return {};
        for (const ledger::Blob& blob : blobs->blobs) {
            if (auto done = check_blob(height, blob.hash); !done) return done;
        }
        return {};
    }

    // Its contents may have been forgotten.
    StoreResult<void> check_blob(Height height, const ledger::BlobHash& hash) {
        const Bytes key = key_of(Table::blob, height, hash);
        const auto there = store_.has(key);
        if (!there) return fail(there.error());
        if (!*there) return {};
        const auto sidecar = find<StoredSidecar>(height, key, "blob");
        if (!sidecar) return fail(sidecar.error());
        if (*sidecar && ledger::versioned_hash((*sidecar)->sidecar.commitment) != hash) {
            say(height, "a blob has not the commitment that its name says");
        }
        const auto indexed = store_.has(key_of(Table::blob_height, hash, height));
        if (!indexed) return fail(indexed.error());
        if (!*indexed) say(height, "a blob is missing in the index of blobs");
        return {};
    }

    StoreResult<std::uint64_t> count(Table table) {
        std::uint64_t out = 0;
        const auto scanned = store_.bytes().scan(keys_of(table), Order::ascending, [&](ByteView, ByteView) {
            ++out;
            return true;
        });
        if (!scanned) return fail(to_chain(scanned.error()));
        return out;
    }
    // Every entry was met once on the way, so that a different number says that some belong to nothing.
    StoreResult<void> count_tables() {
        const auto blobs = count(Table::blob);
        if (!blobs) return fail(blobs.error());
        out_.blobs = *blobs;
        const std::pair<Table, std::pair<std::uint64_t, std::string_view>> tables[] = {
            {Table::header, {out_.blocks, "headers"}},
            {Table::label, {out_.blocks, "labels"}},
            {Table::height, {out_.blocks, "hashes"}},
            {Table::transaction, {out_.transactions, "transactions"}},
            {Table::place, {out_.transactions, "places of transactions"}},
            {Table::fault, {out_.faults, "faults"}},
            {Table::events, {event_pieces_, "pieces of events"}},
            {Table::blob_height, {out_.blobs, "places of blobs"}}};
        for (const auto& [table, expected] : tables) {
            const auto found = count(table);
            if (!found) return fail(found.error());
            if (*found == expected.first) continue;
            say({}, fmt::format("there are {} {} in the database and {} in its blocks", *found, expected.second,
                                expected.first));
        }
        return {};
    }

    TypedStore store_;
    ChainReport out_;
    std::optional<ledger::BlockHash> previous_{};
    std::uint64_t event_pieces_ = 0;
    bool above_final_ = false;
    bool whole_ = false;  // a block above genesis was
};

}  // namespace

StoreResult<ChainReport> check_chain(TypedStore store, const ChainProgress& progress) {
    return Check(store).run(progress);
}

}  // namespace dusk::storage
