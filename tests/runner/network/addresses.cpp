#include "network/addresses.hpp"

#include <arpa/inet.h>

#include "base/host_port.hpp"

namespace dusk::vectors {
namespace {

SocketAddress parse(const Node& node, std::string_view host, std::uint16_t port) {
    const std::string text(host);
    ByteArray<4> four;
    if (inet_pton(AF_INET, text.c_str(), four.data()) == 1) return {four, port};
    ByteArray<16> six;
    if (inet_pton(AF_INET6, text.c_str(), six.data()) == 1) return {six, port};
    node.complain("is no address");
}

}  // namespace

SocketAddress address_of_ip(const Node& text, std::uint16_t port) { return parse(text, text.text(), port); }

SocketAddress address_of_text(const Node& text) {
    const std::string whole = text.text();
    const auto parts = split_host_port(whole);
    if (!parts) text.complain("is no address with a port");
    return parse(text, parts->host, parts->port);
}

SocketAddress address_of_fields(const Node& fields, Report& report) {
    const SocketAddress address = address_of_text(fields["text"]);
    std::visit([&](const auto& ip) { report.expect_bytes(ip, fields["ip"]); }, address.ip);
    report.expect(address.port == fields["port"].u64(), fields["port"], "is another port");
    report.expect(address.to_text() == fields["text"].text(), fields["text"], "is written " + address.to_text());
    return address;
}

Bytes written(const kadcast::Packet& packet) {
    return std::visit([&](const auto& body) { return to_bytes(packet.header, body); }, packet.body);
}

}  // namespace dusk::vectors
