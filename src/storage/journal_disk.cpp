#include "storage/journal_disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace dusk::storage {
namespace {

constexpr mode_t kOwnerOnly = 0600;

// 0 or an errno.
int write_all(int file, ByteView bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return EIO;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return 0;
}

int sync_folder_of(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return errno;
    const int error = ::fsync(handle) == 0 ? 0 : errno;
    ::close(handle);
    return error;
}

std::filesystem::path beside(std::filesystem::path path, const char* ending) { return path += ending; }

}  // namespace

StorageFailure JournalFile::failure(const std::filesystem::path& path, int error) const {
    StorageFailure out = system_failure("signing journal " + path.string(), error);
    if (out.kind == StorageError::locked) out.text += ": another node signs with this key";
    if (out.kind == StorageError::no_space) out.text += ": nothing is signed until there is room on the disk";
    return out;
}

StorageResult<std::unique_ptr<JournalFile>> JournalFile::open(const std::filesystem::path& path) {
    const auto lock_path = beside(path, ".lock");
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
    const int error = errno;
    std::unique_ptr<JournalFile> out(new JournalFile(path, lock));
    if (lock < 0) return fail(out->failure(lock_path, error));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) return fail(out->failure(lock_path, errno));
    out->file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (out->file_ < 0 && errno != ENOENT) return fail(out->failure(path, errno));
    struct stat status{};
    if (out->file_ >= 0 && ::fstat(out->file_, &status) != 0) return fail(out->failure(path, errno));
    out->size_ = static_cast<std::uint64_t>(status.st_size);
    return out;
}

JournalFile::~JournalFile() {
    close_file();
    if (lock_ >= 0) ::close(lock_);
}

void JournalFile::close_file() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
}

StorageResult<Bytes> JournalFile::read() {
    if (file_ < 0) return Bytes();
    struct stat status{};
    if (::fstat(file_, &status) != 0) return fail(failure(path_, errno));
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size > kLargest) {
        return fail(StorageFailure{StorageError::not_a_store, path_.string() + " is no signing journal"});
    }
    Bytes out(size);
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t count = ::pread(file_, out.data() + got, out.size() - got, static_cast<off_t>(got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail(failure(path_, errno));
        if (count == 0) break;
        got += static_cast<std::size_t>(count);
    }
    out.resize(got);
    size_ = got;
    return out;
}

StorageResult<void> JournalFile::append(ByteView bytes) {
    if (failed_ || file_ < 0) return fail(failure(path_, EIO));
    if (const int error = write_all(file_, bytes, size_); error != 0) {
        failed_ = ::ftruncate(file_, static_cast<off_t>(size_)) != 0;
        return fail(failure(path_, error));
    }
    if (::fdatasync(file_) != 0) {
        const int error = errno;
        failed_ = true;
        return fail(failure(path_, error));
    }
    size_ += bytes.size();
    return {};
}

StorageResult<void> JournalFile::replace(ByteView content) {
    if (failed_) return fail(failure(path_, EIO));
    const auto staged = beside(path_, ".new");
    const int file = ::open(staged.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
    if (file < 0) return fail(failure(staged, errno));
    int error = write_all(file, content, 0);
    if (error == 0 && ::fsync(file) != 0) error = errno;
    if (error == 0 && ::rename(staged.c_str(), path_.c_str()) != 0) error = errno;
    if (error != 0) {
        ::close(file);
        ::unlink(staged.c_str());
        return fail(failure(staged, error));
    }
    close_file();
    file_ = file;
    size_ = content.size();
    if (error = sync_folder_of(path_); error != 0) {
        failed_ = true;  // the name may still be that of the old file
        return fail(failure(path_, error));
    }
    return {};
}

std::size_t MemoryJournal::spend(std::size_t bytes) {
    if (!left_) return bytes;
    const auto written = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, *left_));
    *left_ -= written;
    stopped_ = written < bytes;
    return written;
}

StorageResult<Bytes> MemoryJournal::read() {
    if (stopped_) return fail(system_failure("journal in memory", EIO));
    return content_;
}

StorageResult<void> MemoryJournal::append(ByteView bytes) {
    if (!stopped_) dusk::append(content_, bytes.first(spend(bytes.size())));
    if (stopped_) return fail(system_failure("journal in memory", EIO));
    return {};
}

StorageResult<void> MemoryJournal::replace(ByteView content) {
    if (!stopped_ && spend(content.size()) == content.size()) content_ = to_vector(content);
    if (stopped_) return fail(system_failure("journal in memory", EIO));
    return {};
}

}  // namespace dusk::storage
