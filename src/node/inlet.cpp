#include "node/inlet.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>

#include "base/allowance.hpp"
#include "node/fair_queue.hpp"

namespace dusk::node {
namespace {

constexpr std::array<std::size_t, 4> kMostOfTurn{256, 8, 32, 64};
constexpr auto kChain = static_cast<std::size_t>(InletQueue::chain);
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
    using Source = std::optional<Peer>;  // none: all strangers
    struct Waiting {
        Received message{};
        std::size_t bytes = 0;
    };
    using Queue = FairQueue<Source, Waiting>;

    State(boost::asio::io_context& l, const Clock& c, const InletLimits& limits, Handle h)
        : loop(l),
          clock(c),
          handle(std::move(h)),
          timer(l),
          queues{Queue({limits.chain, limits.bytes}), Queue({limits.strangers, limits.bytes}),
                 Queue({limits.requests, limits.bytes}), Queue({limits.transactions, limits.bytes})},
          allowance(limits.strangers_per_second, limits.strangers_at_once, c.monotonic_time()) {}

    // --- under the lock ---
    bool is_doubted(const Peer& peer) const {
        const auto found = doubted.find(peer);
        return found != doubted.end() && clock.monotonic_time() < found->second;
    }
    // Whether it found room itself.
    static bool put(Queue& queue, const Source& source, Waiting message) {
        const auto own = message.message.message;
        const std::size_t bytes = message.bytes;
        const auto dropped = queue.add(source, std::move(message), bytes);
        return std::ranges::none_of(dropped, [&](const Waiting& one) { return one.message.message == own; });
    }

    // --- of the loop ---
    void wait() {
        boost::asio::post(loop, [self = shared_from_this()] { self->turn(); });
    }
    // Messages of one standing.
    struct Run {
        std::vector<Received> messages{};
        Standing sender{};
    };
    struct Taken {
        std::vector<Run> runs{};
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
            std::map<Source, std::size_t> taken;
            bool is_used_up = false;
            for (std::size_t n = 0; n < kMostOfTurn[i] && !queue.empty(); ++n) {
                if (i == kChain && ++taken[*queue.next()] > kMostOfPeer) break;
                is_used_up = i == kStrangers && !allowance.take(1, now);
                if (is_used_up) break;
                auto one = queue.take();
                queue.charge(one->from, 1);
                const Standing sender = one->from ? Standing::peer : Standing::stranger;
                if (out.runs.empty() || out.runs.back().sender != sender) out.runs.push_back({.sender = sender});
                out.runs.back().messages.push_back(std::move(one->item.message));
            }
            (is_used_up ? out.too_many : out.more) |= !queue.empty();
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
        const auto [runs, more, too_many] = take_some();
        for (const Run& run : runs) {
            if (!handle) return;
            const Handle now = handle;  // it may close the inlet
            now(run.messages, run.sender);
        }
        if (more) wait();
        if (too_many) pause();
    }

    boost::asio::io_context& loop;
    const Clock& clock;
    Handle handle;  // of the loop, as the next two; none once it is closed
    boost::asio::steady_timer timer;
    bool is_paused = false;
    std::mutex mutex{};
    // Under the lock.
    std::array<Queue, 4> queues;
    Allowance allowance;
    std::map<Peer, MonotonicTime> doubted{};  // and until when
    bool waiting = false;                     // a turn is to come
    bool closed = false;
};

Inlet::Inlet(boost::asio::io_context& loop, const Clock& clock, const InletLimits& limits, Handle handle)
    : state_(std::make_shared<State>(loop, clock, limits, std::move(handle))) {}

bool Inlet::add(Received message, std::size_t bytes, Standing sender) {
    State& state = *state_;
    bool wake = false;
    {
        const std::lock_guard lock(state.mutex);
        if (state.closed) return false;
        if (state.is_doubted(message.from)) sender = Standing::stranger;
        const auto which = static_cast<std::size_t>(inlet_queue_of(*message.message, sender));
        const State::Source source = sender == Standing::peer ? State::Source(message.from) : std::nullopt;
        if (!State::put(state.queues[which], source, {std::move(message), bytes})) return false;
        wake = !state.waiting;
        state.waiting = true;
    }
    if (wake) state.wait();
    return true;
}

bool Inlet::doubt(const Peer& peer) {
    State& state = *state_;
    const std::lock_guard lock(state.mutex);
    if (state.is_doubted(peer)) return false;
    const MonotonicTime now = state.clock.monotonic_time();
    if (state.doubted.size() >= kMostDoubted) {
        std::erase_if(state.doubted, [&](const auto& one) { return one.second <= now; });
        if (state.doubted.size() >= kMostDoubted) return false;
    }
    state.doubted[peer] = now + kDoubt;
    const auto any = [](const auto&) { return true; };
    while (auto one = state.queues[kChain].take_if(peer, any)) {
        static_cast<void>(State::put(state.queues[kStrangers], std::nullopt, *std::move(one)));
    }
    return true;
}

void Inlet::close() {
    state_->handle = {};
    state_->timer.cancel();
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
    for (State::Queue& queue : state_->queues) queue.clear();
}

}  // namespace dusk::node
