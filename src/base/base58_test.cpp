#include "base/base58.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk {
namespace {

// A slow model: one digit at a time over bytes.
std::string model(const Bytes& bytes) {
    const std::string_view digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    Bytes number;
    for (std::uint8_t byte : bytes) {
        unsigned carry = byte;
        for (std::uint8_t& digit : number) {
            carry += 256U * digit;
            digit = static_cast<std::uint8_t>(carry % 58);
            carry /= 58;
        }
        for (; carry != 0; carry /= 58) number.push_back(static_cast<std::uint8_t>(carry % 58));
    }
    std::string out;
    for (std::size_t i = 0; i < bytes.size() && bytes[i] == 0; ++i) out.push_back('1');
    for (std::size_t i = number.size(); i-- > 0;) out.push_back(digits[number[i]]);
    return out;
}

TEST(Base58, RejectsWhatIsNotADigit) {
    for (std::string_view text : {"0", "O", "I", "l", "+", " 2", "2 ", "é", "11111111111111111111 "}) {
        EXPECT_EQ(from_base58(text, 100).error(), Base58Error::bad_digit) << text;
    }
}

TEST(Base58, LimitsTheSize) {
    EXPECT_EQ(from_base58(std::string(1 << 20, 'z'), 64).error(), Base58Error::too_long);
    const Bytes largest(64, 0xff);
    EXPECT_EQ(from_base58(to_base58(largest), 64).value(), largest);
    EXPECT_EQ(from_base58(to_base58(largest), 63).error(), Base58Error::too_long);
    EXPECT_EQ(from_base58(std::string(64, '1'), 64).value(), Bytes(64));
    EXPECT_EQ(from_base58(std::string(65, '1'), 64).error(), Base58Error::too_long);
    EXPECT_EQ(from_base58("", 0).value(), Bytes{});
    EXPECT_EQ(from_base58("1", 0).error(), Base58Error::too_long);
}

RC_GTEST_PROP(Base58, RoundTrip, (Bytes bytes, std::uint8_t zeros)) {
    bytes.insert(bytes.begin(), zeros % 8, 0);
    RC_ASSERT(to_base58(bytes) == model(bytes));
    RC_ASSERT(from_base58(to_base58(bytes), bytes.size()).value() == bytes);
}

RC_GTEST_PROP(Base58, EveryTextIsRejectedOrRoundTrips, (const std::string& text)) {
    const auto bytes = from_base58(text, text.size());
    if (bytes) RC_ASSERT(to_base58(*bytes) == text);
}

}  // namespace
}  // namespace dusk
