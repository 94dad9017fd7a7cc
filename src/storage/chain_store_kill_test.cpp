// A process that changes the chain's database in a loop is killed, again and again; another one looks at what is there.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "storage/chain_model.hpp"
#include "storage/rocksdb_store.hpp"

namespace dusk::storage {
namespace {

constexpr std::uint64_t kSeed = 11;
constexpr RocksDbOptions kSmall{.write_buffer = 256 << 10};  // so that flushes and compactions are killed too
constexpr const char* kWork = "DUSK_TEST_CHAIN_KILL";        // folder, number of the next step, pipe

// What is killed: a process of its own, since RocksDB has threads that a fork leaves behind.
TEST(ChainStoreKillTest, DISABLED_Worker) {
    const char* work = std::getenv(kWork);
    if (work == nullptr) GTEST_SKIP() << "started by the test below";
    std::istringstream in(work);
    std::string folder;
    std::uint64_t number = 0;
    int tell = 0;
    in >> folder >> number >> tell;
    const ChainHistory history(kSeed);
    ChainModel model;
    for (std::uint64_t i = 0; i < number; ++i) history.step(i, model);
    const auto bytes = RocksDbStore::open(folder, kSmall);
    ASSERT_TRUE(bytes.has_value()) << bytes.error().text;
    const auto store = ChainStore::open(**bytes);
    ASSERT_TRUE(store.has_value()) << store.error().text;
    (*store)->keep_events();
    for (;; ++number) {
        const auto done = history.step(number, model)(**store);
        ASSERT_TRUE(done.has_value()) << done.error().text;
        ASSERT_EQ(::write(tell, &number, sizeof number), static_cast<ssize_t>(sizeof number));
    }
}

pid_t start_worker(const std::filesystem::path& folder, std::uint64_t number, int tell) {
    const std::string work = fmt::format("{} {} {}", folder.string(), number, tell);
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setenv(kWork, work.c_str(), 1);
    ::execl("/proc/self/exe", "storage_test", "--gtest_filter=ChainStoreKillTest.DISABLED_Worker",
            "--gtest_also_run_disabled_tests", "--gtest_brief=1", static_cast<char*>(nullptr));
    ::_exit(127);
}

// The heights and what consensus keeps: enough to tell one step from the next.
bool is_at(const ChainModel& model, ChainStore& store) {
    const auto tip = store.tip().value();
    if (tip.has_value() != !model.blocks.empty()) return false;
    if (!tip) return true;
    if (*tip != model.blocks.back().block.header) return false;
    if (store.first_block().value() != ChainHistory::first_block(model)) return false;
    for (std::uint64_t at = model.first; at < model.blocks.size(); ++at) {
        const ledger::Block& block = model.blocks[at].block;
        if (ledger::encode(store.block(block.header.hash).value().value()) != ledger::encode(block)) return false;
    }
    const auto last = store.last_iteration().value();
    if (last.has_value() != model.last_iteration.has_value()) return false;
    if (last && (last->tip != model.last_iteration->tip || last->iteration != model.last_iteration->iteration)) {
        return false;
    }
    for (const auto step : {ledger::Step::proposal, ledger::Step::validation, ledger::Step::ratification}) {
        const auto known = model.step_times.find(step);
        if (store.step_times(step).value() !=
            (known == model.step_times.end() ? std::nullopt : std::optional(known->second))) {
            return false;
        }
    }
    for (const auto& [round, result] : model.results) {
        if (store.validation_result(round).value() != result) return false;
    }
    for (const auto& [hash, block] : model.candidates) {
        if (!store.candidate(hash).value()) return false;
    }
    return true;
}

TEST(ChainStoreKillTest, StartsAtTheLastBlockAfterAKill) {
    const auto folder = std::filesystem::temp_directory_path() / ("dusk-chain-kill-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    const ChainHistory history(kSeed);
    ChainModel model;
    std::uint64_t number = 0;  // of the next step
    std::mt19937_64 random(1);
    for (int round = 0; round < 20; ++round) {
        int told[2];
        ASSERT_EQ(::pipe(told), 0);
        ASSERT_EQ(::fcntl(told[0], F_SETFD, FD_CLOEXEC), 0);
        const pid_t child = start_worker(folder, number, told[1]);
        ASSERT_GT(child, 0);
        ::close(told[1]);
        // At a random moment after the child has begun to work.
        std::vector<std::uint64_t> done;
        std::uint64_t step = 0;
        const std::uint64_t enough = 1 + random() % 60;
        while (done.size() < enough && ::read(told[0], &step, sizeof step) == sizeof step) done.push_back(step);
        ::usleep(static_cast<useconds_t>(random() % 3000));
        ::kill(child, SIGKILL);
        while (::read(told[0], &step, sizeof step) == sizeof step) done.push_back(step);
        ::close(told[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);

        for (const std::uint64_t said : done) {
            ASSERT_EQ(said, number);
            history.step(number++, model);
        }
        const auto bytes = RocksDbStore::open(folder, kSmall);
        ASSERT_TRUE(bytes.has_value()) << bytes.error().text;
        const auto store = ChainStore::open(**bytes);
        ASSERT_TRUE(store.has_value()) << store.error().text;
        if (!is_at(model, **store)) history.step(number++, model);  // done, but nobody heard of it
        ChainHistory::expect_same(model, **store);
        ASSERT_FALSE(HasFailure()) << "round " << round << ", step " << number;
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace dusk::storage
