// `dusk tx` and `dusk chain` from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tx_fixture.hpp"

namespace dusk::cli {
namespace {

using testing::HasSubstr;

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

TEST_F(Tx, ABlobWithoutItsContentIsNamed) {
    transfer(1, "a.tx");
    // One blob of which there is the hash only, in place of no data before the signature.
    std::string bytes = text_of(folder / "a.tx");
    const std::string blob = std::string("\4\1", 2) + std::string(32 + 1, '\0');
    bytes.replace(bytes.size() - 49, 1, blob);
    const std::size_t payload = bytes.size() - 2 - 8 - 48;
    bytes[2] = static_cast<char>(payload & 0xffU);
    bytes[3] = static_cast<char>(payload >> 8U);
    write(folder / "blob.tx", bytes);
    const Finished verified = dusk("tx verify blob.tx --json");
    EXPECT_EQ(verified.exit, 4) << verified.out;
    std::vector<std::string> rules;
    for (const json& rule : verified.json()["broken_rules"]) rules.push_back(rule["rule"]);
    EXPECT_THAT(rules, testing::ElementsAre("bad_signature", "blob_content"));
    EXPECT_EQ(dusk("tx inspect blob.tx --json").json()["broken_rules"].size(), 0U);
}

// A setup of any points will do to see what is said of it.
TEST_F(Tx, BlobsNeedTheSetupOfTheCeremony) {
    const std::string words =
        "tx build blob --key my.wallet --password-file password --nonce 1 --gas-limit 5000000 --out b.tx ";
    write(folder / "blob", std::string(131072, '\0'));
    // The generator, 4096 times.
    const std::string point =
        "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb\n";
    std::string setup = "4096\n65\n";
    for (int i = 0; i < 4096; ++i) setup += point;
    write(folder / "setup", setup);
    write(folder / "short", "x");
    std::string content(131072, '\0');
    content[31] = 1;
    write(folder / "one", content);
    content[0] = '\xff';
    write(folder / "large", content);
    expect_error(words + "--blob blob", 2, "usage");
    expect_error(words + "--blob blob --setup none", 5, "file_missing");
    expect_error(words + "--blob none --setup setup", 5, "file_missing");
    expect_error(words + "--blob blob --setup short", 4, "bad_blob");
    expect_error(words + "--blob short --setup setup", 4, "bad_blob");
    expect_error(words + "--blob large --setup setup", 4, "bad_blob");
    expect_error(words + "--blob one --setup setup", 4, "bad_blob");
    EXPECT_FALSE(fs::exists(folder / "b.tx"));
    // The commitment to nothing is the same whatever the points are.
    const Finished zeros = dusk(words + "--blob blob --blob blob --setup setup --json");
    ASSERT_EQ(zeros.exit, 0) << zeros.out;
    EXPECT_EQ(zeros.json()["blobs"].size(), 2U);
    EXPECT_EQ(dusk("tx verify b.tx").exit, 0);
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
