// How JavaScript and the functions of the module exchange values: the conventions of the official wallet core
// (spec/interfaces.md §10.1), which docs/design/wasm.md repeats for who calls them.
//
// A buffer is `u32 LE length ‖ bytes`. What a caller passes lies in its own copy of the module's memory: pointers are
// believed, what they point to is not.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"

// The name that JavaScript sees. Natively these are plain functions, for tests and fuzzing.
#if defined(__wasm__)
#define DUSK_EXPORT(name) __attribute__((export_name(#name)))
#else
#define DUSK_EXPORT(name)
#endif

namespace dusk::walletcore {

enum class Status : std::uint8_t {
    ok = 0,
    archiving = 255,
    unarchiving = 254,
    deserialization = 253,
    phoenix_transaction = 252,
    moonlight_transaction = 251,
    contract_call = 250,
    refused = 249,  // of the functions that the official module lacks: `last_error` says why
};

// Runs what C++ runs before a program; the official module has no function for it that callers know. Every exported
// function calls it first.
void start();

// The status, with a sentence for `last_error`.
[[nodiscard]] Status fail_with(Status status, std::string_view sentence);

[[nodiscard]] inline ByteView read_buffer(const std::uint8_t* buffer) {
    return {buffer + 4, load_le<std::uint32_t>(buffer)};
}
// A new buffer; its owner is the caller of the module.
void write_buffer(ByteView bytes, std::uint8_t** out);
// The same without a length before it.
void write_bytes(ByteView bytes, std::uint8_t** out);

template <std::size_t N>
[[nodiscard]] std::span<const std::uint8_t, N> fixed(const std::uint8_t* bytes) {
    return std::span<const std::uint8_t, N>(bytes, N);
}
template <std::size_t N>
void put(const ByteArray<N>& bytes, std::uint8_t* out) {
    std::memcpy(out, bytes.data(), N);
}

// Amounts come by pointer, since JavaScript passes 32 bits.
[[nodiscard]] inline std::uint64_t amount(const std::uint8_t* eight) { return load_le<std::uint64_t>(eight); }

}  // namespace dusk::walletcore
