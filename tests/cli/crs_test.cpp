// `dusk crs` from the outside: a ceremony of several people, what is refused, what is written and what is left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Crs : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-crs-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        ::setenv("DUSK_CACHE", (folder / "cache").c_str(), 1);
    }
    void TearDown() override {
        ::unsetenv("DUSK_CACHE");
        fs::remove_all(folder);
    }

    void write(const fs::path& name, const std::string& content) const {
        std::ofstream(folder / name, std::ios::binary) << content;
    }
    [[nodiscard]] std::string read(const fs::path& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
        return names;
    }
    // `dusk crs WORDS…`, one blank between two words.
    [[nodiscard]] Finished crs(const std::string& words, const std::map<int, std::string>& pipes = {}) const {
        Start start{.arguments = {"crs"}, .input = {}, .pipes = pipes, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    // A ceremony of 26 points by these people.
    void make(const std::string& name, const std::vector<std::string>& people) const {
        ASSERT_EQ(crs("new " + name + " --powers 4").exit, 0);
        for (const std::string& person : people) {
            const Finished done = crs("contribute " + name + " --name " + person);
            ASSERT_EQ(done.exit, 0) << done.err;
        }
    }
    [[nodiscard]] std::string error_code(const std::string& words, int exit) const {
        const Finished finished = crs(words + " --json");
        EXPECT_EQ(finished.exit, exit) << words << finished.out;
        EXPECT_EQ(finished.err, "");
        return finished.json().contains("error") ? finished.json()["error"]["code"].get<std::string>() : "none";
    }

    fs::path folder;
};

TEST_F(Crs, HelpSaysHowACeremonyIsRun) {
    const Finished help = crs("--help");
    EXPECT_EQ(help.exit, 0);
    EXPECT_THAT(help.out, HasSubstr("ONE contributor"));
    EXPECT_THAT(help.out, HasSubstr("Exit status:"));
    EXPECT_EQ(crs("").exit, 2);
    EXPECT_EQ(crs("new").exit, 2);
    EXPECT_EQ(crs("new a --powers 22").exit, 2);
    EXPECT_EQ(crs("new a --powers 0").exit, 2);
    EXPECT_EQ(crs("contribute a").exit, 2);
    EXPECT_EQ(crs("contribute a --name A --seed-fd 3 --seed-file x").exit, 2);
    EXPECT_EQ(crs("export a b --format paper").exit, 2);
}

TEST_F(Crs, SeveralPeopleMakeParameters) {
    ASSERT_EQ(crs("new a --powers 4").exit, 0);
    EXPECT_EQ(error_code("verify a", 4), "no_contributions");
    std::vector<std::string> digests;
    for (const std::string name : {"Ada", "Blaise", "Carl"}) {
        const Finished done = crs("contribute a --name " + name + " --json");
        ASSERT_EQ(done.exit, 0) << done.out;
        EXPECT_EQ(done.json()["name"], name);
        EXPECT_EQ(done.json()["contribution"], digests.size() + 1);
        digests.push_back(done.json()["digest"]);
    }
    const Finished verified = crs("verify a --json");
    ASSERT_EQ(verified.exit, 0) << verified.out;
    EXPECT_EQ(verified.json()["kind"], "ceremony");
    EXPECT_EQ(verified.json()["points"], 26);
    EXPECT_EQ(verified.json()["rows"], 16);
    EXPECT_EQ(verified.json()["verified"], true);
    EXPECT_TRUE(verified.json()["network"].is_null());
    for (std::size_t i = 0; i < digests.size(); ++i) {
        EXPECT_EQ(verified.json()["contributions"][i]["digest"], digests[i]);
    }
    EXPECT_THAT(crs("info a").out, HasSubstr("Blaise\n       " + digests[1]));
    EXPECT_THAT(crs("verify a").out, HasSubstr("is in order"));
    EXPECT_THAT(files(), testing::UnorderedElementsAre("a"));
}

TEST_F(Crs, FormatsLeadToOneAnother) {
    make("a", {"Ada"});
    const auto info = crs("info a --json").json();
    const Finished checked = crs("export a c --json");
    ASSERT_EQ(checked.exit, 0) << checked.out;
    ASSERT_EQ(crs("export c r --format raw").exit, 0);
    ASSERT_EQ(crs("export r c2 --format checked").exit, 0);
    ASSERT_EQ(crs("export a r2 --format raw").exit, 0);
    EXPECT_EQ(fs::file_size(folder / "c"), 240 + 26 * 48);
    EXPECT_EQ(fs::file_size(folder / "r"), 240 + 8 + 26 * 97);
    EXPECT_EQ(read("c"), read("c2"));
    EXPECT_EQ(read("r"), read("r2"));
    for (const std::string name : {"c", "r"}) {
        const auto shown = crs("verify " + name + " --json").json();
        EXPECT_EQ(shown["kind"], name == "c" ? "checked" : "raw");
        EXPECT_EQ(shown["checked_sha256"], info["checked_sha256"]);
        EXPECT_EQ(shown["raw_sha256"], info["raw_sha256"]);
        EXPECT_EQ(shown["file_sha256"], info[name == "c" ? "checked_sha256" : "raw_sha256"]);
        EXPECT_EQ(error_code("contribute " + name + " --name A", 4), "not_a_ceremony");
    }
}

TEST_F(Crs, SeedsRepeatAContribution) {
    write("seed", "never for money\n");
    for (const std::string name : {"a", "b"}) ASSERT_EQ(crs("new " + name + " --powers 3").exit, 0);
    const Finished file = crs("contribute a --name A --seed-file seed");
    EXPECT_EQ(file.exit, 0) << file.err;
    EXPECT_THAT(file.err, HasSubstr("warning: this contribution comes from a seed"));
    EXPECT_EQ(crs("contribute b --name A --seed-fd 5", {{5, "never for money"}}).exit, 0);
    EXPECT_EQ(read("a"), read("b"));
    EXPECT_EQ(error_code("contribute a --name A --seed-file nowhere", 5), "password_unreadable");
    make("c", {"A"});
    make("d", {"A"});
    EXPECT_NE(read("c"), read("d"));
}

TEST_F(Crs, DamagedFilesAreRefusedAndStayAsTheyAre) {
    make("a", {"Ada", "Blaise"});
    const std::string good = read("a");
    const auto code_of = [&](const std::string& content) {
        write("x", content);
        const std::string code = error_code("verify x", 4);
        EXPECT_EQ(error_code("contribute x --name C", 4), code);
        EXPECT_EQ(error_code("export x y", 4), code);
        EXPECT_EQ(read("x"), content);
        EXPECT_FALSE(fs::exists(folder / "y"));
        return code;
    };
    EXPECT_EQ(code_of(good.substr(0, good.size() - 1)), "truncated");
    EXPECT_EQ(code_of(good.substr(0, 30)), "truncated");
    EXPECT_EQ(code_of(good + "x"), "bad_crs");
    std::string version = good;
    version[8] = 7;
    EXPECT_EQ(code_of(version), "unsupported_version");
    std::string name = good;
    name[name.find("Blaise")] = 'C';
    EXPECT_EQ(code_of(name), "bad_crs");
    write("x", name);
    EXPECT_THAT(crs("verify x").err, HasSubstr("contribution 2 of \"Claise\": the contribution does not prove"));
    // The last two points exchanged.
    std::string powers = good;
    powers.replace(good.size() - 96, 96, good.substr(good.size() - 48) + good.substr(good.size() - 96, 48));
    EXPECT_EQ(code_of(powers), "bad_crs");
    write("x", powers);
    EXPECT_THAT(crs("verify x").err, HasSubstr("not the powers of the secret"));

    ASSERT_EQ(crs("export a c").exit, 0);
    const std::string checked = read("c");
    for (const std::string& content :
         {std::string(), std::string("Dear node,\n"), checked.substr(0, checked.size() - 1), checked.substr(0, 240)}) {
        write("x", content);
        EXPECT_EQ(error_code("verify x", 4), "truncated");
    }
    std::string other = checked;
    other.replace(checked.size() - 48, 48, checked.substr(240, 48));
    write("x", other);
    EXPECT_EQ(error_code("verify x", 4), "bad_crs");
}

TEST_F(Crs, FilesInTheWayAndMissingFilesAreStatus5) {
    make("a", {"Ada"});
    write("mine", "mine");
    EXPECT_EQ(error_code("new mine --powers 3", 5), "file_exists");
    EXPECT_EQ(error_code("export a mine", 5), "file_exists");
    EXPECT_EQ(error_code("devnet mine", 5), "file_exists");
    EXPECT_THAT(crs("new mine --powers 3").err, HasSubstr("--force"));
    EXPECT_EQ(read("mine"), "mine");
    EXPECT_EQ(crs("export a mine --force").exit, 0);
    EXPECT_EQ(crs("new mine --powers 3 --force").exit, 0);
    for (const std::string command : {"verify", "info", "contribute --name A"}) {
        EXPECT_EQ(error_code(command + " nowhere", 5), "file_missing");
        EXPECT_EQ(error_code(command + " .", 5), "file_unreadable");
    }
    EXPECT_EQ(error_code("new no/such/folder --powers 3", 5), "file_unwritable");
    EXPECT_EQ(error_code("contribute a --name " + std::string(65, 'x'), 2), "bad_name");
}

TEST_F(Crs, ModesFollowTheUmaskAndStay) {
    const auto mode = [&](const fs::path& name) {
        struct stat info{};
        EXPECT_EQ(::stat((folder / name).c_str(), &info), 0);
        return info.st_mode & 0777;
    };
    const mode_t before = ::umask(022);
    make("a", {});
    EXPECT_EQ(mode("a"), 0644u);
    ::chmod((folder / "a").c_str(), 0660);
    ASSERT_EQ(crs("contribute a --name A").exit, 0);
    EXPECT_EQ(mode("a"), 0660u);
    ::umask(before);
}

TEST_F(Crs, TheDevelopmentParametersAreMadeOnceAndForDevnetOnly) {
    const Finished first = crs("devnet d --json");
    ASSERT_EQ(first.exit, 0) << first.out;
    EXPECT_EQ(first.json()["from_cache"], false);
    EXPECT_EQ(first.json()["points"], 131082);
    EXPECT_EQ(first.json()["network"], "devnet");
    EXPECT_THAT(first.out, HasSubstr("secret of these parameters is public"));
    const fs::path cached = fs::path("cache") / "crs" / "development.raw";
    ASSERT_TRUE(fs::exists(folder / cached));
    const Finished second = crs("devnet d --json --force");
    EXPECT_EQ(second.json()["from_cache"], true);
    EXPECT_EQ(second.json()["checked_sha256"], first.json()["checked_sha256"]);

    // Whatever happens to the cache, the parameters are right and it is whole again.
    const std::string good = read(cached);
    std::string changed = good;
    changed[1'000'000] = static_cast<char>(changed[1'000'000] ^ 1);
    for (const std::string& bad : {good.substr(0, good.size() / 2), changed}) {
        write(cached, bad);
        const Finished again = crs("devnet e --force");
        EXPECT_EQ(again.exit, 0);
        EXPECT_THAT(again.err, HasSubstr("damaged; they are made again"));
        EXPECT_EQ(read("e"), read("d"));
        EXPECT_TRUE(read(cached) == good);
    }
    EXPECT_EQ(crs("verify d --network devnet").exit, 0);
    EXPECT_EQ(error_code("verify d --network rusk", 4), "development_parameters");
    write("short", read("d").substr(0, 240 + 48 * 1034));
    EXPECT_EQ(error_code("verify short --network rusk", 4), "development_parameters");
    EXPECT_THAT(crs("info short").out + crs("info short").err, HasSubstr("secret of these parameters is public"));
    EXPECT_EQ(crs("export short raw --format raw").exit, 0);
    EXPECT_EQ(error_code("verify raw --network rusk", 4), "development_parameters");
    EXPECT_EQ(error_code("verify d --network moon", 2), "unknown_network");
    make("a", {"Ada"});
    EXPECT_EQ(error_code("verify a --network devnet", 4), "other_parameters");
    EXPECT_EQ(error_code("verify a --network rusk", 4), "other_parameters");
}

TEST_F(Crs, ProgressIsForTerminalsOnly) {
    make("a", {"Ada"});
    EXPECT_EQ(crs("verify a").err, "");
    const Finished shown =
        run_at_terminal({.arguments = {"crs", "contribute", "a", "--name", "B"}, .folder = folder}, {});
    EXPECT_EQ(shown.exit, 0) << shown.out;
    EXPECT_THAT(shown.out, HasSubstr("contributing … 100 %"));
    EXPECT_THAT(shown.out, HasSubstr("Contribution 2 of B"));
}

// It may hold the secret of a contribution.
TEST_F(Crs, BreakingOffAContributionLeavesNoCoreFile) {
    ASSERT_EQ(crs("new a --powers 15").exit, 0);
    const Finished quit = run_at_terminal({.arguments = {"crs", "contribute", "a", "--name", "A"}, .folder = folder},
                                          {{.question = "contributing", .typed = "\x1c"}});
    EXPECT_EQ(quit.exit, 128 + SIGQUIT);
    EXPECT_FALSE(quit.core_dumped);
    EXPECT_EQ(files(), std::vector<std::string>{"a"});
}

TEST_F(Crs, WithoutACacheThingsWorkToo) {
    write("file", "no folder");
    ::setenv("DUSK_CACHE", (folder / "file").c_str(), 1);
    const Finished made = crs("devnet d");
    EXPECT_EQ(made.exit, 0);
    EXPECT_THAT(made.err, HasSubstr("warning: "));
    EXPECT_EQ(read("file"), "no folder");
}

}  // namespace
}  // namespace dusk::cli
