#include "node/thread_pool.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

TEST(ThreadPool, RunsEveryTaskOnce) {
    for (unsigned threads : {1U, 2U, 5U}) {
        ThreadPool pool(threads);
        EXPECT_EQ(pool.concurrency(), threads);
        for (std::size_t count : {0U, 1U, 3U, 1000U}) {
            std::vector<std::atomic<int>> calls(count);
            pool.parallel_for(count, [&](std::size_t i) { ++calls[i]; });
            for (const auto& n : calls) EXPECT_EQ(n.load(), 1);
        }
    }
}

TEST(ThreadPool, ServesSeveralCallers) {
    ThreadPool pool(3);
    std::atomic<int> sum{0};
    std::vector<std::thread> callers;
    callers.reserve(4);
    for (int c = 0; c < 4; ++c) {
        callers.emplace_back([&] {
            for (int round = 0; round < 50; ++round) pool.parallel_for(20, [&](std::size_t) { ++sum; });
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(sum.load(), 4 * 50 * 20);
}

}  // namespace
}  // namespace dusk::node
