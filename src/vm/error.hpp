// Why a contract call failed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dusk::vm {

// What stopped compiled code.
enum class Trap : std::uint8_t {
    none,
    stack_overflow,
    memory_out_of_bounds,
    heap_misaligned,
    table_out_of_bounds,
    indirect_call_to_null,
    bad_signature,
    integer_overflow,
    integer_division_by_zero,
    bad_conversion_to_integer,
    unreachable_code_reached,
    out_of_fuel,
    other,
};

enum class CallErrorKind : std::uint8_t {
    panic,                    // the contract ended itself; the text says why
    out_of_gas,               // nothing of the gas limit is left, whatever came first
    contract_does_not_exist,  // no contract has this id
    runtime,                  // a trap, a function that is not exported, a name or topic that is no UTF-8
    memory_out_of_bounds,     // a range handed to the host, an argument or a result does not fit its memory
    not_utf8,                 // the name of a called function or the text of a panic is not UTF-8
    missing_host_query,
    missing_feed,             // the contract reports data to a call that does not take any
    invalid_function,         // an export or an import that contracts may not have
    invalid_argument_buffer,  // the global `A` is missing or out of place
    persistence,              // a module without its one exported memory; the store failed
    initialization,           // the contract is there already; `init` called directly
    too_large,                // metadata beyond 64 KiB, bytecode beyond the limit of the machine
    too_deep,                 // 48 calls within each other
    host_query_refused,       // arguments on which the reference ends its process
    compile_limit,  // compiling takes more time or memory than the machine gives: nothing is known of the module
    session_lost,   // out of memory, mappings or pages: the session is of no more use
};

struct CallError {
    CallErrorKind kind = CallErrorKind::runtime;
    Trap trap = Trap::none;  // of `runtime`
    std::string text{};      // of `panic`: the contract's own; else what went wrong, for people

    static CallError panicked(std::string text) { return {CallErrorKind::panic, Trap::none, std::move(text)}; }
    static CallError trapped(Trap trap) { return {CallErrorKind::runtime, trap, {}}; }
};

template <class T>
using CallResult = Result<T, CallError>;

[[nodiscard]] std::string_view name_of(CallErrorKind kind);
[[nodiscard]] std::string_view name_of(Trap trap);
// One line for people.
[[nodiscard]] std::string describe(const CallError& error);

}  // namespace dusk::vm
