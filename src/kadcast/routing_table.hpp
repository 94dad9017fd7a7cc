// The nodes that a node knows, in buckets by distance (spec/network.md §3).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "kadcast/identity.hpp"

namespace dusk::kadcast {

inline constexpr std::size_t kBucketNodes = 20;
inline constexpr std::size_t kHeights = 128;

struct TableSettings {
    std::chrono::nanoseconds node_ttl = std::chrono::seconds(30);         // since it was heard, a node is alive
    std::chrono::nanoseconds node_evict_after = std::chrono::seconds(5);  // without a sign, it makes room
    std::chrono::nanoseconds bucket_ttl = std::chrono::hours(1);          // without a sign, a bucket is looked after
    std::chrono::nanoseconds ping_after = std::chrono::seconds(20);       // of silence, a node is asked for a sign
    std::chrono::nanoseconds forget_after = std::chrono::minutes(10);     // of silence, a node is forgotten
};

struct KnownNode {
    Identity identity{};
    MonotonicTime seen{};
    std::optional<MonotonicTime> eviction_asked{};
    MonotonicTime pinged{};
};

enum class Insertion : std::uint8_t {
    inserted,
    updated,           // it was there
    pending,           // the bucket is full; it takes the place of a node that gives no sign
    full,              // the bucket is full of nodes that are alive
    invalid,           // the own identifier, or too little work
    network_mismatch,  // of another network
};

class RoutingTable {
  public:
    RoutingTable(const Identity& own, const TableSettings& settings);

    [[nodiscard]] Insertion insert(const Identity& node, MonotonicTime now);
    // Only where it is there; otherwise `pending` stands for "not there".
    [[nodiscard]] bool refresh(const Identity& node, MonotonicTime now);
    void forget_silent(MonotonicTime now);
    // The first node of the bucket of `id`, where it was asked to give a sign or make room.
    [[nodiscard]] const KnownNode* evicted_of(const NodeId& id) const;

    [[nodiscard]] bool contains(const NodeId& id) const;
    [[nodiscard]] bool is_full(const NodeId& id) const;  // its bucket
    [[nodiscard]] std::size_t size() const;
    // From least to most recently seen.
    [[nodiscard]] std::span<const KnownNode> bucket(std::uint8_t height) const;
    [[nodiscard]] std::size_t alive(MonotonicTime now) const;
    [[nodiscard]] bool is_alive(const KnownNode& node, MonotonicTime now) const;

    // Up to 20 others than `target`, by the height of the bucket that they would share with it.
    [[nodiscard]] std::vector<const KnownNode*> closest(const NodeId& target) const;
    struct Delegate {
        std::uint8_t height = 0;
        std::vector<const KnownNode*> nodes{};
    };
    // For each bucket of at most this height: up to `count` of its nodes, drawn at random.
    [[nodiscard]] std::vector<Delegate> delegates(std::uint8_t highest, std::size_t count, RandomSource& random) const;
    // Nodes that gave no sign for a while and were not pinged lately; they count as pinged now.
    [[nodiscard]] std::vector<SocketAddress> take_silent(MonotonicTime now);
    // Heights whose bucket is missing, or has not been heard of within its time.
    [[nodiscard]] std::vector<std::uint8_t> stale_heights(MonotonicTime now) const;

  private:
    struct Bucket {
        std::vector<KnownNode> nodes{};
        std::optional<KnownNode> waiting{};
        bool exists = false;  // had a node once
    };
    [[nodiscard]] Bucket* bucket_of(const NodeId& id);
    [[nodiscard]] const Bucket* bucket_of(const NodeId& id) const;
    void try_evict(Bucket& bucket, MonotonicTime now) const;

    Identity own_;
    TableSettings settings_;
    std::array<Bucket, kHeights> buckets_{};
};

}  // namespace dusk::kadcast
