#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

// Encodes without asking whether it may.
Bytes encode(std::uint32_t code, int length) {
    switch (length) {
        case 1:
            return {static_cast<std::uint8_t>(code)};
        case 2:
            return {static_cast<std::uint8_t>(0xc0 | code >> 6), static_cast<std::uint8_t>(0x80 | (code & 63))};
        case 3:
            return {static_cast<std::uint8_t>(0xe0 | code >> 12), static_cast<std::uint8_t>(0x80 | (code >> 6 & 63)),
                    static_cast<std::uint8_t>(0x80 | (code & 63))};
        default:
            return {static_cast<std::uint8_t>(0xf0 | code >> 18), static_cast<std::uint8_t>(0x80 | (code >> 12 & 63)),
                    static_cast<std::uint8_t>(0x80 | (code >> 6 & 63)), static_cast<std::uint8_t>(0x80 | (code & 63))};
    }
}

// Every code up to the largest that four bytes can hold, in every length that can hold it.
TEST(Utf8, ExactlyTheScalarValuesInShortestForm) {
    for (std::uint32_t code = 0; code < 0x200000; ++code) {
        const int shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        const bool scalar = code < 0xd800 || (code > 0xdfff && code < 0x110000);
        for (int length = shortest; length <= 4; ++length) {
            const Bytes bytes = encode(code, length);
            ASSERT_EQ(is_utf8(bytes), scalar && length == shortest) << code << " in " << length;
            if (length > 1) {
                ASSERT_FALSE(is_utf8(ByteView(bytes).first(bytes.size() - 1))) << code;
                ASSERT_FALSE(is_utf8(ByteView(bytes).subspan(1))) << code;
            }
        }
    }
}

TEST(Utf8, RejectsBytesThatNeverOccur) {
    for (unsigned byte = 0x80; byte < 0x100; ++byte) {
        EXPECT_FALSE(is_utf8(Bytes{static_cast<std::uint8_t>(byte)}));
        EXPECT_FALSE(is_utf8(Bytes{'a', static_cast<std::uint8_t>(byte), 'b', 'c', 'd'}));
    }
    EXPECT_TRUE(is_utf8({}));
}

}  // namespace
}  // namespace dusk
