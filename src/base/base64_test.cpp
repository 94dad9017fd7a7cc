#include "base/base64.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk {
namespace {

TEST(Base64, Rfc4648Examples) {
    const std::pair<std::string_view, std::string_view> examples[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [plain, text] : examples) {
        EXPECT_EQ(to_base64(as_bytes(plain)), text);
        EXPECT_EQ(from_base64(text).value(), to_vector(as_bytes(plain)));
    }
}

TEST(Base64, IsStrict) {
    for (std::string_view text : {"Z", "Zg", "Zg=", "Zm9", "=", "Zg==="}) {
        EXPECT_EQ(from_base64(text).error(), Base64Error::bad_length) << text;
    }
    for (std::string_view text : {"====", "Z===", "Zg=a", "Zg==Zg==", "Zm-_", "Zm9 ", " Zm9", "Zm9\n", "Z=g="}) {
        EXPECT_EQ(from_base64(text).error(), Base64Error::bad_digit) << text;
    }
    for (std::string_view text : {"Zh==", "Zm9="}) {
        EXPECT_EQ(from_base64(text).error(), Base64Error::trailing_bits) << text;
    }
}

// In every place of a group, against the alphabet of RFC 4648 table 1.
TEST(Base64, KnowsEveryDigitAndNothingElse) {
    const std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int c = 0; c < 256; ++c) {
        const std::size_t value = alphabet.find(static_cast<char>(c));
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAA";
            text[place] = static_cast<char>(c);
            const auto bytes = from_base64(text);
            if (value == std::string_view::npos && (place != 3 || c != '=')) {
                EXPECT_EQ(bytes.error(), Base64Error::bad_digit) << c;
            } else if (value != std::string_view::npos) {
                const std::size_t group = value << (18 - 6 * place);
                EXPECT_EQ(bytes.value(),
                          (Bytes{static_cast<std::uint8_t>(group >> 16), static_cast<std::uint8_t>(group >> 8),
                                 static_cast<std::uint8_t>(group)}));
                EXPECT_EQ(to_base64(*bytes), text);
            }
        }
    }
}

RC_GTEST_PROP(Base64, RoundTrip, (const Bytes& bytes)) { RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes); }

RC_GTEST_PROP(Base64, WhatIsAcceptedIsCanonical, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::element('A', 'B', 'z', '/', '+', '9', '=', 'Q', 'g', 'w'));
    const auto bytes = from_base64(text);
    if (bytes) RC_ASSERT(to_base64(*bytes) == text);
}

}  // namespace
}  // namespace dusk
