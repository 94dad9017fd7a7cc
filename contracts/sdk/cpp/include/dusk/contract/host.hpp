// The functions that the host gives to a contract (spec/vm.md §3), and the argument buffer that they share.
//
// In the VM they are imports of the module. Compiled natively they go to the `Host` that a test harness set up
// (testing.hpp).
#pragma once

#include "dusk/contract/types.hpp"

namespace dusk::contract {

// Arguments, results and everything the host answers stand in this buffer. What the host writes there stays and is part
// of the contract's state (§3).
inline constexpr uint32_t argument_buffer_size = 65536;

// What `c` returns instead of a length when the call failed (§3.1).
inline constexpr int32_t call_panicked = -1;
inline constexpr int32_t call_out_of_gas = -2;
inline constexpr int32_t call_does_not_exist = -3;

#ifdef __wasm__

}  // namespace dusk::contract

#define DUSK_IMPORT(name) __attribute__((import_module("env"), import_name(name)))
extern "C" {
// The VM finds the buffer by this name: `--export=A`. Aligned for every archived type.
alignas(16) inline constinit uint8_t A[dusk::contract::argument_buffer_size] = {};

DUSK_IMPORT("caller") int32_t dusk_host_caller(void);
DUSK_IMPORT("callstack") int32_t dusk_host_callstack(void);
DUSK_IMPORT("c")
int32_t dusk_host_call(const uint8_t* id, const char* name, uint32_t name_size, uint32_t argument_size, uint64_t gas);
DUSK_IMPORT("hq") uint32_t dusk_host_query(const char* name, uint32_t name_size, uint32_t argument_size);
DUSK_IMPORT("hd") uint32_t dusk_host_metadata(const char* name, uint32_t name_size);
DUSK_IMPORT("emit") void dusk_host_emit(const char* topic, uint32_t topic_size, uint32_t size);
DUSK_IMPORT("feed") void dusk_host_feed(uint32_t size);
DUSK_IMPORT("limit") uint64_t dusk_host_limit(void);
DUSK_IMPORT("spent") uint64_t dusk_host_spent(void);
DUSK_IMPORT("panic") void dusk_host_panic(uint32_t size);
DUSK_IMPORT("owner") int32_t dusk_host_owner(const uint8_t* id);
DUSK_IMPORT("self_id") void dusk_host_self_id(void);
}
#undef DUSK_IMPORT

namespace dusk::contract {
namespace host {

[[nodiscard]] inline uint8_t* buffer() { return A; }
[[nodiscard]] inline int32_t caller() { return dusk_host_caller(); }
[[nodiscard]] inline int32_t callstack() { return dusk_host_callstack(); }
[[nodiscard]] inline int32_t call(const uint8_t* id, const char* name, uint32_t name_size, uint32_t size,
                                  uint64_t gas) {
    return dusk_host_call(id, name, name_size, size, gas);
}
[[nodiscard]] inline uint32_t query(const char* name, uint32_t name_size, uint32_t size) {
    return dusk_host_query(name, name_size, size);
}
[[nodiscard]] inline uint32_t metadata(const char* name, uint32_t size) { return dusk_host_metadata(name, size); }
inline void emit(const char* topic, uint32_t topic_size, uint32_t size) { dusk_host_emit(topic, topic_size, size); }
inline void feed(uint32_t size) { dusk_host_feed(size); }
[[nodiscard]] inline uint64_t limit() { return dusk_host_limit(); }
[[nodiscard]] inline uint64_t spent() { return dusk_host_spent(); }
[[noreturn]] inline void panic(uint32_t size) {
    dusk_host_panic(size);
    __builtin_trap();
}
[[nodiscard]] inline int32_t owner(const uint8_t* id) { return dusk_host_owner(id); }
inline void self_id() { dusk_host_self_id(); }

}  // namespace host

#else

// What a harness provides. The argument and the answer of each function stand in `buffer`, as in the VM.
class Host {
  public:
    Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    virtual ~Host() = default;
    virtual uint8_t* buffer() = 0;
    virtual int32_t caller() = 0;
    virtual int32_t callstack() = 0;
    virtual int32_t call(const uint8_t* id, const char* name, uint32_t name_size, uint32_t size, uint64_t gas) = 0;
    virtual uint32_t query(const char* name, uint32_t name_size, uint32_t size) = 0;
    virtual uint32_t metadata(const char* name, uint32_t size) = 0;
    virtual void emit(const char* topic, uint32_t topic_size, uint32_t size) = 0;
    virtual void feed(uint32_t size) = 0;
    virtual uint64_t limit() = 0;
    virtual uint64_t spent() = 0;
    [[noreturn]] virtual void panic(uint32_t size) = 0;
    virtual int32_t owner(const uint8_t* id) = 0;
    virtual void self_id() = 0;
};

namespace host {

inline thread_local Host* current = nullptr;

[[nodiscard]] inline uint8_t* buffer() { return current->buffer(); }
[[nodiscard]] inline int32_t caller() { return current->caller(); }
[[nodiscard]] inline int32_t callstack() { return current->callstack(); }
[[nodiscard]] inline int32_t call(const uint8_t* id, const char* name, uint32_t name_size, uint32_t size,
                                  uint64_t gas) {
    return current->call(id, name, name_size, size, gas);
}
[[nodiscard]] inline uint32_t query(const char* name, uint32_t name_size, uint32_t size) {
    return current->query(name, name_size, size);
}
[[nodiscard]] inline uint32_t metadata(const char* name, uint32_t size) { return current->metadata(name, size); }
inline void emit(const char* topic, uint32_t topic_size, uint32_t size) { current->emit(topic, topic_size, size); }
inline void feed(uint32_t size) { current->feed(size); }
[[nodiscard]] inline uint64_t limit() { return current->limit(); }
[[nodiscard]] inline uint64_t spent() { return current->spent(); }
[[noreturn]] inline void panic(uint32_t size) { current->panic(size); }
[[nodiscard]] inline int32_t owner(const uint8_t* id) { return current->owner(id); }
inline void self_id() { current->self_id(); }

}  // namespace host

#endif

}  // namespace dusk::contract
