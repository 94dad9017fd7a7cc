#include "app/files.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "app/key_files.hpp"
#include "app/password.hpp"
#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-files-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
    fs::path folder;
};
using KeyFile = Folder;
using PasswordInput = Folder;

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

mode_t mode_of(const fs::path& path) {
    struct stat info{};
    EXPECT_EQ(::stat(path.c_str(), &info), 0);
    return info.st_mode & 0777;
}

TEST_F(KeyFile, IsForTheOwnerOnlyAndNeverReplacedUnasked) {
    const fs::path path = folder / "a";
    ASSERT_TRUE(write_key_file(path, as_bytes("one"), Overwrite::refuse));
    EXPECT_EQ(mode_of(path), 0600u);
    const auto second = write_key_file(path, as_bytes("two"), Overwrite::refuse);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, FileError::Kind::exists);
    EXPECT_EQ(text_of(path), "one");
    EXPECT_EQ(entries(), 1u);  // no temporary file stays behind

    ::chmod(path.c_str(), 0644);
    EXPECT_FALSE(mode_warning(path).empty());
    ASSERT_TRUE(write_key_file(path, as_bytes("three"), Overwrite::allow));
    EXPECT_EQ(text_of(path), "three");
    EXPECT_EQ(mode_of(path), 0600u);
    EXPECT_TRUE(mode_warning(path).empty());
    EXPECT_EQ(entries(), 1u);
}

TEST_F(KeyFile, WritingWhereNothingCanBeWritten) {
    EXPECT_EQ(write_key_file(folder / "no" / "a", as_bytes("x"), Overwrite::refuse).error().kind,
              FileError::Kind::unwritable);
    fs::create_directory(folder / "d");
    EXPECT_EQ(write_key_file(folder / "d", as_bytes("x"), Overwrite::allow).error().kind, FileError::Kind::unwritable);
    EXPECT_EQ(write_key_file(folder / "d", as_bytes("x"), Overwrite::refuse).error().kind, FileError::Kind::exists);
    EXPECT_EQ(entries(), 1u);
}

TEST_F(KeyFile, ReadingTellsWhy) {
    EXPECT_EQ(read_key_file(folder / "none").error().kind, FileError::Kind::missing);
    EXPECT_EQ(read_key_file(folder).error().kind, FileError::Kind::unreadable);
    std::ofstream(folder / "large") << std::string(kLargestKeyFile + 1, 'x');
    EXPECT_EQ(read_key_file(folder / "large").error().kind, FileError::Kind::too_large);
    std::ofstream(folder / "fits") << std::string(kLargestKeyFile, 'x');
    EXPECT_EQ(read_key_file(folder / "fits")->size(), kLargestKeyFile);
    std::ofstream(folder / "empty") << "";
    EXPECT_TRUE(read_key_file(folder / "empty")->empty());
    EXPECT_NE(to_string(read_key_file(folder / "none").error()).find("none"), std::string::npos);
}

TEST_F(KeyFile, CopiesTakeFreeNames) {
    EXPECT_EQ(*keep_copy(folder / "k.old", as_bytes("1")), folder / "k.old");
    EXPECT_EQ(*keep_copy(folder / "k.old", as_bytes("2")), folder / "k.old.1");
    EXPECT_EQ(*keep_copy(folder / "k.old", as_bytes("3")), folder / "k.old.2");
    EXPECT_EQ(text_of(folder / "k.old"), "1");
}

TEST_F(KeyFile, BothConsensusFilesOrNone) {
    crypto::ChaChaRng random(1);
    auto secret = crypto::BlsSecretKey::random(random);
    const auto public_key = secret.public_key();
    const crypto::ConsensusKeys keys{.secret_key = std::move(secret), .public_key = public_key};
    std::ofstream(folder / "n.cpk") << "in the way";
    EXPECT_FALSE(
        write_consensus_keys(folder / "n", keys, SecretBytes(std::string_view("pw")), Overwrite::refuse, random));
    EXPECT_FALSE(fs::exists(folder / "n.keys"));
    const auto paths =
        write_consensus_keys(folder / "n.keys", keys, SecretBytes(std::string_view("pw")), Overwrite::allow, random);
    ASSERT_TRUE(paths);
    EXPECT_EQ(paths->keys, folder / "n.keys");
    EXPECT_EQ(fs::file_size(folder / "n.cpk"), 96u);
    const auto loaded = load_consensus_keys(folder / "n.keys", SecretBytes(std::string_view("pw")), random);
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->old_copy.empty());
    EXPECT_EQ(loaded->keys.public_key, public_key);
}

// Whatever stands in the way of one of the two: no secret key is lost, and nothing half is left.
TEST_F(KeyFile, AnErrorLeavesConsensusFilesAsTheyWere) {
    crypto::ChaChaRng random(2);
    const SecretBytes password(std::string_view("pw"));
    const auto write = [&] {
        auto secret = crypto::BlsSecretKey::random(random);
        const auto public_key = secret.public_key();
        return write_consensus_keys(folder / "n", {.secret_key = std::move(secret), .public_key = public_key}, password,
                                    Overwrite::allow, random);
    };
    ASSERT_TRUE(write());
    const std::string keys = text_of(folder / "n.keys");
    const std::string public_key = text_of(folder / "n.cpk");
    fs::remove(folder / "n.cpk");
    fs::create_directory(folder / "n.cpk");
    EXPECT_FALSE(write());
    EXPECT_EQ(text_of(folder / "n.keys"), keys);
    EXPECT_EQ(entries(), 2u);

    fs::remove(folder / "n.cpk");
    fs::remove(folder / "n.keys");
    fs::create_directory(folder / "n.keys");
    EXPECT_FALSE(write());
    EXPECT_FALSE(fs::exists(folder / "n.cpk"));
    std::ofstream(folder / "n.cpk") << public_key;
    EXPECT_FALSE(write());
    EXPECT_EQ(text_of(folder / "n.cpk"), public_key);
    EXPECT_EQ(entries(), 2u);
}

// A file of the old format that the reference wrote (consensus_keys.json). A name so long that no other fits beside it
// stands for a folder that nobody can write to.
TEST_F(KeyFile, OldConsensusKeysLoadWhereNothingCanBeWritten) {
    const Bytes old_file = *from_hex(
        "2427d85cea06d2c70b7b463e99851fa75e185bb3154b2a3799372653c6674e7b0cbef20599ff4bafe27580c7bb222fc5373932a30d"
        "2ce73daf026996229bd2972740d16fe9bc68a12e02dfe1f660aa19b5d4ab82465c963ac896aa9ca9321353418adbb05f78e48cc888"
        "6f6925b6fb3c27f56442946d0c2112a3816745735ad89b2a841e5cac3fec15c67e7bfba5e50829a98015f13222aa8cc6600c548ebc"
        "f2c7970ec4bb5584cbd86d5f7fdb898d293210b6077c36374f47b9aaa142106dd75cc97a6478aa428f4209e2c24650188f8a3d555e"
        "19168210da23be054657c4b0bd618ac3c82f587554cce7f6186772fa");
    const SecretBytes password(std::string_view("password"));
    crypto::ChaChaRng random(3);
    for (const std::size_t length : {std::size_t{4}, std::size_t{250}}) {
        const fs::path path = folder / std::string(length, 'k');
        std::ofstream(path) << std::string(old_file.begin(), old_file.end());
        const auto loaded = load_consensus_keys(path, password, random);
        ASSERT_TRUE(loaded);
        EXPECT_TRUE(loaded->keys.belong_together());
        const bool renewed = length == 4;
        EXPECT_EQ(loaded->not_renewed.has_value(), !renewed);
        EXPECT_EQ(loaded->old_copy.empty(), !renewed);
        EXPECT_EQ(text_of(path).starts_with('{'), renewed);
    }
    EXPECT_EQ(entries(), 3u);
}

TEST_F(PasswordInput, FilesAndDescriptors) {
    const auto from_file = [&](const std::string& content, PasswordUse use) {
        std::ofstream(folder / "pw") << content;
        return read_password({.descriptor = std::nullopt, .file = folder / "pw"}, use, "");
    };
    EXPECT_EQ(from_file("secret\n", PasswordUse::open_existing)->reveal_text(), "secret");
    EXPECT_EQ(from_file("secret\r\n", PasswordUse::open_existing)->reveal_text(), "secret");
    EXPECT_EQ(from_file(" two\nlines\n\n", PasswordUse::open_existing)->reveal_text(), " two\nlines\n");
    EXPECT_EQ(from_file("", PasswordUse::open_existing)->reveal_text(), "");
    EXPECT_EQ(from_file("\n", PasswordUse::protect_new).error().kind, PasswordError::Kind::empty);
    EXPECT_EQ(from_file(std::string(4096, 'x'), PasswordUse::protect_new)->size(), 4096u);
    EXPECT_EQ(from_file(std::string(4097, 'x'), PasswordUse::protect_new).error().kind, PasswordError::Kind::too_long);
    const auto missing =
        read_password({.descriptor = std::nullopt, .file = folder / "no"}, PasswordUse::open_existing, "");
    EXPECT_EQ(missing.error().kind, PasswordError::Kind::unreadable);
    EXPECT_EQ(read_password({.descriptor = 987, .file = std::nullopt}, PasswordUse::open_existing, "").error().kind,
              PasswordError::Kind::unreadable);
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    ASSERT_EQ(::write(pipe[1], "from a pipe\n", 12), 12);
    ::close(pipe[1]);
    EXPECT_EQ(
        read_password({.descriptor = pipe[0], .file = std::nullopt}, PasswordUse::open_existing, "")->reveal_text(),
        "from a pipe");
    ::close(pipe[0]);
}

}  // namespace
}  // namespace dusk::app
