#include "ledger/genesis_toml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::ledger {
namespace {

class Snapshots {
  public:
    explicit Snapshots(std::uint64_t seed) : random_(seed) {}

    GenesisSnapshot any() {
        GenesisSnapshot out;
        if (coin()) out.base_state = "https://example.org/\"state\\'\n.zip";
        if (coin()) out.owner = account();
        for (std::uint64_t i = below(3); i > 0; --i) {
            GenesisNotes notes{.address = phoenix::SecretKey::random(random_).public_key()};
            if (coin()) notes.seed = amount();
            for (std::uint64_t note = below(3); note > 0; --note) notes.notes.push_back({amount()});
            out.phoenix_balances.push_back(std::move(notes));
        }
        for (std::uint64_t i = below(3); i > 0; --i) out.moonlight_accounts.push_back({account(), {amount()}});
        for (std::uint64_t i = below(3); i > 0; --i) {
            GenesisStake stake{.account = account(), .amount = {amount()}};
            if (coin()) stake.owner = account();
            if (coin()) stake.eligibility = Height{amount()};
            if (coin()) stake.reward = Lux{amount()};
            out.stakes.push_back(std::move(stake));
        }
        return out;
    }

  private:
    std::uint64_t below(std::uint64_t count) { return random_.next_u64() % count; }
    bool coin() { return below(2) == 1; }
    std::uint64_t amount() { return random_.next_u64() >> (1 + below(63)); }
    AccountKey account() { return crypto::BlsSecretKey::random(random_).public_key(); }

    crypto::ChaChaRng random_;
};

RC_GTEST_PROP(GenesisToml, TextReadsBack, (std::uint64_t seed)) {
    const GenesisSnapshot made = Snapshots(seed).any();
    const auto text = genesis_toml(made);
    RC_ASSERT(text.has_value());
    const auto read = parse_genesis(*text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->snapshot == made);
    RC_ASSERT(read->unknown_keys.empty());
}

TEST(GenesisToml, AmountsBeyondTheFormatAreNotWritten) {
    GenesisSnapshot snapshot;
    snapshot.moonlight_accounts.push_back({.balance = {std::uint64_t{1} << 63U}});
    EXPECT_EQ(genesis_toml(snapshot).error(), (GenesisError{.fault = GenesisFault::out_of_range, .key = "balance"}));
}

GenesisError error_of(std::string_view text) {
    const auto parsed = parse_genesis(text);
    EXPECT_FALSE(parsed) << text;
    return parsed ? GenesisError{} : parsed.error();
}

TEST(GenesisToml, WhatIsWrongIsNamedWithItsLine) {
    using enum GenesisFault;
    EXPECT_EQ(error_of("owner = 'x'"), (GenesisError{bad_account, 1, "owner", ""}));
    EXPECT_EQ(error_of("\nowner = 3"), (GenesisError{wrong_type, 2, "owner", ""}));
    EXPECT_EQ(error_of("\n[[stake]]\namount = 1"), (GenesisError{missing, 2, "stake[0].address", ""}));
    EXPECT_EQ(error_of("[[moonlight_account]]\naddress = '1'\nbalance = 1"),
              (GenesisError{bad_account, 2, "moonlight_account[0].address", ""}));
    EXPECT_EQ(error_of("[[phoenix_balance]]\naddress = '1'"),
              (GenesisError{bad_address, 2, "phoenix_balance[0].address", ""}));
    EXPECT_EQ(error_of("stake = [\n1]"), (GenesisError{wrong_type, 2, "stake[0]", ""}));
    EXPECT_EQ(error_of("stake = 1"), (GenesisError{wrong_type, 1, "stake", ""}));
    EXPECT_EQ(error_of("phoenix_balance = [{ notes = [1, -1] }]").key, "phoenix_balance[0].address");
    const GenesisError broken = error_of("x = 1\n[[stake");
    EXPECT_EQ(broken.fault, not_toml);
    EXPECT_EQ(broken.line, 2U);
    EXPECT_NE(broken.detail, "");
    EXPECT_EQ(describe(error_of("\n\nowner = 3")), "line 3: owner has a value of the wrong type");
}

// The parser fails a check of its own here.
TEST(GenesisToml, WhatTheParserTripsOverIsNoToml) {
    const auto read = parse_genesis("[[[pho[p");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().fault, GenesisFault::not_toml);
}

TEST(GenesisToml, NumbersOutOfRangeAreRefused) {
    const auto account = crypto::BlsSecretKey::from_bytes(Bytes(32, 1)).value().public_key().to_base58();
    const auto balance = [&](std::string_view value) {
        return parse_genesis("[[moonlight_account]]\naddress = '" + account + "'\nbalance = " + std::string(value));
    };
    EXPECT_EQ(balance("-1").error(), (GenesisError{GenesisFault::out_of_range, 3, "moonlight_account[0].balance", ""}));
    EXPECT_EQ(balance("1.5").error().fault, GenesisFault::wrong_type);
    EXPECT_EQ(balance("9223372036854775808").error().fault, GenesisFault::not_toml);
    EXPECT_EQ(balance("0xff")->snapshot.moonlight_accounts[0].balance, Lux{255});
}

TEST(GenesisToml, UnknownKeysAreReported) {
    const auto parsed = parse_genesis("a = 1\n[other]\nx = 2\n");
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->unknown_keys.size(), 2U);
    EXPECT_EQ(parsed->unknown_keys[0].key, "a");
    EXPECT_EQ(parsed->unknown_keys[0].line, 1U);
    EXPECT_EQ(parsed->unknown_keys[1].key, "other");
    EXPECT_EQ(parsed->snapshot, GenesisSnapshot{});
}

}  // namespace
}  // namespace dusk::ledger
