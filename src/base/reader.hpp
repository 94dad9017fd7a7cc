// Reads wire formats: integers, byte strings and counts, never beyond the end.
//
// The first fault sticks: from then on every read gives zero or nothing, counts are 0, and `finish` reports the fault.
// So a decoder reads its fields in a row and asks once at the end:
//
//     Reader in(bytes);
//     Header header{.height = in.le<std::uint64_t>(), .seed = in.array<48>()};
//     return in.finish(std::move(header));
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

enum class ReadFault : std::uint8_t {
    short_input,     // fewer bytes than the field has
    over_limit,      // a length or count above what is allowed here, or above what the rest of the bytes could hold
    trailing_bytes,  // bytes after the last field
    bad_bool,        // neither 0 nor 1
    bad_tag,         // an enum tag that does not exist
    bad_value,       // the bytes of a field are no value of its type
};

// `offset`: where the field begins that cannot be read.
struct ReadError {
    ReadFault fault;
    std::size_t offset;

    bool operator==(const ReadError&) const = default;
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(ReadFault fault);
[[nodiscard]] std::string describe(const ReadError& error);

class Reader {
  public:
    // `bytes` must outlive the reader and the views it gives out.
    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::size_t remaining() const { return error_ ? 0 : bytes_.size() - position_; }
    [[nodiscard]] bool ok() const { return !error_; }

    template <std::unsigned_integral T>
    [[nodiscard]] T le() {
        const ByteView from = bytes(sizeof(T));
        return from.empty() ? T{0} : load_le<T>(from.data());
    }
    template <std::unsigned_integral T>
    [[nodiscard]] T be() {
        const ByteView from = bytes(sizeof(T));
        return from.empty() ? T{0} : load_be<T>(from.data());
    }
    [[nodiscard]] std::uint8_t u8() { return le<std::uint8_t>(); }
    [[nodiscard]] bool boolean();
    // An enum tag below `count`.
    [[nodiscard]] std::uint8_t tag(std::uint8_t count);

    // Exactly `count` bytes.
    [[nodiscard]] ByteView bytes(std::size_t count);
    template <std::size_t N>
    [[nodiscard]] ByteArray<N> array() {
        const ByteView from = bytes(N);
        return from.size() == N ? take<N>(from) : ByteArray<N>{};
    }
    // All that is left.
    [[nodiscard]] ByteView rest() { return bytes(remaining()); }

    // A number of items that follow, at most `max`, each of at least `item_size` bytes (not 0). What it returns may be
    // allocated: the items cannot be more than the bytes that are there.
    template <std::unsigned_integral Length>
    [[nodiscard]] std::size_t count_le(std::size_t max, std::size_t item_size) {
        const std::size_t at = position_;
        return checked_count(le<Length>(), max, item_size, at);
    }
    template <std::unsigned_integral Length>
    [[nodiscard]] std::size_t count_be(std::size_t max, std::size_t item_size) {
        const std::size_t at = position_;
        return checked_count(be<Length>(), max, item_size, at);
    }
    // A byte string of at most `max` bytes behind its length.
    template <std::unsigned_integral Length>
    [[nodiscard]] ByteView prefixed_le(std::size_t max) {
        return bytes(count_le<Length>(max, 1));
    }
    template <std::unsigned_integral Length>
    [[nodiscard]] ByteView prefixed_be(std::size_t max) {
        return bytes(count_be<Length>(max, 1));
    }

    // Says that what was read from `offset` on is wrong. Keeps the first fault.
    void reject(ReadFault fault, std::size_t offset);
    [[nodiscard]] const std::optional<ReadError>& error() const { return error_; }

    // Nothing may be left.
    [[nodiscard]] Result<void, ReadError> finish();
    template <class T>
    [[nodiscard]] Result<std::remove_cvref_t<T>, ReadError> finish(T&& value) {
        if (const auto end = finish(); !end) return fail(end.error());
        return std::forward<T>(value);
    }

  private:
    [[nodiscard]] std::size_t checked_count(std::uint64_t count, std::size_t max, std::size_t item_size,
                                            std::size_t at);

    ByteView bytes_;
    std::size_t position_ = 0;
    std::optional<ReadError> error_;
};

}  // namespace dusk
