// Threads for what clients ask and the loop of the node must not wait for. Few, so that the node keeps its cores; what
// waits for them is bounded.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <set>

namespace dusk::rpc {

// All calls are made on the loop, which outlives this.
class QueryThreads {
  public:
    QueryThreads(boost::asio::io_context& loop, unsigned threads, std::size_t most)
        : loop_(loop), most_(most), pool_(threads) {}
    QueryThreads(const QueryThreads&) = delete;
    QueryThreads& operator=(const QueryThreads&) = delete;
    ~QueryThreads() { stop(); }

    // What `question` gives on one of the threads. Nothing: as many as may be are asked already, the node stops, or the
    // question threw.
    template <class Question>
    [[nodiscard]] boost::asio::awaitable<std::optional<std::invoke_result_t<Question&>>> ask(Question question) {
        using Answer = std::invoke_result_t<Question&>;
        struct Asked : Waiting {
            Asked(boost::asio::io_context& loop, Question q) : Waiting(loop), question(std::move(q)) {}
            std::optional<Question> question;
            std::optional<Answer> answer{};
        };
        if (stopped_ || waiting_.size() >= most_) co_return std::nullopt;
        const auto asked = std::make_shared<Asked>(loop_, std::move(question));
        waiting_.insert(asked);
        boost::asio::post(pool_, [asked, &loop = loop_] {
            try {
                asked->answer.emplace((*asked->question)());
            } catch (...) {  // NOLINT(bugprone-empty-catch): no answer says it
            }
            // The session of a contract holds thousands of mappings: it goes now, not when the loop comes to the
            // answer.
            asked->question.reset();
            boost::asio::post(loop, [asked] { asked->done.cancel(); });
        });
        boost::system::error_code ended;
        co_await asked->done.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
        waiting_.erase(asked);
        co_return std::move(asked->answer);
    }

    // Questions that wait get no answer; the running ones are finished first.
    void stop() {
        if (stopped_) return;
        stopped_ = true;
        pool_.stop();
        pool_.join();
        for (const auto& one : waiting_) one->done.cancel();
    }

  private:
    struct Waiting {
        explicit Waiting(boost::asio::io_context& loop) : done(loop) {
            done.expires_at(boost::asio::steady_timer::time_point::max());
        }
        boost::asio::steady_timer done;
    };

    boost::asio::io_context& loop_;
    std::size_t most_;
    bool stopped_ = false;
    std::set<std::shared_ptr<Waiting>> waiting_;
    boost::asio::thread_pool pool_;
};

}  // namespace dusk::rpc
