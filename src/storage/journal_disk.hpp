// Where a signing journal lies: the port, a file, and one in memory for the simulator and for tests.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "storage/storage_failure.hpp"

namespace dusk::storage {

class JournalDisk {
  public:
    JournalDisk() = default;
    JournalDisk(const JournalDisk&) = delete;
    JournalDisk& operator=(const JournalDisk&) = delete;
    virtual ~JournalDisk() = default;

    // All of it; empty where there is none yet. Errors: io.
    [[nodiscard]] virtual StorageResult<Bytes> read() = 0;
    // Behind all that is there, and on the disk when it returns. If it ends within this, a part may be there.
    // Errors: io, no_space; then nothing was added, or all that follows fails too.
    [[nodiscard]] virtual StorageResult<void> append(ByteView bytes) = 0;
    // In place of all that is there: the old or the new content, at whatever instant it ends, and the new one when it
    // returns. Errors: io, no_space; either of the two may be there then.
    [[nodiscard]] virtual StorageResult<void> replace(ByteView content) = 0;
};

// A file that is its owner's only and that one process at a time may open.
class JournalFile final : public JournalDisk {
  public:
    // No journal is larger.
    static constexpr std::uint64_t kLargest = std::uint64_t{256} << 20;

    // Makes the file when it is first replaced, and `path`.lock beside it. Errors: io, locked.
    [[nodiscard]] static StorageResult<std::unique_ptr<JournalFile>> open(const std::filesystem::path& path);
    ~JournalFile() override;

    [[nodiscard]] StorageResult<Bytes> read() override;
    [[nodiscard]] StorageResult<void> append(ByteView bytes) override;
    [[nodiscard]] StorageResult<void> replace(ByteView content) override;

  private:
    JournalFile(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    [[nodiscard]] StorageFailure failure(const std::filesystem::path& path, int error) const;
    void close_file();

    std::filesystem::path path_;
    int lock_;
    int file_ = -1;  // none: not there yet
    std::uint64_t size_ = 0;
    bool failed_ = false;  // it is unknown what is there
};

class MemoryJournal final : public JournalDisk {
  public:
    [[nodiscard]] StorageResult<Bytes> read() override;
    [[nodiscard]] StorageResult<void> append(ByteView bytes) override;
    [[nodiscard]] StorageResult<void> replace(ByteView content) override;

    // The process ends when it has written so many more bytes, if need be within a call: from then on every call fails
    // (io), until `restart`. Content that is replaced counts with its size, and is there as a whole or not.
    void stop_after(std::uint64_t bytes) { left_ = bytes; }
    [[nodiscard]] bool stopped() const { return stopped_; }
    void restart() {
        left_.reset();
        stopped_ = false;
    }
    [[nodiscard]] Bytes& content() { return content_; }

  private:
    // How many of so many bytes are written.
    std::size_t spend(std::size_t bytes);

    Bytes content_;
    std::optional<std::uint64_t> left_;
    bool stopped_ = false;
};

}  // namespace dusk::storage
