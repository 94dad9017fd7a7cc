// The log of a state store: a file that grows by one record at a time and is replaced as a whole by checkpoints.
//
// File: magic (8), version u32, generation u64, check of these (16). Record: length of the payload u32, type u8, check
// of the two (8), payload, check of all of the record (16). Checks are truncated BLAKE3 over the generation, the place
// in the file and the bytes, so no record of another log or place passes.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "vm/store/error.hpp"
#include "vm/store/file_system.hpp"

namespace dusk::vm {

enum class RecordType : std::uint8_t {
    commit = 1,    // a state
    finalize = 2,  // a commit becomes the main state
    remove = 3,    // a commit goes
};
inline constexpr std::uint8_t kLastRecordType = 3;

struct LogRecord {
    RecordType type;
    ByteView payload;
    std::uint64_t offset;  // of the record in the file
};

// What the bytes of a log hold.
class LogReader {
  public:
    static constexpr std::size_t kHeaderSize = 8 + 4 + 8 + 16;
    static constexpr std::size_t kRecordHead = 4 + 1 + 8;
    static constexpr std::size_t kOverhead = kRecordHead + 16;

    // Errors: not_a_store, unknown_version, damaged_log.
    [[nodiscard]] static Result<LogReader, StoreFailure> open(ByteView file);
    // Of the end of a log, from a record's beginning at `offset` on.
    [[nodiscard]] static LogReader of_tail(ByteView tail, std::uint64_t generation, std::uint64_t offset) {
        return {tail, generation, offset};
    }

    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    // The next record; none at the end, or where the rest is no record.
    [[nodiscard]] std::optional<LogRecord> next();
    // Behind the last record that `next` gave.
    [[nodiscard]] std::uint64_t position() const { return position_; }
    [[nodiscard]] bool at_end() const { return position_ == end(); }
    // Goes to the next place where a whole record is. False, and nothing changes, when there is none: then what is left
    // is what a write left behind that did not come to its end.
    [[nodiscard]] bool skip_damage();

  private:
    LogReader(ByteView bytes, std::uint64_t generation, std::uint64_t offset)
        : bytes_(bytes), generation_(generation), first_(offset), position_(offset) {}
    [[nodiscard]] std::uint64_t end() const { return first_ + bytes_.size(); }
    [[nodiscard]] std::optional<LogRecord> record_at(std::uint64_t offset) const;

    ByteView bytes_;
    std::uint64_t generation_;
    std::uint64_t first_;  // place of the first byte in the file
    std::uint64_t position_;
};

// The log on the disk, open for appending. One thread at a time.
class LogFile {
  public:
    // No log is larger.
    static constexpr std::uint64_t kLargest = std::uint64_t{1} << 40;

    // A new, empty one. It is complete under `path` when `install` has renamed it.
    [[nodiscard]] static Result<LogFile, StoreFailure> create(FileSystem& system, const std::filesystem::path& path,
                                                              std::uint64_t generation);
    // One whose records up to `end` were read; what is behind is cut off.
    [[nodiscard]] static Result<LogFile, StoreFailure> resume(std::unique_ptr<File> file, std::string name,
                                                              std::uint64_t generation, std::uint64_t end,
                                                              std::uint64_t size, bool sync);

    // Appends a record; with `sync` it is on the disk when this returns. Errors: io, no_space. After an error nothing
    // was appended, unless `failed()`.
    [[nodiscard]] Result<void, StoreFailure> append(RecordType type, ByteView payload, bool sync);
    // It is unknown what is on the disk, nothing may be written any more.
    [[nodiscard]] bool failed() const { return failed_; }
    void set_failed() { failed_ = true; }

    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] std::uint64_t end() const { return end_; }
    [[nodiscard]] File& file() { return *file_; }
    // The file was renamed.
    void set_name(std::string name) { name_ = std::move(name); }

  private:
    LogFile(std::unique_ptr<File> file, std::string name, std::uint64_t generation, std::uint64_t end)
        : file_(std::move(file)), name_(std::move(name)), generation_(generation), end_(end) {}

    std::unique_ptr<File> file_;
    std::string name_;
    std::uint64_t generation_;
    std::uint64_t end_;
    bool failed_ = false;
};

}  // namespace dusk::vm
