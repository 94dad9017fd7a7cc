#include "storage/rocksdb_store.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <system_error>

namespace dusk::storage {
namespace {

rocksdb::Slice slice(ByteView bytes) {
    if (bytes.empty()) return {};  // with a pointer, which a view of nothing has not
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
ByteView view(const rocksdb::Slice& from) { return as_bytes({from.data(), from.size()}); }

rocksdb::Options settings(const RocksDbOptions& options) {
    rocksdb::Options out;
    out.create_if_missing = true;
    out.write_buffer_size = options.write_buffer;
    out.max_write_buffer_number = 2;
    out.max_total_wal_size = 4 * options.write_buffer;
    out.max_open_files = options.open_files;
    out.max_background_jobs = 2;
    out.compression = rocksdb::kLZ4Compression;
    out.max_manifest_file_size = std::size_t{8} << 20;
    // Its own log is for those who look into RocksDB.
    out.info_log_level = rocksdb::WARN_LEVEL;
    out.max_log_file_size = std::size_t{1} << 20;
    out.keep_log_file_num = 2;
    // Up to the first write that is not whole: what follows it was not synced.
    out.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(options.block_cache);
    table.cache_index_and_filter_blocks = true;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    out.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return out;
}

}  // namespace

RocksDbStore::RocksDbStore(std::filesystem::path folder, std::unique_ptr<rocksdb::DB> db)
    : folder_(std::move(folder)), db_(std::move(db)) {}

RocksDbStore::~RocksDbStore() {
    // What was not synced may be lost with the power anyhow.
    if (db_) db_->SyncWAL().PermitUncheckedError();
}

StorageFailure RocksDbStore::failure(const rocksdb::Status& status) const {
    const std::string text = folder_.string() + ": " + status.ToString();
    if (status.IsNoSpace()) return {StorageError::no_space, text + ": make room on the disk"};
    if (status.IsCorruption() || status.IsNotFound() || status.IsInvalidArgument() || status.IsNotSupported()) {
        return {StorageError::damaged, text + ": remove this folder, the chain is fetched again from other nodes"};
    }
    const bool locked = text.contains("While lock file") || text.contains("lock hold by current process");
    if (locked) return {StorageError::locked, text + ": another node uses this folder"};
    return {StorageError::io, text};
}

StorageResult<std::unique_ptr<RocksDbStore>> RocksDbStore::open(const std::filesystem::path& folder,
                                                                const RocksDbOptions& options) {
    if (!options.read_only) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) return fail(system_failure(folder.string(), error.value()));
    }
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = options.read_only
                                       ? rocksdb::DB::OpenForReadOnly(settings(options), folder.string(), &db)
                                       : rocksdb::DB::Open(settings(options), folder.string(), &db);
    std::unique_ptr<RocksDbStore> out(new RocksDbStore(folder, std::unique_ptr<rocksdb::DB>(db)));
    if (!status.ok()) return fail(out->failure(status));
    return out;
}

class RocksDbStore::View final : public KeyValue {
  public:
    explicit View(const RocksDbStore& store) : store_(store), at_(store.db_->GetSnapshot()) {}
    ~View() override { store_.db_->ReleaseSnapshot(at_); }

    StorageResult<std::optional<Bytes>> get(ByteView key) override { return store_.get(key, at_); }
    StorageResult<void> write(const WriteBatch& /*batch*/, Sync /*sync*/) override {
        return fail(StorageFailure{StorageError::io, store_.folder_.string() + ": a view takes no writes"});
    }
    StorageResult<void> scan(const KeyRange& range, Order order, const Visit& visit) override {
        return store_.scan(range, order, visit, at_);
    }

  private:
    const RocksDbStore& store_;
    const rocksdb::Snapshot* at_;
};

std::unique_ptr<KeyValue> RocksDbStore::read_view() const { return std::make_unique<View>(*this); }

StorageResult<std::optional<Bytes>> RocksDbStore::get(ByteView key) { return get(key, nullptr); }

StorageResult<void> RocksDbStore::scan(const KeyRange& range, Order order, const Visit& visit) {
    return scan(range, order, visit, nullptr);
}

StorageResult<std::optional<Bytes>> RocksDbStore::get(ByteView key, const rocksdb::Snapshot* at) const {
    rocksdb::PinnableSlice value;
    rocksdb::ReadOptions how;
    how.snapshot = at;
    const rocksdb::Status status = db_->Get(how, db_->DefaultColumnFamily(), slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return fail(failure(status));
    return to_vector(view(value));
}

StorageResult<void> RocksDbStore::write(const WriteBatch& batch, Sync sync) {
    // Those who enter events of old blocks write from a thread of their own.
    const std::atomic_ref failed(failed_);
    // After a failed write RocksDB takes no more until it is told that the cause may be gone.
    if (failed) db_->Resume().PermitUncheckedError();
    rocksdb::WriteBatch changes;
    rocksdb::Status status;
    for (const auto& [key, value] : batch.changes()) {
        status = value ? changes.Put(slice(key), slice(*value)) : changes.Delete(slice(key));
        if (!status.ok()) return fail(failure(status));
    }
    rocksdb::WriteOptions how;
    how.sync = sync == Sync::yes;
    status = db_->Write(how, &changes);
    failed = !status.ok();
    if (!status.ok()) return fail(failure(status));
    return {};
}

StorageResult<void> RocksDbStore::scan(const KeyRange& range, Order order, const Visit& visit,
                                       const rocksdb::Snapshot* at_time) const {
    const rocksdb::Slice begin = slice(range.begin);
    const rocksdb::Slice end = slice(range.end);
    rocksdb::ReadOptions how;
    how.snapshot = at_time;
    how.iterate_lower_bound = &begin;
    how.iterate_upper_bound = &end;
    if (begin.compare(end) >= 0) return {};
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(how));
    if (order == Order::ascending) {
        for (at->SeekToFirst(); at->Valid() && visit(view(at->key()), view(at->value())); at->Next()) {
        }
    } else {
        for (at->SeekToLast(); at->Valid() && visit(view(at->key()), view(at->value())); at->Prev()) {
        }
    }
    if (!at->status().ok()) return fail(failure(at->status()));
    return {};
}

}  // namespace dusk::storage
