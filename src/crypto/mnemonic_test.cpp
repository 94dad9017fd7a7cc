#include "crypto/mnemonic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/mnemonic_words.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

using Kind = MnemonicError::Kind;

TEST(Mnemonic, TheWordListIsTheStandards) {
    std::string file;
    for (const std::string_view word : kMnemonicWords) file.append(word).append("\n");
    EXPECT_EQ(to_hex(sha256(as_bytes(file))), "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}

// From the standard's test vectors, which use the passphrase "TREZOR".
TEST(Mnemonic, TestVectorsOfTheStandard) {
    struct Case {
        std::string_view entropy, phrase, seed;
    };
    for (const Case& c :
         {Case{"00000000000000000000000000000000",
               "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
               "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf1416"
               "30c7a3c4ab7c81b2f001698e7463b04"},
          Case{"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
               "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
               "dd48c104698c30cfe2b6142103248622fb7bb0ff692eebb00089b32d22484e1613912f0a5b694407be899ffd31ed3992c"
               "456cdf60f5d4564b8ba3f05a69890ad"}}) {
        const auto mnemonic = Mnemonic::parse(c.phrase);
        ASSERT_TRUE(mnemonic);
        EXPECT_EQ(to_hex(mnemonic->entropy().reveal()), c.entropy);
        EXPECT_EQ(mnemonic->phrase().reveal_text(), c.phrase);
        EXPECT_EQ(to_hex(mnemonic->seed("TREZOR").reveal()), c.seed);
    }
}

RC_GTEST_PROP(Mnemonic, EveryEntropyHasAPhraseThatLeadsBack, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const std::size_t words = 12 + 3 * (random.next_u32() % 5);
    const auto mnemonic = Mnemonic::generate(words, random);
    RC_ASSERT(mnemonic.has_value());
    RC_ASSERT(mnemonic->word_count() == words);
    const auto again = Mnemonic::parse(mnemonic->phrase().reveal_text());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->entropy() == mnemonic->entropy());
    RC_ASSERT(Mnemonic::from_entropy(mnemonic->entropy().reveal())->phrase() == mnemonic->phrase());
}

TEST(Mnemonic, CaseAndSpacesDoNotMatter) {
    const auto mnemonic =
        Mnemonic::parse("  LEGAL winner\tthank Year\nwave sausage  worth useful legal winner thank yellow ");
    ASSERT_TRUE(mnemonic);
    EXPECT_EQ(to_hex(mnemonic->entropy().reveal()), "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
}

TEST(Mnemonic, WrongWordsAreNamedByTheirPlace) {
    const auto swapped = Mnemonic::parse("legal winner thank year wave sausage worth useful legal winner thakn yellow");
    ASSERT_FALSE(swapped);
    EXPECT_EQ(swapped.error().kind, Kind::unknown_word);
    EXPECT_EQ(to_string(swapped.error()), "word 11 is not in the English word list");
    EXPECT_EQ(swapped.error().suggestion, "thank");

    EXPECT_EQ(Mnemonic::parse("legal WINNERS").error().suggestion, "winner");
    EXPECT_EQ(Mnemonic::parse("qqqqqqq").error().suggestion, "");
    EXPECT_EQ(Mnemonic::parse("legal " + std::string(16, 'q')).error().place, 2u);
    EXPECT_EQ(Mnemonic::parse("winnerwinnerwinner").error().suggestion, "");  // longer than any mistyped word
}

TEST(Mnemonic, CountAndChecksum) {
    EXPECT_EQ(Mnemonic::parse("").error().kind, Kind::bad_word_count);
    EXPECT_EQ(Mnemonic::parse("zoo zoo zoo").error().place, 3u);
    std::string long_phrase;
    for (int i = 0; i < 27; ++i) long_phrase += "zoo ";
    EXPECT_EQ(Mnemonic::parse(long_phrase).error().kind, Kind::bad_word_count);
    EXPECT_EQ(Mnemonic::parse("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo").error().kind, Kind::bad_checksum);
    EXPECT_EQ(Mnemonic::from_entropy(Bytes(17)).error().kind, Kind::bad_word_count);
    EXPECT_EQ(Mnemonic::from_entropy(Bytes(36)).error().kind, Kind::bad_word_count);
    ChaChaRng random(1);
    EXPECT_EQ(Mnemonic::generate(13, random).error().kind, Kind::bad_word_count);
}

}  // namespace
}  // namespace dusk::crypto
