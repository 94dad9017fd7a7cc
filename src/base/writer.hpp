// Writes wire formats: the other direction of reader.hpp.
#pragma once

#include <concepts>
#include <limits>
#include <stdexcept>

#include "base/bytes.hpp"

namespace dusk {

class Writer {
  public:
    Writer() = default;
    explicit Writer(std::size_t expected_size) { bytes_.reserve(expected_size); }

    template <std::unsigned_integral T>
    Writer& le(T value) {
        store_le<T>(extend(sizeof(T)), value);
        return *this;
    }
    template <std::unsigned_integral T>
    Writer& be(T value) {
        store_be<T>(extend(sizeof(T)), value);
        return *this;
    }
    Writer& u8(std::uint8_t value) { return le(value); }
    Writer& boolean(bool value) { return u8(value ? 1 : 0); }
    Writer& bytes(ByteView value) {
        append(bytes_, value);
        return *this;
    }

    // Lengths and counts. Their limits are the caller's: one that does not fit its type is a mistake of the program and
    // throws std::length_error.
    template <std::unsigned_integral Length>
    Writer& count_le(std::size_t count) {
        return le<Length>(checked<Length>(count));
    }
    template <std::unsigned_integral Length>
    Writer& count_be(std::size_t count) {
        return be<Length>(checked<Length>(count));
    }
    template <std::unsigned_integral Length>
    Writer& prefixed_le(ByteView value) {
        return count_le<Length>(value.size()).bytes(value);
    }
    template <std::unsigned_integral Length>
    Writer& prefixed_be(ByteView value) {
        return count_be<Length>(value.size()).bytes(value);
    }

    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] ByteView view() const { return bytes_; }
    [[nodiscard]] Bytes finish() && { return std::move(bytes_); }

  private:
    std::uint8_t* extend(std::size_t count) {
        bytes_.resize(bytes_.size() + count);
        return bytes_.data() + bytes_.size() - count;
    }
    template <class Length>
    static Length checked(std::size_t count) {
        if (count > std::numeric_limits<Length>::max()) throw std::length_error("a length does not fit its wire type");
        return static_cast<Length>(count);
    }

    Bytes bytes_;
};

}  // namespace dusk
