// The event stream of clients (spec/interfaces.md §5): who listens, to what, and what waits to be sent to them.
//
// No socket is known here. A listener has a queue of frames; whoever writes to the socket takes them out. A listener
// that does not keep up is cut off, not the node its memory.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace dusk::rpc {

struct Event {
    std::string component{};  // "blocks", "transactions", "contracts"
    std::string entity{};     // hash, id
    std::string topic{};
    std::optional<std::string> origin{};  // of events of contracts: the transaction, or block, that made it
    Bytes payload{};
};

// u32 (little-endian) length of the headers || headers, JSON || payload.
[[nodiscard]] Bytes frame_of(const Event& event);

// What a client listens to. Component and topic are compared without regard to case.
struct Subscription {
    std::string component{};
    std::optional<std::string> entity{};  // nothing: all of them
    std::string topic{};

    friend auto operator<=>(const Subscription&, const Subscription&) = default;
};

struct EventLimits {
    std::size_t listeners = 1024;
    std::size_t subscriptions = 1024;           // of one listener
    std::size_t bytes = std::size_t{64} << 20;  // of all that waits; beyond, those with the longest queues are cut off
};

// Bytes that wait to be sent, and what keeps them in order.
using WaitingBytes = std::shared_ptr<std::size_t>;

// One frame for all who get it.
class Frame {
  public:
    Frame(Bytes bytes, WaitingBytes waiting) : bytes_(std::move(bytes)), waiting_(std::move(waiting)) {
        *waiting_ += bytes_.size();
    }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
    ~Frame() { *waiting_ -= bytes_.size(); }

    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

  private:
    Bytes bytes_;
    WaitingBytes waiting_;
};
using FramePtr = std::shared_ptr<const Frame>;

class Listener {
  public:
    explicit Listener(WaitingBytes waiting) : waiting_(std::move(waiting)) {}
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { clear(); }

    [[nodiscard]] const std::string& session() const { return session_; }
    // The next frame; nothing where none waits.
    [[nodiscard]] FramePtr take();
    // It did not keep up, or the node stops: nothing more comes.
    [[nodiscard]] bool is_cut_off() const { return cut_off_; }
    // Called when a frame comes in, or it is cut off.
    void set_wake(std::function<void()> wake) { wake_ = std::move(wake); }

  private:
    friend class EventStream;
    void put(FramePtr frame);
    void clear();

    WaitingBytes waiting_;
    std::string session_{};
    std::set<Subscription> subscriptions_{};
    std::deque<FramePtr> queue_{};
    std::function<void()> wake_{};
    bool cut_off_ = false;
};

// On one thread.
class EventStream {
  public:
    // `random` outlives it.
    EventStream(const EventLimits& limits, RandomSource& random) : limits_(limits), random_(random) {}

    // A new listener with a session that nobody can guess: 32 hexadecimal digits. Null: there are too many.
    [[nodiscard]] std::shared_ptr<Listener> open();
    void close(const Listener& listener);

    enum class Outcome : std::uint8_t {
        done,
        no_session,       // unknown, or it is over
        no_subscription,  // nothing to take away
        too_many,         // subscriptions
    };
    [[nodiscard]] Outcome subscribe(std::string_view session, Subscription subscription);
    [[nodiscard]] Outcome unsubscribe(std::string_view session, Subscription subscription);

    // To each listener with a subscription that fits, once.
    void publish(const Event& event);
    // Whether anybody listens at all: what nobody hears need not be made.
    [[nodiscard]] bool has_listeners() const { return !listeners_.empty(); }
    [[nodiscard]] std::size_t listeners() const { return listeners_.size(); }
    // Nothing comes any more: all are told so.
    void end();
    [[nodiscard]] std::uint64_t cut_off() const { return cut_off_; }

  private:
    void cut_off(Listener& listener);

    EventLimits limits_;
    RandomSource& random_;
    std::map<std::string, std::shared_ptr<Listener>, std::less<>> listeners_{};
    WaitingBytes waiting_ = std::make_shared<std::size_t>(0);
    std::uint64_t cut_off_ = 0;
};

}  // namespace dusk::rpc
