// What a node says and takes over HTTP. Which routes there are stands in routes/; what holds for all of them is here
// (spec/interfaces.md §1, §2): who may ask and how often, other paths and methods, the version that clients ask for,
// headers that come back or that the operator adds, pages of other origins.
//
// Everything runs on the loop of the node, but for what is asked of the state.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "crypto/os_random.hpp"
#include "rpc/access_policy.hpp"
#include "rpc/answer_memory.hpp"
#include "rpc/archive_progress.hpp"
#include "rpc/archive_reader.hpp"
#include "rpc/chain_events.hpp"
#include "rpc/cors.hpp"
#include "rpc/graphql/archive_answer.hpp"
#include "rpc/graphql/engine.hpp"
#include "rpc/jsonrpc/json_rpc.hpp"
#include "rpc/node_metrics.hpp"
#include "rpc/page_files.hpp"
#include "rpc/routes/archive_routes.hpp"
#include "rpc/routes/contract_routes.hpp"
#include "rpc/routes/faucet_routes.hpp"
#include "rpc/routes/fee_routes.hpp"
#include "rpc/routes/node_routes.hpp"
#include "rpc/routes/prover_routes.hpp"
#include "rpc/routes/state_routes.hpp"
#include "rpc/routes/transaction_routes.hpp"
#include "rpc/simulations.hpp"

namespace dusk::rpc {

// What the node serves besides itself; each may be empty.
struct NodeSources {
    BlobFinder blobs{};
    FileReader public_parameters{};
    DriverStore* drivers = nullptr;
    std::optional<boost::asio::ip::tcp::endpoint> prover{};
    UnprovableReason unprovable{};
    const PageFiles* page = nullptr;
    Faucet faucet{};
    AskArchiveProgress archive_progress{};
};

class NodeService {
  public:
    // All of them outlive the service.
    NodeService(NodeServiceSettings settings, node::Node& node, chain::BlockStore& blocks, const vm::Machine& machine,
                boost::asio::io_context& loop, const Clock& clock, NodeSources sources);

    NodeService(const NodeService&) = delete;
    NodeService& operator=(const NodeService&) = delete;
    ~NodeService() { stop(); }

    [[nodiscard]] boost::asio::awaitable<HttpResponse> handle(HttpRequest request);
    // Of a request to become a WebSocket: nothing, or the answer that refuses it.
    [[nodiscard]] std::optional<HttpResponse> refuse_socket(const HttpRequest& request);
    // Who tells how many connections there are, for the metrics.
    void set_connections(std::function<ConnectionCounts()> counts) { connections_ = std::move(counts); }
    // Ends calls of contracts.
    void stop();
    // The node's observer tells everything here.
    void on_action(const node::CoreAction& action);
    // Clients that listen to it.
    [[nodiscard]] EventStream& events() { return events_; }
    [[nodiscard]] jsonrpc::JsonRpc& json_rpc() { return *json_rpc_; }
    // Of a request to become a WebSocket for JSON-RPC: a page of another origin may only where pages of it may ask.
    [[nodiscard]] std::optional<HttpResponse> refuse_rpc_socket(const HttpRequest& request);
    [[nodiscard]] const RouteTable& routes() const { return table_; }

  private:
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer(HttpRequest request);
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer_at(const RouteTable::Match& match, HttpRequest request);
    // From memory where it was asked before.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> ask(const RouteTable::Match& match,
                                                           const RouteTable::Route& route, RouteRequest request);
    // What its answer is remembered by; nothing: it is not.
    [[nodiscard]] std::optional<std::string> question_of(const RouteTable::Match& match,
                                                         const RouteRequest& request) const;
    // What every answer to this request has.
    void complete(const HttpHeaders& request, HttpResponse& response) const;
    [[nodiscard]] HttpUse use() const;
    void add_events();
    void add_graphql();
    void add_json_rpc(bool has_prover);
    [[nodiscard]] graphql::Resolver ledger_resolver() const;
    // Executes it, and asks the archive where the node has one.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer_graphql(graphql::Execute execute);

    NodeServiceSettings settings_;
    const Clock& clock_;
    QueryThreads threads_;
    NodeParts parts_;
    AccessPolicy policy_;
    CrossOrigin origins_;
    TransactionIntake intake_;
    TransactionRoutes transactions_;
    ContractRoutes contracts_;
    Simulations simulations_;
    FeeRoutes fees_;
    StateRoutes state_;
    crypto::OsRandom random_;
    EventStream events_{{}, random_};
    ChainEvents chain_events_;
    std::unique_ptr<ArchiveReader> archive_;  // null: none
    ArchiveRoutes archive_routes_;
    graphql::Engine graphql_;
    AnswerMemory memory_;
    std::function<ConnectionCounts()> connections_{};
    RouteTable table_;
    std::optional<jsonrpc::JsonRpc> json_rpc_;
};

}  // namespace dusk::rpc
