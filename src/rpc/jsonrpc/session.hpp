// A client on a WebSocket: requests and answers as over HTTP, and the events that it subscribed to (docs/json-rpc.md).
// It is pinged, and let go when it is silent or too slow.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "rpc/jsonrpc/dispatcher.hpp"
#include "rpc/jsonrpc/event_hub.hpp"
#include "rpc/websocket_session.hpp"

namespace dusk::rpc::jsonrpc {

inline constexpr std::uint16_t kTooSlow = 4001;  // the code with which a connection is closed

struct SessionLimits {
    WebSocketLimits socket{};
    std::size_t calls = 4;                           // requests that are being answered; more wait unread
    std::size_t unsent = std::size_t{16} << 20;      // bytes of answers that wait to be sent; beyond, nothing is read
    std::size_t all_unsent = std::size_t{64} << 20;  // of all sessions; beyond, the session is ended
};

// Bytes of answers that wait, of all sessions.
using UnsentBytes = std::shared_ptr<std::size_t>;

// Until the client goes, is let go, or the hub ends. `client` is where it comes from. `version` goes into the header
// Rusk-Version of the answer. What is referred to outlives it.
[[nodiscard]] boost::asio::awaitable<void> serve_session(HttpStream stream, UpgradeRequest request,
                                                         boost::asio::ip::address client, Dispatcher& dispatcher,
                                                         EventHub& hub, UnsentBytes unsent, std::string version,
                                                         SessionLimits limits = {});

}  // namespace dusk::rpc::jsonrpc
