#include "app/core_dump.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace dusk::app {

void forbid_core_dumps() {
    constexpr rlimit kNone{.rlim_cur = 0, .rlim_max = 0};
    (void)::setrlimit(RLIMIT_CORE, &kNone);
    // Where core files go to a program instead of a folder, the limit does not count.
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace dusk::app
