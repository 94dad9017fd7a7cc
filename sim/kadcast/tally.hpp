// What becomes of objects that are sent to all: who has them, when, over how many others, and what it costs.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "sim/kadcast/population.hpp"

namespace dusk::sim {

// Over all broadcasts that were measured. Bytes are those on the wire, headers of UDP and IP with them.
struct Summary {
    std::size_t broadcasts = 0;
    std::size_t complete = 0;    // that every living node has
    double coverage = 0;         // part of the living nodes beside the origin, mean
    double least_coverage = 0;   // of one broadcast
    std::vector<double> hops{};  // [i]: part of those who have it that had it over i+1 sendings
    double mean_hops = 0;
    std::vector<double> latency{};  // milliseconds: the quantiles of `kQuantiles`, of those who have it
    double received = 0;            // bytes, per node and broadcast
    double superfluous = 0;         // of them: what was there already, or came too late to be of use
    double datagrams = 0;           // received, per node and broadcast
    double most_sent = 0;           // bytes of one node in one broadcast
    double origin_sent = 0;         // bytes, mean

    static constexpr double kQuantiles[] = {0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0};
};

class Tally {
  public:
    explicit Tally(std::size_t nodes) : nodes_(nodes) {}

    // Of one broadcast: `living` nodes with the origin.
    void begin(VirtualNode origin, std::size_t living, MonotonicTime now);
    void sent(VirtualNode node, std::size_t datagrams, std::size_t datagram_bytes);
    void received(VirtualNode node, std::size_t datagrams, std::size_t datagram_bytes, std::size_t useful);
    void has(VirtualNode node, VirtualNode from, MonotonicTime now);
    // While it spreads. Those that were not there all the time are not among the nodes that should have it.
    void went(VirtualNode node);
    void came(VirtualNode node);
    void end();

    [[nodiscard]] bool has_it(VirtualNode node) const { return nodes_[node].hops.has_value(); }
    [[nodiscard]] std::size_t reached() const { return reached_; }
    [[nodiscard]] std::size_t missing() const { return living_ - 1 - reached_; }
    [[nodiscard]] Summary summary() const;

  private:
    struct Node {
        std::optional<std::uint16_t> hops{};
        std::uint64_t sent = 0;
        bool is_passing = false;  // it was not there all the time
    };
    std::vector<Node> nodes_;
    VirtualNode origin_ = 0;
    std::size_t living_ = 1;
    std::size_t reached_ = 0;
    MonotonicTime begun_{};

    std::size_t broadcasts_ = 0, complete_ = 0, receptions_ = 0;
    double coverages_ = 0, least_coverage_ = 1;
    std::vector<std::size_t> hops_{};
    std::vector<std::uint32_t> latencies_{};  // microseconds
    std::uint64_t received_ = 0, superfluous_ = 0, datagrams_ = 0, most_sent_ = 0, origin_sent_ = 0;
};

}  // namespace dusk::sim
