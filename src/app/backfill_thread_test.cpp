#include "app/backfill_thread.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "app/node_archive.hpp"
#include "chain/test_store.hpp"
#include "chronicle/sqlite_database.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ledger::Height;

TEST(BackfillProgressTest, TellsTheTimeThatIsLeft) {
    const auto early = progress_of({10}, {10}, {110}, 5s);
    EXPECT_EQ(early.height, Height{10});
    EXPECT_EQ(early.target, Height{110});
    EXPECT_EQ(early.seconds_left, std::nullopt);
    EXPECT_EQ(progress_of({10}, {20}, {110}, 500ms).seconds_left, std::nullopt);  // too short to tell
    const auto later = progress_of({10}, {60}, {110}, 25s);
    EXPECT_DOUBLE_EQ(later.blocks_per_second, 2);
    EXPECT_EQ(later.seconds_left, 25U);
    EXPECT_EQ(progress_of({10}, {110}, {110}, 50s).seconds_left, 0U);
}

// A chain of one block in a folder, and nothing to execute it from.
class BackfillThreadTest : public testing::Test {
  protected:
    void SetUp() override {
        config_.network = &ledger::devnet();
        config_.db_path = fs::temp_directory_path() / ("dusk-backfill-" + std::to_string(::getpid()));
        fs::remove_all(config_.db_path);
        fs::create_directories(config_.db_path);
        auto opened = storage::RocksDbStore::open(config_.db_path / "chain");
        ASSERT_TRUE(opened) << opened.error().text;
        database_ = std::move(*opened);
        auto blocks = storage::ChainStore::open(*database_);
        ASSERT_TRUE(blocks);
        ASSERT_TRUE((*blocks)->begin({.header = ledger::genesis_header({}, 7)}));
    }
    void TearDown() override {
        database_.reset();
        fs::remove_all(config_.db_path);
    }
    static std::string problem(const BackfillThread& thread) {
        const auto progress = thread.progress();
        return progress ? progress->problem : "";
    }
    static bool wait_for_problem(const BackfillThread& thread) {
        for (int i = 0; i < 6000 && problem(thread).empty(); ++i) std::this_thread::sleep_for(10ms);
        return !problem(thread).empty();
    }

    node::NodeConfig config_{};
    std::unique_ptr<storage::RocksDbStore> database_;
};

TEST_F(BackfillThreadTest, RestsUntilSomethingIsWanted) {
    bool done = false;
    {
        BackfillThread thread(config_, *database_, [&] { done = true; }, Logger());
        EXPECT_FALSE(thread.progress().has_value());
    }
    EXPECT_FALSE(done);
    EXPECT_FALSE(fs::exists(replay_folder(config_)));
}

TEST_F(BackfillThreadTest, SaysWhatIsMissing) {
    bool done = false;
    {
        BackfillThread thread(config_, *database_, [&] { done = true; }, Logger());
        thread.want({.first = {1}, .last = {5}});
        ASSERT_TRUE(wait_for_problem(thread));
        EXPECT_NE(problem(thread).find("chain.genesis_file"), std::string::npos) << problem(thread);
        EXPECT_EQ(thread.progress()->target, Height{5});
        EXPECT_EQ(thread.progress()->seconds_left, std::nullopt);
        thread.want({.first = {1}, .last = {5}});  // what cannot be is not tried again
    }
    EXPECT_FALSE(done);
}

// A replay that ended in the middle has a height; without its state it is begun anew, which needs a genesis file.
TEST_F(BackfillThreadTest, DoesNotGoOnWithoutItsState) {
    fs::create_directories(replay_folder(config_));
    std::ofstream(replay_folder(config_) / "height") << "3\n";
    BackfillThread thread(config_, *database_, [] {}, Logger());
    thread.want({.first = {1}, .last = {5}});
    ASSERT_TRUE(wait_for_problem(thread));
    EXPECT_NE(problem(thread).find("chain.genesis_file"), std::string::npos) << problem(thread);
}

// What is logged under its text, with the height.
class Heights final : public LogSink {
  public:
    void write(const LogRecord& record) override {
        const std::lock_guard lock(mutex_);
        lines_.push_back(format_log(record, LogForm::json));
    }
    [[nodiscard]] std::size_t with(std::string_view text) const {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count_if(
            lines_, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_{};
};

// Blocks 1 and 2 are from before the archive was enabled, and nobody wants them executed.
TEST_F(BackfillThreadTest, OldBlocksMayBeLeftAlone) {
    chain::TestStore chain;
    ledger::Block block{.header = ledger::genesis_header({}, 7)};
    const ledger::BlockHash genesis = block.header.hash;
    ASSERT_TRUE(chain.begin(block));
    for (std::uint64_t height = 1; height <= 3; ++height) {
        block.header.height = {height};
        block.header.hash.bytes = {static_cast<std::uint8_t>(height)};
        ASSERT_TRUE(chain.accept({.block = block, .label = {ledger::Label::Kind::final, 1}}));
    }
    chain.content.receipts[{3}] = std::make_shared<execution::BlockReceipts>();
    config_.archive_backfill = false;
    Heights lines;
    const SystemClock clock;
    const Log log(lines, clock, LogFilter(LogLevel::info));
    {
        NodeArchive archive(
            config_, *database_,
            {.genesis = genesis,
             .open_database =
                 [this] { return chronicle::open_sqlite(config_.db_path / "archive", chronicle::Access::write); },
             .view_chain = [&] { return std::shared_ptr<chain::BlockStore>(&chain, [](auto*) {}); },
             .content_of = [](const auto&) { return std::optional(chronicle::FollowerPorts::StateContent{}); }},
            log);
        constexpr std::string_view kTold = "the archive is complete from this block on";
        for (int i = 0; i < 6000 && lines.with(kTold) == 0; ++i) std::this_thread::sleep_for(10ms);
        for (int i = 0; i < 3; ++i) archive.look();
        EXPECT_EQ(lines.with(kTold), 1U);
        EXPECT_EQ(lines.with("archive.backfill is off\",\"fields\":{\"height\":3}"), 1U);
        EXPECT_FALSE(archive.progress().backfill.has_value());
    }
    EXPECT_FALSE(fs::exists(replay_folder(config_)));
    const auto tables = chronicle::open_sqlite(config_.db_path / "archive", chronicle::Access::read);
    const auto extent = chronicle::Queries::open(**tables)->extent();
    EXPECT_EQ(extent->complete_from, Height{3});
    EXPECT_EQ(extent->unknown_blocks, 2U);
}

}  // namespace
}  // namespace dusk::app
