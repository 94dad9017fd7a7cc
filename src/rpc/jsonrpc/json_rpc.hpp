// JSON-RPC 2.0 at /rpc: requests over HTTP, requests and events over a WebSocket (docs/json-rpc.md).
#pragma once

#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/consensus_feed.hpp"
#include "rpc/jsonrpc/dispatcher.hpp"
#include "rpc/jsonrpc/event_feed.hpp"
#include "rpc/jsonrpc/session.hpp"
#include "rpc/route_table.hpp"

namespace dusk::rpc::jsonrpc {

// On the loop of the node.
class JsonRpc {
  public:
    static constexpr std::string_view kPath = "/rpc";

    // What is referred to outlives this.
    JsonRpc(const Backend& backend, const RouteTable& routes, Dispatcher::Admit admit, const Clock& clock);

    // The routes refer to this.
    void add_to(RouteTable& routes);
    void on_action(const node::CoreAction& action);
    // A client that asked to become a WebSocket at the path.
    [[nodiscard]] boost::asio::awaitable<void> serve(HttpStream stream, UpgradeRequest request,
                                                     boost::asio::ip::address client);
    // Ends all sessions.
    void stop();

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer(RouteRequest request);
    [[nodiscard]] Json capabilities() const;
    void add_own_methods(const RouteTable& routes);

    Backend backend_;
    SessionLimits session_limits_{};
    MethodTable table_;
    EventHub hub_;
    EventFeed events_;
    ConsensusFeed consensus_;
    Dispatcher dispatcher_;
    UnsentBytes unsent_ = std::make_shared<std::size_t>(0);
};

}  // namespace dusk::rpc::jsonrpc
