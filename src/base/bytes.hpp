// Byte strings. `ByteView` borrows; `Bytes` owns; `ByteArray<N>` is of fixed size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace dusk {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

// The bytes of a text, without a terminator.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The first N bytes of `bytes`, which has at least N.
template <std::size_t N>
[[nodiscard]] ByteArray<N> take(ByteView bytes) {
    ByteArray<N> out;
    std::memcpy(out.data(), bytes.data(), N);
    return out;
}

inline void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

[[nodiscard]] inline Bytes to_vector(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

[[nodiscard]] inline bool equal(ByteView a, ByteView b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// Integers in little- and big-endian order, at any alignment.
template <class T>
[[nodiscard]] constexpr T load_le(const std::uint8_t* from) {
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= static_cast<T>(static_cast<T>(from[i]) << (8 * i));
    return value;
}
template <class T>
constexpr void store_le(std::uint8_t* to, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) to[i] = static_cast<std::uint8_t>(value >> (8 * i));
}
template <class T>
[[nodiscard]] constexpr T load_be(const std::uint8_t* from) {
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | from[i]);
    return value;
}
template <class T>
constexpr void store_be(std::uint8_t* to, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        to[i] = static_cast<std::uint8_t>(value >> (8 * (sizeof(T) - 1 - i)));
    }
}

}  // namespace dusk
