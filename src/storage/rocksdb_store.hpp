// The store on the disk: RocksDB, with bounds on memory and open files.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/key_value.hpp"

namespace rocksdb {
class DB;
class Snapshot;
class Status;
}  // namespace rocksdb

namespace dusk::storage {

struct RocksDbOptions {
    std::size_t write_buffer = std::size_t{16} << 20;  // bytes of writes in memory; at most two such buffers
    std::size_t block_cache = std::size_t{32} << 20;   // bytes of what was read, indexes and filters included
    int open_files = 256;
    bool read_only = false;  // the database is there, and nothing on the disk changes; every write is an error
};

class RocksDbStore final : public KeyValue {
  public:
    // Makes the folder and those above it. After a crash it recovers by itself: of the write that was under way all or
    // nothing is there. Errors: io, no_space, locked, damaged.
    [[nodiscard]] static StorageResult<std::unique_ptr<RocksDbStore>> open(const std::filesystem::path& folder,
                                                                           const RocksDbOptions& options = {});
    ~RocksDbStore() override;

    // All as it is now, for another thread, while this one goes on; every write is an error. It keeps what is deleted
    // meanwhile on the disk, so it should not live long; this store outlives it.
    [[nodiscard]] std::unique_ptr<KeyValue> read_view() const;

    [[nodiscard]] StorageResult<std::optional<Bytes>> get(ByteView key) override;
    [[nodiscard]] StorageResult<void> write(const WriteBatch& batch, Sync sync) override;
    [[nodiscard]] StorageResult<void> scan(const KeyRange& range, Order order, const Visit& visit) override;

  private:
    class View;
    RocksDbStore(std::filesystem::path folder, std::unique_ptr<rocksdb::DB> db);
    [[nodiscard]] StorageFailure failure(const rocksdb::Status& status) const;
    [[nodiscard]] StorageResult<std::optional<Bytes>> get(ByteView key, const rocksdb::Snapshot* at) const;
    [[nodiscard]] StorageResult<void> scan(const KeyRange& range, Order order, const Visit& visit,
                                           const rocksdb::Snapshot* at) const;

    std::filesystem::path folder_;
    std::unique_ptr<rocksdb::DB> db_;
    bool failed_ = false;  // the last write
};

}  // namespace dusk::storage
