#include "app/call_driver.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace dusk::app {
namespace {

constexpr ledger::ContractId kContract{{9}};

TEST(CallDriver, KnowsTheGenesisContractsByItself) {
    auto driver = CallDriver::of(ledger::kTransferContract, {}, nullptr);
    ASSERT_TRUE(driver);
    EXPECT_EQ(to_hex(driver->encode("deposit", "\"5\"").value()), "0500000000000000");
    EXPECT_EQ(driver->decode("num_notes", from_hex("3930000000000000").value()).value(), "12345");
    EXPECT_EQ(driver->encode("deposit", "{").error().code, "bad_argument");
    EXPECT_EQ(driver->encode("no_such", "null").error().code, "bad_argument");
    EXPECT_EQ(driver->decode("num_notes", Bytes{1}).error().code, "bad_answer");
}

TEST(CallDriver, RunsOneThatIsInAFile) {
    auto driver = CallDriver::of(kContract, DUSK_TEST_DRIVER, nullptr);
    ASSERT_TRUE(driver) << driver.error().message;
    EXPECT_EQ(driver->encode("echo", "abc").value(), to_vector(as_bytes("abc")));
    EXPECT_EQ(driver->encode("unknown", "1").error().code, "bad_argument");
    EXPECT_EQ(CallDriver::of(kContract, "/nowhere/driver.wasm", nullptr).error().exit, ExitCode::file);
    EXPECT_EQ(CallDriver::of(kContract, "/proc/self/exe", nullptr).error().exit, ExitCode::bad_input);
}

TEST(CallDriver, SaysWhereThereIsNone) {
    auto driver = CallDriver::of(kContract, {}, nullptr);
    ASSERT_TRUE(driver);
    EXPECT_EQ(driver->encode("echo", "1").error().code, "no_driver");
    EXPECT_EQ(driver->decode("echo", {}).error().code, "no_driver");
    EXPECT_EQ(driver->encode("a/../b", "1").error().exit, ExitCode::usage);
    EXPECT_EQ(driver->encode("", "1").error().exit, ExitCode::usage);
}

}  // namespace
}  // namespace dusk::app
