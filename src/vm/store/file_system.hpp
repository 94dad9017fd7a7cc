// The files of a state store: what it asks of the system, as an interface, so that a test can stop it at any call.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::vm {

// errno of a call that failed.
using SystemError = int;

// An open file. Reads and writes may run at once on several threads.
class File {
  public:
    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    virtual ~File() = default;

    // Fills `out` from `offset` on, or up to the end of the file: how many bytes.
    [[nodiscard]] virtual Result<std::size_t, SystemError> read_at(MutableByteView out, std::uint64_t offset) const = 0;
    // All pieces, one behind the other. After an error any part may have been written.
    [[nodiscard]] virtual Result<void, SystemError> write_at(std::span<const ByteView> pieces,
                                                             std::uint64_t offset) = 0;
    [[nodiscard]] virtual Result<std::uint64_t, SystemError> size() const = 0;
    [[nodiscard]] virtual Result<void, SystemError> resize(std::uint64_t size) = 0;
    // Content and size are on the disk when it returns.
    [[nodiscard]] virtual Result<void, SystemError> sync() = 0;
    // For mmap; -1 where there is none.
    [[nodiscard]] virtual int descriptor() const = 0;
};

// Held as long as it lives.
class FileLock {
  public:
    FileLock() = default;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    virtual ~FileLock() = default;
};

class FileSystem {
  public:
    using Path = std::filesystem::path;

    FileSystem() = default;
    FileSystem(const FileSystem&) = delete;
    FileSystem& operator=(const FileSystem&) = delete;
    virtual ~FileSystem() = default;

    enum class Open : std::uint8_t {
        existing,  // ENOENT when it is not there
        read,      // the same, and nothing is written
        create,    // empty when it was not there
        replace,   // empty
    };
    [[nodiscard]] virtual Result<std::unique_ptr<File>, SystemError> open(const Path& path, Open how) = 0;
    // Replaces what has the name `to`, from one moment to the next.
    [[nodiscard]] virtual Result<void, SystemError> rename(const Path& from, const Path& to) = 0;
    [[nodiscard]] virtual Result<void, SystemError> remove(const Path& path) = 0;
    // With the folders above it; no error when it is there.
    [[nodiscard]] virtual Result<void, SystemError> make_folder(const Path& path) = 0;
    // Names of the files in a folder, in any order.
    [[nodiscard]] virtual Result<std::vector<std::string>, SystemError> list(const Path& folder) = 0;
    // The names in a folder are on the disk when it returns.
    [[nodiscard]] virtual Result<void, SystemError> sync_folder(const Path& folder) = 0;
    // EWOULDBLOCK when another process, or another lock of this one, has it.
    [[nodiscard]] virtual Result<std::unique_ptr<FileLock>, SystemError> lock(const Path& path) = 0;
};

// The real one.
[[nodiscard]] FileSystem& system_files();

// Reads all of a file of at most `most` bytes (EFBIG).
[[nodiscard]] Result<Bytes, SystemError> read_whole(const File& file, std::uint64_t most);

}  // namespace dusk::vm
