#include "vm/store/file_system.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace dusk::vm {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    [[nodiscard]] int get() const { return value_; }

  private:
    int value_;
};

class SystemFile final : public File {
  public:
    explicit SystemFile(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    [[nodiscard]] Result<std::size_t, SystemError> read_at(MutableByteView out, std::uint64_t offset) const override {
        std::size_t size = 0;
        while (size < out.size()) {
            const ssize_t got =
                ::pread(descriptor(), out.data() + size, out.size() - size, static_cast<off_t>(offset + size));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return fail(errno);
            if (got == 0) break;
            size += static_cast<std::size_t>(got);
        }
        return size;
    }

    [[nodiscard]] Result<void, SystemError> write_at(std::span<const ByteView> pieces, std::uint64_t offset) override {
        std::size_t skip = 0;  // bytes of the first piece that are written
        while (!pieces.empty()) {
            std::array<iovec, 256> parts;
            const std::size_t count = std::min(parts.size(), pieces.size());
            for (std::size_t i = 0; i < count; ++i) {
                const ByteView piece = i == 0 ? pieces[0].subspan(skip) : pieces[i];
                parts[i] = {.iov_base = const_cast<std::uint8_t*>(piece.data()), .iov_len = piece.size()};
            }
            const ssize_t written =
                ::pwritev(descriptor(), parts.data(), static_cast<int>(count), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return fail(errno);
            offset += static_cast<std::uint64_t>(written);
            skip += static_cast<std::size_t>(written);
            while (!pieces.empty() && skip >= pieces.front().size()) {
                skip -= pieces.front().size();
                pieces = pieces.subspan(1);
            }
            if (written == 0 && !pieces.empty()) return fail(EIO);
        }
        return {};
    }

    [[nodiscard]] Result<std::uint64_t, SystemError> size() const override {
        struct stat status{};
        if (::fstat(descriptor(), &status) != 0) return fail(errno);
        return static_cast<std::uint64_t>(status.st_size);
    }
    [[nodiscard]] Result<void, SystemError> resize(std::uint64_t size) override {
        if (::ftruncate(descriptor(), static_cast<off_t>(size)) != 0) return fail(errno);
        return {};
    }
    [[nodiscard]] Result<void, SystemError> sync() override {
        if (::fdatasync(descriptor()) != 0) return fail(errno);
        return {};
    }
    [[nodiscard]] int descriptor() const override { return descriptor_.get(); }

  private:
    Descriptor descriptor_;
};

class SystemLock final : public FileLock {
  public:
    explicit SystemLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  private:
    Descriptor descriptor_;
};

class SystemFiles final : public FileSystem {
  public:
    [[nodiscard]] Result<std::unique_ptr<File>, SystemError> open(const Path& path, Open how) override {
        int flags = O_CLOEXEC | (how == Open::read ? O_RDONLY : O_RDWR);
        if (how == Open::create || how == Open::replace) flags |= O_CREAT;
        if (how == Open::replace) flags |= O_TRUNC;
        Descriptor descriptor(::open(path.c_str(), flags, kMode));
        if (descriptor.get() < 0) return fail(errno);
        return std::make_unique<SystemFile>(std::move(descriptor));
    }
    [[nodiscard]] Result<void, SystemError> rename(const Path& from, const Path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) return fail(errno);
        return {};
    }
    [[nodiscard]] Result<void, SystemError> remove(const Path& path) override {
        if (::unlink(path.c_str()) != 0) return fail(errno);
        return {};
    }
    [[nodiscard]] Result<void, SystemError> make_folder(const Path& path) override {
        std::error_code error;
        std::filesystem::create_directories(path, error);
        if (error) return fail(error.value());
        return {};
    }
    [[nodiscard]] Result<std::vector<std::string>, SystemError> list(const Path& folder) override {
        std::error_code error;
        std::filesystem::directory_iterator at(folder, error);
        std::vector<std::string> names;
        for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
            names.push_back(at->path().filename().string());
        }
        if (error) return fail(error.value());
        return names;
    }
    [[nodiscard]] Result<void, SystemError> sync_folder(const Path& folder) override {
        const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (handle.get() < 0 || ::fsync(handle.get()) != 0) return fail(errno);
        return {};
    }
    [[nodiscard]] Result<std::unique_ptr<FileLock>, SystemError> lock(const Path& path) override {
        Descriptor descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kMode));
        if (descriptor.get() < 0 || ::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) return fail(errno);
        return std::make_unique<SystemLock>(std::move(descriptor));
    }

  private:
    static constexpr mode_t kMode = 0644;
};

}  // namespace

FileSystem& system_files() {
    static SystemFiles files;
    return files;
}

Result<Bytes, SystemError> read_whole(const File& file, std::uint64_t most) {
    const auto size = file.size();
    if (!size) return fail(size.error());
    if (*size > most) return fail(EFBIG);
    Bytes out(*size);
    const auto got = file.read_at(out, 0);
    if (!got) return fail(got.error());
    out.resize(*got);
    return out;
}

}  // namespace dusk::vm
