#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <mutex>

#include "base/allowance.hpp"
#include "node/inlet.hpp"

namespace dusk::node {
namespace {

constexpr std::array<std::size_t, 4> kMostOfTurn{256, 8, 32, 64};
constexpr auto kStrangers = static_cast<std::size_t>(InletQueue::strangers);
constexpr std::chrono::milliseconds kPause{20};  // until strangers that used up their allowance are looked at again

}  // namespace

InletQueue inlet_queue_of(const ledger::Message& message, Standing sender) {
    const auto& payload = message.payload;
    if (std::holds_alternative<ledger::TransactionMessage>(payload)) return InletQueue::transactions;
    const bool is_request = std::holds_alternative<ledger::GetResourceMessage>(payload) ||
                            std::holds_alternative<ledger::GetBlocksMessage>(payload) ||
                            std::holds_alternative<ledger::GetMempoolMessage>(payload) ||
                            std::holds_alternative<ledger::InventoryMessage>(payload);
    if (is_request) return InletQueue::requests;
    return sender == Standing::peer ? InletQueue::chain : InletQueue::strangers;
}

struct Inlet::State : std::enable_shared_from_this<State> {
    struct Waiting {
        Received message{};
        Standing sender{};
        std::size_t bytes = 0;
    };
    struct Queue {
        std::deque<Waiting> messages{};
        std::size_t bytes = 0;
        std::size_t most = 0;
    };

    State(boost::asio::io_context& l, const Clock& c, const InletLimits& limits, Handle h)
        : loop(l),
          clock(c),
          most_bytes(limits.bytes),
          handle(std::move(h)),
          timer(l),
          allowance(limits.strangers_per_second, limits.strangers_at_once, c.monotonic_time()) {
        queues = {Queue{.most = limits.chain}, Queue{.most = limits.strangers}, Queue{.most = limits.requests},
                  Queue{.most = limits.transactions}};
    }

    void wait() {
        boost::asio::post(loop, [self = shared_from_this()] { self->turn(); });
    }
    struct Taken {
        std::vector<Waiting> messages{};
        bool more = false;      // for the next turn
        bool too_many = false;  // of strangers: later
    };
    // What one turn of the loop handles, taken under the lock and handled without it.
    Taken take_some() {
        const MonotonicTime now = clock.monotonic_time();
        const std::lock_guard lock(mutex);
        Taken out;
        for (std::size_t i = 0; i < queues.size(); ++i) {
            Queue& queue = queues[i];
            bool is_used_up = false;
            for (std::size_t n = 0; n < kMostOfTurn[i] && !queue.messages.empty(); ++n) {
                is_used_up = i == kStrangers && !allowance.take(1, now);
                if (is_used_up) break;
                out.messages.push_back(std::move(queue.messages.front()));
                queue.bytes -= out.messages.back().bytes;
                queue.messages.pop_front();
            }
            (is_used_up ? out.too_many : out.more) |= !queue.messages.empty();
        }
        waiting = out.more;
        return out;
    }
    void pause() {
        if (std::exchange(is_paused, true)) return;
        timer.expires_after(kPause);
        timer.async_wait([self = shared_from_this()](const auto& error) {
            self->is_paused = false;
            if (error || !self->begins_turn()) return;
            self->turn();
        });
    }
    // Nobody else does.
    bool begins_turn() {
        const std::lock_guard lock(mutex);
        return !std::exchange(waiting, true);
    }
    void turn() {
        const auto [messages, more, too_many] = take_some();
        for (const Waiting& one : messages) {
            if (!handle) return;
            const Handle now = handle;  // it may close the inlet
            now(one.message, one.sender);
        }
        if (more) wait();
        if (too_many) pause();
    }

    boost::asio::io_context& loop;
    const Clock& clock;
    std::size_t most_bytes;
    Handle handle;  // of the loop, as the next two; none once it is closed
    boost::asio::steady_timer timer;
    bool is_paused = false;
    std::mutex mutex{};
    // Under the lock.
    std::array<Queue, 4> queues{};
    Allowance allowance;
    bool waiting = false;  // a turn is to come
    bool closed = false;
};

Inlet::Inlet(boost::asio::io_context& loop, const Clock& clock, const InletLimits& limits, Handle handle)
    : state_(std::make_shared<State>(loop, clock, limits, std::move(handle))) {}

bool Inlet::add(Received message, std::size_t bytes, Standing sender) {
    State& state = *state_;
    const auto which = static_cast<std::size_t>(inlet_queue_of(*message.message, sender));
    bool wake = false;
    {
        const std::lock_guard lock(state.mutex);
        State::Queue& queue = state.queues[which];
        if (state.closed || queue.messages.size() >= queue.most || queue.bytes + bytes > state.most_bytes) return false;
        queue.messages.push_back({std::move(message), sender, bytes});
        queue.bytes += bytes;
        wake = !state.waiting;
        state.waiting = true;
    }
    if (wake) state.wait();
    return true;
}

void Inlet::close() {
    state_->handle = {};
    state_->timer.cancel();
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
    for (State::Queue& queue : state_->queues) {
        queue.messages.clear();
        queue.bytes = 0;
    }
}

}  // namespace dusk::node
