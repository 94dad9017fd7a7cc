// Who listens to events over WebSockets, and what comes next for each. Nobody has a queue of his own: a subscription is
// a place in the log, and whoever falls behind the end of the log is let go.
#pragma once

#include <functional>

#include "rpc/jsonrpc/event_log.hpp"
#include "rpc/jsonrpc/rpc_error.hpp"

namespace dusk::rpc::jsonrpc {

struct HubLimits {
    EventLogLimits log{};
    std::size_t sessions = 1024;
    std::size_t subscriptions = 64;  // of one session
};

// One session. When its hub is gone it is ended, and may only be destroyed.
class Subscriber {
  public:
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;
    ~Subscriber();

    struct Subscribed {
        std::string id{};
        std::uint64_t next = 0;  // the first event that may come
    };
    // `from`: the first number that is wanted; nothing: from now on. Nothing comes before `activate`. Errors: limit;
    // gone, where events from there on are not kept, or the number is of the future.
    [[nodiscard]] Answer<Subscribed> subscribe(Channel channel, EventFilter filter, std::optional<std::uint64_t> from);
    // False: there is none of this name.
    bool unsubscribe(std::string_view id);
    // What was answered may be sent: events of new subscriptions come from now on.
    void activate();

    // The next notification, in the order of the numbers; nothing where there is none yet.
    [[nodiscard]] std::optional<std::string> take();
    // The log went past it: events are lost to it.
    [[nodiscard]] bool is_behind() const;
    // The number from which on it wants events.
    [[nodiscard]] std::uint64_t resume_at() const;
    // Nothing comes any more: the node stops.
    [[nodiscard]] bool is_ended() const { return is_ended_; }
    // Called when there may be something to take, or it is over.
    void set_wake(std::function<void()> wake) { wake_ = std::move(wake); }

  private:
    friend class EventHub;
    struct Subscription {
        std::string id{};
        Channel channel{};
        EventFilter filter{};
        std::uint64_t next = 0;
        bool is_active = false;

        [[nodiscard]] bool fits(const LoggedEvent& event) const {
            return event.channel == channel && filter.fits(event.keys);
        }
    };
    explicit Subscriber(class EventHub& hub) : hub_(&hub) {}
    // An event came.
    void offer(const LoggedEvent& event);
    void end();

    EventHub* hub_;  // null: it is gone
    std::vector<Subscription> subscriptions_{};
    std::uint64_t last_id_ = 0;
    std::function<void()> wake_{};
    bool is_ended_ = false;
};

// On one thread.
class EventHub {
  public:
    EventHub(const HubLimits& limits, std::uint64_t first, const Clock& clock)
        : limits_(limits), log_(limits.log, first, clock) {}
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;
    ~EventHub();

    // Null: there are too many, or the node stops.
    [[nodiscard]] std::unique_ptr<Subscriber> connect();
    void publish(Channel channel, EventKeys keys, std::string json);
    // All are told that it is over.
    void end();

    [[nodiscard]] EventLog& log() { return log_; }
    [[nodiscard]] const HubLimits& limits() const { return limits_; }
    [[nodiscard]] std::size_t sessions() const { return subscribers_.size(); }

  private:
    friend class Subscriber;

    HubLimits limits_;
    EventLog log_;
    std::set<Subscriber*> subscribers_;
    bool is_ended_ = false;
};

}  // namespace dusk::rpc::jsonrpc
