// Addresses as the files of the network write them.
#pragma once

#include "base/socket_address.hpp"
#include "kadcast/packet.hpp"
#include "report.hpp"

namespace dusk::vectors {

// The text of an IP address.
[[nodiscard]] SocketAddress address_of_ip(const Node& text, std::uint16_t port);
// "127.0.0.1:9000", "[::1]:9000".
[[nodiscard]] SocketAddress address_of_text(const Node& text);
// {"text", "ip", "port"}, which say the same.
[[nodiscard]] SocketAddress address_of_fields(const Node& fields, Report& report);

[[nodiscard]] Bytes written(const kadcast::Packet& packet);

}  // namespace dusk::vectors
