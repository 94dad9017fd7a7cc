// How nodes name each other: by the address that answers go to.
#pragma once

#include <compare>

#include "ledger/inventory.hpp"

namespace dusk::node {

using Peer = ledger::SocketAddress;

// By kind of address, address, port.
struct PeerOrder {
    [[nodiscard]] static std::strong_ordering compare(const Peer& a, const Peer& b) {
        if (const auto kinds = a.ip.index() <=> b.ip.index(); kinds != 0) return kinds;
        const auto order =
            a.ip.index() == 0 ? std::get<0>(a.ip) <=> std::get<0>(b.ip) : std::get<1>(a.ip) <=> std::get<1>(b.ip);
        return order != 0 ? order : a.port <=> b.port;
    }
    bool operator()(const Peer& a, const Peer& b) const { return compare(a, b) < 0; }
};

}  // namespace dusk::node
