// The nodes that a node knows, in buckets by distance (spec/network.md §3), and which of them a message goes to (§5).
#pragma once

#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "kadcast/identity.hpp"

namespace dusk::kadcast {

inline constexpr std::size_t kBucketNodes = 20;
inline constexpr std::uint8_t kHighest = 127;  // height of the farthest bucket

struct TableSettings {
    std::chrono::nanoseconds node_ttl = std::chrono::seconds(30);         // since it was heard, a node is alive
    std::chrono::nanoseconds node_evict_after = std::chrono::seconds(5);  // without a sign, it makes room
    std::chrono::nanoseconds bucket_ttl = std::chrono::hours(1);          // of silence, a bucket is looked after
    std::chrono::nanoseconds ping_after = std::chrono::seconds(20);       // of silence, a node is asked for a sign
    std::chrono::nanoseconds forget_after = std::chrono::hours(1);        // of silence, a node is forgotten
};

struct KnownNode {
    Identity identity{};
    MonotonicTime since{};  // in the table
    MonotonicTime seen{};
    MonotonicTime pinged{};
    std::optional<MonotonicTime> eviction_asked{};
    // It answered what it was asked: nobody who only writes another's address on packets is confirmed. One that is not,
    // after `node_evict_after`, is not alive whatever it sends, and makes room for others at once.
    bool is_confirmed = false;
};

enum class Insertion : std::uint8_t {
    inserted,
    updated,           // it was there
    pending,           // the bucket is full; it takes the place of a node that gives no sign
    full,              // the bucket is full of nodes that are alive
    invalid,           // the own identifier
    network_mismatch,  // of another network
};

class RoutingTable {
  public:
    RoutingTable(const Identity& own, const TableSettings& settings) : own_(own), settings_(settings) {}

    // Its work is not looked at again. Linear in the size of a bucket.
    Insertion insert(const Identity& node, MonotonicTime now);
    void confirm(const NodeId& id);
    // Takes out nodes that were silent for too long; those who waited for their places come in.
    void forget_silent(MonotonicTime now);

    [[nodiscard]] const KnownNode* find(const NodeId& id) const;
    // Whether its bucket has no room.
    [[nodiscard]] bool is_full(const NodeId& id) const;
    // The node of the same bucket that was asked to give a sign or to make room.
    [[nodiscard]] const KnownNode* asked_to_make_room(const NodeId& id) const;

    struct Bucket {
        std::uint8_t height = 0;
        std::vector<KnownNode> nodes{};    // from least to most recently seen
        std::vector<KnownNode> waiting{};  // at most one
    };
    // Those that ever had a node, lowest first.
    [[nodiscard]] std::span<const Bucket> buckets() const { return buckets_; }
    [[nodiscard]] std::size_t size() const;
    // Heard lately; one that is not confirmed, just now.
    [[nodiscard]] bool is_alive(const KnownNode& node, MonotonicTime now) const;
    [[nodiscard]] std::size_t alive(MonotonicTime now) const;

    // Up to 20 others than `target`, by the height of the bucket that they would share with it.
    [[nodiscard]] std::vector<const KnownNode*> closest(const NodeId& target) const;
    struct Delegate {
        std::uint8_t height = 0;  // of the bucket, that the message is sent with
        SocketAddress to{};
    };
    // Of each bucket of at most this height, up to `count` nodes, drawn at random: confirmed ones that are alive before
    // others.
    [[nodiscard]] std::vector<Delegate> delegates(std::uint8_t highest, std::size_t count, RandomSource& random,
                                                  MonotonicTime now) const;
    // `count` of all, drawn at random; those that are alive before others.
    [[nodiscard]] std::vector<SocketAddress> draw(std::size_t count, RandomSource& random, MonotonicTime now) const;
    // Nodes to be asked for a sign. They count as asked.
    [[nodiscard]] std::vector<SocketAddress> take_silent(MonotonicTime now);
    // Heights whose bucket never had a node, or whose least recently seen one was silent for `bucket_ttl`.
    [[nodiscard]] std::vector<std::uint8_t> stale_heights(MonotonicTime now) const;
    // Heights with fewer than `least` confirmed nodes that are alive, from the lowest that has a node on: whoever
    // belongs below it is among the nearest to the own identifier.
    [[nodiscard]] std::vector<std::uint8_t> thin_heights(std::size_t least, MonotonicTime now) const;

  private:
    [[nodiscard]] Bucket& bucket_at(std::uint8_t height);
    [[nodiscard]] const Bucket* bucket_of(const NodeId& id) const;
    void drop_unconfirmed(Bucket& bucket, MonotonicTime now) const;
    void try_evict(Bucket& bucket, MonotonicTime now) const;

    Identity own_;
    TableSettings settings_;
    std::vector<Bucket> buckets_{};  // by height
};

}  // namespace dusk::kadcast
