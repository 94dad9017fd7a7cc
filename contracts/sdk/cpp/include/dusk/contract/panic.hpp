// Ending a call with an error: everything the call changed is undone, and the caller gets the text.
#pragma once

#include "dusk/contract/host.hpp"
#include "dusk/contract/memory.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/string.hpp"

namespace dusk::contract {

// Texts and numbers one after the other into the argument buffer. What does not fit is left out: a caller takes at most
// 65532 bytes of text.
class PanicText {
  public:
    static constexpr uint32_t longest = argument_buffer_size - 4;

    void add(StringView text) {
        if (text.size() > longest - size_) return;
        __builtin_memmove(host::buffer() + size_, text.data(), text.size());
        size_ += static_cast<uint32_t>(text.size());
    }
    void add(uint64_t number) {
        char digits[20];
        size_t first = sizeof(digits);
        do {
            digits[--first] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        add(StringView(digits + first, sizeof(digits) - first));
    }
    [[nodiscard]] uint32_t size() const { return size_; }

  private:
    uint32_t size_ = 0;
};

// panic("balance ", have, " is below ", wanted)
template <class... Parts>
[[noreturn]] __attribute__((noinline)) void panic(const Parts&... parts) {
    PanicText text;
    (text.add(parts), ...);
    host::panic(text.size());
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
