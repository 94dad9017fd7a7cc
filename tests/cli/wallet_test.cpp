// `dusk wallet` without a node: making, restoring, opening, watching; the address book; requests for payment; orders
// that are signed elsewhere.
#include "tx_fixture.hpp"

namespace dusk::cli {
namespace {

using testing::Test;

constexpr const char* kPhrase =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
constexpr const char* kCheap = " --kdf-memory 8 --kdf-passes 1";

class Wallet : public Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-wallet-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        write(folder / "password", "secret");
        write(folder / "phrase", kPhrase);
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Finished dusk(const std::string& words) const {
        Start start{.arguments = {"wallet"}, .folder = folder};
        std::istringstream stream(words + " --json");
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    json done(const std::string& words) const {
        const Finished out = dusk(words);
        if (out.exit != 0) throw std::runtime_error(words + "\n" + out.out + out.err);
        return out.json();
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished out = dusk(words);
        ASSERT_EQ(out.exit, exit) << words << out.out;
        EXPECT_EQ(out.json()["error"]["code"], code) << words;
    }
    json restored(const std::string& where, const std::string& more = "") const {
        return done("restore --wallet " + where + " --phrase-file phrase --password-file password" + kCheap + more);
    }

    fs::path folder;
};

TEST_F(Wallet, IsMadeAndRestoredWithTheSameKeys) {
    const json made = done(std::string("create --wallet a --password-file password") + kCheap + " --profiles 2");
    EXPECT_EQ(made["profiles"].size(), 2u);
    EXPECT_EQ(fs::status(folder / "a").permissions(), fs::perms::owner_all);
    for (const char* file : {"wallet.keys", "wallet.json"}) {
        EXPECT_EQ(fs::status(folder / "a" / file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }
    expect_error(std::string("create --wallet a --password-file password") + kCheap, 5, "wallet_exists");
    expect_error("profiles --wallet nowhere", 5, "no_wallet");

    const json one = restored("b");
    const json again = restored("c", " --profiles 3 --birthday 77 --default-node localhost:1234");
    EXPECT_EQ(one["profiles"][0], again["profiles"][0]);
    EXPECT_EQ(done("profiles --wallet b --add 2 --password-file password")["profiles"], again["profiles"]);
    const json settings = done("settings --wallet c");
    EXPECT_EQ(settings["birthday"], 77);
    EXPECT_EQ(settings["node"], "localhost:1234");
    EXPECT_EQ(done("settings --wallet c --network rusk --chain-id 1")["chain_id"], 1);
    EXPECT_EQ(done("settings --wallet c --network devnet")["chain_id"], 100);
    write(folder / "wrong", "other");
    expect_error("view-key --wallet b --password-file wrong", 3, "wrong_password");
    expect_error("restore --wallet d --phrase-file password --password-file password", 4, "bad_phrase");
    expect_error("create --wallet d --password-file password --network nowhere", 2, "usage");
    expect_error("create --wallet d --password-file password --default-node ftp://x:1", 2, "usage");
    EXPECT_FALSE(fs::exists(folder / "d"));  // nothing is left of what was not made
}

// What a damaged file holds is never written over by what was not read.
TEST_F(Wallet, LosesNothingToADamagedFile) {
    const json own = restored("a")["profiles"][0];
    done("contacts add bob " + own["account"].get<std::string>() + " --wallet a");
    const auto damage = [&](const char* file) {
        std::string text = text_of(folder / "a" / file);
        text[text.size() / 2] ^= 4;
        write(folder / "a" / file, text);
        return text;
    };
    const std::string contacts = damage("contacts.json");
    expect_error("contacts add eve " + own["account"].get<std::string>() + " --wallet a", 4, "damaged");
    expect_error("send bob 1 --nonce 1 --wallet a --order a.order", 4, "damaged");
    EXPECT_EQ(text_of(folder / "a" / "contacts.json"), contacts);
    fs::remove(folder / "a" / "contacts.json");
    for (const char* file : {"notes.json", "journal.json"}) {
        write(folder / "a" / file, "{\"format\": \"dusk");
        expect_error("history --offline --wallet a", 4, "damaged");
        EXPECT_EQ(text_of(folder / "a" / file), "{\"format\": \"dusk");
        fs::remove(folder / "a" / file);
    }
    const std::string settings = damage("wallet.json");
    expect_error("settings --wallet a --birthday 3", 4, "damaged");
    EXPECT_EQ(text_of(folder / "a" / "wallet.json"), settings);
    fs::remove(folder / "a" / "wallet.json");
    expect_error("profiles --wallet a", 5, "no_wallet");
    expect_error(std::string("create --wallet a --password-file password") + kCheap, 5, "wallet_exists");
    // The keys make it again.
    EXPECT_EQ(done(std::string("open a/wallet.keys --wallet b --password-file password") + kCheap)["profiles"][0], own);
    std::string keys = text_of(folder / "a" / "wallet.keys");
    keys[keys.size() / 2] ^= 4;
    write(folder / "a" / "wallet.keys", keys);
    expect_error("open a/wallet.keys --wallet c --password-file password", 4, "damaged");
    EXPECT_FALSE(fs::exists(folder / "c"));
}

TEST_F(Wallet, OpensFilesOfOtherPrograms) {
    restored("a");
    const json opened = done(std::string("open a/wallet.keys --wallet b --password-file password") + kCheap);
    EXPECT_EQ(opened["profiles"], done("profiles --wallet a")["profiles"]);
    write(folder / "no.dat", "nothing");
    expect_error("open no.dat --wallet c --password-file password", 4, "not_a_key_file");
    EXPECT_FALSE(fs::exists(folder / "c"));
}

TEST_F(Wallet, WatchesByTheViewKeyAlone) {
    restored("a");
    const json key = done("view-key --wallet a --password-file password");
    write(folder / "view", key["view_key"].get<std::string>());
    const std::string who = " --address " + key["address"].get<std::string>() + " --account " +
                            key["account"].get<std::string>() + " --view-key-file view";
    const json watched = done("watch --wallet b" + who);
    EXPECT_EQ(watched["profiles"], done("profiles --wallet a")["profiles"]);
    EXPECT_TRUE(done("settings --wallet b")["watches"]);
    EXPECT_FALSE(fs::exists(folder / "b" / "wallet.keys"));
    expect_error("view-key --wallet b --password-file password", 4, "watch_only");
    std::string other = text_of(folder / "view");
    other[3] = other[3] == '0' ? '1' : '0';
    write(folder / "view", other);
    expect_error("watch --wallet c" + who, 2, "usage");
}

TEST_F(Wallet, KnowsNames) {
    const json own = restored("a")["profiles"][0];
    const std::string address = own["address"];
    done("contacts add bob " + address + " --wallet a");
    EXPECT_EQ(done("contacts list --wallet a")["contacts"][0]["address"], address);
    expect_error("contacts add eve nobody --wallet a", 2, "usage");
    expect_error("contacts remove eve --wallet a", 2, "usage");
    write(folder / "a" / "contacts.json", "{}");
    expect_error("contacts list --wallet a", 4, "damaged");
}

TEST_F(Wallet, AsksForPayments) {
    const json own = restored("a")["profiles"][0];
    const json plain = done("receive --wallet a");
    EXPECT_EQ(plain["address"], own["address"]);
    const json asked = done("receive --wallet a --public --amount 12.5 --memo x");
    EXPECT_EQ(asked["uri"], "dusk:" + own["account"].get<std::string>() + "?amount=12.5&memo=x");
    expect_error("receive --wallet a --amount 1e3", 2, "usage");
    Start start{.arguments = {"wallet", "receive", "--wallet", "a"}, .folder = folder};
    EXPECT_NE(run(start).out.find("\u2588"), std::string::npos);  // the QR code
}

TEST_F(Wallet, SignsWhatAnotherMachineOrdered) {
    const json profiles = restored("hot", " --profiles 2")["profiles"];
    restored("cold", " --profiles 2");
    const std::string to = profiles[1]["account"];
    // With a nonce nobody is asked; there is no node here.
    const json order = done("send " + to + " 1.5 --memo hello --nonce 7 --wallet hot --order a.order");
    EXPECT_EQ(order["value"], 1'500'000'000);
    EXPECT_EQ(order["most_cost"], 1'502'500'000);
    expect_error("sign a.order --wallet cold --password-file password --out a.tx", 8, "no_terminal");
    EXPECT_TRUE(done("sign a.order --wallet cold --password-file password --out a.tx --dry-run").contains("value"));
    const json made = done("sign a.order --wallet cold --password-file password --out a.tx --yes");
    expect_error("sign a.order --wallet cold --password-file password --out a.tx --yes", 5, "file_exists");

    Start start{.arguments = {"tx", "verify", "a.tx", "--json"}, .folder = folder};
    const Finished verified = run(start);
    ASSERT_EQ(verified.exit, 0) << verified.out;
    EXPECT_EQ(verified.json()["id"], made["id"]);
    const json transaction = verified.json()["transaction"];
    EXPECT_EQ(transaction["nonce"], 7);
    EXPECT_EQ(transaction["receiver"], to);
    EXPECT_EQ(transaction["memo"], "68656c6c6f");

    // Only shown: no file is written, and no node is asked, of which there is none.
    EXPECT_EQ(done("send " + to + " 1 --nonce 7 --wallet hot --order d.order --dry-run")["value"], 1'000'000'000);
    EXPECT_FALSE(fs::exists(folder / "d.order"));
    EXPECT_EQ(done("submit a.tx --wallet hot --dry-run --yes")["id"], made["id"]);

    // The same in one go; a stake; and what cannot be.
    EXPECT_EQ(
        done("send " + to + " 1.5 --memo hello --nonce 7 --wallet hot --password-file password --out b.tx --yes")["id"],
        made["id"]);
    EXPECT_EQ(done("stake 1000 --nonce 8 --wallet hot --password-file password --out c.tx --yes")["value"],
              1'000'000'000'000);
    const std::string shielded = profiles[1]["address"];
    expect_error("send " + shielded + " 1 --nonce 7 --wallet hot --order d.order", 2, "usage");
    expect_error("send " + shielded + " 1 --from public --nonce 7 --wallet hot --order d.order", 2, "usage");
    expect_error("send nobody 1 --nonce 7 --wallet hot --order d.order", 2, "usage");
    expect_error("send " + to + " 1.0000000001 --nonce 7 --wallet hot --order d.order", 2, "usage");
    expect_error("send " + to + " --nonce 7 --wallet hot --order d.order", 2, "usage");
    expect_error("call abc f --nonce 7 --wallet hot --order d.order", 2, "usage");
    EXPECT_FALSE(fs::exists(folder / "d.order"));

    // An order for other keys, and one that is damaged.
    done(std::string("create --wallet other --password-file password") + kCheap);
    expect_error("sign a.order --wallet other --password-file password --out e.tx --yes", 4, "foreign_order");
    write(folder / "bad.order", "{\"format\": \"dusk-order\", \"version\": 1}");
    expect_error("sign bad.order --wallet cold --password-file password --out e.tx --yes", 4, "bad_order");
}

// What a blob of the same number everywhere commits to, needs of the trusted setup that its points have the right sum:
// the generator and nothing else do as well.
TEST_F(Wallet, PublishesBlobs) {
    std::string setup =
        "4096\n65\n97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb\n";
    for (int i = 1; i < 4096; ++i) setup += "c0" + std::string(94, '0') + "\n";
    write(folder / "setup.txt", setup);
    write(folder / "data", std::string(131072, '\7'));
    write(folder / "short", std::string(100, '\7'));
    write(folder / "large", std::string(131072, '\x7f'));
    restored("a");

    const std::string blob = "blob data --setup setup.txt --nonce 3 --wallet a ";
    const json made = done(blob + "--password-file password --out a.tx --yes");
    ASSERT_EQ(made["blobs"].size(), 1u);
    EXPECT_EQ(made["blobs"][0].get<std::string>().substr(0, 2), "01");
    EXPECT_EQ(made["gas_limit"], 4'000'000);
    const Finished verified = run({.arguments = {"tx", "verify", "a.tx", "--json"}, .folder = folder});
    ASSERT_EQ(verified.exit, 0) << verified.out;
    EXPECT_EQ(verified.json()["blobs"], made["blobs"]);

    // The order has all that is needed.
    EXPECT_EQ(done(blob + "--order a.order")["blobs"], made["blobs"]);
    EXPECT_EQ(done("sign a.order --wallet a --password-file password --out b.tx --yes")["id"], made["id"]);
    std::string order = text_of(folder / "a.order");
    order.replace(order.find("0707070707070707"), 2, "06");
    write(folder / "a.order", order);
    expect_error("sign a.order --wallet a --password-file password --out c.tx --yes", 4, "bad_order");

    const std::string more = " --setup setup.txt --nonce 3 --wallet a --password-file password --out c.tx --yes";
    expect_error("blob short" + more, 4, "bad_blob");
    expect_error("blob large" + more, 4, "bad_blob");
    expect_error("blob data --setup data --nonce 3 --wallet a --password-file password --out c.tx --yes", 4,
                 "bad_blob");
    expect_error("blob nothing" + more, 5, "file_missing");
    EXPECT_FALSE(fs::exists(folder / "c.tx"));
}

TEST_F(Wallet, SaysThatNoNodeAnswers) {
    restored("a", " --default-node 127.0.0.1:9");
    expect_error("balance --wallet a --public", 6, "no_answer");
    expect_error("balance --wallet a --public --node nowhere", 2, "usage");
    EXPECT_TRUE(done("history --wallet a --offline")["history"].empty());
    expect_error("history --wallet a --offline --profile 3", 2, "usage");
}

// Nothing that the wallet writes or prints holds a secret, but for what was asked for.
TEST_F(Wallet, KeepsItsSecrets) {
    restored("a", " --profiles 2");
    const std::string view_key = done("view-key --wallet a --password-file password")["view_key"];
    const std::string scalar = view_key.substr(0, 64);
    done("send " + done("profiles --wallet a")["profiles"][1]["account"].get<std::string>() +
         " 1 --nonce 1 --wallet a --password-file password --out a.tx --yes");
    for (const auto& entry : fs::recursive_directory_iterator(folder / "a")) {
        const std::string text = text_of(entry.path());
        EXPECT_EQ(text.find("abandon"), std::string::npos) << entry.path();
        EXPECT_EQ(text.find(scalar), std::string::npos) << entry.path();
        EXPECT_EQ(text.find("secret"), std::string::npos) << entry.path();
    }
}

}  // namespace
}  // namespace dusk::cli
