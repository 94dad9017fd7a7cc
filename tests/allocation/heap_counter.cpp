#include "heap_counter.hpp"

#include <cerrno>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define DUSK_SANITIZER_HEAP
#endif
#endif

namespace {
thread_local std::size_t count = 0;
}

namespace dusk {

#ifdef DUSK_SANITIZER_HEAP

}  // namespace dusk

#include <sanitizer/allocator_interface.h>

namespace dusk {
namespace {

void on_malloc(const volatile void* /*address*/, std::size_t /*size*/) { ++count; }
void on_free(const volatile void* /*address*/) {}

}  // namespace

std::size_t allocations() {
    static const int kInstalled = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
    (void)kInstalled;
    return count;
}

#else

std::size_t allocations() { return count; }

#endif

}  // namespace dusk

#ifndef DUSK_SANITIZER_HEAP

// glibc's own functions, which it keeps for programs that replace malloc.
extern "C" {
void* __libc_malloc(std::size_t size);                           // NOLINT
void* __libc_calloc(std::size_t items, std::size_t size);        // NOLINT
void* __libc_realloc(void* old, std::size_t size);               // NOLINT
void* __libc_memalign(std::size_t alignment, std::size_t size);  // NOLINT
void __libc_free(void* address);                                 // NOLINT

void* malloc(std::size_t size) {
    ++count;
    return __libc_malloc(size);
}
void* calloc(std::size_t items, std::size_t size) {
    ++count;
    return __libc_calloc(items, size);
}
void* realloc(void* old, std::size_t size) {
    ++count;
    return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    ++count;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    void* const made = memalign(alignment, size);
    if (made == nullptr) return ENOMEM;
    *out = made;
    return 0;
}
void free(void* address) { __libc_free(address); }
}

#endif
