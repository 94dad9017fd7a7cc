#include "rpc/jsonrpc/event_hub.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace dusk::rpc::jsonrpc {

Subscriber::~Subscriber() {
    if (hub_ == nullptr) return;
    for (const Subscription& one : subscriptions_) hub_->log_.remove_listener(one.channel);
    hub_->subscribers_.erase(this);
}

Answer<Subscriber::Subscribed> Subscriber::subscribe(Channel channel, EventFilter filter,
                                                     std::optional<std::uint64_t> from) {
    if (subscriptions_.size() >= hub_->limits_.subscriptions) {
        return fail(over_limit("subscriptions of a session", hub_->limits_.subscriptions));
    }
    EventLog& log = hub_->log_;
    const std::uint64_t next = log.next();
    if (from) {
        const std::uint64_t oldest = log.oldest(channel);
        if (*from < oldest || *from > next) {
            const bool is_past = *from < oldest;
            return fail(Error{ErrorCode::gone,
                              is_past ? fmt::format("events from {} on are not kept any more: ask for what you missed, "
                                                    "and subscribe without \"from\"",
                                                    *from)
                                      : fmt::format("there was no event {} yet; the next one is {}", *from, next),
                              {{"oldest", oldest}, {"next", next}}});
        }
    }
    log.add_listener(channel);
    Subscription& made = subscriptions_.emplace_back();
    made.id = fmt::format("s{}", ++last_id_);
    made.channel = channel;
    made.filter = std::move(filter);
    made.next = from.value_or(next);
    return Subscribed{.id = made.id, .next = made.next};
}

bool Subscriber::unsubscribe(std::string_view id) {
    const auto found = std::ranges::find(subscriptions_, id, &Subscription::id);
    if (found == subscriptions_.end()) return false;
    hub_->log_.remove_listener(found->channel);
    subscriptions_.erase(found);
    return true;
}

void Subscriber::activate() {
    for (Subscription& one : subscriptions_) one.is_active = true;
}

std::optional<std::string> Subscriber::take() {
    const EventLog& log = hub_->log_;
    Subscription* first = nullptr;
    for (Subscription& one : subscriptions_) {
        if (!one.is_active || one.next < log.oldest()) continue;
        while (one.next < log.next() && !one.fits(log.at(one.next))) ++one.next;
        if (one.next < log.next() && (first == nullptr || one.next < first->next)) first = &one;
    }
    if (first == nullptr) return {};
    const LoggedEvent& event = log.at(first->next++);
    return fmt::format(
        R"({{"jsonrpc":"2.0","method":"subscription","params":{{"subscription":"{}","sequence":{},"channel":"{}","event":{}}}}})",
        first->id, event.sequence, name_of(event.channel), event.json);
}

bool Subscriber::is_behind() const {
    return std::ranges::any_of(subscriptions_, [&](const Subscription& one) { return one.next < hub_->log_.oldest(); });
}

std::uint64_t Subscriber::resume_at() const {
    std::uint64_t out = hub_->log_.next();
    for (const Subscription& one : subscriptions_) out = std::min(out, one.next);
    return out;
}

void Subscriber::offer(const LoggedEvent& event) {
    bool is_due = false;
    for (Subscription& one : subscriptions_) {
        if (one.next == event.sequence && !one.fits(event)) {
            ++one.next;
        } else {
            is_due = is_due || one.is_active;
        }
    }
    if (is_due && wake_) wake_();
}

void Subscriber::end() {
    is_ended_ = true;
    if (wake_) wake_();
}

EventHub::~EventHub() {
    for (Subscriber* one : subscribers_) {
        one->is_ended_ = true;
        one->hub_ = nullptr;
    }
}

std::unique_ptr<Subscriber> EventHub::connect() {
    if (is_ended_ || subscribers_.size() >= limits_.sessions) return nullptr;
    std::unique_ptr<Subscriber> out(new Subscriber(*this));
    subscribers_.insert(out.get());
    return out;
}

void EventHub::publish(Channel channel, EventKeys keys, std::string json) {
    const LoggedEvent& event = log_.add(channel, std::move(keys), std::move(json));
    for (Subscriber* one : subscribers_) one->offer(event);
}

void EventHub::end() {
    is_ended_ = true;
    for (Subscriber* one : subscribers_) one->end();
}

}  // namespace dusk::rpc::jsonrpc
