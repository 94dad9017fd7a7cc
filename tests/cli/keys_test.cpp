// `dusk keys` from the outside: what it prints, what it writes, how it ends, and what it leaves alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kPhrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";

class Keys : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-keys-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        write("pw", "correct horse\n");
        write("wrong", "battery staple\n");
    }
    void TearDown() override { fs::remove_all(folder); }

    void write(const fs::path& name, const std::string& content) const {
        std::ofstream(folder / name, std::ios::binary) << content;
    }
    [[nodiscard]] std::string read(const fs::path& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] mode_t mode(const fs::path& name) const {
        struct stat info{};
        EXPECT_EQ(::stat((folder / name).c_str(), &info), 0) << name;
        return info.st_mode & 0777;
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
        return names;
    }
    // `dusk keys WORDS…`, with "PW" for the options that give the right password and KDF for a cheap new file.
    [[nodiscard]] Finished keys(const std::string& words, const std::string& input = {}) const {
        Start start{.arguments = {"keys"}, .input = input, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) {
            if (word == "PW") {
                start.arguments.insert(start.arguments.end(), {"--password-file", "pw"});
            } else if (word == "KDF") {
                start.arguments.insert(start.arguments.end(), {"--kdf-memory", "8", "--kdf-passes", "1"});
            } else {
                start.arguments.push_back(word);
            }
        }
        return run(start);
    }
    // A wallet file of the well-known phrase.
    void import_wallet(const std::string& name) const {
        ASSERT_EQ(keys("import phrase " + name + " PW KDF", std::string(kPhrase)).exit, 0);
    }

    fs::path folder;
};

TEST_F(Keys, HelpTeachesAndVersionIsThere) {
    const Finished help = keys("--help");
    EXPECT_EQ(help.exit, 0);
    EXPECT_THAT(help.out, HasSubstr("Examples:"));
    EXPECT_THAT(help.out, HasSubstr("Exit status:"));
    const Finished version = run({.arguments = {"--version"}});
    EXPECT_EQ(version.exit, 0);
    EXPECT_THAT(version.out, StartsWith("dusk "));
    EXPECT_THAT(run({.arguments = {"--help"}}).out, HasSubstr("keys"));
}

TEST_F(Keys, WrongUsageIsStatus2) {
    EXPECT_EQ(run({.arguments = {}}).exit, 2);
    EXPECT_EQ(keys("").exit, 2);
    EXPECT_EQ(keys("create wallet").exit, 2);
    EXPECT_EQ(keys("create wallet a --words 13").exit, 2);
    EXPECT_EQ(keys("create wallet a --profiles 0").exit, 2);
    EXPECT_EQ(keys("show a --password secret").exit, 2);  // never an argument
    EXPECT_EQ(keys("show a --password-fd 3 --password-file pw").exit, 2);
    const Finished unknown = keys("nonsense --json");
    EXPECT_EQ(unknown.exit, 2);
    EXPECT_EQ(unknown.json()["error"]["code"], "usage");
    EXPECT_THAT(unknown.json()["error"]["message"].get<std::string>(), HasSubstr("nonsense"));
    EXPECT_EQ(unknown.json()["exit_status"], 2);
    EXPECT_THAT(unknown.json()["error"]["message"].get<std::string>(), Not(HasSubstr(", but")));
    EXPECT_THAT(keys("craete wallet a").err, HasSubstr("but \"create\""));
}

TEST_F(Keys, ANewWalletIsForItsOwnerAndLeadsBackFromItsWords) {
    const Finished created = keys("create wallet a.wallet PW KDF --words 12 --profiles 2 --json");
    ASSERT_EQ(created.exit, 0) << created.out;
    EXPECT_EQ(mode("a.wallet"), 0600u);
    EXPECT_EQ(created.json()["profiles"].size(), 2u);
    EXPECT_THAT(files(), testing::UnorderedElementsAre("pw", "wrong", "a.wallet"));

    const Finished phrase = keys("export phrase a.wallet PW --json");
    ASSERT_EQ(phrase.exit, 0);
    const auto words = phrase.json()["phrase"].get<std::string>();
    EXPECT_EQ(std::ranges::count(words, ' '), 11);
    EXPECT_THAT(created.out, Not(HasSubstr(words)));
    EXPECT_THAT(read("a.wallet"), Not(HasSubstr(words)));

    const Finished again = keys("import phrase b.wallet PW KDF --profiles 2 --json", words + "\n");
    ASSERT_EQ(again.exit, 0) << again.out;
    EXPECT_EQ(again.json()["profiles"], created.json()["profiles"]);
    EXPECT_EQ(keys("show a.wallet PW --json").json()["profiles"], created.json()["profiles"]);
    EXPECT_EQ(keys("show a.wallet PW --json --profiles 5").json()["profiles"].size(), 5u);
    // Two new wallets differ.
    ASSERT_EQ(keys("create wallet c.wallet PW KDF").exit, 0);
    EXPECT_NE(keys("show c.wallet PW --json").json()["profiles"][0], created.json()["profiles"][0]);
}

TEST_F(Keys, PasswordsComeFromDescriptors) {
    import_wallet("a.wallet");
    const Start show{.arguments = {"keys", "show", "a.wallet", "--password-fd", "7"},
                     .pipes = {{7, "correct horse"}},
                     .folder = folder};
    EXPECT_EQ(run(show).exit, 0);
    const Finished closed = keys("show a.wallet --password-fd 9");
    EXPECT_EQ(closed.exit, 5);
    EXPECT_THAT(closed.err, HasSubstr("file descriptor 9"));
    EXPECT_EQ(keys("show a.wallet --password-fd 0", "correct horse\n").exit, 0);
    const Finished nobody = keys("show a.wallet");
    EXPECT_EQ(nobody.exit, 1);
    EXPECT_THAT(nobody.err, HasSubstr("no terminal"));
}

TEST_F(Keys, ThePromptIsQuietAndAsksTwice) {
    const std::vector<std::string> create{"keys", "create", "wallet", "a.wallet", "--kdf-memory", "8"};
    const Finished created = run_at_terminal({.arguments = create, .folder = folder},
                                             {{.question = "New password for a.wallet: ", .typed = "s3cret\n"},
                                              {.question = "The same again: ", .typed = "s3cret\n"}});
    EXPECT_EQ(created.exit, 0) << created.out;
    EXPECT_THAT(created.out, Not(HasSubstr("s3cret")));
    const Finished shown = run_at_terminal({.arguments = {"keys", "show", "a.wallet"}, .folder = folder},
                                           {{.question = "Password for a.wallet: ", .typed = "s3cret\n"}});
    EXPECT_EQ(shown.exit, 0) << shown.out;
    EXPECT_THAT(shown.out, HasSubstr("shielded address"));

    std::vector<std::string> other = create;
    other[3] = "b.wallet";
    const Finished typo =
        run_at_terminal({.arguments = other, .folder = folder},
                        {{.question = "New password", .typed = "one\n"}, {.question = "again: ", .typed = "two\n"}});
    EXPECT_EQ(typo.exit, 1);
    EXPECT_THAT(typo.out, HasSubstr("the two entries differ"));
    const Finished empty =
        run_at_terminal({.arguments = other, .folder = folder}, {{.question = "New password", .typed = "\n"}});
    EXPECT_EQ(empty.exit, 1);
    EXPECT_FALSE(fs::exists(folder / "b.wallet"));
}

TEST_F(Keys, BreakingOffAtThePromptLeavesATerminalThatEchoes) {
    const Start create{.arguments = {"keys", "create", "wallet", "a.wallet", "--kdf-memory", "8"}, .folder = folder};
    const Finished interrupted = run_at_terminal(create, {{.question = "New password", .typed = "\x03"}});
    EXPECT_EQ(interrupted.exit, 128 + SIGINT);
    EXPECT_TRUE(interrupted.echo);
    const Finished quit = run_at_terminal(create, {{.question = "New password", .typed = "\x1c"}});
    EXPECT_EQ(quit.exit, 128 + SIGQUIT);
    EXPECT_TRUE(quit.echo);
    EXPECT_FALSE(quit.core_dumped);
    EXPECT_FALSE(fs::exists(folder / "a.wallet"));

    // Nobody could wake this process, so the system does not stop it; it asks again as after being woken.
    import_wallet("a.wallet");
    const Finished stopped = run_at_terminal({.arguments = {"keys", "show", "a.wallet"}, .folder = folder},
                                             {{.question = "Password for a.wallet: ", .typed = "lost\x1a"},
                                              {.question = "Password for a.wallet: ", .typed = "correct horse\n"}});
    EXPECT_EQ(stopped.exit, 0) << stopped.out;
    EXPECT_TRUE(stopped.echo);
}

TEST_F(Keys, WrongPasswordIsStatus3) {
    import_wallet("a.wallet");
    ASSERT_EQ(keys("create consensus n PW").exit, 0);
    for (const std::string file : {"a.wallet", "n.keys"}) {
        const std::string before = read(file);
        const Finished text = keys("show " + file + " --password-file wrong");
        EXPECT_EQ(text.exit, 3);
        EXPECT_THAT(text.err, StartsWith("dusk: " + file + ": the password is wrong"));
        EXPECT_EQ(text.out, "");
        const Finished json = keys("show " + file + " --password-file wrong --json");
        EXPECT_EQ(json.exit, 3);
        EXPECT_EQ(json.json()["error"]["code"], "wrong_password");
        EXPECT_EQ(json.err, "");
        EXPECT_EQ(read(file), before);
    }
    EXPECT_EQ(keys("export phrase a.wallet --password-file wrong").exit, 3);
    EXPECT_EQ(keys("export profile a.wallet --password-file wrong").exit, 3);
    EXPECT_EQ(keys("export consensus a.wallet x --password-file wrong").exit, 3);
    EXPECT_FALSE(fs::exists(folder / "x.keys"));
}

TEST_F(Keys, TruncatedAndDamagedFilesAreStatus4AndStayAsTheyAre) {
    import_wallet("a.wallet");
    ASSERT_EQ(keys("create consensus n PW").exit, 0);
    const auto code_of = [&](const std::string& name, const std::string& content) {
        write(name, content);
        const Finished shown = keys("show " + name + " PW --json");
        EXPECT_EQ(shown.exit, 4) << name;
        EXPECT_EQ(read(name), content);
        return shown.json()["error"]["code"].get<std::string>();
    };
    const std::string wallet = read("a.wallet");
    EXPECT_EQ(code_of("cut.wallet", wallet.substr(0, wallet.size() / 2)), "truncated");
    std::string changed = wallet;
    char& digit = changed[changed.find(R"("ciphertext": ")") + 20];
    digit = digit == 'A' ? 'B' : 'A';
    EXPECT_EQ(code_of("changed.wallet", changed), "damaged");

    const std::string consensus = read("n.keys");
    EXPECT_EQ(code_of("cut.keys", consensus.substr(0, consensus.size() - 5)), "truncated");
    std::string flipped = consensus;
    flipped[flipped.size() - 3] = flipped[flipped.size() - 3] == '1' ? '2' : '1';
    EXPECT_EQ(code_of("flipped.keys", flipped), "damaged");
    std::string first = consensus;
    char& leading = first[first.find('[') + 1];
    leading = leading == '1' ? '2' : '1';
    EXPECT_EQ(code_of("first.keys", first), "damaged");
    EXPECT_EQ(code_of("short.keys", "0123456789"), "truncated");
    EXPECT_EQ(code_of("cut.cpk", read("n.cpk").substr(0, 95)), "truncated");
    EXPECT_EQ(code_of("changed.cpk", std::string(96, '\xff')), "damaged");
    EXPECT_EQ(code_of("letter.txt", "Dear node,\n"), "not_a_key_file");
    EXPECT_EQ(code_of("empty", ""), "not_a_key_file");
    EXPECT_EQ(code_of("wallet.dat", std::string("\0rsk\2\0\0\0\0\0\2\0", 12)), "truncated");
}

TEST_F(Keys, TooLittleMemoryIsSaid) {
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    GTEST_SKIP() << "a sanitizer takes more address space than any limit";
#endif
    Start start{.arguments = {"keys", "create", "wallet", "a.wallet", "--password-file", "pw", "--json"},
                .folder = folder,
                .memory_mib = 200};
    const Finished created = run(start);
    EXPECT_EQ(created.exit, 1);
    EXPECT_EQ(created.json()["error"]["code"], "no_memory");
    EXPECT_THAT(created.json()["error"]["message"].get<std::string>(),
                AllOf(HasSubstr("256 MiB"), HasSubstr("--kdf-memory")));
    EXPECT_FALSE(fs::exists(folder / "a.wallet"));
    start.arguments.insert(start.arguments.end(), {"--kdf-memory", "8"});
    EXPECT_EQ(run(start).exit, 0);

    ASSERT_EQ(keys("create wallet b.wallet PW --kdf-memory 256 --kdf-passes 1").exit, 0);
    start.arguments = {"keys", "show", "b.wallet", "--password-file", "pw", "--json"};
    EXPECT_EQ(run(start).json()["error"]["code"], "no_memory");
}

TEST_F(Keys, MissingAndUnreadableFilesAreStatus5) {
    const Finished missing = keys("show nowhere PW --json");
    EXPECT_EQ(missing.exit, 5);
    EXPECT_EQ(missing.json()["error"]["code"], "file_missing");
    EXPECT_EQ(keys("show . PW --json").json()["error"]["code"], "file_unreadable");
    import_wallet("a.wallet");
    EXPECT_EQ(keys("show a.wallet --password-file nowhere").exit, 5);
    EXPECT_EQ(keys("create wallet no/such/folder/a PW KDF --json").json()["error"]["code"], "file_unwritable");
}

TEST_F(Keys, ExistingFilesAreReplacedOnlyWithForce) {
    write("a.wallet", "mine");
    write("n.cpk", "mine");
    for (const std::string command :
         {"create wallet a.wallet PW KDF", "import phrase a.wallet PW KDF", "create consensus n PW"}) {
        const Finished refused = keys(command, std::string(kPhrase));
        EXPECT_EQ(refused.exit, 5) << command;
        EXPECT_THAT(refused.err, HasSubstr("--force"));
    }
    EXPECT_EQ(read("a.wallet"), "mine");
    EXPECT_EQ(read("n.cpk"), "mine");
    EXPECT_FALSE(fs::exists(folder / "n.keys"));
    EXPECT_EQ(keys("create wallet a.wallet PW KDF --force").exit, 0);
    EXPECT_EQ(keys("create consensus n PW --force").exit, 0);
    EXPECT_EQ(mode("a.wallet"), 0600u);
    EXPECT_EQ(mode("n.keys"), 0600u);
    EXPECT_EQ(mode("n.cpk"), 0600u);
}

TEST_F(Keys, BadPhrasesAreNamedByThePlaceOfTheirFault) {
    const auto message = [&](const std::string& phrase) {
        const Finished imported = keys("import phrase a.wallet PW KDF --json", phrase);
        EXPECT_EQ(imported.exit, 4);
        EXPECT_FALSE(fs::exists(folder / "a.wallet"));
        return imported.json()["error"]["message"].get<std::string>();
    };
    const std::string mistyped = "legal winner thank yeer wave sausage worth useful legal winner thank yellow";
    EXPECT_THAT(message(mistyped), EndsWith("word 4 is not in the English word list"));
    EXPECT_THAT(message("legal winner"), EndsWith("this one has 2"));
    EXPECT_THAT(message(""), EndsWith("this one has 0"));
    EXPECT_THAT(message("winner legal thank year wave sausage worth useful legal winner thank yellow"),
                HasSubstr("do not belong together"));

    // No word and nothing close to one, but for the terminal at which it was typed.
    const Finished piped = keys("import phrase a.wallet PW KDF", mistyped);
    EXPECT_THAT(piped.err, AllOf(HasSubstr("word 4"), Not(HasSubstr("yeer")), Not(HasSubstr("year"))));
    const Finished typed = run_at_terminal({.arguments = {"keys", "import", "phrase", "a.wallet"}, .folder = folder},
                                           {{.question = "Recovery phrase: ", .typed = mistyped + "\n"}});
    EXPECT_EQ(typed.exit, 4);
    EXPECT_THAT(typed.out, AllOf(HasSubstr("word 4"), HasSubstr("Is it \"year\"?"), Not(HasSubstr("yeer"))));
}

TEST_F(Keys, ConsensusKeysFromAWalletAndFromChance) {
    import_wallet("a.wallet");
    const Finished exported = keys("export consensus a.wallet node PW --profile 1 --json");
    ASSERT_EQ(exported.exit, 0) << exported.out;
    const auto account = keys("show a.wallet PW --json --profiles 2").json()["profiles"][1]["account"];
    EXPECT_EQ(exported.json()["public_key"], account);
    EXPECT_EQ(fs::file_size(folder / "node.cpk"), 96u);
    EXPECT_EQ(keys("show node.cpk --json").json()["public_key"], account);
    const Finished shown = keys("show node.keys PW --json");
    EXPECT_EQ(shown.json()["public_key"], account);
    EXPECT_EQ(shown.json()["format"], "current");
    EXPECT_EQ(shown.json()["belong_together"], true);

    const Finished imported = keys("import consensus node.keys copy PW --json");
    ASSERT_EQ(imported.exit, 0) << imported.out;
    EXPECT_EQ(read("copy.cpk"), read("node.cpk"));
    EXPECT_NE(read("copy.keys"), read("node.keys"));  // a new salt and nonce
    EXPECT_EQ(keys("import consensus node.keys PW --json").json()["renewed"], false);
}

TEST_F(Keys, OldAndMismatchedConsensusKeysOfTheReference) {
    const nlohmann::json cases = nlohmann::json::parse(std::ifstream(DUSK_CONSENSUS_KEYS_VECTORS)).at("files");
    ASSERT_FALSE(cases.empty());
    const nlohmann::json& c = cases[0];
    write("pw", c["password"]);
    const auto hex = c["old_file"].get<std::string>();
    std::string old_file;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        old_file += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    write("old.keys", old_file);
    const Finished shown = keys("show old.keys PW --json");
    EXPECT_EQ(shown.json()["format"], "old");
    EXPECT_EQ(read("old.keys"), old_file);  // showing changes nothing

    for (const std::size_t at : {std::size_t{0}, std::size_t{20}, old_file.size() - 1}) {
        std::string changed = old_file;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        write("changed.keys", changed);
        EXPECT_EQ(keys("show changed.keys PW --json").json()["error"]["code"], "damaged") << at;
    }

    EXPECT_EQ(keys("import consensus old.keys --password-file wrong").exit, 3);
    EXPECT_EQ(read("old.keys"), old_file);
    EXPECT_FALSE(fs::exists(folder / "old.keys.old"));
    const Finished renewed = keys("import consensus old.keys PW --json");
    ASSERT_EQ(renewed.exit, 0) << renewed.out;
    EXPECT_EQ(renewed.json()["old_copy"], "old.keys.old");
    EXPECT_EQ(read("old.keys.old"), old_file);
    EXPECT_EQ(mode("old.keys.old"), 0600u);
    EXPECT_EQ(mode("old.keys"), 0600u);
    EXPECT_EQ(keys("show old.keys PW --json").json()["format"], "current");
    EXPECT_EQ(keys("show old.keys PW --json").json()["public_key"], shown.json()["public_key"]);

    write("pair.keys", c["mismatched_pair_file_ascii"]);
    fs::permissions(folder / "pair.keys", fs::perms::owner_read | fs::perms::owner_write);
    const Finished pair = keys("show pair.keys PW");
    EXPECT_EQ(pair.exit, 0);
    EXPECT_THAT(pair.err, HasSubstr("not the one of its secret key"));
    EXPECT_EQ(keys("show pair.keys PW --json").json()["warnings"].size(), 1u);
}

TEST_F(Keys, FilesThatOthersMayReadAreNoticed) {
    import_wallet("a.wallet");
    EXPECT_EQ(keys("show a.wallet PW").err, "");
    fs::permissions(folder / "a.wallet", fs::perms::others_read, fs::perm_options::add);
    EXPECT_THAT(keys("show a.wallet PW").err, HasSubstr("chmod 600"));
}

TEST_F(Keys, SecretsAreShownOnlyWhenExported) {
    import_wallet("a.wallet");
    const Finished profile = keys("export profile a.wallet PW --profile 3 --json");
    ASSERT_EQ(profile.exit, 0);
    EXPECT_EQ(profile.json()["index"], 3);
    const auto secret = profile.json()["bls_secret_key"].get<std::string>();
    EXPECT_EQ(secret.size(), 64u);
    EXPECT_EQ(profile.json()["phoenix_secret_key"].get<std::string>().size(), 128u);
    const std::string shown =
        keys("show a.wallet PW --json --profiles 4").out + keys("show a.wallet PW --profiles 4").out;
    EXPECT_THAT(shown, Not(HasSubstr(secret)));
    EXPECT_THAT(shown, Not(HasSubstr("legal")));
    EXPECT_THAT(keys("export phrase a.wallet PW").out, std::string(kPhrase) + "\n");
}

}  // namespace
}  // namespace dusk::cli
