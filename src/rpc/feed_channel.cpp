#include "rpc/feed_channel.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace dusk::rpc {

namespace asio = boost::asio;

FeedChannel feed_channel(asio::io_context& loop, std::size_t capacity) {
    auto writer = std::make_shared<FeedWriter>(loop, capacity);
    auto reader = std::make_shared<FeedReader>(loop, writer);
    writer->self_ = writer;
    writer->reader_ = reader;
    return {std::move(writer), std::move(reader)};
}

bool FeedWriter::put(ByteView part) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return is_closed_ || waiting_.size() < capacity_; });
    if (is_closed_) return false;
    const bool was_empty = waiting_.empty();
    append(waiting_, part);
    if (was_empty && !waiting_.empty()) wake_reader();
    return true;
}

void FeedWriter::finish(std::optional<HttpResponse> answer, bool is_broken) {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    is_broken_ = is_broken;
    answer_ = std::move(answer);
    wake_reader();
}

void FeedWriter::wake_reader() {
    asio::post(loop_, [self = self_.lock()] {
        if (const auto reader = self->reader_.lock()) reader->timer_.cancel();
    });
}

void FeedReader::close() {
    {
        const std::lock_guard lock(writer_->mutex_);
        writer_->is_closed_ = true;
        writer_->waiting_.clear();
    }
    writer_->room_.notify_all();
    timer_.cancel();
}

// Until the writer has something to say.
asio::awaitable<void> FeedReader::wait() {
    while (true) {
        {
            const std::lock_guard lock(writer_->mutex_);
            if (!writer_->waiting_.empty() || writer_->is_ended_ || writer_->is_closed_) co_return;
            // Whatever the writer does from here on wakes this up: that is posted to this loop.
            timer_.expires_at(asio::steady_timer::time_point::max());
        }
        boost::system::error_code ended;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    }
}

asio::awaitable<std::optional<HttpResponse>> FeedReader::begun() {
    co_await wait();
    const std::lock_guard lock(writer_->mutex_);
    if (!writer_->waiting_.empty() || !(writer_->is_broken_ || writer_->is_closed_)) co_return std::nullopt;
    co_return writer_->answer_.value_or(HttpResponse::error(503, "the node is stopping"));
}

asio::awaitable<std::optional<Bytes>> FeedReader::next() {
    co_await wait();
    Bytes out;
    bool is_whole = false;
    {
        const std::lock_guard lock(writer_->mutex_);
        out = std::exchange(writer_->waiting_, {});
        is_whole = !writer_->is_broken_ && !writer_->is_closed_;
    }
    writer_->room_.notify_all();
    if (out.empty() && !is_whole) co_return std::nullopt;
    co_return out;
}

}  // namespace dusk::rpc
