// Objects on their way. The datagrams of one object from one node to another follow each other like the cars of a
// train.
#pragma once

#include <span>

#include "sim/kadcast/links.hpp"
#include "sim/kadcast/ways.hpp"
#include "sim/timed_queue.hpp"

namespace dusk::sim {

struct Train {
    VirtualNode from = 0;
    VirtualNode to = 0;
    std::uint8_t height = 0;
    std::uint32_t object = 0;  // whatever the owner counts by it
    std::uint32_t cars = 0;
};

class Trains {
  public:
    // Cars arrive one by one, or `most_at_once` together when the last of them is there. `is_reliable`: the whole train
    // is late by the repetitions that it needs.
    Trains(Links& links, std::uint32_t most_at_once, bool is_reliable = false)
        : links_(links), most_at_once_(most_at_once), is_reliable_(is_reliable) {}

    // From one node to others, each of whom gets all datagrams, one node after the other.
    void send(VirtualNode from, std::span<const Copy> copies, std::uint32_t object, std::size_t datagrams,
              std::size_t datagram_bytes, MonotonicTime now);

    struct Arrival {
        MonotonicTime at{};
        MonotonicTime left{};  // the sender's line; of what is sent again, as if it had left later
        Train train{};
        std::uint32_t first = 0;  // car
        std::uint32_t count = 0;
        bool is_last = false;  // of its train
    };
    [[nodiscard]] bool empty() const { return queue_.empty(); }
    [[nodiscard]] MonotonicTime next_at() const { return queue_.next_at(); }
    [[nodiscard]] Arrival pop();

  private:
    struct Moving {
        MonotonicTime at{};  // of the last car of the next group
        std::uint64_t order = 0;
        std::uint32_t train = 0;
    };
    struct Schedule {
        Train train{};
        MonotonicTime start{};  // when car 0 would have arrived if it took no time to send
        std::chrono::nanoseconds delay{};
        std::chrono::nanoseconds step{};
        std::uint32_t next = 0;
    };
    void schedule(std::uint32_t train);

    Links& links_;
    std::uint32_t most_at_once_;
    bool is_reliable_;
    std::vector<Schedule> trains_{};
    std::vector<std::uint32_t> free_{};
    TimedQueue<Moving> queue_{};
};

}  // namespace dusk::sim
