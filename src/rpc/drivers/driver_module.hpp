// A driver's module in the form in which the engine of contracts runs it: metered, with a memory of ours
// (spec/interfaces.md §6.2, spec/vm.md §2).
//
// That engine takes exports of the form (i32) -> i32 alone. A driver's functions have up to six parameters, so that for
// each a small one is added that takes the address of its arguments, words of 32 bits one after the other. What a
// driver exports besides is left out; what it imports is refused.
#pragma once

#include <array>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::rpc {

inline constexpr std::size_t kDriverArguments = 6;  // at most

// With one parameter, its size: a number, not an address. The result is an address.
inline constexpr std::string_view kDriverAlloc = "alloc";
// With the address of their arguments; one without a result gives 0.
inline constexpr std::array<std::string_view, 8> kDriverFunctions{
    "init",         "encode_input_fn", "decode_input_fn", "decode_output_fn",
    "decode_event", "get_schema",      "get_version",     "get_last_error"};

// The error is a sentence. Time and memory are linear in the size. What it gives may still be no valid module.
[[nodiscard]] Result<Bytes, std::string> contract_form(ByteView driver);

}  // namespace dusk::rpc
