#include "chronicle/chronicle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "chronicle/sqlite_database.hpp"
#include "chronicle/test_histories.hpp"

namespace dusk::chronicle {
namespace {

namespace fs = std::filesystem;

// A folder of its own for a file, gone in the end.
class Folder {
  public:
    Folder() {
        static int number = 0;
        path_ = fs::temp_directory_path() /
                ("dusk-chronicle-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    [[nodiscard]] std::unique_ptr<Database> open(Access access = Access::write) const {
        auto opened = open_sqlite(file(), access);
        if (!opened) ADD_FAILURE() << opened.error().text;
        return opened ? *std::move(opened) : nullptr;
    }
    [[nodiscard]] fs::path file() const { return path_ / "chronicle.sqlite3"; }

  private:
    fs::path path_;
};

RC_GTEST_PROP(ChronicleTest, EveryHistoryIsThatOfTheModel, (std::uint64_t seed)) {
    const Folder folder;
    check_random_history([&](Access access) { return folder.open(access); }, seed);
    RC_ASSERT(!testing::Test::HasFailure());
}

RC_GTEST_PROP(ChronicleTest, AnEndAtAnyStatementLeavesAWholeChronicle, (std::uint64_t seed)) {
    const Folder folder;
    check_random_end([&](Access access) { return folder.open(access); }, seed);
    RC_ASSERT(!testing::Test::HasFailure());
}

// A process that follows a chain is killed, again and again.
TEST(ChronicleTest, IsWholeAfterAKill) {
    const Folder folder;
    constexpr std::uint64_t kSeed = 17;
    constexpr std::uint64_t kSteps = 3000;
    std::mt19937_64 random(2);
    for (int round = 0; round < 12; ++round) {
        int told[2];
        ASSERT_EQ(::pipe(told), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            RandomChain chain(kSeed);
            auto database = open_sqlite(folder.file(), Access::write);
            if (!database) ::_exit(1);
            auto chronicle = Chronicle::open(**database, chain.genesis());
            for (std::uint64_t i = 0; chronicle && i < kSteps; ++i) {
                chain.change();
                if (!follow(chain.store, *chronicle, {}, chain.find_stakes())) ::_exit(2);
                if (::write(told[1], &i, 1) != 1) ::_exit(3);
            }
            ::_exit(4);
        }
        ::close(told[1]);
        std::uint8_t step = 0;
        for (std::uint64_t i = 1 + random() % 60; i > 0 && ::read(told[0], &step, 1) == 1; --i) {
        }
        ::usleep(static_cast<useconds_t>(random() % 2000));
        ::kill(child, SIGKILL);
        ::close(told[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);

        const auto database = folder.open();
        auto chronicle = Chronicle::open(*database, RandomChain(kSeed).genesis());
        ASSERT_TRUE(chronicle.has_value()) << chronicle.error().text;
        const auto top = chronicle->top().value();
        const auto final = chronicle->last_final().value();
        if (!top) continue;
        RandomChain chain(kSeed);
        const auto is_there = [&] {
            return chain.blocks.back().header.hash == top->hash && ledger::Height{chain.last_final} == final;
        };
        for (std::uint64_t i = 0; i < kSteps && !is_there(); ++i) chain.change();
        ASSERT_TRUE(is_there());
        expect_is(*database, chain.blocks, chain.last_final);
        ASSERT_FALSE(HasFailure()) << "round " << round;
        // The next process begins the chain anew: what is final in the database must not be ahead of it.
        fs::remove_all(folder.file());
        fs::remove_all(folder.file().string() + "-wal");
        fs::remove_all(folder.file().string() + "-shm");
    }
}

// A node that fetches its chain anew, with the database of before.
TEST(ChronicleTest, WaitsForAChainThatIsShorter) {
    const Folder folder;
    const auto database = folder.open();
    RandomChain chain(4);
    while (chain.last_final < 5) chain.change();
    follow_to_tip(chain, *database);
    RandomChain again(4);
    again.store.content = chain.store.content;
    ASSERT_TRUE(again.store.revert_to({2}).has_value());
    auto chronicle = Chronicle::open(*database, again.genesis());
    ASSERT_TRUE(chronicle.has_value());
    const auto waited = follow(again.store, *chronicle);
    ASSERT_TRUE(waited.has_value()) << waited.error().text;
    EXPECT_EQ(waited->added + waited->reverted, 0U);
    expect_is(*database, chain.blocks, chain.last_final);
    RandomChain other(5);
    while (other.last_final < 5) other.change();
    EXPECT_EQ(follow(other.store, *chronicle).error().kind, FailureKind::other_chain);
    expect_is(*database, chain.blocks, chain.last_final);
}

// A chain that was pruned beyond what the chronicle has seen: it goes on where the chain begins, and says so.
TEST(ChronicleTest, GoesOnBehindWhatTheChainHasForgotten) {
    const Folder folder;
    const auto database = folder.open();
    RandomChain chain(6);
    while (chain.last_final < 3) chain.change();
    follow_to_tip(chain, *database);
    const std::uint64_t seen = chain.blocks.size() - 1;
    while (chain.last_final < seen + 6) chain.change();
    ASSERT_TRUE(chain.store.forget_blocks_below({seen + 5}, 1000).has_value());
    auto chronicle = Chronicle::open(*database, chain.genesis());
    ASSERT_TRUE(chronicle.has_value());
    const auto step = follow(chain.store, *chronicle);
    ASSERT_TRUE(step.has_value()) << step.error().text;
    EXPECT_GT(step->missing, 0U);
    EXPECT_FALSE(step->is_behind());
    auto queries = Queries::open(*database);
    EXPECT_FALSE(queries->events_of(ledger::Height{seen + 4}).value().has_value());
    EXPECT_TRUE(queries->events_of(ledger::Height{seen + 5}).value().has_value());
    EXPECT_EQ(queries->extent()->last, chain.blocks.back().header.height);
    std::uint64_t complete_from = seen + 5;
    for (std::uint64_t i = seen + 5; i < chain.blocks.size(); ++i)
        complete_from = chain.blocks[i].known ? complete_from : i + 1;
    EXPECT_EQ(queries->extent()->complete_from, ledger::Height{complete_from});
    EXPECT_EQ(Lists(*database).complete_from().value(), ledger::Height{complete_from});
}

TEST(ChronicleTest, AccountsOfAStateCountToo) {
    const Folder folder;
    const auto database = folder.open();
    RandomChain chain(8);
    follow_to_tip(chain, *database);
    auto chronicle = Chronicle::open(*database, chain.genesis());
    EXPECT_FALSE(chronicle->is_seeded().value());
    const std::vector<AccountBytes> some{{1}, {2}, {1}};
    const std::vector<Chronicle::SeedContract> contracts{{.contract = {{7}}, .owner = {1, 2}}};
    ASSERT_TRUE(database->begin_writing().has_value());
    ASSERT_TRUE(chronicle->seed({0}, some, contracts).has_value());
    ASSERT_TRUE(database->commit().has_value());
    EXPECT_TRUE(chronicle->is_seeded().value());
    EXPECT_EQ(Queries::open(*database)->accounts().value(), 2U);
    const auto contract = Lists(*database).contract({{7}}).value();
    ASSERT_TRUE(contract.has_value());
    EXPECT_EQ(contract->owner, (Bytes{1, 2}));
    EXPECT_FALSE(contract->transaction.has_value());
}

TEST(ChronicleTest, SaysWhatIsNotItsOwn) {
    const Folder folder;
    EXPECT_EQ(open_sqlite(folder.file(), Access::read).error().kind, FailureKind::unreachable);
    {
        const auto database = folder.open();
        EXPECT_EQ(Queries::open(*database).error().kind, FailureKind::unreachable);
        ASSERT_TRUE(Chronicle::open(*database, ledger::BlockHash{{1}}).has_value());
        EXPECT_EQ(Chronicle::open(*database, ledger::BlockHash{{2}}).error().kind, FailureKind::other_chain);
        ASSERT_TRUE(database->run("UPDATE chronicle SET version = 99").has_value());
        EXPECT_EQ(Chronicle::open(*database, ledger::BlockHash{{1}}).error().kind, FailureKind::unknown_version);
        EXPECT_EQ(Queries::open(*database).error().kind, FailureKind::unknown_version);
    }
    fs::resize_file(folder.file(), 0);
    fs::remove(folder.file().string() + "-wal");
    {
        std::FILE* const file = std::fopen(folder.file().c_str(), "w");
        ASSERT_NE(file, nullptr);
        std::fputs("this is a text and no database, and it is long enough to look like one: ", file);
        for (int i = 0; i < 100; ++i) std::fputs("more of it; ", file);
        std::fclose(file);
    }
    EXPECT_EQ(open_sqlite(folder.file(), Access::write).error().kind, FailureKind::damaged);
}

// It is filled again from the chain.
TEST(ChronicleTest, ADatabaseOfAnEarlierProgramIsMadeAnew) {
    const Folder folder;
    const auto database = folder.open();
    RandomChain chain(10);
    while (chain.blocks.size() < 6) chain.change();
    follow_to_tip(chain, *database);
    ASSERT_TRUE(database->run("UPDATE chronicle SET version = 1").has_value());
    EXPECT_EQ(Queries::open(*database).error().kind, FailureKind::unreachable);
    ASSERT_TRUE(Chronicle::open(*database, chain.genesis()).has_value());
    EXPECT_EQ(Queries::open(*database)->extent()->last, std::nullopt);
    follow_to_tip(chain, *database);
    expect_is(*database, chain.blocks, chain.last_final);
}

TEST(ChronicleTest, RefusesABlockBelowItsHighest) {
    const Folder folder;
    const auto database = folder.open();
    RandomChain chain(9);
    while (chain.blocks.size() < 4) chain.change();
    follow_to_tip(chain, *database);
    const Entries::Content none{.events = [](const chain::VisitEvent&) -> chain::StoreResult<bool> { return true; }};
    EXPECT_EQ(Entries(*database).add(chain.blocks[1].header, none).error().kind, FailureKind::damaged);
    const Entries::Content broken{.events = [](const chain::VisitEvent&) -> chain::StoreResult<bool> {
        return fail(chain::StoreFailure{chain::StoreFailure::Kind::io, "the disk is gone"});
    }};
    ledger::BlockHeader next = chain.blocks.back().header;
    next.height.value += 1;
    EXPECT_EQ(Entries(*database).add(next, broken).error().kind, FailureKind::chain);
}

}  // namespace
}  // namespace dusk::chronicle
