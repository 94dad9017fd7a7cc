// Bytes on their way from a thread that makes them to a client that reads them, no faster than it does
// (spec/interfaces.md §4).
//
//     auto [writer, reader] = feed_channel(loop, capacity);
//     on the thread:  while (writer->put(part)) …;  writer->end();
//     on the loop:    co_await reader->begun();  then the reader is the body of an answer
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <mutex>

#include "rpc/http.hpp"

namespace dusk::rpc {

class FeedWriter;
class FeedReader;
struct FeedChannel {
    std::shared_ptr<FeedWriter> writer;
    std::shared_ptr<FeedReader> reader;
};
// `loop` outlives both ends. At most about `capacity` bytes wait, and one part.
[[nodiscard]] FeedChannel feed_channel(boost::asio::io_context& loop, std::size_t capacity);

// The end of the thread.
class FeedWriter {
  public:
    explicit FeedWriter(boost::asio::io_context& loop, std::size_t capacity) : loop_(loop), capacity_(capacity) {}

    // Waits while there is no room. False: nobody reads any more.
    [[nodiscard]] bool put(ByteView part);
    // That was all.
    void end() { finish({}, false); }
    // It broke off. `answer` is for a client that has got nothing yet.
    void break_off(HttpResponse answer) { finish(std::move(answer), true); }

  private:
    friend class FeedReader;
    friend FeedChannel feed_channel(boost::asio::io_context& loop, std::size_t capacity);
    void finish(std::optional<HttpResponse> answer, bool is_broken);
    void wake_reader();

    boost::asio::io_context& loop_;
    std::size_t capacity_;
    std::weak_ptr<FeedReader> reader_{};  // on the loop only
    std::weak_ptr<FeedWriter> self_{};
    std::mutex mutex_;
    std::condition_variable room_;
    Bytes waiting_{};
    std::optional<HttpResponse> answer_{};
    bool is_ended_ = false;
    bool is_broken_ = false;
    bool is_closed_ = false;  // nobody reads
};

// The end of the loop.
class FeedReader final : public BodySource {
  public:
    FeedReader(boost::asio::io_context& loop, std::shared_ptr<FeedWriter> writer)
        : writer_(std::move(writer)), timer_(loop) {}
    ~FeedReader() override { close(); }

    // Waits until something came, or the end. An answer: it broke off before anything came.
    [[nodiscard]] boost::asio::awaitable<std::optional<HttpResponse>> begun();
    [[nodiscard]] boost::asio::awaitable<std::optional<Bytes>> next() override;
    // Nothing more is read; whoever waits is told that it broke off.
    void close();

  private:
    friend class FeedWriter;
    [[nodiscard]] boost::asio::awaitable<void> wait();

    std::shared_ptr<FeedWriter> writer_;
    boost::asio::steady_timer timer_;
};

}  // namespace dusk::rpc
