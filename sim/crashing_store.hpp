// A store that says where power could fail: before and after each write.
#pragma once

#include "sim/crash_point.hpp"
#include "storage/key_value.hpp"

namespace dusk::sim {

class CrashingStore final : public storage::KeyValue {
  public:
    // Both outlive it.
    CrashingStore(storage::KeyValue& inner, CrashPoint& crash) : inner_(inner), crash_(crash) {}

    [[nodiscard]] storage::StorageResult<std::optional<Bytes>> get(ByteView key) override { return inner_.get(key); }
    [[nodiscard]] storage::StorageResult<void> write(const storage::WriteBatch& batch, storage::Sync sync) override {
        crash_.pass("before a write");
        auto written = inner_.write(batch, sync);
        crash_.pass("after a write");
        return written;
    }
    [[nodiscard]] storage::StorageResult<void> scan(const storage::KeyRange& range, storage::Order order,
                                                    const Visit& visit) override {
        return inner_.scan(range, order, visit);
    }

  private:
    storage::KeyValue& inner_;
    CrashPoint& crash_;
};

}  // namespace dusk::sim
