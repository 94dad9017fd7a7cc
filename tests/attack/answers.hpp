// Nodes that do not exist, but answer: each is asked whether it is there and says so, which makes it a confirmed node
// of the table of whoever asks.
#pragma once

#include <atomic>
#include <span>
#include <thread>
#include <vector>

#include "floods.hpp"

namespace dusk::attack {

class Answers {
  public:
    // Listens on the addresses of `sources`, and greets the nodes on these ports of 127.0.0.1. Those whose address is
    // in use stay silent.
    Answers(std::span<const Flood::Source> sources, std::span<const std::uint16_t> ports);
    Answers(const Answers&) = delete;
    Answers& operator=(const Answers&) = delete;
    ~Answers();

    // Questions that were answered so far.
    [[nodiscard]] std::uint64_t count() const { return count_; }

  private:
    struct Listener {
        int handle = -1;
        kadcast::Header header{};
    };
    void listen();
    void answer(const Listener& listener);

    std::vector<Listener> listeners_{};
    std::atomic<std::uint64_t> count_{0};
    std::atomic<bool> is_over_{false};
    std::thread thread_{};
};

}  // namespace dusk::attack
