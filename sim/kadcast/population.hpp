// The nodes of a virtual network: each has an address of its own, and with it an identifier and a proof of work.
#pragma once

#include <vector>

#include "kadcast/identity.hpp"

namespace dusk::sim {

using VirtualNode = std::uint32_t;

class Population {
  public:
    static constexpr std::size_t kMostNodes = std::size_t{1} << 24;

    // Addresses are of 10.0.0.0/8, scattered by the seed; the work is what receivers ask for (8 bits), not what nodes
    // do for themselves.
    Population(std::size_t nodes, std::uint64_t seed);

    [[nodiscard]] std::size_t size() const { return identities_.size(); }
    [[nodiscard]] const kadcast::Identity& identity(VirtualNode node) const { return identities_[node]; }
    // Of an address of this network.
    [[nodiscard]] VirtualNode node_at(const SocketAddress& address) const;

  private:
    std::uint32_t factor_;  // address = index * factor (mod 2^24): all different, since the factor is odd
    std::uint32_t inverse_;
    std::vector<kadcast::Identity> identities_;
};

}  // namespace dusk::sim
