#include "sim/kadcast/trains.hpp"

namespace dusk::sim {

void Trains::send(VirtualNode from, std::span<const Copy> copies, std::uint32_t object, std::size_t datagrams,
                  std::size_t datagram_bytes, MonotonicTime now) {
    const auto step = links_.time_of(datagram_bytes);
    for (const auto& copy : copies) {
        const MonotonicTime begin = links_.occupy(from, datagrams, datagram_bytes, now);
        const auto delay = links_.delay(from, copy.to);
        const auto again = is_reliable_ ? links_.draw_repetitions(datagrams) : 0;
        const Schedule made{.train = {.from = from,
                                      .to = copy.to,
                                      .height = copy.height,
                                      .object = object,
                                      .cars = static_cast<std::uint32_t>(datagrams)},
                            .start = begin + delay + 2 * again * delay,
                            .delay = delay,
                            .step = step};
        std::uint32_t place = 0;
        if (free_.empty()) {
            place = static_cast<std::uint32_t>(trains_.size());
            trains_.push_back(made);
        } else {
            place = free_.back();
            free_.pop_back();
            trains_[place] = made;
        }
        schedule(place);
    }
}

void Trains::schedule(std::uint32_t train) {
    const Schedule& moving = trains_[train];
    const std::uint32_t end = std::min(moving.next + most_at_once_, moving.train.cars);
    queue_.push({.at = moving.start + moving.step * end, .train = train});
}

Trains::Arrival Trains::pop() {
    const Moving moving = queue_.pop();
    Schedule& from = trains_[moving.train];
    Arrival out{.at = moving.at, .left = moving.at - from.delay, .train = from.train, .first = from.next};
    out.count = std::min(most_at_once_, from.train.cars - from.next);
    from.next += out.count;
    out.is_last = from.next == from.train.cars;
    if (out.is_last) {
        free_.push_back(moving.train);
    } else {
        schedule(moving.train);
    }
    return out;
}

}  // namespace dusk::sim
