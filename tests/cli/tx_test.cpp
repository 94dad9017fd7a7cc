// `dusk tx` and `dusk chain` from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string hex_of(const std::string& bytes) {
    std::string out;
    for (const char c : bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        out += kDigits[static_cast<unsigned char>(c) >> 4U];
        out += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

// The hexadecimal digits of a base58 text of 96 bytes.
std::string hex_of_base58(const std::string& text) {
    constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::vector<unsigned> bytes(96, 0);
    for (const char c : text) {
        unsigned carry = static_cast<unsigned>(kAlphabet.find(c));
        for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
            carry += 58 * *byte;
            *byte = carry % 256;
            carry /= 256;
        }
    }
    return hex_of({bytes.begin(), bytes.end()});
}

class Tx : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-tx-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        write(folder / "password", "secret");
        const Finished made = dusk(
            "keys create wallet my.wallet --password-file password --kdf-memory 8 --kdf-passes 1"
            " --profiles 2 --json");
        ASSERT_EQ(made.exit, 0) << made.out;
        for (const auto& profile : made.json()["profiles"]) accounts.push_back(profile["account"]);
    }
    void TearDown() override { fs::remove_all(folder); }

    // One blank between two words.
    [[nodiscard]] Finished dusk(const std::string& words) const {
        Start start{.arguments = {}, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    [[nodiscard]] json build(const std::string& words) const {
        const Finished made = dusk("tx build " + words + " --key my.wallet --password-file password --json");
        EXPECT_EQ(made.exit, 0) << made.out;
        return made.json();
    }
    void transfer(int nonce, const std::string& out) const {
        (void)build("transfer --nonce " + std::to_string(nonce) + " --to " + accounts[1] +
                    " --value 12.5 --gas-limit 3000000 --out " + out);
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished done = dusk(words + " --json");
        EXPECT_EQ(done.exit, exit) << words << done.out;
        EXPECT_EQ(done.json()["error"]["code"], code) << words;
    }

    fs::path folder;
    std::vector<std::string> accounts;
};

TEST_F(Tx, WhatIsBuiltIsReadBackAndHolds) {
    transfer(1, "a.tx");
    const json decoded = dusk("tx decode a.tx --json").json();
    EXPECT_EQ(decoded["format"], "Boreas");
    EXPECT_EQ(decoded["chain_id"], 100);
    EXPECT_EQ(decoded["transaction"]["sender"], accounts[0]);
    EXPECT_EQ(decoded["transaction"]["receiver"], accounts[1]);
    EXPECT_EQ(decoded["transaction"]["value"], 12'500'000'000);
    // A file of digits and the digits themselves are the same transaction.
    const std::string digits = hex_of(text_of(folder / "a.tx"));
    write(folder / "a.hex", digits.substr(0, 60) + "\n" + digits.substr(60) + "\n");
    EXPECT_EQ(dusk("tx decode a.hex --json").json(), decoded);
    EXPECT_EQ(dusk("tx decode " + digits + " --json").json(), decoded);
    EXPECT_THAT(dusk("tx decode a.tx").out, HasSubstr("value         12.5 DUSK (12500000000 lux)"));

    const Finished verified = dusk("tx verify a.tx");
    EXPECT_EQ(verified.exit, 0) << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("verified"));
}

TEST_F(Tx, EveryKindIsBuilt) {
    const std::string id(64, '7');
    const std::string common = " --gas-limit 60000000 --force --out b.tx";
    EXPECT_EQ(build("memo --memo hello --nonce 1" + common)["transaction"]["memo"], "68656c6c6f");
    const json call = build("call --contract " + id + " --function set --arg-hex 0500 --deposit 1 --nonce 1" + common);
    EXPECT_EQ(call["transaction"]["call"]["contract"], id);
    EXPECT_EQ(call["transaction"]["deposit"], 1'000'000'000);
    fs::copy_file(fs::path(DUSK_TEST_CONTRACTS) / "counter.wasm", folder / "counter.wasm");
    const json deploy = build("deploy --bytecode counter.wasm --nonce 1 --gas-price 2000" + common);
    EXPECT_EQ(deploy["transaction"]["is_deploy"], true);
    EXPECT_EQ(deploy["deploys"].get<std::string>().size(), 64U);
    EXPECT_EQ(build("transfer --aegis --nonce 1" + common)["format"], "Aegis");
}

TEST_F(Tx, TheBrokenRuleIsNamed) {
    transfer(1, "a.tx");
    std::string bytes = text_of(folder / "a.tx");
    bytes[2 + 8 + 1 + 96 + 1 + 96] ^= 1;  // the value
    write(folder / "changed.tx", bytes);
    expect_error("tx verify changed.tx", 4, "bad_signature");
    const Finished inspected = dusk("tx inspect a.tx --network rusk --json");
    EXPECT_EQ(inspected.exit, 0);
    EXPECT_EQ(inspected.json()["broken_rules"][0]["rule"], "chain_id");
    expect_error("tx verify a.tx --chain-id 7", 4, "chain_id");
    EXPECT_EQ(dusk("tx verify a.tx --network rusk --chain-id 100").exit, 0);

    write(folder / "short.tx", bytes.substr(0, 100));
    expect_error("tx decode short.tx", 4, "no_transaction");
    expect_error("tx decode 03020x", 5, "file_missing");
    expect_error("tx decode none.tx", 5, "file_missing");
    expect_error("tx verify a.tx --network none", 2, "unknown_network");
    const std::string build = "tx build transfer --key my.wallet --password-file password --nonce 1 ";
    expect_error(build + "--out x.tx --gas-limit 100", 4, "refused");
    expect_error(build + "--out x.tx --gas-limit 3000000 --value x", 2, "usage");
    expect_error(build + "--out x.tx --gas-limit 3000000 --to x", 2, "usage");
    expect_error(build + "--gas-limit 3000000 --out a.tx", 5, "file_exists");
    EXPECT_FALSE(fs::exists(folder / "x.tx"));
}

class ChainExec : public Tx {
  protected:
    void SetUp() override {
        Tx::SetUp();
        write(folder / "genesis.toml", "[[moonlight_account]]\naddress = '" + accounts[0] +
                                           "'\nbalance = 1000000000000\n[[stake]]\naddress = '" + accounts[1] +
                                           "'\namount = 1000000000000\n");
        for (int nonce = 1; nonce <= 3; ++nonce) transfer(nonce, std::to_string(nonce) + ".tx");
    }
    [[nodiscard]] json block(int height, const std::vector<std::string>& files) const {
        const std::string generator = hex_of_base58(accounts[1]);
        json out{{"height", height}, {"generator", generator}, {"transactions", json::array()}};
        if (height > 1) out["voters"] = json::array({json::array({generator, 128})});
        for (const std::string& file : files) out["transactions"].push_back(hex_of(text_of(folder / file)));
        return out;
    }
    void blocks(const std::vector<json>& lines) const {
        std::string text;
        for (const json& line : lines) text += line.dump() + "\n";
        write(folder / "blocks", text);
    }
    const std::string words = "chain exec --genesis genesis.toml --blocks blocks";
};

TEST_F(ChainExec, BlocksFollowEachOther) {
    blocks({block(1, {"1.tx"}), block(2, {"1.tx", "2.tx"})});
    const Finished done = dusk(words + " --json --events");
    ASSERT_EQ(done.exit, 0) << done.out;
    const json out = done.json();
    ASSERT_EQ(out["blocks"].size(), 2U);
    const json& second = out["blocks"][1];
    EXPECT_EQ(second["transactions"][0]["discarded"], "Unspendable: Panic: Already used nonce");
    EXPECT_GT(second["transactions"][1]["gas_spent"], 1'000'000);
    EXPECT_EQ(second["events"][0]["topic"], "moonlight");

    // The same blocks with the roots that came out, and then with another one.
    json first = block(1, {"1.tx"});
    first["state_root"] = out["blocks"][0]["state_root"];
    first["event_bloom"] = out["blocks"][0]["event_bloom"];
    blocks({first});
    EXPECT_EQ(dusk(words).exit, 0);
    first["state_root"] = second["state_root"];
    blocks({first, block(2, {"2.tx"})});
    const Finished wrong = dusk(words);
    EXPECT_EQ(wrong.exit, 4);
    EXPECT_THAT(wrong.err, HasSubstr("block 1: the state is not that of the header"));
}

TEST_F(ChainExec, StatesAreKeptWhereTheyAreAskedFor) {
    blocks({block(1, {"1.tx"})});
    EXPECT_EQ(dusk(words + " --state kept").exit, 0);
    EXPECT_EQ(dusk("db check kept").exit, 0);
}

TEST_F(ChainExec, WhatIsWrongIsNamed) {
    write(folder / "blocks", "{\"height\": 1}\n");
    expect_error(words, 4, "blocks");
    EXPECT_THAT(dusk(words).err, HasSubstr("line 1: generator is missing"));
    write(folder / "blocks", "\n\n[]\n");
    EXPECT_THAT(dusk(words).err, HasSubstr("line 3: this is no JSON object"));
    json bad = block(1, {});
    bad["transactions"] = {"0102"};
    blocks({bad});
    EXPECT_THAT(dusk(words).err, HasSubstr("line 1: transactions: "));
    blocks({block(2, {})});
    json unvoted = block(2, {});
    unvoted.erase("voters");
    blocks({unvoted});
    EXPECT_THAT(dusk(words).err, HasSubstr("block 2: nobody voted for the block before"));
    blocks({block(1, {})});
    expect_error("chain exec --genesis none.toml --blocks blocks", 5, "file_missing");
    expect_error("chain exec --genesis genesis.toml --blocks none", 5, "file_unreadable");
    write(folder / "genesis.toml", "[[stake]]\n");
    expect_error(words, 4, "genesis");
}

}  // namespace
}  // namespace dusk::cli
