// The two sockets of a node: it listens with one, and sends with the one of the target's family.
#pragma once

#include "node/udp_socket.hpp"

namespace dusk::node {

struct NodeSockets {
    UdpSocket main;                  // receives, and sends to its family
    std::optional<UdpSocket> other;  // sends to the other family; nothing where the system has none

    // On the listening address, or else the public one. The error is a sentence.
    [[nodiscard]] static Result<NodeSockets, std::string> bound(const SocketAddress& public_address,
                                                                const std::optional<SocketAddress>& listen_address);
    // Null where there is none.
    [[nodiscard]] const UdpSocket* of_family(bool ipv4) const;
};

}  // namespace dusk::node
