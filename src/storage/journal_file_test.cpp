// A signing journal in a real file: locks, full disks, processes that are killed.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>

#include "crypto/chacha_rng.hpp"
#include "storage/signing_journal.hpp"

namespace dusk::storage {
namespace {

using consensus::SigningError;
using consensus::SigningSlot;

const crypto::BlsPublicKey& key() {
    static const crypto::BlsPublicKey out = [] {
        crypto::ChaChaRng random(1);
        return crypto::BlsSecretKey::random(random).public_key();
    }();
    return out;
}

class JournalFileTest : public testing::Test {
  protected:
    JournalFileTest()
        : folder_(std::filesystem::temp_directory_path() / ("dusk-journal-" + std::to_string(::getpid()))),
          path_(folder_ / "consensus.journal") {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~JournalFileTest() override { std::filesystem::remove_all(folder_); }
    JournalFileTest(const JournalFileTest&) = delete;
    JournalFileTest& operator=(const JournalFileTest&) = delete;

    [[nodiscard]] std::unique_ptr<JournalFile> file() const {
        auto out = JournalFile::open(path_);
        if (!out) ADD_FAILURE() << out.error().text;
        return out ? std::move(*out) : nullptr;
    }
    static SigningSlot slot(std::uint64_t round) {
        return {.header = {.round = round}, .step = ledger::Step::proposal};
    }

    std::filesystem::path folder_;
    std::filesystem::path path_;
};

TEST_F(JournalFileTest, IsOfOneProcessAndItsOwner) {
    auto disk = file();
    auto journal = SigningJournal::open(*disk, key());
    ASSERT_TRUE(journal.has_value());
    ASSERT_TRUE((*journal)->permit(slot(1), Bytes{1}).has_value());
    const auto second = JournalFile::open(path_);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind, StorageError::locked);
    struct stat status{};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    journal->reset();
    disk = nullptr;
    disk = file();
    journal = SigningJournal::open(*disk, key());
    ASSERT_TRUE(journal.has_value());
    EXPECT_EQ((*journal)->permit(slot(1), Bytes{2}).error(), SigningError::conflict);
    EXPECT_TRUE((*journal)->permit(slot(1), Bytes{1}).has_value());
}

TEST_F(JournalFileTest, SaysWhatCannotBeOpened) {
    EXPECT_EQ(JournalFile::open(folder_ / "none" / "journal").error().kind, StorageError::io);
    std::ofstream(path_) << "something else";
    const auto disk = file();
    const auto journal = SigningJournal::open(*disk, key());
    EXPECT_EQ(journal.error().kind, StorageError::not_a_store);
    EXPECT_EQ(std::filesystem::file_size(path_), 14U);  // and it is left alone
}

TEST_F(JournalFileTest, AFullDiskLetsNothingBeSigned) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const auto disk = file();
        const auto journal = SigningJournal::open(*disk, key());
        if (!journal || !(*journal)->permit(slot(1), Bytes{1})) ::_exit(1);
        // The next record fits in part.
        const rlimit limit{.rlim_cur = 200, .rlim_max = RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(2);
        const auto refused = (*journal)->permit(slot(2), Bytes{1});
        if (refused || refused.error() != SigningError::not_stored) ::_exit(3);
        if ((*journal)->failure()->kind != StorageError::no_space) ::_exit(4);
        const rlimit none{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &none) != 0) ::_exit(5);
        // It goes on where there is room again, also with another message: the first was never signed.
        ::_exit((*journal)->permit(slot(2), Bytes{2}) ? 0 : 6);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    const auto disk = file();
    const auto journal = SigningJournal::open(*disk, key());
    ASSERT_TRUE(journal.has_value());
    EXPECT_EQ((*journal)->size(), 2U);
    EXPECT_EQ((*journal)->permit(slot(2), Bytes{1}).error(), SigningError::conflict);
}

// Processes sign random messages for the same few slots and are killed; none ever contradicts another.
TEST_F(JournalFileTest, NoTwoMessagesForASlotWhateverIsKilled) {
    struct Told {
        std::uint64_t round;
        std::uint8_t message;
    };
    std::map<std::uint64_t, std::uint8_t> left;
    std::mt19937_64 random(3);
    std::size_t signatures = 0;
    for (int turn = 0; turn < 40; ++turn) {
        int told[2];
        ASSERT_EQ(::pipe(told), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(told[0]);
            const auto disk = JournalFile::open(path_);
            if (!disk) ::_exit(1);
            const auto journal = SigningJournal::open(**disk, key(), {.kept_rounds = 40, .compact_from = 60});
            if (!journal) ::_exit(2);
            std::mt19937_64 mine(turn);
            for (std::uint64_t i = 0;; ++i) {
                const Told what{.round = 2 * static_cast<std::uint64_t>(turn) + mine() % 60 + i / 100,
                                .message = static_cast<std::uint8_t>(mine() % 3)};
                const auto permitted = (*journal)->permit(slot(what.round), Bytes{what.message});
                if (!permitted && permitted.error() != SigningError::conflict) ::_exit(3);
                if (permitted && ::write(told[1], &what, sizeof what) != sizeof what) ::_exit(4);
            }
        }
        ::close(told[1]);
        Told what{};
        const std::size_t enough = random() % 40;
        std::size_t got = 0;
        const auto take_one = [&] {
            if (::read(told[0], &what, sizeof what) != sizeof what) return false;
            ++got;
            const auto [at, is_new] = left.emplace(what.round, what.message);
            EXPECT_EQ(at->second, what.message) << "round " << what.round << " in turn " << turn;
            return true;
        };
        while (got < enough && take_one()) {
        }
        ::usleep(static_cast<useconds_t>(random() % 2000));
        ::kill(child, SIGKILL);
        while (take_one()) {
        }
        ::close(told[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
        signatures += got;
    }
    EXPECT_GT(signatures, 400U);
}

}  // namespace
}  // namespace dusk::storage
