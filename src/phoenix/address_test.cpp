#include "phoenix/address.hpp"

#include <gtest/gtest.h>

#include "base/base58.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::phoenix {
namespace {

TEST(Address, TheLengthTellsTheKind) {
    crypto::ChaChaRng random(1);
    const PublicKey shielded = SecretKey::random(random).public_key();
    const crypto::BlsPublicKey account = crypto::BlsSecretKey::random(random).public_key();
    for (const Address& address :
         {Address(shielded), Address(account), Address(PublicKey()), Address(crypto::BlsPublicKey())}) {
        const auto parsed = parse_address(to_base58(address));
        ASSERT_TRUE(parsed);
        EXPECT_EQ(*parsed, address);
    }
    EXPECT_EQ(to_base58(Address(shielded)), shielded.to_base58());
    EXPECT_EQ(to_base58(Address(account)), account.to_base58());
}

TEST(Address, IsRejectedWithTheReason) {
    crypto::ChaChaRng random(2);
    const std::string text = SecretKey::random(random).public_key().to_base58();
    EXPECT_EQ(parse_address(" " + text).error(), AddressError::bad_text);
    EXPECT_EQ(parse_address(text + "0").error(), AddressError::bad_text);
    for (const std::size_t size : {0u, 1u, 63u, 65u, 95u, 97u, 4096u}) {
        EXPECT_EQ(parse_address(dusk::to_base58(Bytes(size, 1))).error(), AddressError::bad_length) << size;
    }
    for (const std::size_t size : {64u, 96u}) {
        EXPECT_EQ(parse_address(dusk::to_base58(Bytes(size, 0xff))).error(), AddressError::bad_point) << size;
    }
}

TEST(Address, ShortForm) {
    EXPECT_EQ(short_form("123456789ABCDEFGHJK"), "123456789ABCDEFG");
    EXPECT_EQ(short_form("short"), "short");
    EXPECT_EQ(short_form(""), "");
}

}  // namespace
}  // namespace dusk::phoenix
