// One message on its way through a network: what each node says of it, put together.
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dusk::app {

// What one node says of a message. Times are unix microseconds.
struct MessageSighting {
    std::uint64_t number = 0;  // of the object, at that node
    bool is_own = false;       // the node made it
    std::string from{};        // who sent it the last part that it needed
    std::uint64_t height = 0;
    std::uint64_t chunks = 0;       // that it needed
    std::uint64_t late_chunks = 0;  // that came when it had it
    std::uint64_t first_us = 0;
    std::uint64_t complete_us = 0;
};

struct TracedMessage {
    std::string ray_id{};
    std::string kind{};
    std::uint64_t bytes = 0;
    std::map<std::size_t, MessageSighting> sightings{};  // by node

    // When the first node had it, and how long until the last one did.
    [[nodiscard]] std::uint64_t begin_us() const;
    [[nodiscard]] std::uint64_t spread_us() const;
};

// For one node: "12:00:01.123456 validation 3f2a91b4 224 B from 127.0.0.1:9101 height 125, 6 chunks in 0.21 ms, 5
// late". For several: how many of them have it, within which time, and what each says.
[[nodiscard]] std::string trace_line(const TracedMessage& message, const std::vector<std::string>& nodes);
[[nodiscard]] nlohmann::ordered_json trace_json(const TracedMessage& message, const std::vector<std::string>& nodes);

// Collects what nodes say, and gives messages out when they had the time to reach everybody.
class NetworkTrace {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // `settle`: after a message was heard of for the first time.
    NetworkTrace(std::size_t nodes, std::chrono::milliseconds settle) : after_(nodes, 0), settle_(settle) {}

    // The number after which the node is to be asked. What is not given out is asked for again: counts grow.
    [[nodiscard]] std::uint64_t after(std::size_t node) const;
    // What the node answered: {"objects": […]}. False where it is no such answer.
    bool add(std::size_t node, const nlohmann::ordered_json& answer, Time now);
    // Leaves out what the node has up to this number.
    void skip(std::size_t node, std::uint64_t number) { after_[node] = number; }
    // Those that have settled, by the time of their beginning.
    [[nodiscard]] std::vector<TracedMessage> take(Time now);

  private:
    struct Pending {
        TracedMessage message{};
        Time heard{};
    };
    std::vector<std::uint64_t> after_;  // given out up to here
    std::chrono::milliseconds settle_;
    std::map<std::string, Pending> pending_{};  // by ray id
};

}  // namespace dusk::app
