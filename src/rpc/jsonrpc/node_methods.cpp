#include "ledger/hex_name.hpp"
#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/values.hpp"
#include "rpc/network_report.hpp"
#include "rpc/status_report.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

Json info(const Backend& backend) {
    const NodeServiceSettings& settings = backend.parts.settings;
    return {{"version", settings.version},
            {"build", settings.build},
            {"network", settings.network->name},
            {"chain_id", static_cast<unsigned>(settings.network->chain_id)},
            {"address", backend.parts.node.own_address().to_text()},
            {"provisioner", settings.provisioner ? Json(settings.provisioner->to_base58()) : Json(nullptr)},
            {"block_gas_limit", u64(settings.block_gas_limit.value)}};
}

Answer<Json> network(const Backend& backend, Json (*report)(const node::NetworkView&)) {
    const auto view = backend.parts.node.status().network;
    if (!view) return fail(busy("the node has not joined its network yet"));
    return report(*view);
}

}  // namespace

void add_node_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    table.add({.name = "node.info",
               .meaning = "What node this is.",
               .result = object({{"version", described(text(), "of the interfaces of the released node that it has")},
                                 {"build", text()},
                                 {"network", text()},
                                 {"chain_id", integer(0, 255)},
                                 {"address", described(text(), "in its network")},
                                 {"provisioner", described(or_null(ref("Account")), "the key with which it votes")},
                                 {"block_gas_limit", ref("U64")}}),
               .handler = at_once([backend](const Params&) -> Answer<Json> { return info(backend); })});
    table.add({.name = "node.status",
               .meaning = "Where the node stands: its chain, consensus, mempool and peers; what GET /status answers.",
               .result = described({{"type", "object"}},
                                   "height, hash, final_height, in_sync, consensus, mempool, peers and counters"),
               .handler = at_once([backend](const Params&) -> Answer<Json> { return status_report(backend.parts); })});
    table.add({.name = "network.info",
               .meaning = "Who the node is in its network, and what came and went; what GET /network answers.",
               .result = described({{"type", "object"}}, "address, id, known and alive nodes, counters"),
               .handler = at_once([backend](const Params&) { return network(backend, network_summary); })});
    table.add({.name = "network.peers",
               .meaning = "The nodes that it knows, by bucket of its routing table; what GET /network/peers answers.",
               .result = described({{"type", "object"}},
                                   "address, id, peers: {address, id, bucket, alive, silent_ms, round_trip_us}"),
               .handler = at_once([backend](const Params&) { return network(backend, network_peers); })});
    table.add({.name = "prover.info",
               .meaning = "Whether the node has a prover. What is to be proven holds secrets: it goes as bytes to "
                          "`path`, not as JSON.",
               .result = object({{"available", boolean()}, {"path", or_null(text())}}),
               .handler = at_once([backend](const Params&) -> Answer<Json> {
                   return Json{{"available", backend.has_prover},
                               {"path", backend.has_prover ? Json("/on/prover/prove") : Json(nullptr)}};
               })});
}

}  // namespace dusk::rpc::jsonrpc
