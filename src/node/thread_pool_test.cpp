#include "node/thread_pool.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

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

// On whatever thread a task throws: the caller gets it, the other tasks are over, and the pool goes on.
TEST(ThreadPool, HandsExceptionsToTheCaller) {
    for (unsigned threads : {1U, 2U, 5U}) {
        ThreadPool pool(threads);
        for (const std::size_t thrower : {0U, 1U, 50U, 99U}) {
            std::atomic<int> running{0};
            const auto task = [&](std::size_t i) {
                ++running;
                if (i == thrower) {
                    --running;
                    throw std::length_error("this one");
                }
                std::this_thread::yield();
                --running;
            };
            EXPECT_THROW(pool.parallel_for(100, task), std::length_error);
            EXPECT_EQ(running.load(), 0);
        }
        EXPECT_THROW(pool.parallel_for(100, [](std::size_t) { throw 1; }), int);
        std::atomic<int> calls{0};
        pool.parallel_for(100, [&](std::size_t) { ++calls; });
        EXPECT_EQ(calls.load(), 100);
    }
}

}  // namespace
}  // namespace dusk::node
