// Blocks and messages on the wire (spec/consensus.md §3): every type has
//
//     static T read(WireReader& in);      void write(Writer& out) const;
//
// and is decoded and encoded as a whole by `decode` and `encode`. Integers are little-endian; no encoding carries its
// length, and bytes behind a complete value are ignored, as the network does.
#pragma once

#include <concepts>
#include <optional>

#include "base/bytes.hpp"
#include "base/writer.hpp"
#include "ledger/wire_error.hpp"

namespace dusk::ledger {

// The first fault sticks: from then on every read gives zero or nothing.
class WireReader {
  public:
    // `bytes` outlive the reader and the views it gives out.
    explicit WireReader(ByteView bytes) : bytes_(bytes) {}

    [[nodiscard]] bool ok() const { return !error_; }
    [[nodiscard]] std::size_t position() const { return position_; }

    // Exactly `count` bytes.
    [[nodiscard]] ByteView bytes(std::size_t count) {
        if (error_) return {};
        if (count > bytes_.size() - position_) {
            refuse(WireFault::short_input, position_);
            return {};
        }
        const ByteView out = bytes_.subspan(position_, count);
        position_ += count;
        return out;
    }
    template <std::size_t N>
    [[nodiscard]] ByteArray<N> array() {
        const ByteView from = bytes(N);
        return from.size() == N ? take<N>(from) : ByteArray<N>{};
    }
    template <std::unsigned_integral T>
    [[nodiscard]] T le() {
        const ByteView from = bytes(sizeof(T));
        return from.empty() ? T{0} : load_le<T>(from.data());
    }
    [[nodiscard]] std::uint8_t u8() { return le<std::uint8_t>(); }
    // A tag, a count or a length of at most `most`; 0 with the fault `above` beyond it.
    template <std::unsigned_integral T>
    [[nodiscard]] T at_most(T most, WireFault above) {
        const std::size_t at = position_;
        const T value = le<T>();
        if (value <= most) return value;
        refuse(above, at);
        return 0;
    }

    // Says that what begins at `offset` is wrong. Keeps the first fault.
    void refuse(WireFault fault, std::size_t offset) {
        if (!error_) error_ = WireError{fault, offset};
    }
    [[nodiscard]] const std::optional<WireError>& error() const { return error_; }

  private:
    ByteView bytes_;
    std::size_t position_ = 0;
    std::optional<WireError> error_;
};

template <class T>
[[nodiscard]] Result<T, WireError> decode(ByteView bytes) {
    WireReader in(bytes);
    T value = T::read(in);
    if (in.error()) return fail(*in.error());
    return value;
}

template <class T>
[[nodiscard]] Bytes encode(const T& value) {
    Writer out;
    value.write(out);
    return std::move(out).finish();
}

}  // namespace dusk::ledger
