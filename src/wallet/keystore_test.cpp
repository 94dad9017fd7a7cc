#include "wallet/keystore.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::wallet {
namespace {

constexpr KeystoreCost kCheap{.passes = 1, .memory_mib = 8};

SecretBytes password(std::string_view text) { return SecretBytes(text); }

WalletSecret phrase_wallet(std::uint64_t seed, std::size_t words = 12, std::uint8_t profiles = 1) {
    crypto::ChaChaRng random(seed);
    return {std::move(*crypto::Mnemonic::generate(words, random)), profiles};
}

std::string sealed(const WalletSecret& secret, std::string_view pw) {
    crypto::ChaChaRng random(7);
    return *seal_keystore(secret, password(pw), kCheap, random);
}

KeystoreError error_of(std::string_view file, std::string_view pw) {
    const auto opened = open_keystore(as_bytes(file), password(pw));
    EXPECT_FALSE(opened) << file;
    return opened ? KeystoreError{} : opened.error();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Keystore, RoundTripOfPhraseAndSeed) {
    for (const std::size_t words : {12u, 24u}) {
        const WalletSecret secret = phrase_wallet(words, words, 5);
        const auto opened = open_keystore(as_bytes(sealed(secret, "pw")), password("pw"));
        ASSERT_TRUE(opened);
        ASSERT_TRUE(opened->mnemonic());
        EXPECT_EQ(opened->mnemonic()->entropy(), secret.mnemonic()->entropy());
        EXPECT_EQ(opened->seed(), secret.seed());
        EXPECT_EQ(opened->profiles(), 5);
    }
    const WalletSecret seed_only(crypto::WalletSeed(ByteArray<64>{1, 2, 3}), 255);
    const auto opened = open_keystore(as_bytes(sealed(seed_only, "pässwörd €")), password("pässwörd €"));
    ASSERT_TRUE(opened);
    EXPECT_FALSE(opened->mnemonic());
    EXPECT_EQ(opened->seed(), seed_only.seed());
    EXPECT_EQ(opened->profiles(), 255);
}

TEST(Keystore, WrongPasswordAndDamageAreToldApart) {
    const std::string file = sealed(phrase_wallet(1), "pw");
    EXPECT_EQ(error_of(file, "pW"), KeystoreError::wrong_password);
    EXPECT_EQ(error_of(file, ""), KeystoreError::wrong_password);
    for (const std::string_view field : {R"("salt": ")", R"("nonce": ")", R"("ciphertext": ")", R"("checksum": ")"}) {
        std::string changed = file;
        char& character = changed[changed.find(field) + field.size()];
        character = character == 'a' ? 'b' : 'a';
        EXPECT_EQ(error_of(changed, "pw"), KeystoreError::damaged) << field;
    }
    EXPECT_EQ(error_of(replaced(file, "\"passes\": 1", "\"passes\": 2"), "pw"), KeystoreError::damaged);
    EXPECT_EQ(error_of(replaced(file, "\"passes\": 1", "\"passes\": -1"), "pw"), KeystoreError::damaged);
    EXPECT_EQ(error_of(replaced(file, "argon2id", "scrypt"), "pw"), KeystoreError::damaged);
    EXPECT_EQ(error_of(replaced(file, "\"kdf\": {", "\"kdf\": 1, \"x\": {"), "pw"), KeystoreError::damaged);
    EXPECT_EQ(error_of(replaced(file, "\"version\": 1", "\"version\": 2"), "pw"), KeystoreError::unknown_version);
}

TEST(Keystore, EveryCutIsTruncation) {
    const std::string file = sealed(phrase_wallet(2), "pw");
    for (std::size_t size = 40; size + 2 < file.size(); size += 11) {
        const KeystoreError error = error_of(file.substr(0, size), "pw");
        // Where the cut falls right behind an inner object, the text ends like a whole one.
        EXPECT_TRUE(error == KeystoreError::truncated || (error == KeystoreError::damaged && file[size - 1] == '}'))
            << size;
    }
    EXPECT_EQ(error_of(file.substr(0, 10), "pw"), KeystoreError::not_a_keystore);
    EXPECT_EQ(error_of("", "pw"), KeystoreError::not_a_keystore);
    EXPECT_EQ(error_of("[]", "pw"), KeystoreError::not_a_keystore);
    EXPECT_EQ(error_of("{\"format\": 3}", "pw"), KeystoreError::not_a_keystore);
}

// Whoever plants a file cannot make the program take all memory: the checksum is valid, the cost is refused.
TEST(Keystore, CostIsBounded) {
    crypto::ChaChaRng random(1);
    EXPECT_FALSE(is_valid({.passes = 0, .memory_mib = 8}));
    EXPECT_FALSE(is_valid({.passes = 17, .memory_mib = 8}));
    EXPECT_FALSE(is_valid({.passes = 1, .memory_mib = 7}));
    EXPECT_FALSE(is_valid({.passes = 1, .memory_mib = 2049}));
    EXPECT_TRUE(is_valid({}));
    // Seven MiB can be written, so that a checksum of a refused cost can be had here.
    const std::string file = *seal_keystore(phrase_wallet(3), password("pw"), {.passes = 1, .memory_mib = 7}, random);
    EXPECT_EQ(error_of(file, "pw"), KeystoreError::bad_cost);
}

RC_GTEST_PROP(Keystore, GarbageIsRefused, (const std::string& garbage)) {
    RC_ASSERT(!open_keystore(as_bytes(garbage), password("pw")));
}

}  // namespace
}  // namespace dusk::wallet
