// The network between the nodes: who gets what, and when. It knows nothing of what messages mean.
//
// Broadcasts go to everybody directly, or down a tree as by Kadcast: each node that passes a message on serves the part
// of the network that was left to it. A node is given a broadcast once, however many pass it on; one that a fault kept
// from a node may still reach it through another.
#pragma once

#include <deque>
#include <functional>
#include <unordered_map>

#include "sim/draws.hpp"
#include "sim/event_queue.hpp"

namespace dusk::sim {

// What holds on every link for the time being.
struct Weather {
    std::chrono::nanoseconds least_delay = std::chrono::milliseconds(5);
    std::chrono::nanoseconds mean_delay = std::chrono::milliseconds(40);  // beyond the least, exponential
    double loss = 0;
    double duplication = 0;
    double straggling = 0.005;  // so many come late
    std::chrono::nanoseconds straggling_by = std::chrono::seconds(2);
};

enum class Broadcasting : std::uint8_t { direct, tree };

class Network {
  public:
    // A delivery to be made at `at`; `from` is who sent or passed on.
    using Deliver = std::function<void(SimTime at, NodeIndex from, NodeIndex to, const consensus::MessagePtr& message)>;

    Network(std::size_t nodes, std::uint64_t seed, Broadcasting broadcasting, Deliver deliver);

    void broadcast(NodeIndex from, const consensus::MessagePtr& message, SimTime now);
    void send(NodeIndex from, NodeIndex to, const consensus::MessagePtr& message, SimTime now);
    // Whether nobody broadcast it yet.
    [[nodiscard]] bool is_new(const consensus::MessagePtr& message, SimTime now);
    // Another object with the same content, as a node has it that decoded the message.
    void is_copy(const consensus::MessagePtr& original, const consensus::MessagePtr& copy);
    // Others than `from`, each once.
    [[nodiscard]] std::vector<NodeIndex> some_peers(NodeIndex from, std::size_t count);

    // --- faults ---
    Weather weather;
    // Nodes reach those of their own group only.
    void partition(std::vector<std::uint8_t> groups) { groups_ = std::move(groups); }
    void heal() { groups_.clear(); }
    // One direction.
    void cut(NodeIndex from, NodeIndex to) { ++cuts_[link(from, to)]; }
    void mend(NodeIndex from, NodeIndex to);
    void mend_all() { cuts_.clear(); }
    [[nodiscard]] bool is_reachable(NodeIndex from, NodeIndex to) const;
    // Messages that were lost to whatever.
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

    // Sequence of broadcasts that are remembered, for the check of bounded memory.
    [[nodiscard]] std::size_t flights() const { return flights_.size(); }

  private:
    static constexpr std::size_t kRedundancy = 3;  // of Kadcast, and of passing on to who has not got it
    static constexpr auto kRemembered = std::chrono::minutes(2);

    using Bits = std::vector<std::uint64_t>;
    struct Flight {
        consensus::MessagePtr message;
        Bits given;                         // to these it was or will be delivered
        Bits passed_on;                     // by these
        std::vector<std::uint8_t> heights;  // tree: what part each node serves
        std::size_t missing = 0;
        SimTime born{};
        std::vector<consensus::MessagePtr> copies{};
        ByteArray<16> name{};
    };
    struct NameHash {
        std::size_t operator()(const ByteArray<16>& name) const { return load_le<std::size_t>(name.data()); }
    };

    [[nodiscard]] static std::uint64_t link(NodeIndex from, NodeIndex to) {
        return static_cast<std::uint64_t>(from) << 32 | to;
    }
    [[nodiscard]] static bool has(const Bits& bits, NodeIndex node) {
        return (bits[node / 64] >> (node % 64) & 1) != 0;
    }
    static void add(Bits& bits, NodeIndex node) { bits[node / 64] |= std::uint64_t{1} << (node % 64); }

    [[nodiscard]] Flight& flight_of(const consensus::MessagePtr& message, SimTime now);
    void forget_old(SimTime now);
    void give(Flight& flight, NodeIndex from, NodeIndex to, std::uint8_t height, const consensus::MessagePtr& message,
              SimTime now);
    void pass_to_all(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now);
    void pass_to_some(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now);
    void pass_down_tree(Flight& flight, NodeIndex from, const consensus::MessagePtr& message, SimTime now);
    // Whether it arrives.
    bool carry(NodeIndex from, NodeIndex to, const consensus::MessagePtr& message, SimTime now);
    [[nodiscard]] std::chrono::nanoseconds delay();

    std::size_t nodes_;
    Draws draws_;
    Broadcasting broadcasting_;
    Deliver deliver_;
    std::uint8_t top_height_ = 0;
    std::vector<NodeIndex> by_place_;  // tree: nodes in the order of their Kadcast ids
    std::vector<std::uint32_t> place_;
    std::vector<std::uint8_t> groups_;
    std::unordered_map<std::uint64_t, std::uint32_t> cuts_;
    std::deque<Flight> flights_;
    std::unordered_map<const ledger::Message*, Flight*> by_object_;
    std::unordered_map<ByteArray<16>, Flight*, NameHash> by_name_;
    std::uint64_t lost_ = 0;
};

}  // namespace dusk::sim
