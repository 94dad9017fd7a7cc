#include "node/inlet.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <deque>
#include <mutex>

namespace dusk::node {
namespace {

constexpr std::array<std::size_t, 4> kMostOfTurn{256, 16, 32, 64};

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
        std::size_t bytes = 0;
    };
    struct Queue {
        std::deque<Waiting> messages{};
        std::size_t bytes = 0;
        std::size_t most = 0;
    };

    State(boost::asio::io_context& l, const InletLimits& limits, Handle h)
        : loop(l), most_bytes(limits.bytes), handle(std::move(h)) {
        queues = {Queue{.most = limits.chain}, Queue{.most = limits.strangers}, Queue{.most = limits.requests},
                  Queue{.most = limits.transactions}};
    }

    void wait() {
        boost::asio::post(loop, [self = shared_from_this()] { self->turn(); });
    }
    // What one turn of the loop handles, taken under the lock and handled without it; and whether there is more.
    std::pair<std::vector<Received>, bool> take_some() {
        const std::lock_guard lock(mutex);
        std::vector<Received> out;
        bool more = false;
        for (std::size_t i = 0; i < queues.size(); ++i) {
            Queue& queue = queues[i];
            for (std::size_t n = 0; n < kMostOfTurn[i] && !queue.messages.empty(); ++n) {
                out.push_back(std::move(queue.messages.front().message));
                queue.bytes -= queue.messages.front().bytes;
                queue.messages.pop_front();
            }
            more |= !queue.messages.empty();
        }
        waiting = more;
        return {std::move(out), more};
    }
    void turn() {
        const auto [messages, more] = take_some();
        for (const Received& message : messages) {
            if (!handle) return;
            const Handle now = handle;  // it may close the inlet
            now(message);
        }
        if (more) wait();
    }

    boost::asio::io_context& loop;
    std::size_t most_bytes;
    Handle handle;  // of the loop; none once it is closed
    std::mutex mutex{};
    // Under the lock.
    std::array<Queue, 4> queues{};
    bool waiting = false;  // a turn is to come
    bool closed = false;
};

Inlet::Inlet(boost::asio::io_context& loop, const InletLimits& limits, Handle handle)
    : state_(std::make_shared<State>(loop, limits, std::move(handle))) {}

bool Inlet::add(Received message, std::size_t bytes, Standing sender) {
    State& state = *state_;
    const auto which = static_cast<std::size_t>(inlet_queue_of(*message.message, sender));
    bool wake = false;
    {
        const std::lock_guard lock(state.mutex);
        State::Queue& queue = state.queues[which];
        if (state.closed || queue.messages.size() >= queue.most || queue.bytes + bytes > state.most_bytes) return false;
        queue.messages.push_back({std::move(message), bytes});
        queue.bytes += bytes;
        wake = !state.waiting;
        state.waiting = true;
    }
    if (wake) state.wait();
    return true;
}

void Inlet::close() {
    state_->handle = {};
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
    for (State::Queue& queue : state_->queues) {
        queue.messages.clear();
        queue.bytes = 0;
    }
}

}  // namespace dusk::node
