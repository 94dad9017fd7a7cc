// `dusk-vectors` from the outside: which files it runs, and that it leaves out none without a word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Vectors : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-vectors-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        fs::create_directory(folder / "crypto");
        keys = nlohmann::json::parse(std::ifstream(DUSK_CONSENSUS_KEYS_VECTORS));
    }
    void TearDown() override { fs::remove_all(folder); }

    void write(const std::string& name, const nlohmann::json& content) const {
        std::ofstream(folder / "crypto" / name) << content;
    }
    [[nodiscard]] Finished run_all() const {
        return run({.arguments = {"crypto", "--dir", folder.string()}, .program = DUSK_VECTORS_PROGRAM});
    }
    [[nodiscard]] std::string summary(int passed, int failed) const {
        return "\ncrypto: " + std::to_string(passed) + " passed, " + std::to_string(failed) + " failed\n";
    }

    fs::path folder;
    nlohmann::json keys;  // consensus_keys.json
};

TEST_F(Vectors, OneFileMayHoldSeveral) {
    const int cases = static_cast<int>(keys.at("files").size());
    write("all.json", {{"consensus_keys", keys}});
    EXPECT_THAT(run_all().out, HasSubstr(summary(cases, 0)));
    // Also under the name of one of them.
    fs::remove(folder / "crypto" / "all.json");
    write("consensus_keys.json", {{"consensus_keys", keys}});
    EXPECT_THAT(run_all().out, HasSubstr(summary(cases, 0)));
    // What only looks like it is not taken apart.
    write("consensus_keys.json", {{"consensus_keys", keys}, {"more", keys}});
    EXPECT_EQ(run_all().exit, 1);
}

TEST_F(Vectors, NoFileIsLeftOut) {
    const int cases = static_cast<int>(keys.at("files").size());
    write("consensus_keys.json", keys);
    write("consensus_keys.json.gz", keys);  // two files, though their names differ in the packing only
    write("README.md", {});
    EXPECT_THAT(run_all().out, HasSubstr(summary(2 * cases, 0)));
    write("extra.json.xz", keys);
    write("vectors.jsonl", keys);
    fs::create_directory(folder / "crypto" / "more");
    const Finished finished = run_all();
    EXPECT_EQ(finished.exit, 1);
    EXPECT_THAT(finished.out, HasSubstr(summary(2 * cases, 3)));
    for (const std::string name : {"extra.json.xz", "vectors.jsonl", "more"}) {
        EXPECT_THAT(finished.err, HasSubstr("crypto/" + name + ": is neither .json nor .json.gz"));
    }
}

}  // namespace
}  // namespace dusk::cli
