#include "app/free_port.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>

namespace dusk::app {
namespace {

namespace asio = boost::asio;

template <class Socket>
bool binds(asio::io_context& context, std::uint16_t port, bool reuse) {
    const typename Socket::endpoint_type at(asio::ip::address_v4::loopback(), port);
    boost::system::error_code error;
    Socket socket(context);
    socket.open(at.protocol(), error);
    // A TCP port of connections that ended lately may be bound by whoever says so, as the servers here do.
    if (!error && reuse) socket.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) socket.bind(at, error);
    return !error;
}

}  // namespace

std::optional<std::uint16_t> free_port(std::uint16_t from, PortUse use, const std::set<std::uint16_t>& taken) {
    asio::io_context context;
    for (std::uint32_t port = from; port <= 65535; ++port) {
        const auto candidate = static_cast<std::uint16_t>(port);
        if (taken.contains(candidate)) continue;
        const bool is_free = use == PortUse::http ? binds<asio::ip::tcp::acceptor>(context, candidate, true)
                                                  : binds<asio::ip::udp::socket>(context, candidate, false);
        if (is_free) return candidate;
    }
    return std::nullopt;
}

}  // namespace dusk::app
