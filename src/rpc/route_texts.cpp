#include "rpc/route_texts.hpp"

#include <algorithm>
#include <array>

namespace dusk::rpc {
namespace {

// Of every request below /on/ with a body, and what limits may answer.
constexpr std::string_view kDispatch = "200 400 403 404 413 422 429 500 501";
constexpr std::string_view kEvents = "200 403 404 424 429 500";
constexpr std::string_view kOperator = "200 429";
constexpr std::string_view kNetwork = "200 429 503";
constexpr std::string_view kArchive = "200 400 404 429 501 503";
constexpr std::string_view kSession = "Rusk-Session-Id!";

constexpr std::array kTexts{
    // What clients of the released node ask.
    RouteText{"GET", "/on", "handle_rues_ws",
              "Becomes a WebSocket that is sent events; its first message names the session.", "", "", "",
              "101 400 403 429"},
    RouteText{"POST", "/on/node/{topic}", "node_post",
              "About the node: info, provisioners (all stakes), crs (the public parameters of proofs).", "", "",
              "json bytes", kDispatch},
    RouteText{"POST", "/on/network/{topic}", "network_post", "About its network: peers, or peers_location (none).",
              "how many", "text", "json", kDispatch},
    RouteText{"POST", "/on/blocks/{topic}", "blocks_post", "gas-price: what the transactions that wait pay for a gas.",
              "of how many of them, or nothing", "text", "json", kDispatch},
    RouteText{"POST", "/on/stats/{topic}", "stats_post",
              "account_count and tx_count: what the archive counted, of a node that has one.", "", "", "json",
              kDispatch},
    RouteText{"POST", "/on/transactions/propagate", "transactions_propagate_post",
              "Gives a transaction to the mempool and the network: 202 when the mempool has it.", "a transaction",
              "bytes", "", "202 400 403 413 422 429 500 501 503"},
    RouteText{"POST", "/on/transactions/{topic}", "transactions_post",
              "preverify: 202 when the mempool would take the transaction. simulate: what executing it comes to.",
              "a transaction", "bytes", "json", "200 202 400 403 413 422 429 500 501 503"},
    RouteText{"POST", "/on/account:{entity}/{topic}", "account_post",
              "status: balance and nonces of an account (base58). Deprecated.", "", "", "json", kDispatch},
    RouteText{"POST", "/on/contract:{entity}/status", "contract_status_post", "The balance of a contract. Deprecated.",
              "", "", "json", kDispatch},
    RouteText{"POST", "/on/contract:{entity}/upload_driver", "contract_upload_driver_post",
              "Stores a data driver of a contract, signed by its owner.", "a WebAssembly module", "bytes", "text",
              kDispatch, "sign!"},
    RouteText{"POST", "/on/contract:{entity}/{topic}", "contract_post",
              "metadata: the owner, and whether there is a driver. download_driver: its module.", "", "",
              "json bytes text", kDispatch},
    RouteText{"POST", "/on/contract_owner:{entity}/{topic}", "contract_owner_post",
              "The bytes of the owner of a contract. Deprecated.", "", "", "bytes text", kDispatch},
    RouteText{"POST", "/on/contracts:{entity}/{topic}", "contracts_post",
              "Calls a function of a contract on the last state; with Rusk-Feeder, what it feeds.",
              "the argument: bytes, or JSON for the contract's driver", "json bytes", "json bytes text", kDispatch,
              "Rusk-Feeder"},
    RouteText{
        "POST", "/on/driver:{entity}/{topic}", "driver_post",
        "Asks the data driver of a contract: get_schema, get_version, encode_input_fn:NAME, decode_input_fn:NAME, "
        "decode_output_fn:NAME, decode_event:NAME.",
        "bytes to decode, or JSON to encode", "json bytes", "json bytes text", kDispatch},
    RouteText{"POST", "/on/blobs:{entity}/{topic}", "blobs_post",
              "A blob, by its hash or its commitment (the topic says which).", "", "", "json bytes text", kDispatch},
    RouteText{"POST", "/on/prover/{topic}", "prover_post",
              "prove: the proof of a circuit, by the prover that the node names.", "what to prove", "bytes", "bytes",
              "200 400 403 404 413 422 429 500 501 503"},
    RouteText{"POST", "/on/graphql/query", "legacy_rues_graphql_post_route",
              "A GraphQL query in the older form; an empty body asks for the schema.", "a query of GraphQL", "text",
              "json", kDispatch},
    RouteText{"GET", "/on/blocks/{topic}", "blocks_subscribe",
              "Subscribes the session to events of all blocks: accepted, statechange, reverted.", "", "", "", kEvents,
              kSession},
    RouteText{"DELETE", "/on/blocks/{topic}", "blocks_unsubscribe", "Takes that subscription away.", "", "", "",
              kEvents, kSession},
    RouteText{"GET", "/on/blocks:{entity}/{topic}", "blocks_entity_subscribe",
              "Subscribes to events of the block of this hash.", "", "", "", kEvents, kSession},
    RouteText{"DELETE", "/on/blocks:{entity}/{topic}", "blocks_entity_unsubscribe", "Takes that subscription away.", "",
              "", "", kEvents, kSession},
    RouteText{"GET", "/on/transactions/{topic}", "transactions_subscribe",
              "Subscribes the session to events of all transactions: included, executed, removed, deferred, dropped.",
              "", "", "", kEvents, kSession},
    RouteText{"DELETE", "/on/transactions/{topic}", "transactions_unsubscribe", "Takes that subscription away.", "", "",
              "", kEvents, kSession},
    RouteText{"GET", "/on/transactions:{entity}/{topic}", "transactions_entity_subscribe",
              "Subscribes to events of the transaction of this id.", "", "", "", kEvents, kSession},
    RouteText{"DELETE", "/on/transactions:{entity}/{topic}", "transactions_entity_unsubscribe",
              "Takes that subscription away.", "", "", "", kEvents, kSession},
    RouteText{"GET", "/on/contracts:{entity}/{topic}", "contracts_entity_subscribe",
              "Subscribes to events that the contract of this id reports with this topic.", "", "", "", kEvents,
              kSession},
    RouteText{"DELETE", "/on/contracts:{entity}/{topic}", "contracts_entity_unsubscribe",
              "Takes that subscription away.", "", "", "", kEvents, kSession},
    RouteText{"GET", "/graphql", "graphql_get_route", "A GraphQL query in the address.", "", "", "json",
              "200 400 404 429", "?query! ?operationName ?variables ?extensions"},
    RouteText{"POST", "/graphql", "graphql_post_route", "Asks the ledger, the mempool and the archive.",
              "a query of GraphQL, or a list of them", "json", "json", "200 400 404 413 429"},
    RouteText{"GET", "/static/drivers/{file}", "wasm_driver_route", "A module that wallets in browsers load.", "", "",
              "wasm", "200 304 404 429"},
    // The faucet of a devnet.
    RouteText{"GET", "/faucet", "faucet_terms", "What the faucet of the devnet pays, and up to which limits.", "", "",
              "json", kOperator},
    RouteText{"POST", "/faucet", "faucet_pay", "Pays an address of the devnet.",
              R"({"address": "…", "amount": "12.5"}; the amount, in DUSK, may be left out)", "json", "json",
              "200 400 413 429 500 503"},
    // For operators and scripts.
    RouteText{"GET", "/status", "status", "Where the node stands.", "", "", "json", kOperator},
    RouteText{"GET", "/health", "health", "Whether the node works, with the reason.", "", "", "json", kNetwork},
    RouteText{"GET", "/healthz", "healthz", "Whether the node works, with the reason.", "", "", "json", kNetwork},
    RouteText{"GET", "/ready", "ready", "Whether it is in step with the chain, with the reason.", "", "", "json",
              kNetwork},
    RouteText{"GET", "/readyz", "readyz", "Whether it is in step with the chain, with the reason.", "", "", "json",
              kNetwork},
    RouteText{"GET", "/metrics", "metrics", "Counters in the text form of Prometheus.", "", "", "text", kOperator},
    RouteText{"GET", "/network", "network", "Who the node is in its network, and counters.", "", "", "json", kNetwork},
    RouteText{"GET", "/network/peers", "network_peers", "The nodes that it knows, by bucket.", "", "", "json",
              kNetwork},
    RouteText{"GET", "/network/objects/{number}", "network_objects",
              "Messages that came and went lately, after that number.", "", "", "json", "200 400 429 503"},
    RouteText{"GET", "/blocks/{height}", "block", "A block in short.", "", "", "json", "200 400 404 429 500"},
    RouteText{"GET", "/transactions/{id}", "transaction", "Whether a transaction waits, or how it ended.", "", "",
              "json", "200 400 404 429 500"},
    // JSON-RPC.
    RouteText{"POST", "/rpc", "json_rpc", "JSON-RPC 2.0.", "one request, or a list of them", "json", "json",
              "200 204 403 413 429"},
    RouteText{"GET", "/rpc", "json_rpc_socket", "Becomes a WebSocket of JSON-RPC, with subscriptions.", "", "", "",
              "101 403 426 429"},
    // What a transaction would do, what to pay, the last state.
    RouteText{"GET", "/fees", "fees", "What transactions pay for a gas, and what gets into the next blocks.", "", "",
              "json", kOperator},
    RouteText{"POST", "/simulate", "simulate",
              "What executing a transaction would do: gas that it needs, events, changes, reason.", "a transaction",
              "bytes", "json", "200 400 403 413 429 500"},
    RouteText{"GET", "/contracts/{id}", "contract", "Owner, code, size, balance and driver of a contract.", "", "",
              "json", "200 400 404 429 500"},
    RouteText{"GET", "/supply", "supply", "What is staked, what rewards wait, what was emitted and burnt.", "", "",
              "json", "200 429 500"},
    // The archive in lists.
    RouteText{"GET", "/archive", "archive", "How far the archive is.", "", "", "json", kArchive},
    RouteText{"GET", "/archive/accounts", "archive_accounts", "The accounts that hold most.", "", "", "json",
              "200 400 404 429 500"},
    RouteText{"GET", "/archive/accounts/{account}/history", "archive_history", "What happened to an account (base58).",
              "", "", "json text", kArchive},
    RouteText{"GET", "/archive/provisioners", "archive_provisioners",
              "Blocks made and missed, rewards and slashes of each provisioner.", "", "", "json", kArchive},
    RouteText{"GET", "/archive/provisioners/{account}/blocks", "archive_blocks",
              "Blocks that a provisioner made or missed.", "", "", "json text", kArchive},
    RouteText{"GET", "/archive/blocks/{block}/committees", "archive_committees",
              "Who was to vote on a block (height or hash), and who voted.", "", "", "json", kArchive},
    RouteText{"GET", "/archive/contracts", "archive_contracts", "Contracts with who deployed them.", "", "",
              "json text", kArchive},
    RouteText{"GET", "/archive/contracts/{id}", "archive_contract", "One of them.", "", "", "json", kArchive},
    RouteText{"GET", "/archive/contracts/{id}/transactions", "archive_calls",
              "Calls of a contract with their arguments.", "", "", "json text", kArchive},
    RouteText{"GET", "/archive/contracts/{id}/events", "archive_events", "What a contract reported.", "", "",
              "json text", kArchive},
    RouteText{"GET", "/archive/transactions", "archive_transactions", "Transactions, by kind or whether they failed.",
              "", "", "json text", kArchive},
    RouteText{"GET", "/archive/transactions/{id}", "archive_transaction", "One with its call and events.", "", "",
              "json", kArchive},
    RouteText{"GET", "/archive/charts", "archive_charts", "Counts for each hour, day, week or month.", "", "",
              "json text", kArchive},
    RouteText{"GET", "/archive/search", "archive_search",
              "Blocks, transactions and contracts whose name begins with these digits.", "", "", "json", kArchive},
    // The web page, where the program has one.
    RouteText{"GET", "/", "page_start", "Leads to the web page.", "", "", "", "302 429"},
    RouteText{"GET", "/ui", "page_index", "The web page of the node.", "", "", "html", "200 304 429"},
    RouteText{"GET", "/ui/{*path}", "page_file", "A part of the web page.", "", "", "", "200 304 404 429"},
    // This interface, where the operator serves it.
    RouteText{"GET", "/api-docs/openapi.json", "openapi", "This interface, as an OpenAPI document.", "", "", "json",
              kOperator},
    RouteText{"GET", "/swagger-ui", "api_page", "A page that shows it and sends requests.", "", "", "html", kOperator},
    RouteText{"GET", "/swagger-ui/{file}", "api_page_file", "A part of that page.", "", "", "", "200 404 429"},
};

}  // namespace

std::span<const RouteText> route_texts() { return kTexts; }

std::string pattern_of(std::string_view path) {
    std::string out;
    bool in_name = false;
    for (const char c : path) {
        if (c == '}') in_name = false;
        if (!in_name || c == '*') out += c;
        if (c == '{') in_name = true;
    }
    return out;
}

const RouteText* find_route_text(std::string_view method, std::string_view pattern) {
    const auto* const at = std::ranges::find_if(
        kTexts, [&](const RouteText& text) { return text.method == method && pattern_of(text.path) == pattern; });
    return at == kTexts.end() ? nullptr : at;
}

}  // namespace dusk::rpc
