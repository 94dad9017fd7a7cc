#include "rpc/route_reference.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace dusk::rpc {
namespace {

struct RouteNote {
    std::string_view method{};
    std::string_view pattern{};
    std::string_view meaning{};   // a phrase
    std::string_view body{};      // of the request; empty: none
    std::string_view statuses{};  // numbers with spaces between; besides those that every route may have
};

constexpr std::array kNotes = {
    // For operators and scripts.
    RouteNote{"GET", "/status", "where the node stands, JSON", "", "200"},
    RouteNote{"GET", "/health", "whether it works, with the reason", "", "200 503"},
    RouteNote{"GET", "/healthz", "the same", "", "200 503"},
    RouteNote{"GET", "/ready", "whether it follows the chain and is not behind", "", "200 503"},
    RouteNote{"GET", "/readyz", "the same", "", "200 503"},
    RouteNote{"GET", "/metrics", "counters for Prometheus", "", "200"},
    RouteNote{"GET", "/network", "who the node is in its network, and counters", "", "200 503"},
    RouteNote{"GET", "/network/peers", "the nodes that it knows, by bucket", "", "200 503"},
    RouteNote{"GET", "/network/objects/{}", "objects that came and went lately, after this number", "", "200 400 503"},
    RouteNote{"GET", "/blocks/{}", "the block of this height in short", "", "200 400 404"},
    RouteNote{"GET", "/transactions/{}", "where the transaction of this id is, and how it ended", "", "200 400 404"},
    // What a transaction would do, what to pay, the last state.
    RouteNote{"POST", "/simulate", "what executing a transaction would do: gas that it needs, events, changes, reason",
              "a transaction", "200 400"},
    RouteNote{"GET", "/fees", "what the last blocks and the mempool pay for a gas, and what to pay", "", "200"},
    RouteNote{"GET", "/contracts/{}", "owner, code, size, balance and driver of a contract", "", "200 400 404"},
    RouteNote{"GET", "/supply", "what is staked, what rewards wait, what was emitted and burnt", "", "200"},
    // The archive in lists.
    RouteNote{"GET", "/archive", "how far the archive is", "", "200 501 503"},
    RouteNote{"GET", "/archive/accounts", "the accounts that hold most", "", "200 400"},
    RouteNote{"GET", "/archive/accounts/{}/history", "what happened to an account (base58)", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/provisioners", "blocks made and missed, rewards and slashes of each", "",
              "200 400 501 503"},
    RouteNote{"GET", "/archive/provisioners/{}/blocks", "blocks that one made or missed", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/contracts", "contracts with who deployed them", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/contracts/{}", "one of them", "", "200 400 404 501 503"},
    RouteNote{"GET", "/archive/contracts/{}/transactions", "calls of it with their arguments", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/contracts/{}/events", "what it reported", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/transactions", "transactions, by kind or whether they failed", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/transactions/{}", "one with its call and events", "", "200 400 404 501 503"},
    RouteNote{"GET", "/archive/charts", "counts for each hour, day, week or month", "", "200 400 501 503"},
    RouteNote{"GET", "/archive/search", "blocks, transactions and contracts by the begin of their name", "",
              "200 400 501 503"},
    // JSON-RPC.
    RouteNote{"GET", "/rpc", "a WebSocket for JSON-RPC with events", "", "101 426"},
    RouteNote{"POST", "/rpc", "JSON-RPC 2.0: one request or a batch", "JSON", "200 204"},
    // The web page, where the program has one.
    RouteNote{"GET", "/", "sends browsers to the web page", "", "302"},
    RouteNote{"GET", "/ui", "the web page", "", "200 304"},
    RouteNote{"GET", "/ui/{*}", "what it is made of", "", "200 304 404"},
    // This interface, where the operator serves it.
    RouteNote{"GET", "/api-docs/openapi.json", "this interface, as an OpenAPI document", "", "200"},
    RouteNote{"GET", "/swagger-ui", "a page that shows it and sends requests", "", "200"},
    RouteNote{"GET", "/swagger-ui/{}", "what it is made of", "", "200 404"},
    // The faucet of a devnet.
    RouteNote{"GET", "/faucet", "what it pays, and up to which limits", "", "200"},
    RouteNote{"POST", "/faucet", "pays an address", "JSON: address, amount (DUSK; may be left out)",
              "200 400 413 429 503"},
    // What clients of the released node ask.
    RouteNote{"GET", "/on", "a WebSocket for the event stream", "", "101 400"},
    RouteNote{"GET", "/on/blocks/{}", "subscribes to events of all blocks: accepted, statechange, reverted", "",
              "200 424 429"},
    RouteNote{"DELETE", "/on/blocks/{}", "ends that", "", "200 404 424"},
    RouteNote{"GET", "/on/blocks:{}/{}", "subscribes to events of the block of this hash", "", "200 424 429"},
    RouteNote{"DELETE", "/on/blocks:{}/{}", "ends that", "", "200 404 424"},
    RouteNote{"GET", "/on/transactions/{}",
              "subscribes to events of all transactions: included, executed, removed, deferred, dropped", "",
              "200 424 429"},
    RouteNote{"DELETE", "/on/transactions/{}", "ends that", "", "200 404 424"},
    RouteNote{"GET", "/on/transactions:{}/{}", "subscribes to events of the transaction of this id", "", "200 424 429"},
    RouteNote{"DELETE", "/on/transactions:{}/{}", "ends that", "", "200 404 424"},
    RouteNote{"GET", "/on/contracts:{}/{}", "subscribes to events of the contract of this id with this topic", "",
              "200 424 429"},
    RouteNote{"DELETE", "/on/contracts:{}/{}", "ends that", "", "200 404 424"},
    RouteNote{"POST", "/on/node/{}", "info, provisioners, or crs (the public parameters of proofs)", "", "200 500 501"},
    RouteNote{"POST", "/on/network/{}", "peers, or peers_location (none)", "how many", "200 400 501"},
    RouteNote{"POST", "/on/blocks/{}", "gas-price: what the mempool pays for a gas",
              "of how many transactions, or nothing", "200 501"},
    RouteNote{"POST", "/on/stats/{}", "account_count, tx_count: what the archive counted", "", "200 500 501"},
    RouteNote{"POST", "/on/transactions/propagate", "gives a transaction to the mempool and the network",
              "a transaction", "202 400 503"},
    RouteNote{"POST", "/on/transactions/{}",
              "preverify: whether the mempool would take it; simulate: what executing it comes to", "a transaction",
              "200 202 400 501 503"},
    RouteNote{"POST", "/on/account:{}/{}", "status of an account (base58): balance and nonces; deprecated", "",
              "200 400 501"},
    RouteNote{"POST", "/on/contract:{}/status", "the balance of a contract; deprecated", "", "200 400"},
    RouteNote{"POST", "/on/contract:{}/upload_driver", "keeps a driver, signed in the header `sign`", "WASM",
              "200 400 404 413 500"},
    RouteNote{"POST", "/on/contract:{}/{}", "metadata, or download_driver", "", "200 400 404 501"},
    RouteNote{"POST", "/on/contract_owner:{}/{}", "the bytes of the owner; deprecated", "", "200 400 404"},
    RouteNote{"POST", "/on/contracts:{}/{}",
              "calls this function of a contract on the last state; with Rusk-Feeder what it feeds",
              "the argument: bytes, or JSON for its driver", "200 400 404 500"},
    RouteNote{"POST", "/on/driver:{}/{}",
              "what the driver of a contract says: get_schema, get_version, encode_input_fn:NAME, "
              "decode_input_fn:NAME, decode_output_fn:NAME, decode_event:TOPIC",
              "bytes, or JSON to encode", "200 400 404 500"},
    RouteNote{"POST", "/on/blobs:{}/{}", "hash: the blob of this hash; commitment: that of this commitment", "",
              "200 400 404"},
    RouteNote{"POST", "/on/prover/{}", "prove: hands a circuit on to the prover of the node", "what to prove",
              "200 501 503"},
    RouteNote{"GET", "/static/drivers/{}", "the modules that wallets in browsers load", "", "200 404"},
    RouteNote{"GET", "/graphql", "asks the ledger, the mempool and the archive", "", "200 400"},
    RouteNote{"POST", "/graphql", "the same", "a query of GraphQL, JSON", "200 400 413"},
    RouteNote{"POST", "/on/graphql/query", "the older form; an empty body is answered with the schema",
              "a query of GraphQL, text", "200 400 413 422"},
};

nlohmann::ordered_json numbers(std::string_view text) {
    auto out = nlohmann::ordered_json::array();
    while (!text.empty()) {
        unsigned number = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (wrong != std::errc()) break;
        out.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty()) text.remove_prefix(1);
    }
    return out;
}

}  // namespace

nlohmann::ordered_json route_reference(const RouteTable& table) {
    struct Line {
        std::string pattern;
        std::string method;
        RequestClass kind;
    };
    std::vector<Line> lines;
    for (const RouteTable::Path& path : table.paths()) {
        for (const auto& [method, route] : path.routes) lines.push_back({path.pattern, method, path.kind});
    }
    std::ranges::sort(lines, {}, [](const Line& one) { return std::pair(one.pattern, one.method); });
    auto out = nlohmann::ordered_json::array();
    for (const Line& one : lines) {
        const auto note = std::ranges::find_if(
            kNotes, [&](const RouteNote& other) { return other.pattern == one.pattern && other.method == one.method; });
        const bool is_known = note != kNotes.end();
        out.push_back({{"method", one.method},
                       {"path", one.pattern},
                       {"meaning", is_known ? note->meaning : ""},
                       {"body", is_known ? note->body : ""},
                       {"statuses", numbers(is_known ? note->statuses : "")},
                       {"limits", node::kRequestClassNames.at(static_cast<std::size_t>(one.kind))}});
    }
    return out;
}

}  // namespace dusk::rpc
