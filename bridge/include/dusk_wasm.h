/* The WASM engine: compiles modules, runs instances of them and meters what they do (spec/vm.md §1).
 *
 * Nothing here names the engine behind it. Objects are opaque and owned by the caller, who gives each back with the
 * function made for it. Functions answer a `dusk_wasm_code`; no panic crosses, and no exception may be thrown by a
 * function that is handed in. Texts are UTF-8 for people, without a final NUL.
 *
 * An engine and its modules may be used by many threads at once; an instance by one thread at a time. */
#ifndef DUSK_WASM_H
#define DUSK_WASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dusk_wasm_code {
    DUSK_WASM_PANIC = -1, /* a fault of the engine itself */
    DUSK_WASM_OK = 0,
    DUSK_WASM_INVALID_MODULE = 1,   /* no module, or one that uses a feature that contracts may not use */
    DUSK_WASM_MEMORIES = 2,         /* a module that exports no memory, or more than one */
    DUSK_WASM_INVALID_FUNCTION = 3, /* an export that is not (i32) -> i32, or an import of an unknown name */
    DUSK_WASM_LINK = 4,             /* an import of another kind or signature; a memory beyond `maximum` */
    DUSK_WASM_TRAP = 5,             /* see `dusk_wasm_trap` */
    DUSK_WASM_IMPORT = 6,           /* an imported function ended the call */
    DUSK_WASM_NO_FUNCTION = 7,      /* no exported function has this name */
    DUSK_WASM_INCOMPATIBLE = 8,     /* serialised by another engine, or damaged */
    DUSK_WASM_OTHER = 9,            /* the system refused memory or threads */
};

enum dusk_wasm_trap {
    DUSK_WASM_TRAP_NONE = 0,
    DUSK_WASM_TRAP_STACK_OVERFLOW,
    DUSK_WASM_TRAP_MEMORY_OUT_OF_BOUNDS,
    DUSK_WASM_TRAP_HEAP_MISALIGNED,
    DUSK_WASM_TRAP_TABLE_OUT_OF_BOUNDS,
    DUSK_WASM_TRAP_INDIRECT_CALL_TO_NULL,
    DUSK_WASM_TRAP_BAD_SIGNATURE,
    DUSK_WASM_TRAP_INTEGER_OVERFLOW,
    DUSK_WASM_TRAP_INTEGER_DIVISION_BY_ZERO,
    DUSK_WASM_TRAP_BAD_CONVERSION_TO_INTEGER,
    DUSK_WASM_TRAP_UNREACHABLE_CODE_REACHED,
    DUSK_WASM_TRAP_OUT_OF_FUEL,
    DUSK_WASM_TRAP_OTHER,
};

/* A linear memory that the caller provides: `maximum` bytes of address space, 4 GiB or more. All memories of an
 * instance are this one. The engine reads and changes the fields while an instance exists. */
struct dusk_wasm_memory {
    uint8_t* base;
    uint64_t length;  /* bytes that belong to it now; growing changes it and touches no byte */
    uint64_t maximum; /* bytes that it may grow to; what the module declares is ignored */
    bool needs_data;  /* an instantiation sets the length to the module's minimum and writes its active data segments */
};

/* The functions that modules import, by the name of the field; the name of the module is ignored. Addresses have the
 * width of the memory, here always 64 bits. Each answers 0 and, where there is one, a result, or anything else to end
 * the call with DUSK_WASM_IMPORT. `context` is what `dusk_wasm_instance_new` was given. While one runs, the instance
 * that called it may be asked for its fuel and called again. */
struct dusk_wasm_imports {
    int32_t (*caller)(void* context, int32_t* result);
    int32_t (*callstack)(void* context, int32_t* result);
    int32_t (*c)(void* context, uint64_t id, uint64_t name, uint32_t name_size, uint32_t argument_size, uint64_t gas,
                 int32_t* result);
    int32_t (*hq)(void* context, uint64_t name, uint32_t name_size, uint32_t argument_size, int32_t* result);
    int32_t (*hd)(void* context, uint64_t name, uint32_t name_size, int32_t* result);
    int32_t (*emit)(void* context, uint64_t topic, uint32_t topic_size, uint32_t data_size);
    int32_t (*feed)(void* context, uint32_t size);
    int32_t (*limit)(void* context, int64_t* result);
    int32_t (*spent)(void* context, int64_t* result);
    int32_t (*panic)(void* context, uint32_t size);
    int32_t (*owner)(void* context, uint64_t id, int32_t* result);
    int32_t (*self_id)(void* context);
};

typedef struct dusk_wasm_engine dusk_wasm_engine;
typedef struct dusk_wasm_module dusk_wasm_module;
typedef struct dusk_wasm_instance dusk_wasm_instance;

/* Takes bytes that live until it returns. */
typedef void (*dusk_wasm_sink)(void* to, const uint8_t* bytes, size_t size);

/* One engine serves a process. It installs handlers of SIGSEGV, SIGILL and SIGFPE, once, which pass on what is not
 * theirs. `threads` compile, for all engines; they start with the first module of any. 0: one for each core. */
int32_t dusk_wasm_engine_new(uint32_t threads, dusk_wasm_engine** out);
/* Modules and instances may outlive their engine. */
void dusk_wasm_engine_free(dusk_wasm_engine* engine);
/* Compiling takes much memory, which the threads keep for the next time: they give it back to the system. For long
 * times without any; waits for what is compiled now. */
void dusk_wasm_give_back_memory(void);
/* Everything that serialised modules depend on: versions, settings, features of the CPU. */
int32_t dusk_wasm_engine_fingerprint(const dusk_wasm_engine* engine, void* to, dusk_wasm_sink sink);

/* Compiles a binary module. Says why not to `sink`. Time and memory grow with the size of the module, and beyond every
 * bound with some that are made for it. */
int32_t dusk_wasm_module_compile(const dusk_wasm_engine* engine, const uint8_t* bytes, size_t size,
                                 dusk_wasm_module** out, void* to, dusk_wasm_sink sink);
/* The same, but gives to `sink` what `serialize` would give, and the reason to `text_sink`. */
int32_t dusk_wasm_module_precompile(const dusk_wasm_engine* engine, const uint8_t* bytes, size_t size, void* to,
                                    dusk_wasm_sink sink, void* text_to, dusk_wasm_sink text_sink);
int32_t dusk_wasm_module_serialize(const dusk_wasm_module* module, void* to, dusk_wasm_sink sink);
/* Only for bytes that `serialize` or `precompile` gave: they are run as they are. Bytes of an engine with another fingerprint are
 * DUSK_WASM_INCOMPATIBLE. */
int32_t dusk_wasm_module_deserialize(const dusk_wasm_engine* engine, const uint8_t* bytes, size_t size,
                                     dusk_wasm_module** out);
void dusk_wasm_module_free(dusk_wasm_module* module);
/* Whether instances can be made (spec/vm.md §2.4, §2.5): OK, MEMORIES, INVALID_FUNCTION or LINK. Says which export or
 * import to `sink`. */
int32_t dusk_wasm_module_check(const dusk_wasm_module* module, void* to, dusk_wasm_sink sink);
/* Exports of kind memory. */
size_t dusk_wasm_module_exported_memories(const dusk_wasm_module* module);
/* Whether the first of them has 64-bit addresses. */
bool dusk_wasm_module_is_64(const dusk_wasm_module* module);
bool dusk_wasm_module_exports_function(const dusk_wasm_module* module, const uint8_t* name, size_t size);

/* Makes an instance. `memory` and `imports` outlive it. What `dusk_wasm_module_check` answers, TRAP (segments out of
 * bounds, or a start function: there is no fuel yet), IMPORT (an import as start function) or OTHER. */
int32_t dusk_wasm_instance_new(const dusk_wasm_module* module, struct dusk_wasm_memory* memory,
                               const struct dusk_wasm_imports* imports, void* context, dusk_wasm_instance** out,
                               int32_t* trap);
/* Makes an instance new again, in much less time: what `dusk_wasm_instance_new` gives for the same module, memory,
 * imports and context, and answers. Not while one of its functions runs, and not after a call that answered OTHER or
 * PANIC. After a failure it can only be freed. */
int32_t dusk_wasm_instance_renew(dusk_wasm_instance* instance, const dusk_wasm_module* module,
                                 struct dusk_wasm_memory* memory, int32_t* trap);
/* Whether that is allowed once more. Until it is freed, an instance holds what it was before: some megabytes at most. */
bool dusk_wasm_instance_can_renew(const dusk_wasm_instance* instance);
/* Not while one of its functions runs. */
void dusk_wasm_instance_free(dusk_wasm_instance* instance);
/* The value of the exported immutable global `A`: an i32, extended with its sign, or an i64 with 64-bit memories.
 * False: there is none. */
bool dusk_wasm_instance_argument_buffer(dusk_wasm_instance* instance, uint64_t* out);
/* Sets the fuel and calls an exported function: OK, TRAP, IMPORT, NO_FUNCTION (the fuel is unchanged) or OTHER. */
int32_t dusk_wasm_instance_call(dusk_wasm_instance* instance, const uint8_t* name, size_t size, uint32_t argument,
                                uint64_t fuel, int32_t* result, int32_t* trap);
/* Fuel that is left. */
uint64_t dusk_wasm_instance_fuel(dusk_wasm_instance* instance);
void dusk_wasm_instance_set_fuel(dusk_wasm_instance* instance, uint64_t fuel);

#ifdef __cplusplus
}
#endif

#endif
