// The objects that came and went lately: what an operator follows a message through the network by.
#pragma once

#include <deque>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "kadcast/chunk.hpp"
#include "node/peer.hpp"

namespace dusk::node {

struct TracedObject {
    std::uint64_t number = 0;  // counts up from 1
    ByteArray<32> ray_id{};
    std::uint8_t topic = 0;  // of the message; 255: it cannot be decoded
    bool is_own = false;     // made here
    Peer from{};             // who sent the chunk that completed it
    std::uint8_t height = 0;
    std::size_t bytes = 0;
    std::size_t chunks = 0;       // that came until it was complete
    std::size_t late_chunks = 0;  // that came afterwards: nobody needed them
    MonotonicTime first{};        // chunk
    MonotonicTime complete{};
};

struct RecentObjects {
    std::vector<TracedObject> objects{};  // oldest first
    std::uint64_t last = 0;               // number of the last one of all; 0: there is none
};

// The network's thread writes, any thread reads. Memory is bounded: the oldest go.
class ObjectTrace {
  public:
    explicit ObjectTrace(std::size_t most = 1024) : most_(most) {}

    // What a datagram carries a part of. Gives the topic of the object where it is complete already.
    std::optional<std::uint8_t> on_chunk(const kadcast::RayId& ray_id, MonotonicTime now);
    void on_complete(const kadcast::RayId& ray_id, std::uint8_t topic, const Peer& from, std::uint8_t height,
                     std::size_t bytes, MonotonicTime now);
    void on_own(const kadcast::RayId& ray_id, std::uint8_t topic, const Peer& self, std::size_t bytes,
                MonotonicTime now);

    // Those with a number above this one.
    [[nodiscard]] RecentObjects after(std::uint64_t number) const;

  private:
    struct Arrival {
        MonotonicTime first{};
        std::size_t chunks = 0;
        std::uint64_t number = 0;  // of the object, once it is complete
    };
    // Ray ids are chosen by others: where they fall is not.
    struct Hash {
        std::uint64_t key = 0;
        std::size_t operator()(const kadcast::RayId& ray_id) const;
    };
    Arrival& arrival(const kadcast::RayId& ray_id, MonotonicTime now);
    void add(TracedObject object);
    [[nodiscard]] TracedObject* find(std::uint64_t number);

    static constexpr std::size_t kMostArrivals = 8192;
    static std::uint64_t random_key();

    std::size_t most_;
    mutable std::mutex mutex_;
    std::unordered_map<kadcast::RayId, Arrival, Hash> arrivals_{64, Hash{random_key()}};
    std::deque<kadcast::RayId> order_;  // of the arrivals
    std::deque<TracedObject> objects_;  // their numbers follow one another
    std::uint64_t next_number_ = 1;
};

}  // namespace dusk::node
