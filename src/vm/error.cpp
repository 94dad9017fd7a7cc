#include "vm/error.hpp"

namespace dusk::vm {

std::string_view name_of(CallErrorKind kind) {
    switch (kind) {
        case CallErrorKind::panic:
            return "panic";
        case CallErrorKind::out_of_gas:
            return "out of gas";
        case CallErrorKind::contract_does_not_exist:
            return "contract does not exist";
        case CallErrorKind::runtime:
            return "runtime error";
        case CallErrorKind::memory_out_of_bounds:
            return "memory access out of bounds";
        case CallErrorKind::not_utf8:
            return "text is not UTF-8";
        case CallErrorKind::missing_host_query:
            return "no such host query";
        case CallErrorKind::missing_feed:
            return "this call takes no feed";
        case CallErrorKind::invalid_function:
            return "function not allowed in contracts";
        case CallErrorKind::invalid_argument_buffer:
            return "no argument buffer";
        case CallErrorKind::persistence:
            return "storage error";
        case CallErrorKind::initialization:
            return "initialization error";
        case CallErrorKind::too_large:
            return "too large";
        case CallErrorKind::too_deep:
            return "too many calls within each other";
        case CallErrorKind::host_query_refused:
            return "host query refused";
        case CallErrorKind::compile_limit:
            return "compiling takes too long";
        case CallErrorKind::session_lost:
            return "session lost";
    }
    return "unknown error";
}

std::string_view name_of(Trap trap) {
    switch (trap) {
        case Trap::none:
            return "none";
        case Trap::stack_overflow:
            return "stack overflow";
        case Trap::memory_out_of_bounds:
            return "memory access beyond 4 GiB or the memory's length";
        case Trap::heap_misaligned:
            return "misaligned access";
        case Trap::table_out_of_bounds:
            return "table access out of bounds";
        case Trap::indirect_call_to_null:
            return "indirect call to an empty table slot";
        case Trap::bad_signature:
            return "indirect call with another signature";
        case Trap::integer_overflow:
            return "integer overflow";
        case Trap::integer_division_by_zero:
            return "division by zero";
        case Trap::bad_conversion_to_integer:
            return "conversion of a float that is no integer";
        case Trap::unreachable_code_reached:
            return "unreachable code reached";
        case Trap::out_of_fuel:
            return "out of fuel";
        case Trap::other:
            return "other trap";
    }
    return "unknown trap";
}

std::string describe(const CallError& error) {
    std::string line(name_of(error.kind));
    if (error.trap != Trap::none) line.append(": ").append(name_of(error.trap));
    if (!error.text.empty()) line.append(": ").append(error.text);
    return line;
}

}  // namespace dusk::vm
