#include "base/hex.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk {
namespace {

TEST(Hex, RejectsWhatIsNotHex) {
    EXPECT_EQ(from_hex("abc").error(), HexError::odd_length);
    EXPECT_EQ(from_hex("0x").error(), HexError::bad_digit);
    EXPECT_EQ(from_hex("a ").error(), HexError::bad_digit);
}

TEST(Hex, AcceptsBothCases) { EXPECT_EQ(from_hex("aBCd").value(), (Bytes{0xab, 0xcd})); }

RC_GTEST_PROP(Hex, RoundTrip, (const Bytes& bytes)) { RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes); }

}  // namespace
}  // namespace dusk
