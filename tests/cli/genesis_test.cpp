// `dusk genesis` from the outside: files that people write, states made of them, and what is wrong with either.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "phoenix/keys.hpp"
#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Genesis : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-genesis-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }

    // `dusk genesis WORDS…`, one blank between two words.
    [[nodiscard]] Finished genesis(const std::string& words) const { return dusk("genesis " + words); }
    [[nodiscard]] Finished dusk(const std::string& words) const {
        Start start{.arguments = {}, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    nlohmann::json done(const std::string& words) const {
        const Finished finished = genesis(words + " --json");
        EXPECT_EQ(finished.exit, 0) << words << finished.out << finished.err;
        return finished.json();
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished finished = genesis(words + " --json");
        EXPECT_EQ(finished.exit, exit) << words << finished.out;
        EXPECT_EQ(finished.json()["error"]["code"], code) << words;
        const Finished plain = genesis(words);
        EXPECT_EQ(plain.exit, exit);
        EXPECT_EQ(plain.out, "");
        EXPECT_THAT(plain.err, HasSubstr("dusk: "));
    }
    void write(const std::string& name, const std::string& content) const { std::ofstream(folder / name) << content; }
    [[nodiscard]] std::string content(const std::string& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }

    fs::path folder;
};

TEST_F(Genesis, TheDefaultIsTenTestWallets) {
    const auto made = done("new my.toml");
    EXPECT_EQ(made["accounts"], 10);
    EXPECT_EQ(made["phoenix_balances"], 10);
    EXPECT_EQ(made["stakes"], 4);
    ASSERT_EQ(made["test_wallets"].size(), 10U);
    EXPECT_EQ(made["test_wallets"][3]["provisioner"], true);
    EXPECT_EQ(made["test_wallets"][4]["provisioner"], false);
    EXPECT_THAT(made["warnings"][0].get<std::string>(), HasSubstr("everybody knows"));
    for (const auto& wallet : made["test_wallets"]) {
        EXPECT_THAT(content("my.toml"), HasSubstr(wallet["account"].get<std::string>()));
        EXPECT_THAT(content("my.toml"), HasSubstr(wallet["address"].get<std::string>()));
    }
    const Finished plain = genesis("new other.toml --provisioners 1");
    EXPECT_EQ(plain.exit, 0);
    EXPECT_THAT(plain.out, HasSubstr(made["test_wallets"][9]["phrase"].get<std::string>()));
    EXPECT_THAT(plain.err, HasSubstr("warning: "));
    EXPECT_EQ(done("info other.toml")["stakes"]["count"], 1);
}

TEST_F(Genesis, AStateIsBuiltAndHoldsWhatTheFileSays) {
    done("new my.toml");
    const auto of_file = done("info my.toml");
    const auto built = done("build my.toml state --timestamp 1736251200");
    const auto of_state = done("info state");
    EXPECT_EQ(built["root"], of_file["root"]);
    EXPECT_EQ(built["root"], of_state["root"]);
    EXPECT_EQ(of_state["network"], "devnet");
    EXPECT_EQ(built["genesis_block"]["timestamp"], 1'736'251'200);
    EXPECT_EQ(of_file["accounts"]["lux"], 10'000'000'000'000'000);
    EXPECT_EQ(of_file["notes"]["count"], 100);
    EXPECT_EQ(of_file["notes"]["lux"], 10'000'000'000'000'000);
    for (const char* part : {"accounts", "stakes"}) EXPECT_EQ(of_state[part], of_file[part]) << part;
    EXPECT_EQ(of_state["notes"]["count"], 100);

    // The store is one like any other, and holds nothing else.
    const auto stats = dusk("db stats state --json").json();
    EXPECT_EQ(stats["main"], built["root"]);
    EXPECT_EQ(stats["commits"].size(), 0U);
    EXPECT_EQ(dusk("db check state").exit, 0);

    expect_error("build my.toml state", 5, "file_exists");
    EXPECT_THAT(genesis("info state").out, HasSubstr("10000000 DUSK"));
}

TEST_F(Genesis, RuskIsTheReleasedLocalNetwork) {
    done("new rusk.toml --network rusk");
    const auto rusk = done("build rusk.toml state --network rusk");
    EXPECT_EQ(rusk["root"], "838826ee6dd80d7ae3899da22779f3502321a0458144edab200a6158f0fd6d13");
    EXPECT_EQ(done("info state")["network"], "rusk");
    EXPECT_NE(done("info rusk.toml")["root"], rusk["root"]);  // on devnet
    EXPECT_EQ(done("info rusk.toml --network rusk")["root"], rusk["root"]);
}

TEST_F(Genesis, EntriesAreListed) {
    crypto::ChaChaRng random(1);
    const auto account = crypto::BlsSecretKey::random(random).public_key().to_base58();
    const auto address = phoenix::SecretKey::random(random).public_key().to_base58();
    const auto made = done("new my.toml --account " + account + "=1000.5 --shielded " + address + "=2.5 --shielded " +
                           address + "=1 --stake " + account + "=1_000_000 --owner " + account);
    EXPECT_EQ(made["accounts"], 1);
    EXPECT_FALSE(made.contains("test_wallets"));
    const auto info = done("info my.toml");
    EXPECT_EQ(info["owner"], account);
    EXPECT_EQ(info["accounts"]["lux"], 1'000'500'000'000);
    EXPECT_EQ(info["notes"]["lux"], 3'500'000'000);
    EXPECT_EQ(info["notes"]["count"], 2);
    EXPECT_EQ(info["stakes"]["lux"], 1'000'000'000'000'000);

    expect_error("new a.toml --account " + account, 2, "bad_entry");
    expect_error("new a.toml --account x=1", 2, "bad_key");
    expect_error("new a.toml --shielded " + account + "=1", 2, "bad_key");
    expect_error("new a.toml --stake " + account + "=1e3", 2, "bad_amount");
    expect_error("new a.toml --stake " + account + "=10000000000", 2, "bad_amount");
    expect_error("new a.toml --owner x", 2, "bad_key");
    EXPECT_FALSE(fs::exists(folder / "a.toml"));
    const auto alone = done("new b.toml --account " + account + "=1");
    EXPECT_THAT(alone["warnings"][0].get<std::string>(), HasSubstr("nobody has a stake"));
}

TEST_F(Genesis, WhatIsWrongIsSaid) {
    write("bad.toml", "owner = 'x'\n");
    expect_error("info bad.toml", 4, "bad_genesis");
    expect_error("build bad.toml state", 4, "bad_genesis");
    EXPECT_THAT(genesis("info bad.toml").err, HasSubstr("line 1: owner is no account"));
    write("base.toml", "base_state = 'https://example.org'\n");
    expect_error("build base.toml state", 4, "bad_genesis");
    EXPECT_FALSE(fs::exists(folder / "state"));

    write("odd.toml", "elegibility = 1\n");
    const auto odd = done("info odd.toml");
    EXPECT_THAT(odd["warnings"][0].get<std::string>(), HasSubstr("line 1: elegibility"));

    expect_error("info missing.toml", 5, "file_missing");
    expect_error("build missing.toml state", 5, "file_missing");
    fs::create_directory(folder / "empty");
    expect_error("info empty", 5, "file_missing");
    expect_error("build odd.toml state --network mainnet", 2, "unknown_network");
    fs::create_directory(folder / "taken");
    write("taken/file", "");
    expect_error("build odd.toml taken", 5, "file_exists");
    EXPECT_TRUE(fs::exists(folder / "taken/file"));
    expect_error("new odd.toml", 5, "file_exists");
    EXPECT_EQ(genesis("new odd.toml --force").exit, 0);
    EXPECT_EQ(genesis("new").exit, 2);
    EXPECT_EQ(genesis("").exit, 2);
    EXPECT_THAT(genesis("--help").out, HasSubstr("dusk genesis build my.toml state"));
}

TEST_F(Genesis, AnEmptyFileMakesTheStateWithoutAccounts) {
    write("empty.toml", "");
    fs::create_directory(folder / "state");  // an empty folder is taken
    const auto built = done("build empty.toml state");
    const auto info = done("info state");
    EXPECT_EQ(info["root"], built["root"]);
    EXPECT_EQ(info["accounts"]["count"], 0);
    EXPECT_EQ(info["stakes"]["count"], 0);
}

}  // namespace
}  // namespace dusk::cli
