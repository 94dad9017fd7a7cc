// Transactions that notes pay: notes found in a state, spent offline, executed, and found again. The proofs are real.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "tx_fixture.hpp"

namespace dusk::cli {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;

constexpr std::uint64_t kDusk = 1'000'000'000;

class TxNotes : public Tx {
  protected:
    static constexpr int kNotes = 8;  // of 1500 DUSK each, of the first profile

    void SetUp() override {
        Tx::SetUp();
        std::string notes;
        for (int i = 0; i < kNotes; ++i) notes += "1500000000000, ";
        write(folder / "genesis.toml", "[[phoenix_balance]]\naddress = '" + addresses[0] + "'\nseed = 1\nnotes = [" +
                                           notes + "]\n[[moonlight_account]]\naddress = '" + accounts[0] +
                                           "'\nbalance = 9000000000000\n[[stake]]\naddress = '" + accounts[0] +
                                           "'\namount = 2000000000000\nreward = 50000000000\n");
        ASSERT_EQ(find("--genesis genesis.toml")["notes"].size(), std::size_t{kNotes});
    }

    [[nodiscard]] json find(const std::string& where, const std::string& profile = "0") const {
        const Finished found = dusk("tx notes " + where + " --key my.wallet --password-file password --profile " +
                                    profile + " --out my.notes --force --json");
        if (found.exit != 0) throw std::runtime_error(found.out);
        return found.json();
    }
    // Executes blocks on the genesis state; the state after them is in the folder "chain".
    [[nodiscard]] json execute(const std::vector<json>& lines) const {
        blocks(lines);
        fs::remove_all(folder / "chain");
        const Finished done = dusk("chain exec --genesis genesis.toml --blocks blocks --state chain --events --json");
        if (done.exit != 0) throw std::runtime_error(done.out);
        return done.json()["blocks"];
    }
    static std::string in_state(const json& block) {
        return "--state chain --root " + block["state_root"].get<std::string>();
    }
    static void expect_no_error(const json& block) {
        for (const json& one : block["transactions"]) {
            EXPECT_FALSE(one.contains("error") || one.contains("discarded")) << one;
        }
    }
    static std::vector<std::string> topics(const json& block) {
        std::vector<std::string> out;
        for (const json& event : block["events"]) out.push_back(event["topic"]);
        return out;
    }
};

TEST_F(TxNotes, AreSpentOnceAndTheChangeIsANote) {
    struct stat mode{};
    ASSERT_EQ(::stat((folder / "my.notes").c_str(), &mode), 0);
    EXPECT_EQ(mode.st_mode & 0777U, 0600U);

    // More than one note holds.
    const json built =
        build("transfer --notes my.notes --to " + addresses[1] + " --value 1600 --gas-limit 20000000 --out pay.tx");
    EXPECT_EQ(built["spends"].size(), 2U);
    EXPECT_EQ(built["change"], 1400 * kDusk - 20'000'000);
    const Finished verified = dusk("tx verify pay.tx");
    EXPECT_EQ(verified.exit, 0) << verified.err;

    const json chain = execute({block(1, {"pay.tx"}), block(2, {"pay.tx"})});
    expect_no_error(chain[0]);
    EXPECT_EQ(chain[1]["transactions"][0]["discarded"],
              "Unspendable: Panic: A provided nullifier has already been spent");
    const std::uint64_t gas = chain[0]["gas_spent"];
    const json mine = find(in_state(chain[1]));
    EXPECT_EQ(mine["spent"], 2);
    EXPECT_EQ(mine["notes"].size(), kNotes - 2 + 2U);  // the change and what the gas was not spent
    EXPECT_EQ(mine["total"], (kNotes * 1500 - 1600) * kDusk - gas);
    const json theirs = find(in_state(chain[1]), "1");
    ASSERT_EQ(theirs["notes"].size(), 1U);
    EXPECT_EQ(theirs["total"], 1600 * kDusk);

    // The receiver spends it again, in the form of wallets, to somebody who sees the value.
    const Finished again = dusk(
        "tx build transfer --key my.wallet --password-file password --profile 1 --notes my.notes"
        " --to " +
        addresses[0] + " --value 0.5 --transparent --aegis --gas-limit 20000000 --out again.tx --json");
    ASSERT_EQ(again.exit, 0) << again.out;
    EXPECT_EQ(again.json()["format"], "Aegis");
    EXPECT_THAT(dusk("tx decode again.tx").out, HasSubstr(", 0.5 DUSK"));
    expect_no_error(execute({block(1, {"pay.tx"}), block(2, {}), block(3, {"again.tx"})})[2]);
}

TEST_F(TxNotes, PayForEveryKind) {
    fs::copy_file(fs::path(DUSK_TEST_CONTRACTS) / "counter.wasm", folder / "counter.wasm");
    const std::string stake_contract = "02" + std::string(62, '0');
    const std::vector<std::string> kinds{
        "memo --memo hello --value 1 --gas-limit 20000000",
        "call --contract " + stake_contract + " --function get_version --gas-limit 20000000",
        "deploy --bytecode counter.wasm --gas-limit 50000000 --gas-price 2000",
        "stake --amount 1000 --account-key my.wallet --account-profile 1 --account-password-file password"
        " --owner-key my.wallet --owner-profile 0 --owner-password-file password --gas-limit 90000000",
        "unstake --amount 500 --gas-limit 90000000",
        "withdraw --amount 20 --paid-to account --gas-limit 90000000",
        "convert --amount 250 --gas-limit 60000000",
    };
    std::vector<std::string> files;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        files.push_back(std::to_string(i) + ".tx");
        const json built = build(kinds[i] + " --notes my.notes --note " + std::to_string(i) + " --out " + files.back());
        EXPECT_EQ(built["spends"][0]["position"], i);
    }
    const json chain = execute({block(1, files)});
    expect_no_error(chain[0]);
    EXPECT_THAT(topics(chain[0]),
                IsSupersetOf({"phoenix", "stake", "deposit", "unstake", "withdraw", "mint", "convert"}));
    // What was unstaked came as a note, what was withdrawn and converted went to the account.
    const std::uint64_t fees = chain[0]["fees"];
    EXPECT_EQ(find(in_state(chain[0]))["total"],
              kNotes * 1500 * kDusk + 500 * kDusk - 1 * kDusk - 1000 * kDusk - 250 * kDusk - fees + 1 * kDusk);
    EXPECT_THAT(dusk("tx decode 0.tx").out, HasSubstr("68656c6c6f"));
}

TEST_F(TxNotes, AnAccountStakesAndConvertsToo) {
    const std::string gas = " --gas-limit 90000000 --nonce ";
    (void)build("convert --amount 250" + gas + "1 --out 1.tx");
    (void)build("unstake --amount 500" + gas + "2 --out 2.tx");
    (void)build("withdraw --amount 20 --paid-to notes" + gas + "3 --out 3.tx");
    (void)build("stake --amount 100" + gas + "4 --out 4.tx");
    const json chain = execute({block(1, {"1.tx", "2.tx", "3.tx", "4.tx"})});
    expect_no_error(chain[0]);
    EXPECT_THAT(topics(chain[0]), IsSupersetOf({"moonlight", "stake", "unstake", "withdraw", "mint", "convert"}));
    EXPECT_EQ(find(in_state(chain[0]))["total"], (kNotes * 1500 + 250 + 20) * kDusk);
}

TEST_F(TxNotes, WhatIsWrongIsNamed) {
    const std::string build =
        "tx build transfer --key my.wallet --password-file password --gas-limit 20000000 --out x ";
    expect_error(build, 2, "usage");
    expect_error(build + "--notes my.notes --nonce 1", 2, "usage");
    expect_error(build + "--notes my.notes --refund " + accounts[0], 2, "usage");
    expect_error(build + "--nonce 1 --transparent", 2, "usage");
    expect_error(build + "--notes my.notes --to " + accounts[0], 2, "usage");
    expect_error(build + "--notes my.notes --to x", 2, "usage");
    expect_error(build + "--notes my.notes --network rusk", 2, "no_prover");
    expect_error(build + "--notes my.notes --profile 1", 4, "bad_notes");
    expect_error(build + "--notes my.notes --note 99", 4, "bad_notes");
    expect_error(build + "--notes my.notes --note 1 --note 1", 4, "bad_notes");
    expect_error(build + "--notes my.notes --value 6001", 4, "insufficient_funds");
    expect_error(build + "--notes my.notes --note 1 --value 1501", 4, "insufficient_funds");
    expect_error(build + "--notes my.notes --gas-price 0", 4, "refused");
    expect_error(build + "--notes my.notes --gas-price 10000000000000", 4, "refused");
    expect_error(build + "--notes none", 5, "file_missing");

    const std::string good = text_of(folder / "my.notes");
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        write(folder / "bad.notes", text);
    };
    with("dusk-notes", "dusk-nodes");
    expect_error(build + "--notes bad.notes", 4, "bad_notes");
    with("\"version\": 1", "\"version\": 2");
    expect_error(build + "--notes bad.notes", 4, "bad_notes");
    with("\"position\": 0", "\"position\": 1");  // the opening is that of 0
    expect_error(build + "--notes bad.notes --note 1", 4, "bad_notes");
    write(folder / "bad.notes", good.substr(0, good.size() / 2));
    expect_error(build + "--notes bad.notes", 4, "bad_notes");
    EXPECT_FALSE(fs::exists(folder / "x"));

    const std::string find = "tx notes --key my.wallet --password-file password --out y ";
    expect_error(find, 2, "usage");
    expect_error(find + "--genesis genesis.toml --root 00", 2, "usage");
    expect_error(find + "--genesis none.toml", 5, "file_missing");
    expect_error(find + "--state none", 5, "file_missing");
    (void)execute({block(1, {})});
    expect_error(find + "--state chain", 2, "usage");  // several, none of them the main state
    expect_error(find + "--state chain --root " + std::string(64, '0'), 4, "unknown_commit");
    EXPECT_EQ(
        dusk("contract deploy " + (fs::path(DUSK_TEST_CONTRACTS) / "counter.wasm").string() + " --state own").exit, 0);
    expect_error(find + "--state own", 4, "not_a_chain_state");
    EXPECT_FALSE(fs::exists(folder / "y"));
}

TEST_F(TxNotes, AProvisionersKeysHoldNone) {
    ASSERT_EQ(dusk("keys create consensus node --password-file password").exit, 0);
    const std::string words = " --key node.keys --password-file password --out z";
    expect_error("tx notes --genesis genesis.toml" + words, 4, "refused");
    expect_error("tx build transfer --notes my.notes --gas-limit 20000000" + words, 2, "usage");
    expect_error("tx build convert --amount 1 --nonce 1 --gas-limit 20000000" + words, 2, "usage");
}

}  // namespace
}  // namespace dusk::cli
