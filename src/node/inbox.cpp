#include "node/inbox.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace dusk::node {
namespace {

// Turns of the loop without a new message, after which those that are here are handed on: what can be read takes a turn
// for the head of a frame and one for its content.
constexpr int kQuietTurns = 3;

}  // namespace

struct Inbox::State : std::enable_shared_from_this<State> {
    State(boost::asio::io_context& l, Handle h, std::size_t m) : loop(l), handle(std::move(h)), most(m) {}

    void wait() {
        boost::asio::post(loop, [self = shared_from_this()] { self->turn(); });
    }
    void turn() {
        if (messages.empty()) return;
        quiet = messages.size() == before ? quiet + 1 : 0;
        before = messages.size();
        if (quiet < kQuietTurns && messages.size() < most) return wait();
        const std::vector<Received> taken = std::exchange(messages, {});
        before = 0;
        quiet = 0;
        const Handle now = handle;  // it may close the inbox
        for (std::span<const Received> rest(taken); !rest.empty() && handle;) {
            const auto some = rest.first(std::min(rest.size(), most));
            now(some);
            rest = rest.subspan(some.size());
        }
    }

    boost::asio::io_context& loop;
    Handle handle;  // none once it is closed
    std::size_t most;
    std::vector<Received> messages{};
    std::size_t before = 0;  // messages at the last turn
    int quiet = 0;
};

Inbox::Inbox(boost::asio::io_context& loop, Handle handle, std::size_t most)
    : state_(std::make_shared<State>(loop, std::move(handle), most)) {}

void Inbox::add(Received message) {
    if (!state_->handle) return;
    state_->messages.push_back(std::move(message));
    if (state_->messages.size() == 1) state_->wait();
}

void Inbox::close() {
    state_->handle = {};
    state_->messages.clear();
}

}  // namespace dusk::node
