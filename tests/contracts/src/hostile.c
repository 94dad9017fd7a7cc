// A contract that does what contracts must not be able to harm a node with. Built when the tests are.
// Arguments are little-endian words at the begin of the argument buffer.
#include <stdint.h>

typedef uint32_t u32;
typedef uint64_t u64;
#define IMPORT(name) __attribute__((import_module("env"), import_name(#name)))
#define EXPORT(name) __attribute__((export_name(#name)))

__attribute__((aligned(8))) unsigned char A[65536];

IMPORT(c) int32_t host_call(const void* id, const void* name, u32 name_size, u32 size, u64 gas);
IMPORT(hq) u32 host_query(const void* name, u32 name_size, u32 size);
IMPORT(hd) u32 host_data(const void* name, u32 name_size);
IMPORT(emit) void host_emit(const void* topic, u32 topic_size, u32 size);
IMPORT(panic) void host_panic(u32 size);
IMPORT(self_id) void host_self_id(void);
IMPORT(owner) int32_t host_owner(const void* id);
IMPORT(feed) void host_feed(u32 size);

static u32 word(u32 at) { return ((volatile u32*)A)[at]; }
static int32_t answer(u32 value) {
    *(volatile u32*)A = value;
    return 4;
}

EXPORT(noop) int32_t noop(u32 size) { return 0; }
EXPORT(echo) int32_t echo(u32 size) { return size; }

EXPORT(spin) int32_t spin(u32 size) {
    for (;;) __asm__ volatile("");
}

__attribute__((noinline)) static u32 descend(u32 depth) {
    volatile u32 frame[64];
    frame[depth % 64] = depth;
    return depth == 0 ? 0 : descend(depth - 1) + frame[depth % 64] % 2;
}
EXPORT(recurse) int32_t recurse(u32 size) { return answer(descend(0xffffffff)); }

// Uses words[0] frames of stack, then calls the next contract: its id comes after the last word of the chain.
EXPORT(chain) int32_t chain(u32 size);
__attribute__((noinline)) static int32_t descend_and_call(u32 depth, u32 size) {
    volatile u32 frame[64];
    frame[depth % 64] = depth;
    if (depth > 0) return descend_and_call(depth - 1, size) + (int32_t)(frame[depth % 64] & 0);
    // words[1]: contracts still to come, whose first id byte counts down
    unsigned char id[32];
    for (u32 i = 0; i < 32; ++i) id[i] = 0;
    const u32 left = word(1);
    if (left == 0) return 0;
    id[0] = (unsigned char)left;
    id[31] = 0x77;
    ((volatile u32*)A)[1] = left - 1;
    return host_call(id, "chain", 5, 8, 0);
}
EXPORT(chain) int32_t chain(u32 size) {
    const int32_t code = descend_and_call(word(0), size);
    return code < 0 ? answer(code) : answer(code == 4 ? word(0) + 1 : 1);
}

// Writes (words[3] == 0) or reads a byte in words[1] pages, from page words[0] on, every words[2]th.
EXPORT(pages) int32_t pages(u32 size) {
    const u32 first = word(0), count = word(1), step = word(2), reads = word(3);
    u32 sum = 0;
    for (u32 i = 0; i < count; ++i) {
        volatile unsigned char* at = (volatile unsigned char*)((first + i * step) << 16);
        if (reads) {
            sum += *at;
        } else {
            *at = 1;
        }
    }
    return answer(sum);
}

EXPORT(grow) int32_t grow(u32 size) {
    u32 grown = 0;
    while (__builtin_wasm_memory_grow(0, 1024) != (u32)-1) ++grown;
    return answer(grown);
}

typedef void (*function)(void);
EXPORT(call_slot) int32_t call_slot(u32 size) {
    volatile function slot = (function)word(0);
    slot();
    return 0;
}

EXPORT(beyond) int32_t beyond(u32 size) {
    u64 value = *(volatile u64*)0xfffffffcu;
    return answer((u32)value);
}

EXPORT(fill) int32_t fill(u32 size) {
    __builtin_memset((void*)word(0), (int)word(1), word(2));
    return 0;
}

EXPORT(panic_with) int32_t panic_with(u32 size) {
    const u32 length = word(0);
    for (u32 i = 0; i < 65536; ++i) A[i] = 'x';
    host_panic(length);
    return 0;
}

// Calls function "panic_with" or another of itself: words[0] is handed on.
EXPORT(call_panic) int32_t call_panic(u32 size) {
    unsigned char id[32];
    const u32 length = word(0);
    host_self_id();
    for (u32 i = 0; i < 32; ++i) id[i] = A[i];
    answer(length);
    return answer((u32)host_call(id, "panic_with", 10, 4, 0));
}

EXPORT(call_deep) int32_t call_deep(u32 size) {
    unsigned char id[32];
    host_self_id();
    for (u32 i = 0; i < 32; ++i) id[i] = A[i];
    const int32_t code = host_call(id, "call_deep", 9, 0, 0);
    return answer(code < 0 ? 1 : word(0) + 1);
}

// words[0] calls of noop
EXPORT(call_many) int32_t call_many(u32 size) {
    unsigned char id[32];
    const u32 count = word(0);
    host_self_id();
    for (u32 i = 0; i < 32; ++i) id[i] = A[i];
    u32 good = 0;
    for (u32 i = 0; i < count; ++i) good += host_call(id, "noop", 4, 0, 0) == 0;
    return answer(good);
}

EXPORT(long_name) int32_t long_name(u32 size) {
    const u32 which = word(0), at = word(1), length = word(2);
    unsigned char id[32] = {1};
    switch (which) {
        case 0: return answer((u32)host_call(id, (void*)at, length, 0, 0));
        case 1: return answer(host_query((void*)at, length, 0));
        case 2: return answer(host_data((void*)at, length));
        case 3: host_emit((void*)at, length, 0); return 0;
        case 4: return answer((u32)host_owner((void*)at));
        default: host_feed(length); return 0;
    }
}

// words[0] events with words[1] bytes of topic, all zero, and words[2] of data
EXPORT(emit_many) int32_t emit_many(u32 size) {
    const u32 count = word(0), topic_size = word(1), data_size = word(2);
    for (u32 i = 0; i < count; ++i) host_emit((void*)0x200000, topic_size, data_size);
    return 0;
}

// A query by the name whose length is the first byte; the rest is its argument.
EXPORT(query) int32_t query(u32 size) {
    unsigned char name[64];
    const u32 length = A[0] % 64;
    for (u32 i = 0; i < length; ++i) name[i] = A[1 + i];
    for (u32 i = 0; i + 1 + length < size; ++i) A[i] = A[i + 1 + length];
    return (int32_t)host_query(name, length, size - 1 - length);
}

EXPORT(length) int32_t length(u32 size) { return (int32_t)word(0); }
