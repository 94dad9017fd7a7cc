#include "rpc/archive_reader.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

namespace dusk::rpc {

namespace asio = boost::asio;
using chronicle::FailureKind;

chronicle::Outcome<void> ArchiveReader::try_once(const Question& question) {
    if (!queries_) {
        auto opened = chronicle::open_database(database_, chronicle::Access::read);
        if (!opened) return fail(opened.error());
        connection_ = *std::move(opened);
        auto queries = chronicle::Queries::open(*connection_);
        if (!queries) return fail(queries.error());
        queries_.emplace(*queries);
    }
    return question(*queries_);
}

Result<void, std::string> ArchiveReader::answer(const Question& question) {
    const bool was_open = queries_.has_value();
    auto done = try_once(question);
    if (!done && done.error().kind == FailureKind::unreachable) {
        queries_.reset();
        if (was_open) done = try_once(question);
    }
    if (done) return {};
    if (done.error().kind == FailureKind::too_much) return fail(done.error().text);
    queries_.reset();
    // Its text may name folders and hosts.
    return fail(std::string(done.error().kind == FailureKind::unreachable ? "the archive is not ready: try again later"
                                                                          : "Internal server error"));
}

asio::awaitable<Result<void, std::string>> ArchiveReader::ask(Question question) {
    if (stopped_) co_return fail(std::string("the node is stopping"));
    if (waiting_.size() >= kMostWaiting) co_return fail(std::string("too many questions wait: try again later"));
    const auto asked = std::make_shared<Asked>(loop_);
    asked->question = std::move(question);
    asked->done.expires_at(asio::steady_timer::time_point::max());
    waiting_.insert(asked);
    thread_.add([this, asked] {
        auto result = std::make_shared<Result<void, std::string>>();
        try {
            *result = answer(asked->question);
        } catch (const std::exception&) {
            *result = fail(std::string("Internal server error"));
        }
        return [asked, result] {
            asked->answer = std::move(*result);
            asked->done.cancel();
        };
    });
    boost::system::error_code ended;
    co_await asked->done.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    waiting_.erase(asked);
    if (!asked->answer) co_return fail(std::string("the node is stopping"));
    co_return *std::move(asked->answer);
}

asio::awaitable<Result<void, std::string>> ArchiveReader::ask_lists(ListQuestion question) {
    co_return co_await ask([this, question = std::move(question)](chronicle::Queries& /*queries*/) {
        chronicle::Lists lists(*connection_);  // open where there are queries
        return question(lists);
    });
}

void ArchiveReader::stop() {
    if (stopped_) return;
    stopped_ = true;
    thread_.stop();
    for (const auto& asked : waiting_) asked->done.cancel();
}

}  // namespace dusk::rpc
