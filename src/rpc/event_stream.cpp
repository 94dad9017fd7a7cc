#include "rpc/event_stream.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "base/writer.hpp"
#include "rpc/lower_case.hpp"

namespace dusk::rpc {
namespace {

// What a frame takes in a queue.
constexpr std::size_t kPlace = sizeof(FramePtr);

Subscription normal(Subscription subscription) {
    subscription.component = lower_case(subscription.component);
    subscription.topic = lower_case(subscription.topic);
    return subscription;
}

}  // namespace

Bytes frame_of(const Event& event) {
    // Keys ascend.
    nlohmann::json headers{{"Content-Location", "/on/" + event.component + ":" + event.entity + "/" + event.topic}};
    if (event.origin) headers["Rusk-Origin"] = *event.origin;
    const std::string text = headers.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Writer out(4 + text.size() + event.payload.size());
    out.prefixed_le<std::uint32_t>(as_bytes(text)).bytes(event.payload);
    return std::move(out).finish();
}

void Listener::put(FramePtr frame) {
    *waiting_ += kPlace;
    queue_.push_back(std::move(frame));
    if (wake_) wake_();
}

FramePtr Listener::take() {
    if (queue_.empty()) return nullptr;
    FramePtr out = std::move(queue_.front());
    queue_.pop_front();
    *waiting_ -= kPlace;
    return out;
}

void Listener::clear() {
    *waiting_ -= kPlace * queue_.size();
    queue_.clear();
}

std::shared_ptr<Listener> EventStream::open() {
    if (listeners_.size() >= limits_.listeners) return nullptr;
    auto out = std::make_shared<Listener>(waiting_);
    do {
        ByteArray<16> drawn{};
        random_.fill(drawn);
        out->session_ = to_hex(drawn);
    } while (listeners_.contains(out->session_));
    listeners_.emplace(out->session_, out);
    return out;
}

void EventStream::close(const Listener& listener) { listeners_.erase(listener.session()); }

EventStream::Outcome EventStream::subscribe(std::string_view session, Subscription subscription) {
    const auto at = listeners_.find(session);
    if (at == listeners_.end()) return Outcome::no_session;
    auto& subscriptions = at->second->subscriptions_;
    subscription = normal(std::move(subscription));
    if (subscriptions.size() >= limits_.subscriptions && !subscriptions.contains(subscription))
        return Outcome::too_many;
    subscriptions.insert(std::move(subscription));
    return Outcome::done;
}

EventStream::Outcome EventStream::unsubscribe(std::string_view session, Subscription subscription) {
    const auto at = listeners_.find(session);
    if (at == listeners_.end()) return Outcome::no_session;
    return at->second->subscriptions_.erase(normal(std::move(subscription))) > 0 ? Outcome::done
                                                                                 : Outcome::no_subscription;
}

void EventStream::publish(const Event& event) {
    const Subscription exact = normal({event.component, event.entity, event.topic});
    const Subscription of_all{exact.component, std::nullopt, exact.topic};
    FramePtr frame;
    for (auto& [session, listener] : listeners_) {
        if (listener->cut_off_) continue;
        if (!listener->subscriptions_.contains(exact) && !listener->subscriptions_.contains(of_all)) continue;
        if (!frame) frame = std::make_shared<const Frame>(frame_of(event), waiting_);
        listener->put(frame);
    }
    frame.reset();
    while (*waiting_ > limits_.bytes) {
        const auto slowest =
            std::ranges::max_element(listeners_, {}, [](const auto& one) { return one.second->queue_.size(); });
        if (slowest == listeners_.end() || slowest->second->queue_.empty()) break;
        cut_off(*slowest->second);
    }
}

void EventStream::end() {
    for (auto& [session, listener] : std::exchange(listeners_, {})) cut_off(*listener);
}

void EventStream::cut_off(Listener& listener) {
    listener.cut_off_ = true;
    listener.clear();
    ++cut_off_;
    if (listener.wake_) listener.wake_();
}

}  // namespace dusk::rpc
