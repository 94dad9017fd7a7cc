// Ending a call with an error: everything the call changed is undone, and the caller gets the text.
#pragma once

#include "dusk/contract/host.hpp"
#include "dusk/contract/memory.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/string.hpp"

namespace dusk::contract {

// A piece of a panic's text: words, or a number in decimal digits.
struct PanicPart {
    const char* text = nullptr;  // null: a number
    uint64_t value = 0;

    constexpr PanicPart(StringView words) : text(words.empty() ? "" : words.data()), value(words.size()) {}
    template <size_t N>
    constexpr PanicPart(const char (&words)[N]) : PanicPart(StringView(words)) {}
    PanicPart(const String& words) : PanicPart(words.view()) {}
    constexpr PanicPart(uint64_t number) : value(number) {}
};

// The parts one after the other. What does not fit is left out: a caller takes at most 65532 bytes of text.
[[noreturn]] inline __attribute__((noinline)) void panic_with(const PanicPart* parts, size_t count) {
    constexpr uint32_t longest = argument_buffer_size - 4;
    uint32_t size = 0;
    for (size_t i = 0; i < count; ++i) {
        char digits[20];
        const char* text = parts[i].text;
        uint64_t length = parts[i].value;
        if (text == nullptr) {
            uint64_t number = parts[i].value;
            char* first = digits + sizeof(digits);
            do {
                *--first = static_cast<char>('0' + number % 10);
                number /= 10;
            } while (number != 0);
            text = first;
            length = static_cast<uint64_t>(digits + sizeof(digits) - first);
        }
        if (length > longest - size) continue;
        __builtin_memmove(host::buffer() + size, text, static_cast<size_t>(length));
        size += static_cast<uint32_t>(length);
    }
    host::panic(size);
}

[[noreturn]] inline __attribute__((noinline)) void panic_text(const char* text, size_t size) {
    if (size > argument_buffer_size - 4) size = 0;
    __builtin_memmove(host::buffer(), text, size);
    host::panic(static_cast<uint32_t>(size));
}

// panic("balance ", have, " is below ", wanted)
template <class... Parts>
[[noreturn]] void panic(const Parts&... parts) {
    const PanicPart list[] = {PanicPart(parts)...};
    panic_with(list, sizeof...(parts));
}
[[noreturn]] inline void panic(StringView text) { panic_text(text.data(), text.size()); }
template <size_t N>
[[noreturn]] void panic(const char (&text)[N]) {
    panic_text(text, N - 1);
}

// Panics unless the condition holds.
template <class... Parts>
void require(bool condition, const Parts&... parts) {
    if (!condition) [[unlikely]] {
        panic(parts...);
    }
}

[[noreturn]] inline __attribute__((noinline)) void out_of_range() { panic("index out of range"); }
[[noreturn]] inline __attribute__((noinline)) void missing_value() { panic("there is no value"); }
#ifdef __wasm__
[[noreturn]] inline __attribute__((noinline)) void out_of_memory() { panic("out of memory"); }
#endif

// Sums, differences and products that panic instead of wrapping around.
template <Integer T>
[[nodiscard]] T checked_add(T a, T b) {
    T sum{};
    if (__builtin_add_overflow(a, b, &sum)) panic("overflow");
    return sum;
}
template <Integer T>
[[nodiscard]] T checked_sub(T a, T b) {
    T difference{};
    if (__builtin_sub_overflow(a, b, &difference)) panic("underflow");
    return difference;
}
template <Integer T>
[[nodiscard]] T checked_mul(T a, T b) {
    T product{};
    if (__builtin_mul_overflow(a, b, &product)) panic("overflow");
    return product;
}

}  // namespace dusk::contract
