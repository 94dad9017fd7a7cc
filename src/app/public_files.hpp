// Large files that hold no secret, such as public parameters: read whole with a limit, written whole or not at all.
#pragma once

#include "app/files.hpp"
#include "app/outcome.hpp"

namespace dusk::app {

// Parameters of 2^21 + 10 raw points, the largest that a ceremony makes.
inline constexpr std::size_t kLargestPublicFile = std::size_t{256} << 20;

// The whole file; a file that others make longer meanwhile is too large. Errors: file_missing, file_unreadable,
// file_too_large.
[[nodiscard]] Result<Bytes, Failure> read_public_file(const std::filesystem::path& path);

// A temporary file beside it, flushed to the disk, then renamed. The mode of a file that is replaced stays; a new one
// gets 0644 without what the umask forbids. Errors: file_exists, file_unwritable.
[[nodiscard]] Result<void, Failure> write_public_file(const std::filesystem::path& path, ByteView content,
                                                      Overwrite overwrite);

// Before anything is asked or computed: a name that is taken is an error now, not after the password or the work.
// Error: file_exists.
[[nodiscard]] Result<void, Failure> require_free(const std::filesystem::path& path, Overwrite overwrite);

}  // namespace dusk::app
