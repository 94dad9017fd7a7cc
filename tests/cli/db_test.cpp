// `dusk db` from the outside: sound and damaged stores, states that move from one to another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/hex.hpp"
#include "program.hpp"
#include "vm/store/store.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Db : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-db-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        const auto store = *vm::Store::open(folder / "state");
        first = commit(*store, store->genesis(), 1);
        second = commit(*store, *store->state(first), 2);
    }
    void TearDown() override { fs::remove_all(folder); }

    // A contract with 30 dirty pages.
    static vm::Hash commit(vm::Store& store, const vm::StatePtr& base, std::uint8_t seed) {
        vm::ContractChange change{.id = {}, .is_64 = false, .memory_length = 30 * vm::kPageSize};
        std::vector<Bytes> contents;
        for (std::uint8_t i = 0; i < 30; ++i) {
            contents.emplace_back(vm::kPageSize, seed);
            contents.back()[0] = i;
        }
        for (std::uint32_t i = 0; i < 30; ++i) change.pages.push_back({i, contents[i].data()});
        const Bytes code(500, 1);
        if (base->size() == 0) change.deployed = vm::NewContract{.bytecode = code, .owner = {}};
        return *store.commit(*store.prepare(base, std::vector{change}));
    }
    [[nodiscard]] static std::string hex(const vm::Hash& hash) { return to_hex(ByteView(hash)); }

    // `dusk db WORDS…`, one blank between two words.
    [[nodiscard]] Finished db(const std::string& words) const {
        Start start{.arguments = {"db"}, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished done = db(words + " --json");
        EXPECT_EQ(done.exit, exit) << words << done.out;
        EXPECT_EQ(done.json()["error"]["code"], code) << words;
        const Finished plain = db(words);
        EXPECT_EQ(plain.exit, exit);
        EXPECT_EQ(plain.out, "");
        EXPECT_THAT(plain.err, HasSubstr("dusk: "));
    }
    void damage(const fs::path& name, std::streamoff at) const {
        std::fstream file(folder / name, std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(at);
        const int byte = file.get();
        file.seekp(at);
        file.put(static_cast<char>(byte ^ 1));
    }

    fs::path folder;
    vm::Hash first{}, second{};
};

TEST_F(Db, TheChainOfANodeIsWhereItsFolderIs) {
    expect_error("chain info state", 5, "file_missing");
    expect_error("chain check nowhere --full", 5, "file_missing");
    expect_error("chain export nowhere out", 5, "file_missing");
    expect_error("chain export nowhere state", 5, "file_exists");
    EXPECT_FALSE(fs::exists(folder / "state" / "chain"));
}

TEST_F(Db, AnArchiveThatIsNotThere) {
    expect_error("archive info nowhere", 5, "archive");
    expect_error("archive info state", 5, "archive");
    expect_error("archive export nowhere out.csv", 5, "archive");
    expect_error("archive export nowhere state", 5, "file_exists");
    expect_error("archive export nowhere out.csv --contract 77", 2, "usage");
    expect_error("archive export nowhere out.csv --topic stake", 2, "usage");
    expect_error("archive export nowhere out.csv --account 77", 2, "usage");
    EXPECT_FALSE(fs::exists(folder / "out.csv"));
    EXPECT_FALSE(fs::exists(folder / "nowhere"));
}

TEST_F(Db, ASnapshotIsNoOtherFile) {
    std::ofstream(folder / "junk") << std::string(1000, 'x');
    const auto snapshot = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"node", "snapshot"});
        words.emplace_back("--json");
        const Finished done = run({.arguments = words, .folder = folder});
        return std::pair(done.exit, done.json()["error"]["code"].get<std::string>());
    };
    EXPECT_EQ(snapshot({"info", "junk"}), std::pair(4, std::string("bad_snapshot")));
    EXPECT_EQ(snapshot({"info", "none"}), std::pair(5, std::string("file_missing")));
    EXPECT_EQ(snapshot({"import", "junk", "--db-path", "new"}), std::pair(4, std::string("bad_snapshot")));
    EXPECT_EQ(snapshot({"export", "out", "--db-path", "new"}), std::pair(5, std::string("file_missing")));
    EXPECT_EQ(snapshot({"export", "junk", "--db-path", "new"}), std::pair(5, std::string("file_exists")));
    EXPECT_FALSE(fs::exists(folder / "new"));
    EXPECT_FALSE(fs::exists(folder / "new.importing"));
}

TEST_F(Db, ShowsAndChecksASoundStore) {
    const auto stats = db("stats state --json").json();
    EXPECT_EQ(stats["commits"].size(), 2U);
    EXPECT_EQ(stats["pages"], 60);
    EXPECT_EQ(stats["contracts"], 1);
    EXPECT_TRUE(stats["main"].is_null());
    EXPECT_THAT(db("stats state").out, HasSubstr(hex(first)));

    const Finished checked = db("check state --json");
    EXPECT_EQ(checked.exit, 0);
    EXPECT_EQ(checked.json()["sound"], true);
    EXPECT_EQ(checked.json()["pages"], 60);
    EXPECT_THAT(db("check state").out, HasSubstr("Everything is as it was written"));
    EXPECT_THAT(db("repair state").out, HasSubstr("Nothing was damaged"));
}

TEST_F(Db, RepairDropsWhatNeedsADamagedPage) {
    // Slots are taken in order: the last ones are the second commit's.
    damage("state/pages.0", 59 * static_cast<std::streamoff>(vm::kPageSize) + 7);
    expect_error("check state", 4, "damaged");
    EXPECT_THAT(db("check state").err, HasSubstr(hex(second)));
    const Finished repaired = db("repair state --json");
    EXPECT_EQ(repaired.exit, 0) << repaired.out;
    EXPECT_EQ(repaired.json()["kept"], nlohmann::json::array({hex(first)}));
    EXPECT_EQ(repaired.json()["dropped"], nlohmann::json::array({hex(second)}));
    EXPECT_EQ(db("check state").exit, 0);
    EXPECT_EQ(db("stats state --json").json()["commits"].size(), 1U);
}

TEST_F(Db, RepairReadsOnBehindADamagedRecord) {
    damage("state/log", 100);
    expect_error("check state", 4, "damaged");
    EXPECT_THAT(db("stats state").err, HasSubstr("at byte 36"));
    const Finished repaired = db("repair state --json");
    EXPECT_EQ(repaired.exit, 0) << repaired.out;
    EXPECT_EQ(repaired.json()["damaged_places"], 1);
    EXPECT_EQ(repaired.json()["lost_records"], 1);  // the second commit is a change of the first
    EXPECT_EQ(db("check state").exit, 0);
}

TEST_F(Db, CompactGivesRoomBack) {
    {
        const auto store = *vm::Store::open(folder / "state");
        ASSERT_TRUE(store->remove(first).has_value());
    }
    const Finished done = db("compact state --json");
    EXPECT_EQ(done.exit, 0) << done.out;
    EXPECT_LT(done.json()["bytes_after"], done.json()["bytes_before"]);
    EXPECT_EQ(fs::file_size(folder / "state/pages.0"), 30 * vm::kPageSize);
    EXPECT_EQ(db("check state").exit, 0);
}

TEST_F(Db, AStateMovesToAnotherStore) {
    expect_error("export state out.zst", 2, "which_state");
    expect_error("export state out.zst --state 12", 2, "bad_commit");
    expect_error("export state out.zst --state " + std::string(64, '0'), 4, "unknown_commit");
    const Finished out = db("export state out.zst --json --state " + hex(second));
    EXPECT_EQ(out.exit, 0) << out.out;
    EXPECT_EQ(out.json()["root"], hex(second));
    EXPECT_EQ(fs::file_size(folder / "out.zst"), out.json()["file_bytes"]);
    expect_error("export state out.zst --state " + hex(second), 5, "file_exists");
    EXPECT_EQ(db("export state out.zst --force --state " + hex(second)).exit, 0);

    const Finished in = db("import other out.zst --json");
    EXPECT_EQ(in.exit, 0) << in.out;
    EXPECT_EQ(in.json()["root"], hex(second));
    EXPECT_EQ(db("stats other --json").json()["commits"], nlohmann::json::array({hex(second)}));
    EXPECT_EQ(db("check other").exit, 0);
    EXPECT_EQ(db("export other again.zst").exit, 0);

    damage("out.zst", 60);
    expect_error("import third out.zst", 4, "not_an_export");
    EXPECT_EQ(db("stats third --json").json()["commits"].size(), 0U);
    expect_error("import third missing.zst", 5, "file_missing");
}

TEST_F(Db, SaysWhatIsMissingOrInUse) {
    expect_error("check nothing", 5, "file_missing");
    EXPECT_FALSE(fs::exists(folder / "nothing"));
    expect_error("compact nothing", 5, "file_missing");
    expect_error("repair nothing", 5, "file_missing");
    const auto store = *vm::Store::open(folder / "state");
    expect_error("check state", 5, "locked");
    EXPECT_EQ(db("check").exit, 2);
}

}  // namespace
}  // namespace dusk::cli
