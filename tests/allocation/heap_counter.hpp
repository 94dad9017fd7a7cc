// Counts allocations of the calling thread, those of C, C++ and Rust code alike: this program's malloc is glibc's with
// a counter, or where a sanitizer has its own, that one's hooks count.
#pragma once

#include <cstddef>

namespace dusk {

// Since the thread began: calls of malloc, calloc, realloc, aligned_alloc and posix_memalign, and so of operator new.
[[nodiscard]] std::size_t allocations();

}  // namespace dusk
