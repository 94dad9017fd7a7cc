#include "wallet/payment_uri.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "wallet/profile.hpp"

namespace dusk::wallet {
namespace {

std::string address(bool is_public) {
    const Profile own = derive_profile(crypto::WalletSeed(ByteArray<64>{1}), 0);
    return is_public ? own.account() : own.address();
}

PaymentUriError error_of(const std::string& text) {
    const auto parsed = parse_payment_uri(text);
    EXPECT_FALSE(parsed) << text;
    return parsed ? PaymentUriError{} : parsed.error();
}

TEST(PaymentUri, SaysWhoAsksForWhat) {
    const std::string plain = "dusk:" + address(false);
    const auto bare = parse_payment_uri(plain);
    ASSERT_TRUE(bare);
    EXPECT_FALSE(bare->amount);
    EXPECT_EQ(bare->to_text(), plain);

    const std::string full = "dusk:" + address(true) + "?amount=12.5&label=Z%C3%BCrich&memo=a%20%26%20b";
    const auto parsed = parse_payment_uri(full + "&other=1");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->amount, ledger::Lux{12'500'000'000});
    EXPECT_EQ(parsed->label, "Zürich");
    EXPECT_EQ(parsed->memo, "a & b");
    EXPECT_EQ(parsed->to_text(), full);
    EXPECT_TRUE(parse_payment_uri("DUSK:" + address(false)));
}

TEST(PaymentUri, RefusesWhatIsDamaged) {
    const std::string begin = "dusk:" + address(false);
    EXPECT_EQ(error_of(address(false)), PaymentUriError::not_a_request);
    EXPECT_EQ(error_of("dusk:"), PaymentUriError::bad_address);
    EXPECT_EQ(error_of(begin + "x"), PaymentUriError::bad_address);
    EXPECT_EQ(error_of(begin + "?amount=1&amount=2"), PaymentUriError::bad_parameter);
    EXPECT_EQ(error_of(begin + "?amount"), PaymentUriError::bad_parameter);
    for (const char* bad : {"%", "%2", "%zz", "%0A", "%ff", "\n"}) {
        EXPECT_EQ(error_of(begin + "?label=" + bad), PaymentUriError::bad_parameter) << bad;
    }
    EXPECT_EQ(error_of(begin + "?amount=1e3"), PaymentUriError::bad_amount);
    EXPECT_EQ(error_of(begin + "?amount=0.0000000001"), PaymentUriError::bad_amount);
    EXPECT_EQ(error_of(begin + "?req-asset=1"), PaymentUriError::unknown_demand);
    EXPECT_EQ(error_of(begin + "?memo=" + std::string(513, 'a')), PaymentUriError::memo_too_long);
    EXPECT_EQ(error_of(begin + "?label=" + std::string(5000, 'a')), PaymentUriError::too_long);
}

RC_GTEST_PROP(PaymentUri, ReadsWhatItWrites, (std::uint64_t lux, const std::string& label)) {
    const auto key = phoenix::parse_address(address(false));
    std::string text;  // only what a terminal may show
    for (const char c : label) text += static_cast<char>(' ' + (static_cast<unsigned char>(c) % 95));
    const PaymentUri uri{.address = *key, .amount = ledger::Lux{lux}, .label = text};
    const auto again = parse_payment_uri(uri.to_text());
    RC_ASSERT(again.has_value() && again->to_text() == uri.to_text() && again->label == text &&
              again->amount == uri.amount);
}

}  // namespace
}  // namespace dusk::wallet
