// UTF-8 text: a borrowed view, and an owner on the contract's heap.
#pragma once

#include "dusk/contract/vector.hpp"

namespace dusk::contract {

class StringView {
  public:
    constexpr StringView() = default;
    template <size_t N>
    constexpr StringView(const char (&text)[N]) : data_(text), size_(N - 1) {}
    constexpr StringView(const char* data, size_t size) : data_(data), size_(size) {}

    [[nodiscard]] constexpr const char* data() const { return data_; }
    [[nodiscard]] constexpr size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

    bool operator==(const StringView& other) const {
        return size_ == other.size_ && (size_ == 0 || __builtin_memcmp(data_, other.data_, size_) == 0);
    }
    bool operator<(const StringView& other) const {
        const size_t common = size_ < other.size_ ? size_ : other.size_;
        const int order = common == 0 ? 0 : __builtin_memcmp(data_, other.data_, common);
        return order != 0 ? order < 0 : size_ < other.size_;
    }

  private:
    const char* data_ = "";
    size_t size_ = 0;
};

class String {
  public:
    constexpr String() = default;
    String(StringView text) { append(text); }
    template <size_t N>
    String(const char (&text)[N]) : String(StringView(text)) {}

    [[nodiscard]] const char* data() const { return bytes_.data(); }
    [[nodiscard]] size_t size() const { return bytes_.size(); }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    [[nodiscard]] StringView view() const { return {bytes_.data(), bytes_.size()}; }
    operator StringView() const { return view(); }
    String& append(StringView text) {
        bytes_.append(text.data(), text.size());
        return *this;
    }
    // In decimal digits.
    String& append(uint64_t number) {
        char digits[20];
        size_t first = sizeof(digits);
        do {
            digits[--first] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        return append(StringView(digits + first, sizeof(digits) - first));
    }

    bool operator==(const String& other) const { return view() == other.view(); }
    bool operator<(const String& other) const { return view() < other.view(); }

  private:
    Vector<char> bytes_;
};

// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7): archives hold no other text.
[[nodiscard]] constexpr bool is_utf8(const uint8_t* at, size_t size) {
    const uint8_t* const end = at + size;
    while (at != end) {
        const uint8_t first = *at++;
        if (first < 0x80) continue;
        if (first < 0xc2 || first > 0xf4) return false;
        const int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (end - at < more) return false;
        // Long forms, surrogates and what is above U+10FFFF show in the second byte.
        const uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        const uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (*at < low || *at > high) return false;
        ++at;
        for (int i = 1; i < more; ++i, ++at) {
            if ((*at & 0xc0) != 0x80) return false;
        }
    }
    return true;
}

}  // namespace dusk::contract
