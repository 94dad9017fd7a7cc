#include "app/free_name.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <initializer_list>

namespace dusk::app {
namespace {

Naming failed() { return errno == EEXIST ? Naming::taken : Naming::failed; }

}  // namespace

Naming name_by_rename(const char* from, const char* to) {
    return ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? Naming::done : failed();
}

Naming name_by_link(const char* from, const char* to) {
    if (::link(from, to) != 0) return failed();
    (void)::unlink(from);
    return Naming::done;
}

Naming name_by_reservation(const char* from, const char* to) {
    constexpr mode_t kOwnerOnly = 0600;
    const int reserved = ::open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
    if (reserved < 0) return failed();
    ::close(reserved);
    if (::rename(from, to) == 0) return Naming::done;
    const int error = errno;
    (void)::unlink(to);
    errno = error;
    return Naming::failed;
}

Naming give_free_name(const char* from, const char* to) {
    for (const auto way : {name_by_rename, name_by_link}) {
        if (const Naming naming = way(from, to); naming != Naming::failed) return naming;
    }
    return name_by_reservation(from, to);
}

}  // namespace dusk::app
