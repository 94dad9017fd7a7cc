// Reads the numbers and names of the WebAssembly binary format. The first fault sticks, as in base/reader.hpp.
#pragma once

#include "base/utf8.hpp"
#include "vm/wasm_module.hpp"

namespace dusk::vm {

class WasmReader {
  public:
    // The bytes from `begin` to `end` of a module.
    WasmReader(ByteView module, std::size_t begin, std::size_t end) : bytes_(module), at_(begin), end_(end) {}

    [[nodiscard]] bool ok() const { return !error_; }
    [[nodiscard]] const std::optional<WasmError>& error() const { return error_; }
    [[nodiscard]] std::size_t position() const { return at_; }
    [[nodiscard]] std::size_t remaining() const { return error_ ? 0 : end_ - at_; }
    void reject(WasmFault fault, std::size_t offset) {
        if (!error_) error_ = WasmError{fault, offset};
    }

    [[nodiscard]] std::uint8_t u8() {
        if (remaining() == 0) {
            reject(WasmFault::truncated, at_);
            return 0;
        }
        return bytes_[at_++];
    }
    [[nodiscard]] ByteView bytes(std::size_t count) {
        if (remaining() < count) {
            reject(WasmFault::truncated, at_);
            return {};
        }
        at_ += count;
        return bytes_.subspan(at_ - count, count);
    }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(unsigned_leb(32)); }
    [[nodiscard]] std::uint64_t u64() { return unsigned_leb(64); }
    [[nodiscard]] std::int64_t s32() { return signed_leb(32); }
    [[nodiscard]] std::int64_t s64() { return signed_leb(64); }
    // How many items follow. Each has at least one byte, so no more than there are bytes.
    [[nodiscard]] std::uint32_t count() {
        const std::size_t start = at_;
        const std::uint32_t items = u32();
        if (items > remaining()) {
            reject(WasmFault::truncated, start);
            return 0;
        }
        return items;
    }
    [[nodiscard]] std::string name() {
        const std::size_t start = at_;
        const ByteView text = bytes(u32());
        if (!is_utf8(text)) {
            reject(WasmFault::bad_name, start);
            return {};
        }
        return {text.begin(), text.end()};
    }

  private:
    [[nodiscard]] std::uint64_t unsigned_leb(unsigned bits) {
        const std::size_t start = at_;
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < bits; shift += 7) {
            const std::uint8_t byte = u8();
            const std::uint64_t low = byte & 0x7f;
            if (shift + 7 > bits && low >> (bits - shift) != 0) break;
            value |= low << shift;
            if (byte < 0x80) return ok() ? value : 0;
        }
        reject(WasmFault::bad_integer, start);
        return 0;
    }
    [[nodiscard]] std::int64_t signed_leb(unsigned bits) {
        const std::size_t start = at_;
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < bits; shift += 7) {
            const std::uint8_t byte = u8();
            const std::uint64_t low = byte & 0x7f;
            if (shift + 7 > bits) {
                // The bits above the sign repeat it.
                const std::uint64_t above = low >> (bits - shift - 1);
                const std::uint64_t all = 0x7f >> (bits - shift - 1);
                if (byte >= 0x80 || (above != 0 && above != all)) break;
            }
            value |= low << shift;
            if (byte < 0x80) {
                if (shift + 7 < 64 && (byte & 0x40) != 0) value |= ~std::uint64_t{0} << (shift + 7);
                return ok() ? static_cast<std::int64_t>(value) : 0;
            }
        }
        reject(WasmFault::bad_integer, start);
        return 0;
    }

    ByteView bytes_;
    std::size_t at_;
    std::size_t end_;
    std::optional<WasmError> error_;
};

}  // namespace dusk::vm
