// What a node says and takes over HTTP:
//
//     GET  /status                       where the node stands, JSON
//     GET  /health, /healthz             200 while it works, else 503 with the reason
//     GET  /ready, /readyz               200 when it follows the chain and is not behind, else 503
//     GET  /metrics                      counters for Prometheus
//     GET  /network                      who the node is in its network, and counters (network_report.hpp)
//     GET  /network/peers                the nodes that it knows, by bucket
//     GET  /network/objects/NUMBER       objects that came and went lately, after that number
//     GET  /blocks/HEIGHT                a block in short, JSON
//     GET  /transactions/ID              waiting, or in which block and how it ended, JSON
//     POST /on/transactions/propagate    the bytes of a transaction; 202 when the pool has it (spec/interfaces.md §3)
//     POST /on/account:KEY/status        balance and nonces of a public account
//     POST /on/contracts:ID/FUNCTION     a call that changes nothing (contract_queries.hpp)
//     POST /on/node/info                 version, network, peers
//     GET, POST /graphql, POST /on/graphql/query   the ledger and the mempool (graphql/)
//     GET, DELETE /on/COMPONENT[:ENTITY]/TOPIC   what a client on the WebSocket at /on is sent (event_stream.hpp)
//
// Everything runs on the loop of the node.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

#include "crypto/os_random.hpp"
#include "ledger/network.hpp"
#include "node/node.hpp"
#include "rpc/chain_events.hpp"
#include "rpc/contract_queries.hpp"
#include "rpc/graphql/engine.hpp"
#include "rpc/http.hpp"
#include "vm/machine.hpp"

namespace dusk::rpc {

struct NodeServiceSettings {
    std::string version{};  // that clients ask for: "1.7.0"
    std::string build{};    // of this program
    const ledger::Network* network = nullptr;
    std::optional<ledger::AccountKey> provisioner{};
    ledger::Gas block_gas_limit{};
    ledger::Gas feeder_call_gas{};
    std::vector<std::string> bootstrapping_nodes{};
    std::chrono::milliseconds generation_timeout{};
    std::chrono::seconds patience{10};  // for the checks of a transaction
};

class NodeService {
  public:
    // All of them outlive the service.
    NodeService(NodeServiceSettings settings, node::Node& node, chain::BlockStore& blocks, const vm::Machine& machine,
                boost::asio::io_context& loop);

    [[nodiscard]] boost::asio::awaitable<HttpResponse> handle(HttpRequest request);
    // Ends calls of contracts.
    void stop();
    // The node's observer tells everything here.
    void on_action(const node::CoreAction& action);
    // Clients that listen to it.
    [[nodiscard]] EventStream& events() { return events_; }

  private:
    // Somebody who waits for what becomes of a transaction.
    struct Waiter {
        explicit Waiter(boost::asio::io_context& loop) : timer(loop) {}
        boost::asio::steady_timer timer;
        std::optional<node::TransactionDropped> refusal{};
        bool decided = false;
    };

    [[nodiscard]] boost::asio::awaitable<HttpResponse> route(HttpRequest request);
    [[nodiscard]] HttpResponse graphql(const HttpRequest& request);
    [[nodiscard]] HttpResponse get(std::string_view path);
    [[nodiscard]] HttpResponse post(std::string_view path);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> propagate(HttpRequest request);
    [[nodiscard]] HttpResponse status() const;
    [[nodiscard]] HttpResponse health() const;
    [[nodiscard]] HttpResponse ready() const;
    [[nodiscard]] HttpResponse info() const;
    [[nodiscard]] HttpResponse metrics() const;
    [[nodiscard]] HttpResponse network(std::string_view path) const;
    [[nodiscard]] HttpResponse objects(std::string_view after) const;
    [[nodiscard]] HttpResponse block(std::string_view height);
    [[nodiscard]] HttpResponse transaction(std::string_view id);
    [[nodiscard]] HttpResponse account(std::string_view key);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> contract(HttpRequest request);
    // On the state of the tip; else what to answer.
    [[nodiscard]] Result<std::unique_ptr<vm::Session>, HttpResponse> session_at_tip();
    void decide(const ledger::TransactionId& id, std::optional<node::TransactionDropped> refusal);

    NodeServiceSettings settings_;
    node::Node& node_;
    chain::BlockStore& blocks_;
    const vm::Machine& machine_;
    boost::asio::io_context& loop_;
    std::multimap<ledger::TransactionId, std::shared_ptr<Waiter>> waiters_;
    ContractQueries queries_;
    crypto::OsRandom random_;
    EventStream events_{{}, random_};
    ChainEvents chain_events_{events_, blocks_};
    graphql::Engine graphql_;
};

}  // namespace dusk::rpc
