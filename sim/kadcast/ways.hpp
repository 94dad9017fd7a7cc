// To whom a node passes an object on: as Kadcast does, or as networks without structure do.
#pragma once

#include <memory>
#include <optional>

#include "kadcast/routing_table.hpp"
#include "sim/draws.hpp"
#include "sim/kadcast/population.hpp"

namespace dusk::sim {

struct Copy {
    VirtualNode to = 0;
    std::uint8_t height = 0;  // Kadcast: the part of the network that the receiver serves
};

class Way {
  public:
    Way() = default;
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;
    virtual ~Way() = default;

    // Of an object that came from `from` with `height`; both are nothing for its origin.
    virtual void copies(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height,
                        std::vector<Copy>& out) = 0;
};

// Routing tables that hold, in each bucket, 20 nodes drawn from all that belong there: what nodes know that have been
// there for long. About 40 kB for each node.
class KadcastWay final : public Way {
  public:
    // `far_first`: of the buckets of a node, those that stand for the largest parts of the network are served first;
    // else the nearest, as the nodes do.
    KadcastWay(const Population& population, std::uint64_t seed, bool far_first = false);

    void copies(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height,
                std::vector<Copy>& out) override;
    [[nodiscard]] const kadcast::RoutingTable& table(VirtualNode node) const { return tables_[node]; }

  private:
    const Population& population_;
    bool far_first_;
    Draws draws_;
    std::vector<kadcast::RoutingTable> tables_;
};

// Each node is connected with `degree` others that it chose, and with those that chose it.
class FloodWay final : public Way {
  public:
    FloodWay(std::size_t nodes, std::size_t degree, std::uint64_t seed);

    void copies(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height,
                std::vector<Copy>& out) override;

  private:
    std::vector<std::vector<VirtualNode>> neighbours_;
};

// Each node passes it on to `fanout` others that it draws from all.
class GossipWay final : public Way {
  public:
    GossipWay(std::size_t nodes, std::size_t fanout, std::uint64_t seed);

    void copies(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height,
                std::vector<Copy>& out) override;

  private:
    std::size_t nodes_;
    std::size_t fanout_;
    Draws draws_;
};

}  // namespace dusk::sim
