#include "app/files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "app/free_name.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

class FileDescriptor {
  public:
    explicit FileDescriptor(int value) : value_(value) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (value_ >= 0) ::close(value_);
    }
    [[nodiscard]] int get() const { return value_; }
    [[nodiscard]] bool open() const { return value_ >= 0; }
    // Some file systems report a failed write only here.
    [[nodiscard]] bool close() { return ::close(std::exchange(value_, -1)) == 0; }

  private:
    int value_;
};

FileError error_at(FileError::Kind kind, const fs::path& path) {
    return {.kind = kind, .path = path, .system_error = errno};
}

bool write_all(int file, ByteView content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// A rename is on the disk when its folder is. It has happened already, so nothing fails here: a folder that may be
// written but not read, or of a file system that does not flush folders, goes to the disk with everything else.
void flush_folder(const fs::path& folder) {
    const FileDescriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle.open() || ::fsync(handle.get()) != 0) ::sync();
}

Naming replace_name(const char* from, const char* to) {
    return ::rename(from, to) == 0 ? Naming::done : Naming::failed;
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

}  // namespace

std::string to_string(const FileError& error) {
    const std::string name = error.path.string();
    std::string reason;
    if (error.system_error != 0) reason = ": " + std::generic_category().message(error.system_error);
    switch (error.kind) {
        case FileError::Kind::missing:
            return fmt::format("there is no file {}", name);
        case FileError::Kind::unreadable:
            return fmt::format("the file {} cannot be read{}", name, reason);
        case FileError::Kind::too_large:
            return fmt::format("the file {} is too large for a key file (more than {} bytes)", name, kLargestKeyFile);
        case FileError::Kind::exists:
            return fmt::format("the file {} exists and is left as it is", name);
        case FileError::Kind::unwritable:
            return fmt::format("the file {} cannot be written{}", name, reason);
    }
    return "unknown error of a file";
}

Result<SecretBytes, FileError> read_key_file(const fs::path& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) {
        return fail(error_at(errno == ENOENT ? FileError::Kind::missing : FileError::Kind::unreadable, path));
    }
    SecretBytes content(kLargestKeyFile + 1);
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = ::read(file.get(), content.reveal().data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(error_at(FileError::Kind::unreadable, path));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > kLargestKeyFile) return fail(FileError{.kind = FileError::Kind::too_large, .path = path});
    content.truncate(size);
    return content;
}

Result<StagedFile, FileError> StagedFile::write(const fs::path& path, ByteView content) {
    constexpr mode_t kOwnerOnly = 0600;
    std::string temporary = path.string() + ".XXXXXX";
    FileDescriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.open()) return fail(error_at(FileError::Kind::unwritable, path));
    StagedFile staged(std::move(temporary), path);
    if (::fchmod(file.get(), kOwnerOnly) != 0 || !write_all(file.get(), content) || ::fsync(file.get()) != 0 ||
        !file.close()) {
        return fail(error_at(FileError::Kind::unwritable, path));
    }
    return staged;
}

StagedFile::~StagedFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void, FileError> StagedFile::put_in_place(Overwrite overwrite) {
    const auto give_name = overwrite == Overwrite::refuse ? give_free_name : replace_name;
    const Naming naming = give_name(temporary_.c_str(), path_.c_str());
    if (naming == Naming::taken) return fail(FileError{.kind = FileError::Kind::exists, .path = path_});
    if (naming == Naming::failed) return fail(error_at(FileError::Kind::unwritable, path_));
    temporary_.clear();
    flush_folder(folder_of(path_));
    return {};
}

Result<void, FileError> write_key_file(const fs::path& path, ByteView content, Overwrite overwrite) {
    auto staged = StagedFile::write(path, content);
    if (!staged) return fail(staged.error());
    return staged->put_in_place(overwrite);
}

Result<fs::path, FileError> keep_copy(const fs::path& path, ByteView content) {
    constexpr int kMostCopies = 100;
    fs::path name = path;
    for (int i = 1;; ++i) {
        const auto written = write_key_file(name, content, Overwrite::refuse);
        if (written) return {std::move(name)};
        if (written.error().kind != FileError::Kind::exists || i == kMostCopies) return fail(written.error());
        name = path;
        name += fmt::format(".{}", i);
    }
}

}  // namespace dusk::app
