// Secrets: values that overwrite themselves when they go, are copied only on purpose, are compared in constant time
// and cannot be printed.
#pragma once

#include <fmt/core.h>

#include <iosfwd>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

// Sets every byte to zero; the compiler cannot leave the stores out.
inline void wipe(MutableByteView bytes) noexcept {
    if (bytes.empty()) return;
    std::memset(bytes.data(), 0, bytes.size());
    asm volatile("" : : "r"(bytes.data()) : "memory");
}

// The same for an object without pointers.
template <class T>
    requires std::is_trivially_copyable_v<T>
void wipe_object(T& object) noexcept {
    std::memset(static_cast<void*>(&object), 0, sizeof(T));
    asm volatile("" : : "r"(&object) : "memory");
}

// Time depends on the sizes only, which are public.
[[nodiscard]] inline bool equal_constant_time(ByteView a, ByteView b) noexcept {
    if (a.size() != b.size()) return false;
    std::uint32_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<std::uint32_t>(a[i] ^ b[i]);
        asm("" : "+r"(difference));  // or else the loop may end at the first difference
    }
    return difference == 0;
}

// One value without pointers, such as a key or a scalar. Moving it wipes the source; `clone` copies it.
template <class T>
    requires std::is_trivially_copyable_v<T>
class Secret {
  public:
    Secret() = default;
    explicit Secret(const T& value) : value_(value) {}
    // Wipes the source, so that `Secret(x.to_bytes())` leaves no copy behind.
    explicit Secret(T&& value) noexcept : value_(value) { wipe_object(value); }
    Secret(Secret&& other) noexcept : value_(other.value_) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            value_ = other.value_;
            other.wipe();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] Secret clone() const { return Secret(value_); }
    // The value itself. What is copied out of it is the caller's to wipe.
    [[nodiscard]] const T& reveal() const { return value_; }
    [[nodiscard]] T& reveal() { return value_; }
    void wipe() noexcept { wipe_object(value_); }

    [[nodiscard]] bool operator==(const Secret& other) const
        requires std::has_unique_object_representations_v<T>
    {
        return equal_constant_time(representation(), other.representation());
    }

  private:
    [[nodiscard]] ByteView representation() const {
        return {reinterpret_cast<const std::uint8_t*>(&value_), sizeof(T)};
    }
    T value_{};
};

template <std::size_t N>
using SecretArray = Secret<ByteArray<N>>;

// What a decoder gave, as a secret; the source is wiped.
template <class T, class E>
[[nodiscard]] Result<Secret<T>, E> into_secret(Result<T, E>&& result) {
    if (!result) return fail(result.error());
    return Secret<T>(std::move(*result));
}

// Wipes what it gives back, so that a growing vector leaves no copies behind.
template <class T>
struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U>
    explicit WipingAllocator(const WipingAllocator<U>& /*other*/) {}
    [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* from, std::size_t count) noexcept {
        std::memset(static_cast<void*>(from), 0, count * sizeof(T));
        asm volatile("" : : "r"(from) : "memory");
        std::allocator<T>().deallocate(from, count);
    }
    bool operator==(const WipingAllocator&) const = default;
};

// Secret bytes or text of any size (seeds, passwords, key files).
class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_(size) {}
    explicit SecretBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    explicit SecretBytes(std::string_view text) : SecretBytes(as_bytes(text)) {}
    SecretBytes(SecretBytes&& other) noexcept = default;
    SecretBytes& operator=(SecretBytes&& other) noexcept = default;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes() = default;

    [[nodiscard]] SecretBytes clone() const { return SecretBytes(reveal()); }
    [[nodiscard]] ByteView reveal() const { return {bytes_.data(), bytes_.size()}; }
    [[nodiscard]] MutableByteView reveal() { return {bytes_.data(), bytes_.size()}; }
    [[nodiscard]] std::string_view reveal_text() const {
        return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }

    void append(ByteView more) { bytes_.insert(bytes_.end(), more.begin(), more.end()); }
    // Wipes and drops what lies beyond the first `size` bytes.
    void truncate(std::size_t size) {
        if (size >= bytes_.size()) return;
        wipe(MutableByteView(bytes_).subspan(size));
        bytes_.resize(size);
    }
    void clear() { truncate(0); }

    [[nodiscard]] bool operator==(const SecretBytes& other) const {
        return equal_constant_time(reveal(), other.reveal());
    }

  private:
    std::vector<std::uint8_t, WipingAllocator<std::uint8_t>> bytes_;
};

// Nothing prints a secret.
template <class T>
std::ostream& operator<<(std::ostream& out, const Secret<T>& secret) = delete;
std::ostream& operator<<(std::ostream& out, const SecretBytes& secret) = delete;

}  // namespace dusk

template <class T>
struct fmt::formatter<dusk::Secret<T>> {
    formatter() = delete;
};
template <>
struct fmt::formatter<dusk::SecretBytes> {
    formatter() = delete;
};
