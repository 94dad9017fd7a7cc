#include "node/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace dusk::node {
namespace {

std::string holder_of(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    std::string_view pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    pid = pid.substr(0, pid.find_first_not_of("0123456789"));
    return pid.empty() ? std::string() : fmt::format(" (process {})", pid);
}

}  // namespace

Result<FolderLock, std::string> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) return fail(fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)));
    FolderLock out(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return fail(fmt::format("cannot lock {}: {}", path.string(), std::strerror(errno)));
        return fail(fmt::format("another process works in {}{}: stop it first, or name another folder", folder.string(),
                                holder_of(descriptor)));
    }
    const std::string pid = fmt::format("{}\n", ::getpid());
    // For people only: the lock holds without it.
    if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, pid.data(), pid.size(), 0);
    return out;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace dusk::node
