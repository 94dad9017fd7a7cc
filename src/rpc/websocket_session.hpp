// A client on a WebSocket that is sent events (spec/interfaces.md §5.1): first the name of its session, as text, then
// frames, as they come in. What it sends is read and ignored, within limits; it is pinged, and let go when it is
// silent.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/vector_body.hpp>

#include "rpc/event_stream.hpp"
#include "rpc/http_stream.hpp"

namespace dusk::rpc {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::vector_body<std::uint8_t>>;

struct WebSocketLimits {
    std::size_t message = 256 << 10;  // bytes from the client; more closes the connection
    std::chrono::seconds handshake{30};
    std::chrono::seconds silence{60};  // half of it without a sign: a ping
};

// Until the client goes, is cut off, or the stream ends. `version` goes into the header Rusk-Version of the answer.
[[nodiscard]] boost::asio::awaitable<void> serve_events(HttpStream stream, UpgradeRequest request, EventStream& events,
                                                        std::string version, WebSocketLimits limits = {});

}  // namespace dusk::rpc
