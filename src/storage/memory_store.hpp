// A store in memory, for the simulator and for tests: it can lose what a crash would lose, and stop at any write.
#pragma once

#include <map>

#include "storage/key_value.hpp"

namespace dusk::storage {

class MemoryStore final : public KeyValue {
  public:
    [[nodiscard]] StorageResult<std::optional<Bytes>> get(ByteView key) override;
    [[nodiscard]] StorageResult<void> write(const WriteBatch& batch, Sync sync) override;
    [[nodiscard]] StorageResult<void> scan(const KeyRange& range, Order order, const Visit& visit) override;

    // Writes that a loss of power may take.
    [[nodiscard]] std::size_t unsynced() const { return undo_.size(); }
    // The power was lost: the last `lost` writes, at most unsynced(), are gone. What was stopped goes on.
    void crash(std::size_t lost);

    // What is there of the write at which it stops.
    enum class Stop : bool { before, after };
    // The process ends within the write that `writes` others precede: from then on every call fails (io), until
    // `crash`.
    void stop_at(std::uint64_t writes, Stop how);
    [[nodiscard]] bool stopped() const { return stopped_; }

    [[nodiscard]] std::uint64_t writes() const { return writes_; }  // so far
    [[nodiscard]] std::size_t size() const { return values_.size(); }

  private:
    struct Less {
        using is_transparent = void;
        bool operator()(ByteView a, ByteView b) const;
    };
    void apply(const WriteBatch& batch, Sync sync);

    std::map<Bytes, Bytes, Less> values_;
    // What the writes that are not synced replaced, each in the order in which it is to be put back.
    std::vector<std::vector<WriteBatch::Change>> undo_;
    std::uint64_t writes_ = 0;
    std::optional<std::uint64_t> stop_at_;
    Stop stop_ = Stop::before;
    bool stopped_ = false;
};

}  // namespace dusk::storage
