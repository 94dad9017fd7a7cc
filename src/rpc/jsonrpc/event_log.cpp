#include "rpc/jsonrpc/event_log.hpp"

#include <algorithm>

namespace dusk::rpc::jsonrpc {

bool EventFilter::fits(const EventKeys& keys) const {
    if (!states.empty() && !states.contains(keys.state)) return false;
    if (!transactions.empty() && (!keys.transaction || !transactions.contains(*keys.transaction))) return false;
    if (account && std::ranges::find(keys.accounts, *account) == keys.accounts.end()) return false;
    if (contract && keys.contract != contract) return false;
    return !topic || keys.topic == *topic;
}

std::size_t LoggedEvent::size() const {
    return sizeof(LoggedEvent) + json.capacity() + keys.topic.capacity() +
           keys.accounts.capacity() * sizeof(ledger::KeyBytes);
}

bool EventLog::records(Channel channel) {
    Recording& it = recording(channel);
    if (it.is_on && it.listeners == 0 && clock_.monotonic_time() >= it.until) it.is_on = false;
    return it.is_on;
}

void EventLog::add_listener(Channel channel) {
    Recording& it = recording(channel);
    if (!records(channel)) {
        it.is_on = true;
        it.since = next();
    }
    ++it.listeners;
}

void EventLog::remove_listener(Channel channel) {
    Recording& it = recording(channel);
    if (it.listeners == 0) return;
    if (--it.listeners == 0) it.until = clock_.monotonic_time() + limits_.linger;
}

const LoggedEvent& EventLog::add(Channel channel, EventKeys keys, std::string json) {
    json.shrink_to_fit();
    events_.push_back({next(), channel, std::move(keys), std::move(json)});
    bytes_ += events_.back().size();
    while (events_.size() > 1 && (events_.size() > limits_.events || bytes_ > limits_.bytes)) {
        bytes_ -= events_.front().size();
        events_.pop_front();
        ++oldest_;
    }
    return events_.back();
}

std::uint64_t EventLog::oldest(Channel channel) {
    return records(channel) ? std::max(oldest_, recording(channel).since) : next();
}

}  // namespace dusk::rpc::jsonrpc
