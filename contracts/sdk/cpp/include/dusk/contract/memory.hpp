// The heap of a contract: blocks of powers of two, from lists of freed ones, else from the end of linear memory.
//
// Linear memory is the state of the contract: what is allocated stays until it is freed, over all calls. Freed blocks
// are used again, memory never shrinks. Both operations take constant time; growing costs 1 gas and touches no page
// (spec/vm.md §1.1, §1.2). Compiled natively, the heap is that of the process.
#pragma once

#include "dusk/contract/types.hpp"

#ifndef __wasm__
#include <stdlib.h>
#include <string.h>
#else
extern "C" {
extern uint8_t __heap_base;  // from the linker: the end of static data
// The compiler turns these builtins into memory.copy and memory.fill (1 gas each).
__attribute__((weak)) void* memcpy(void* to, const void* from, size_t count) {
    return __builtin_memcpy(to, from, count);
}
__attribute__((weak)) void* memmove(void* to, const void* from, size_t count) {
    return __builtin_memmove(to, from, count);
}
__attribute__((weak)) void* memset(void* to, int value, size_t count) { return __builtin_memset(to, value, count); }
__attribute__((weak)) int memcmp(const void* a, const void* b, size_t count) {
    const auto* left = static_cast<const uint8_t*>(a);
    const auto* right = static_cast<const uint8_t*>(b);
    for (; count >= 8; count -= 8, left += 8, right += 8) {
        if (uint64_t x = 0, y = 0; __builtin_memcpy(&x, left, 8), __builtin_memcpy(&y, right, 8), x != y) break;
    }
    for (size_t i = 0; i < count; ++i) {
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}
}
#endif

namespace dusk::contract {

// The size of the block that a request of `size` bytes gets: a power of two, at least 16.
[[nodiscard]] constexpr size_t block_size(size_t size) {
    if (size <= 16) return 16;
    return size_t{1} << (8 * sizeof(size_t) - static_cast<size_t>(__builtin_clzl(size - 1)));
}

#ifdef __wasm__

[[noreturn]] void out_of_memory();  // panics (panic.hpp)

struct Heap {
    struct Block {
        Block* next;
    };
    static constexpr size_t page = 65536;
    uintptr_t next = 0;
    uintptr_t end = 0;  // 0: not set up
    Block* free[32] = {};
};
inline constinit Heap heap{};

[[nodiscard]] inline __attribute__((noinline)) void* allocate(size_t size) {
    if (size > (size_t{1} << 31)) out_of_memory();
    const size_t block = block_size(size);
    Heap::Block*& list = heap.free[__builtin_ctzl(block)];
    if (Heap::Block* found = list) {
        list = found->next;
        return found;
    }
    if (heap.end == 0) {
        heap.next = (reinterpret_cast<uintptr_t>(&__heap_base) + 15) & ~uintptr_t{15};
        // Asked of the memory itself: what memory.size says may be too high after a call that failed (§5.5).
        heap.end = static_cast<uintptr_t>(__builtin_wasm_memory_grow(0, 0)) * Heap::page;
    }
    if (heap.end - heap.next < block) {
        const size_t pages = (block - (heap.end - heap.next) + Heap::page - 1) / Heap::page;
        const size_t before = __builtin_wasm_memory_grow(0, pages);
        // The last page stays free: its end is no 32-bit address.
        if (before == ~size_t{0} || before + pages > 65535) out_of_memory();
        heap.end = (before + pages) * Heap::page;
    }
    void* const found = reinterpret_cast<void*>(heap.next);
    heap.next += block;
    return found;
}

// `size` is what was asked for.
inline void release(void* at, size_t size) {
    if (at == nullptr) return;
    auto* block = static_cast<Heap::Block*>(at);
    Heap::Block*& list = heap.free[__builtin_ctzl(block_size(size))];
    block->next = list;
    list = block;
}

#else

[[nodiscard]] inline void* allocate(size_t size) {
    void* const found = ::malloc(block_size(size));
    if (found == nullptr) ::abort();
    return found;
}
inline void release(void* at, size_t /*size*/) { ::free(at); }

#endif

}  // namespace dusk::contract
