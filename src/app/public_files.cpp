#include "app/public_files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

Failure failure_at(FileError::Kind kind, const fs::path& path) {
    return failure_of(FileError{.kind = kind, .path = path, .system_error = errno});
}

Failure too_large(const fs::path& path) {
    return {.exit = ExitCode::file,
            .code = "file_too_large",
            .message = fmt::format("the file {} is larger than {} MiB, more than any public parameters", path.string(),
                                   kLargestPublicFile >> 20)};
}

class OpenFile {
  public:
    explicit OpenFile(const fs::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] bool good() const { return file_ >= 0; }
    // Its size where the system knows one, to allocate once.
    [[nodiscard]] std::size_t expected_size() const {
        struct stat info{};
        if (::fstat(file_, &info) != 0 || info.st_size < 0) return 0;
        return static_cast<std::size_t>(info.st_size);
    }
    // Appends up to `most` bytes. How many, 0 at the end, -1 where the system refuses.
    [[nodiscard]] ssize_t read(Bytes& out, std::size_t most) const {
        const std::size_t before = out.size();
        out.resize(before + most);
        ssize_t got = 0;
        do {
            got = ::read(file_, out.data() + before, most);
        } while (got < 0 && errno == EINTR);
        out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        return got;
    }

  private:
    int file_;
};

// What a new file may be for others, given the umask of the process.
mode_t mode_of_new_files() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0644 & ~mask;
}

}  // namespace

Result<Bytes, Failure> read_public_file(const fs::path& path) {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    const OpenFile file(path);
    if (!file.good()) {
        return fail(failure_at(errno == ENOENT ? FileError::Kind::missing : FileError::Kind::unreadable, path));
    }
    if (file.expected_size() > kLargestPublicFile) return fail(too_large(path));
    Bytes content;
    content.reserve(file.expected_size() + kPiece);
    for (;;) {
        const ssize_t got = file.read(content, kPiece);
        if (got < 0) return fail(failure_at(FileError::Kind::unreadable, path));
        if (got == 0) return content;
        if (content.size() > kLargestPublicFile) return fail(too_large(path));
    }
}

Result<void, Failure> write_public_file(const fs::path& path, ByteView content, Overwrite overwrite) {
    struct stat before{};
    const bool replaces = ::stat(path.c_str(), &before) == 0;
    const mode_t mode = replaces ? before.st_mode & 0777 : mode_of_new_files();
    if (const auto written = write_key_file(path, content, overwrite); !written) {
        return fail(failure_of(written.error()));
    }
    if (::chmod(path.c_str(), mode) != 0) return fail(failure_at(FileError::Kind::unwritable, path));
    return {};
}

Result<void, Failure> require_free(const fs::path& path, Overwrite overwrite) {
    std::error_code error;
    if (overwrite == Overwrite::allow || !fs::exists(fs::symlink_status(path, error))) return {};
    return fail(failure_of(FileError{.kind = FileError::Kind::exists, .path = path}));
}

}  // namespace dusk::app
