#include "walletcore/abi.hpp"

#include <cstdlib>

#if defined(__wasm__)
extern "C" void __wasm_call_ctors();
#endif

namespace dusk::walletcore {
namespace {

std::string& error_text() {
    static std::string text;
    return text;
}

std::uint8_t* allocate(std::size_t size) {
    auto* const bytes = static_cast<std::uint8_t*>(std::malloc(std::max<std::size_t>(size, 1)));
    if (bytes == nullptr) __builtin_trap();
    return bytes;
}

}  // namespace

void start() {
#if defined(__wasm__)
    static bool started = false;
    if (started) return;
    started = true;
    __wasm_call_ctors();
#endif
}

Status fail_with(Status status, std::string_view sentence) {
    error_text() = sentence;
    return status;
}

void write_bytes(ByteView bytes, std::uint8_t** out) {
    *out = allocate(bytes.size());
    if (!bytes.empty()) std::memcpy(*out, bytes.data(), bytes.size());
}

void write_buffer(ByteView bytes, std::uint8_t** out) {
    *out = allocate(4 + bytes.size());
    store_le(*out, static_cast<std::uint32_t>(bytes.size()));
    if (!bytes.empty()) std::memcpy(*out + 4, bytes.data(), bytes.size());
}

DUSK_EXPORT(malloc) std::uint8_t* allocate_for_caller(std::uint32_t size) {
    start();
    return allocate(size);
}

// Whatever it held may have been a secret.
DUSK_EXPORT(free) void free_for_caller(std::uint8_t* bytes, std::uint32_t size) {
    if (bytes == nullptr) return;
    wipe({bytes, size});
    std::free(bytes);
}

DUSK_EXPORT(last_error) Status last_error(std::uint8_t** out) {
    start();
    write_buffer(as_bytes(error_text()), out);
    return Status::ok;
}

}  // namespace dusk::walletcore
