#include "ledger/dusk_amount.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk::ledger {
namespace {

RC_GTEST_PROP(DuskAmount, TextReadsBack, (std::uint64_t lux)) {
    RC_ASSERT(parse_dusk(format_dusk({lux})).value() == Lux{lux});
}

TEST(DuskAmount, ReadsWhatPeopleWrite) {
    EXPECT_EQ(parse_dusk("19.8574"), Lux{19'857'400'000});
    EXPECT_EQ(parse_dusk("1_000_000"), Lux{1'000'000 * kLuxPerDusk});
    EXPECT_EQ(parse_dusk("0.000000001"), Lux{1});
    EXPECT_EQ(parse_dusk("18446744073.709551615"), Lux{~std::uint64_t{0}});
    EXPECT_EQ(format_dusk({1'500'000'000}), "1.5");
    EXPECT_EQ(format_dusk({0}), "0");
    for (const char* text :
         {"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "1.2.3", "_1", "1_", "1__0", "1_.5", " 1", "0x10"}) {
        EXPECT_EQ(parse_dusk(text).error(), AmountError::not_a_number) << text;
    }
    EXPECT_EQ(parse_dusk("1.0000000001").error(), AmountError::too_many_decimals);
    for (const char* text : {"18446744073.709551616", "18446744074", "99999999999999999999999"}) {
        EXPECT_EQ(parse_dusk(text).error(), AmountError::too_large) << text;
    }
}

}  // namespace
}  // namespace dusk::ledger
