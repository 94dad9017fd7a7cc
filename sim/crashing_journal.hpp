// A signing journal's disk that says where power could fail: before, within and after each record.
#pragma once

#include "sim/crash_point.hpp"
#include "storage/journal_disk.hpp"

namespace dusk::sim {

class CrashingJournal final : public storage::JournalDisk {
  public:
    // Both outlive it.
    CrashingJournal(storage::JournalDisk& inner, CrashPoint& crash) : inner_(inner), crash_(crash) {}

    [[nodiscard]] storage::StorageResult<Bytes> read() override { return inner_.read(); }
    [[nodiscard]] storage::StorageResult<void> append(ByteView bytes) override {
        crash_.pass("before a record of the journal");
        if (crash_.is_armed()) {
            const std::size_t half = bytes.size() / 2;
            if (const auto first = inner_.append(bytes.first(half)); !first) return first;
            crash_.pass("within a record of the journal");
            bytes = bytes.subspan(half);
        }
        auto written = inner_.append(bytes);
        crash_.pass("after a record of the journal");
        return written;
    }
    [[nodiscard]] storage::StorageResult<void> replace(ByteView content) override {
        crash_.pass("before the journal is replaced");
        auto written = inner_.replace(content);
        crash_.pass("after the journal was replaced");
        return written;
    }

  private:
    storage::JournalDisk& inner_;
    CrashPoint& crash_;
};

}  // namespace dusk::sim
