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

RC_GTEST_PROP(Base64, RoundTrip, (const Bytes& bytes)) { RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes); }

RC_GTEST_PROP(Base64, WhatIsAcceptedIsCanonical, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::element('A', 'B', 'z', '/', '+', '9', '=', 'Q', 'g', 'w'));
    const auto bytes = from_base64(text);
    if (bytes) RC_ASSERT(to_base64(*bytes) == text);
}

}  // namespace
}  // namespace dusk
