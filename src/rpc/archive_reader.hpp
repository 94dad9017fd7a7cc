// Questions to the archive of a node (src/chronicle). They run on a thread of their own with a connection of its own,
// one after the other, so that the loop of the node never waits for a database.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>

#include "chronicle/lists.hpp"
#include "chronicle/open_database.hpp"
#include "chronicle/queries.hpp"
#include "node/job_thread.hpp"

namespace dusk::rpc {

class ArchiveReader {
  public:
    static constexpr std::size_t kMostWaiting = 32;

    // `loop` outlives this; all calls are made on it. `database`: as in the configuration.
    ArchiveReader(std::string database, boost::asio::io_context& loop)
        : database_(std::move(database)), loop_(loop), thread_(loop) {}
    ~ArchiveReader() { stop(); }

    // Called on the thread. It is called again when the connection was lost meanwhile.
    using Question = std::function<chronicle::Outcome<void>(chronicle::Queries& queries)>;
    // Whether it was answered; the error is a sentence for the one who asked.
    [[nodiscard]] boost::asio::awaitable<Result<void, std::string>> ask(Question question);
    // The same of what people browse.
    using ListQuestion = std::function<chronicle::Outcome<void>(chronicle::Lists& lists)>;
    [[nodiscard]] boost::asio::awaitable<Result<void, std::string>> ask_lists(ListQuestion question);
    // What waits is answered with an error; the question under way is finished first.
    void stop();

  private:
    struct Asked {
        explicit Asked(boost::asio::io_context& loop) : done(loop) {}
        Question question{};
        std::optional<Result<void, std::string>> answer{};
        boost::asio::steady_timer done;
    };

    // On the thread.
    [[nodiscard]] Result<void, std::string> answer(const Question& question);
    [[nodiscard]] chronicle::Outcome<void> try_once(const Question& question);

    std::string database_;
    boost::asio::io_context& loop_;
    std::set<std::shared_ptr<Asked>> waiting_;
    bool stopped_ = false;
    // Of the thread.
    std::unique_ptr<chronicle::Database> connection_;
    std::optional<chronicle::Queries> queries_;
    node::JobThread thread_;
};

}  // namespace dusk::rpc
