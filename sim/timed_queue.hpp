// What is still to happen, by virtual time. Events of one instant come in the order in which they were put in.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/clock.hpp"

namespace dusk::sim {

// An event has `at`, the time, and `order`, which the queue sets.
template <class Event>
class TimedQueue {
  public:
    void push(Event event) {
        event.order = ++pushed_;
        heap_.push_back(std::move(event));
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    // The next one; there is one.
    [[nodiscard]] Event pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        Event out = std::move(heap_.back());
        heap_.pop_back();
        return out;
    }
    [[nodiscard]] bool empty() const { return heap_.empty(); }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }
    [[nodiscard]] MonotonicTime next_at() const { return heap_.front().at; }

  private:
    static bool later(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

    std::vector<Event> heap_;
    std::uint64_t pushed_ = 0;
};

}  // namespace dusk::sim
