// Files that hold keys: read whole with a limit, written whole or not at all, for the owner only.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace dusk::app {

struct FileError {
    enum class Kind : std::uint8_t { missing, unreadable, too_large, exists, unwritable };
    Kind kind;
    std::filesystem::path path;
    int system_error = 0;  // errno; 0 where none belongs to it
};

// One sentence that names the file and the system's reason.
[[nodiscard]] std::string to_string(const FileError& error);

// No key file is larger; what is larger is something else.
inline constexpr std::size_t kLargestKeyFile = 64 * 1024;

// The whole file. Errors: missing, unreadable (also a folder), too_large.
[[nodiscard]] Result<SecretBytes, FileError> read_key_file(const std::filesystem::path& path);

enum class Overwrite : std::uint8_t { refuse, allow };

// A file of mode 0600 that is complete and on the disk, under a temporary name beside its own. It goes away unless it
// is put in place.
class StagedFile {
  public:
    // Errors: unwritable.
    [[nodiscard]] static Result<StagedFile, FileError> write(const std::filesystem::path& path, ByteView content);
    StagedFile(StagedFile&& other) noexcept
        : temporary_(std::exchange(other.temporary_, {})), path_(std::move(other.path_)) {}
    StagedFile& operator=(StagedFile&&) = delete;
    ~StagedFile();

    // Under its own name, from one moment to the next. Once. Errors: exists, unwritable; nothing has changed then.
    [[nodiscard]] Result<void, FileError> put_in_place(Overwrite overwrite);

  private:
    StagedFile(std::string temporary, std::filesystem::path path)
        : temporary_(std::move(temporary)), path_(std::move(path)) {}
    std::string temporary_;  // empty: it is in place
    std::filesystem::path path_;
};

// Writes a file of mode 0600. A file of that name is there with the old or the new content at any moment, never in
// part. Errors: exists, unwritable; nothing has changed then.
[[nodiscard]] Result<void, FileError> write_key_file(const std::filesystem::path& path, ByteView content,
                                                     Overwrite overwrite);

// A copy of mode 0600 under a name that is free: `path` itself, else `path` with ".1", ".2" and so on behind it.
// The path that was taken.
[[nodiscard]] Result<std::filesystem::path, FileError> keep_copy(const std::filesystem::path& path, ByteView content);

}  // namespace dusk::app
