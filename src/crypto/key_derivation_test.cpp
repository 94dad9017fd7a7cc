#include "crypto/key_derivation.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace dusk::crypto {
namespace {

// Test case 0 of EIP-2333: its seed is the BIP-39 seed of the twelve words below with the passphrase "TREZOR".
TEST(Eip2333, TestCaseOfTheStandard) {
    const auto seed =
        Mnemonic::parse("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about")
            ->seed("TREZOR");
    const auto master = eip2333_master(seed.reveal());
    ASSERT_TRUE(master);
    // 6083874454709270928345386274498605044986640685124978867557563392430687146096 and
    // 20397789859736650942317412262472558107875392172444076792671091975210932703118 in base 16.
    EXPECT_EQ(to_hex(master->reveal().to_be_bytes()),
              "0d7359d57963ab8fbbde1852dcf553fedbc31f464d80ee7d40ae683122b45070");
    EXPECT_EQ(to_hex(eip2333_child(*master, 0).reveal().to_be_bytes()),
              "2d18bd6c14e6d15bf8b5085c9b74f3daae3b03cc2014770a599d8c1539e50f8e");
}

TEST(Eip2333, Paths) {
    EXPECT_EQ(*parse_eip2333_path("m/12381/3600/0/+7"), (std::vector<std::uint32_t>{12381, 3600, 0, 7}));
    EXPECT_EQ(*parse_eip2333_path("m/0000000000004294967295"), std::vector<std::uint32_t>{4294967295});
    for (const std::string_view bad : {"", "m", "M/0", "m/", "/0", "m0", "m//1", "m/1/", "m/+", "m/++1", "m/-1", "m/-0",
                                       "m/ 1", "m/1h", "m/1'", "m/0x1", "m/4294967296", "mm/1"}) {
        EXPECT_EQ(parse_eip2333_path(bad).error(), Eip2333Error::bad_path) << bad;
    }
    EXPECT_EQ(eip2333_master(Bytes(31)).error(), Eip2333Error::short_seed);
}

TEST(KeyDerivation, PurposesAndProfilesAreApart) {
    const WalletSeed seed(ByteArray<64>{1});
    EXPECT_NE(derive_bls_secret(seed, 0).reveal(), derive_bls_secret(seed, 1).reveal());
    const auto phoenix = derive_phoenix_secret(seed, 0);
    EXPECT_NE(phoenix.reveal().a, phoenix.reveal().b);
}

}  // namespace
}  // namespace dusk::crypto
