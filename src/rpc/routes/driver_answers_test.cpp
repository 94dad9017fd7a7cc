#include "rpc/routes/driver_answers.hpp"

#include <gmock/gmock.h>

#include "base/hex.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/keccak.hpp"
#include "crypto/os_random.hpp"
#include "rpc/drivers/sample_driver.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;

class SignedDriver : public testing::Test {
  protected:
    std::string signature(ByteView code) { return to_hex(key_.sign(crypto::sha3_256(code)).to_bytes()); }
    // Status and text of the refusal.
    std::pair<unsigned, std::string> refusal(ByteView code, std::string_view signature, ByteView owner) {
        const auto driver = signed_driver(code, signature, owner);
        EXPECT_FALSE(driver);
        if (driver) return {};
        return {driver.error().status, {driver.error().body.begin(), driver.error().body.end()}};
    }

    crypto::OsRandom random_;
    crypto::BlsSecretKey key_ = crypto::BlsSecretKey::random(random_);
    ByteArray<96> owner_ = key_.public_key().to_bytes();
    Bytes code_ = sample_driver();
};

TEST_F(SignedDriver, ByTheOwner) {
    const auto driver = signed_driver(code_, signature(code_), owner_);
    ASSERT_TRUE(driver);
    EXPECT_EQ(driver->code, code_);
    EXPECT_EQ(to_hex(driver->signature), signature(code_));
}

TEST_F(SignedDriver, Refused) {
    EXPECT_EQ(refusal(code_, signature(Bytes{1}), owner_).first, 500U);
    EXPECT_EQ(refusal(code_, signature(code_), crypto::BlsSecretKey::random(random_).public_key().to_bytes()).first,
              500U);
    EXPECT_EQ(refusal(code_, signature(code_), Bytes(32)).first, 500U);
    EXPECT_EQ(refusal(code_, "xx", owner_),
              std::pair(400U, std::string(R"({"error":"Invalid input: Invalid signature"})")));
    EXPECT_EQ(refusal(code_, "00", owner_).first, 400U);
    const Bytes other{0, 'a', 's', 'm', 1, 0, 0, 0};
    EXPECT_THAT(refusal(other, signature(other), owner_).second, HasSubstr("Invalid driver"));
}

}  // namespace
}  // namespace dusk::rpc
