#include "chronicle/follower_thread.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "chronicle/sqlite_database.hpp"
#include "chronicle/test_histories.hpp"

namespace dusk::chronicle {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ledger::Height;

// A chain that a thread follows into a file.
class FollowerThreadTest : public testing::Test {
  protected:
    FollowerThreadTest()
        : folder_(fs::temp_directory_path() / ("dusk-follower-" + std::to_string(::getpid()))), chain_(31) {
        fs::create_directories(folder_);
        while (chain_.blocks.size() < 8) chain_.change();
        for (auto& block : chain_.blocks) block.keeps_stakes = false;
    }
    ~FollowerThreadTest() override { fs::remove_all(folder_); }

    [[nodiscard]] std::unique_ptr<Database> open(Access access) const {
        return *open_sqlite(folder_ / "chronicle.sqlite3", access);
    }
    // The chain does not change while somebody follows it.
    FollowerPorts ports() {
        return {.genesis = chain_.genesis(),
                .open_database = [this] { return open_sqlite(folder_ / "chronicle.sqlite3", Access::write); },
                .view_chain = [this] { return std::shared_ptr<chain::BlockStore>(&chain_.store, [](auto*) {}); },
                .content_of = [](const auto&) { return std::optional(FollowerPorts::StateContent{}); },
                .tell_unknown =
                    [this](const Chronicle::Unknown& unknown) {
                        const std::lock_guard lock(mutex_);
                        told_.push_back(unknown);
                        changed_.notify_all();
                    }};
    }
    // Until it has nothing more to do.
    void follow_to_end(FollowerPorts ports) {
        FollowerThread follower(std::move(ports), Logger());
        const auto end = std::chrono::steady_clock::now() + 60s;
        const auto is_there = [&] {
            const auto status = follower.status();
            return status.works && status.height == chain_.blocks.back().header.height;
        };
        while (!is_there() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(2ms);
        EXPECT_TRUE(is_there());
    }
    // Which block is to be without what was reported, as a node does that was without an archive then.
    void forget_events(std::uint64_t height) {
        forgotten_[height] = chain_.store.content.receipts.at({height});
        chain_.store.content.receipts.erase({height});
    }
    [[nodiscard]] std::uint64_t known_block() const {
        for (std::uint64_t height = 1; height < chain_.blocks.size(); ++height) {
            if (chain_.blocks[height].known) return height;
        }
        return 0;
    }

    fs::path folder_;
    RandomChain chain_;
    std::map<std::uint64_t, std::shared_ptr<const execution::BlockReceipts>> forgotten_{};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Chronicle::Unknown> told_{};
};

TEST_F(FollowerThreadTest, EntersAllAgainWhenMoreIsKnown) {
    // All events are lost, and found again later, as by executing the blocks anew.
    for (std::uint64_t height = 1; height < chain_.blocks.size(); ++height) {
        if (chain_.blocks[height].known) forget_events(height);
    }
    const std::uint64_t last = chain_.blocks.size() - 1;
    follow_to_end(ports());
    ASSERT_FALSE(told_.empty());
    EXPECT_EQ(told_.back().first, Height{1});
    EXPECT_EQ(told_.back().last, Height{last});
    EXPECT_EQ(Queries::open(*open(Access::read))->extent()->complete_from, Height{last + 1});
    for (const auto& [height, receipts] : forgotten_) chain_.store.content.receipts[{height}] = receipts;
    const bool is_last_known = chain_.blocks.back().known;
    follow_to_end(ports());
    if (!is_last_known) return;
    expect_is(*open(Access::read), chain_.blocks, chain_.last_final);
}

TEST_F(FollowerThreadTest, WaitsForADatabase) {
    FollowerPorts some = ports();
    std::atomic<int> tries = 0;
    some.open_database = [this, &tries]() -> Outcome<std::unique_ptr<Database>> {
        if (tries++ == 0) return fail(Failure{FailureKind::unreachable, "not yet"});
        return open_sqlite(folder_ / "chronicle.sqlite3", Access::write);
    };
    follow_to_end(std::move(some));
    EXPECT_EQ(tries, 2);
    expect_is(*open(Access::read), chain_.blocks, chain_.last_final);
}

// Stakes that are not known are taken from the state of the last final block, once for each.
TEST_F(FollowerThreadTest, LearnsTheStakes) {
    int kept = 0;
    FollowerPorts some = ports();
    some.find_stakes = chain_.find_stakes();
    some.keep_stakes = [&](const ledger::BlockHeader& block) {
        EXPECT_EQ(block.height, Height{chain_.last_final});
        ++kept;
        chain_.blocks[block.height.value].keeps_stakes = true;
        return true;
    };
    follow_to_end(some);
    EXPECT_EQ(kept, 1);
    expect_is(*open(Access::read), chain_.blocks, chain_.last_final);
    follow_to_end(some);
    EXPECT_EQ(kept, 1);
    // A state that is gone is done without.
    for (auto& block : chain_.blocks) block.keeps_stakes = false;
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    some.keep_stakes = [](const auto&) { return false; };
    follow_to_end(some);
    expect_is(*open(Access::read), chain_.blocks, chain_.last_final);
}

}  // namespace
}  // namespace dusk::chronicle
