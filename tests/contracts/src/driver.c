// A data driver (spec/interfaces.md §6.2) for the tests of src/rpc/drivers. What it is asked for by name it does, good
// or bad.
#define EXPORT(name) __attribute__((export_name(#name)))

typedef unsigned int u32;
typedef unsigned char u8;

extern u8 __heap_base;
static u32 next;
static int is_ready;
static char error[128];

static u32 length_of(const char* text) {
    u32 n = 0;
    while (text[n] != 0) ++n;
    return n;
}
static int is(const u8* name, u32 size, const char* text) {
    if (size != length_of(text)) return 0;
    for (u32 i = 0; i < size; ++i) {
        if (name[i] != (u8)text[i]) return 0;
    }
    return 1;
}
static int answer(u8* out, u32 place, const u8* bytes, u32 size) {
    if (size + 4 > place) return 4;
    for (u32 i = 0; i < 4; ++i) out[i] = (u8)(size >> (8 * i));
    for (u32 i = 0; i < size; ++i) out[4 + i] = bytes[i];
    return 0;
}
static int refuse(const char* text) {
    u32 n = length_of(text);
    for (u32 i = 0; i <= n; ++i) error[i] = text[i];
    return 2;
}

EXPORT(alloc) int alloc(int size) {
    if (next == 0) next = (u32)&__heap_base;
    u32 at = (next + 7) & ~7u;
    next = at + (u32)size;
    while (next > __builtin_wasm_memory_size(0) * 65536u) {
        if (__builtin_wasm_memory_grow(0, 1) == (u32)-1) return 0;
    }
    return (int)at;
}
EXPORT(dealloc) void dealloc(int at, int size) {}
EXPORT(init) void init(void) { is_ready = 1; }

static int ask(const u8* name, u32 name_size, const u8* data, u32 size, u8* out, u32 place) {
    if (!is_ready) return 3;
    if (is(name, name_size, "echo")) return answer(out, place, data, size);
    if (is(name, name_size, "name")) return answer(out, place, (const u8*)"\"a name\"", 8);
    if (is(name, name_size, "no_json")) return answer(out, place, (const u8*)"{\"a\":", 5);
    if (is(name, name_size, "silent")) return 1;
    if (is(name, name_size, "trap")) __builtin_trap();
    if (is(name, name_size, "loop")) {
        volatile u32 i = 0;
        for (;;) ++i;
    }
    if (is(name, name_size, "memory")) {
        for (;;) {
            u8* at = (u8*)alloc(65536);
            for (u32 i = 0; i < 65536; i += 4096) at[i] = 1;
        }
    }
    if (is(name, name_size, "deep")) {
        for (u32 i = 0; i < 60000; ++i) out[4 + i] = '[';
        return answer(out, place, out + 4, 60000);
    }
    if (is(name, name_size, "lie")) {
        for (u32 i = 0; i < 4; ++i) out[i] = 0xff;
        return 0;
    }
    return refuse("no such name");
}

EXPORT(encode_input_fn) int encode_input_fn(const u8* n, u32 ns, const u8* d, u32 ds, u8* o, u32 os) {
    return ask(n, ns, d, ds, o, os);
}
EXPORT(decode_input_fn) int decode_input_fn(const u8* n, u32 ns, const u8* d, u32 ds, u8* o, u32 os) {
    return ask(n, ns, d, ds, o, os);
}
EXPORT(decode_output_fn) int decode_output_fn(const u8* n, u32 ns, const u8* d, u32 ds, u8* o, u32 os) {
    return ask(n, ns, d, ds, o, os);
}
EXPORT(decode_event) int decode_event(const u8* n, u32 ns, const u8* d, u32 ds, u8* o, u32 os) {
    return ask(n, ns, d, ds, o, os);
}
EXPORT(get_schema) int get_schema(u8* out, u32 place) {
    return answer(out, place, (const u8*)"{\"name\":\"Test\"}", 15);
}
EXPORT(get_version) int get_version(u8* out, u32 place) { return answer(out, place, (const u8*)"1.2.3", 5); }
EXPORT(get_last_error) int get_last_error(u8* out, u32 place) {
    u32 size = length_of(error);
    int status = answer(out, place, (const u8*)error, size);
    error[0] = 0;
    return status;
}
