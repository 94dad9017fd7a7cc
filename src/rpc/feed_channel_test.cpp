#include "rpc/feed_channel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <thread>

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

struct Read {
    std::optional<HttpResponse> answer{};
    Bytes bytes{};
    bool is_whole = false;
};

asio::awaitable<void> read_all(std::shared_ptr<FeedReader> reader, Read& out) {
    out.answer = co_await reader->begun();
    if (out.answer) co_return;
    while (true) {
        const auto part = co_await reader->next();
        if (!part) co_return;
        if (part->empty()) break;
        append(out.bytes, *part);
    }
    out.is_whole = true;
}

Read read_from(const std::function<void(FeedWriter&)>& write, std::size_t capacity = 16) {
    asio::io_context loop;
    FeedChannel channel = feed_channel(loop, capacity);
    Read out;
    std::thread thread([&write, end = std::move(channel.writer)] { write(*end); });
    asio::co_spawn(loop, read_all(std::move(channel.reader), out), asio::detached);
    loop.run();
    thread.join();
    return out;
}

TEST(FeedChannel, InOrderAndWhole) {
    Bytes all;
    const Read read = read_from([&](FeedWriter& writer) {
        for (unsigned i = 0; i < 5000; ++i) {
            const Bytes part(i % 40, static_cast<std::uint8_t>(i));
            append(all, part);
            ASSERT_TRUE(writer.put(part));
        }
        writer.end();
    });
    EXPECT_TRUE(read.is_whole);
    EXPECT_EQ(read.bytes, all);
}

TEST(FeedChannel, Nothing) {
    const Read read = read_from([](FeedWriter& writer) { writer.end(); });
    EXPECT_TRUE(read.is_whole);
    EXPECT_TRUE(read.bytes.empty());
}

TEST(FeedChannel, BrokenOffAtOnce) {
    const Read read = read_from([](FeedWriter& writer) { writer.break_off(HttpResponse::error(500, "no")); });
    ASSERT_TRUE(read.answer);
    EXPECT_EQ(read.answer->status, 500U);
}

TEST(FeedChannel, BrokenOffInTheMiddle) {
    const Read read = read_from([](FeedWriter& writer) {
        EXPECT_TRUE(writer.put(Bytes{1, 2, 3}));
        writer.break_off(HttpResponse::error(500, "no"));
    });
    EXPECT_FALSE(read.answer);
    EXPECT_FALSE(read.is_whole);
    EXPECT_EQ(read.bytes, (Bytes{1, 2, 3}));
}

TEST(FeedChannel, WaitsForAReaderThatIsSlow) {
    asio::io_context loop;
    FeedChannel channel = feed_channel(loop, 100);
    std::atomic<std::size_t> put = 0;
    std::atomic<bool> is_over = false;
    std::thread thread([&, end = channel.writer] {
        while (end->put(Bytes(50))) put += 50;
        is_over = true;
    });
    while (put < 100) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(put, 100U);
    EXPECT_FALSE(is_over);
    channel.reader.reset();  // the client is gone
    thread.join();
    EXPECT_TRUE(is_over);
    loop.run();
}

}  // namespace
}  // namespace dusk::rpc
