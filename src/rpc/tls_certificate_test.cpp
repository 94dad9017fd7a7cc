#include "rpc/tls_certificate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rpc/test_certificate.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;

Result<TlsCertificate, std::string> read(const std::string& chain, const std::string& key) {
    return tls_certificate(as_bytes(chain), as_bytes(key));
}

TEST(TlsCertificate, SaysWhatItIs) {
    const TestCertificate made = make_test_certificate("DNS:node.example", 3600);
    const auto read_back = read(made.chain, made.key);
    ASSERT_TRUE(read_back) << read_back.error();
    EXPECT_EQ(read_back->subject, "/CN=test");
    const auto left = read_back->expires - std::chrono::system_clock::now();
    EXPECT_GT(left, std::chrono::minutes(50));
    EXPECT_LT(left, std::chrono::minutes(70));
    // One behind the other is a chain.
    EXPECT_TRUE(read(made.chain + make_test_certificate().chain, made.key));
}

TEST(TlsCertificate, WhatIsNoneIsRefused) {
    const TestCertificate made = make_test_certificate();
    const auto refused = [](const std::string& chain, const std::string& key) {
        const auto read_back = read(chain, key);
        return read_back ? std::string("taken") : read_back.error();
    };
    EXPECT_THAT(refused("", made.key), HasSubstr("no chain of certificates"));
    EXPECT_THAT(refused(made.key, made.key), HasSubstr("no chain of certificates"));
    EXPECT_THAT(refused(made.chain.substr(0, made.chain.size() / 2), made.key), HasSubstr("no chain of certificates"));
    EXPECT_THAT(refused(made.chain, ""), HasSubstr("no private key"));
    EXPECT_THAT(refused(made.chain, made.chain), HasSubstr("no private key"));
    EXPECT_THAT(refused(made.chain, make_test_certificate("DNS:a", 60, "secret").key), HasSubstr("no private key"));
    EXPECT_THAT(refused(made.chain, make_test_certificate().key),
                testing::AnyOf(HasSubstr("not that of"), HasSubstr("no private key")));
}

}  // namespace
}  // namespace dusk::rpc
