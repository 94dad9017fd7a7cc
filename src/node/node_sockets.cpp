#include "node/node_sockets.hpp"

namespace dusk::node {

Result<NodeSockets, std::string> NodeSockets::bound(const SocketAddress& public_address,
                                                    const std::optional<SocketAddress>& listen_address) {
    auto main = UdpSocket::bound(listen_address.value_or(public_address));
    if (!main) {
        const bool is_elsewhere = !listen_address && !is_of_this_machine(public_address);
        return fail(is_elsewhere ? main.error() +
                                       "; behind a NAT, set kadcast.listen_address to an address of this "
                                       "machine, or to 0.0.0.0 with the port"
                                 : main.error());
    }
    const bool ipv4 = is_ipv4(main->local_address());
    auto other = UdpSocket::bound(ipv4 ? SocketAddress{.ip = ByteArray<16>{}} : SocketAddress{.ip = ByteArray<4>{}});
    NodeSockets out{.main = *std::move(main), .other = {}};
    if (other) out.other.emplace(*std::move(other));
    return out;
}

const UdpSocket* NodeSockets::of_family(bool ipv4) const {
    if (is_ipv4(main.local_address()) == ipv4) return &main;
    return other ? &*other : nullptr;
}

}  // namespace dusk::node
