// What is said of each route in the document of the interface (api_document.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dusk::rpc {

struct ApiText {
    std::string_view method;
    std::string_view path;       // with the names of its parameters
    std::string_view operation;  // a name that is unique
    std::string_view summary;
    std::string_view takes;    // types of the body, "json bytes text"; empty: it is not read
    std::string_view answers;  // types of the body of 200, "wasm" and others as well; empty: none
    std::string_view statuses;
    std::string_view headers = {};  // of the request, besides those of all requests below /on/
};

// Of every request below /on/ with a body, and what limits may answer.
inline constexpr std::string_view kDispatch = "200 400 403 404 413 422 429 500 501";
inline constexpr std::string_view kEvents = "200 403 404 424 429 500";
inline constexpr std::string_view kOperator = "200 429";
inline constexpr std::string_view kArchive = "200 400 404 429 501 503";

inline constexpr std::array kApiTexts{
    ApiText{"GET", "/on", "handle_rues_ws",
            "Becomes a WebSocket that is sent events; its first message names the session.", "", "", "101 400 403 429"},
    ApiText{"POST", "/on/node/{topic}", "node_post",
            "About the node: info, provisioners (all stakes), crs (public parameters of proofs).", "", "json bytes",
            kDispatch},
    ApiText{"POST", "/on/network/{topic}", "network_post",
            "About its network: peers (the body says how many), peers_location.", "text", "json", kDispatch},
    ApiText{"POST", "/on/blocks/{topic}", "blocks_post",
            "gas-price: what the transactions that wait pay for a gas; the body may say of how many.", "text", "json",
            kDispatch},
    ApiText{"POST", "/on/stats/{topic}", "stats_post", "account_count and tx_count, of a node with an archive.", "",
            "json", kDispatch},
    ApiText{"POST", "/on/transactions/propagate", "transactions_propagate_post",
            "Hands a transaction in: 202 when the mempool has it.", "bytes", "", "202 400 403 413 422 429 500 501"},
    ApiText{"POST", "/on/transactions/{topic}", "transactions_post",
            "preverify: 202 when the mempool would take the transaction. simulate: what executing it comes to.",
            "bytes", "json", "200 202 400 403 413 422 429 500 501"},
    ApiText{"POST", "/on/account:{entity}/{topic}", "account_post", "status: balance and nonces of a public account.",
            "", "json", kDispatch},
    ApiText{"POST", "/on/contract:{entity}/status", "contract_status_post", "The balance of a contract.", "", "json",
            kDispatch},
    ApiText{"POST", "/on/contract:{entity}/upload_driver", "contract_upload_driver_post",
            "Stores a data driver of a contract, signed by its owner.", "bytes", "text", kDispatch, "sign!"},
    ApiText{"POST", "/on/contract:{entity}/{topic}", "contract_post",
            "metadata: the owner, and whether there is a driver. download_driver: its module.", "", "json bytes text",
            kDispatch},
    ApiText{"POST", "/on/contract_owner:{entity}/{topic}", "contract_owner_post",
            "The bytes of the owner of a contract.", "", "bytes text", kDispatch},
    ApiText{"POST", "/on/contracts:{entity}/{topic}", "contracts_post",
            "Calls a function of a contract on the last state; with Rusk-Feeder, what it feeds.", "json bytes",
            "json bytes text", kDispatch, "Rusk-Feeder"},
    ApiText{"POST", "/on/driver:{entity}/{topic}", "driver_post",
            "Asks the data driver of a contract: get_schema, get_version, encode_input_fn:NAME, decode_input_fn:NAME, "
            "decode_output_fn:NAME, decode_event:NAME.",
            "json bytes", "json bytes text", kDispatch},
    ApiText{"POST", "/on/blobs:{entity}/{topic}", "blobs_post",
            "A blob, by its hash or its commitment (the topic says which).", "", "json bytes text", kDispatch},
    ApiText{"POST", "/on/prover/{topic}", "prover_post", "prove: the proof of a circuit, where a prover is named.",
            "bytes", "bytes", kDispatch},
    ApiText{"POST", "/on/graphql/query", "legacy_rues_graphql_post_route",
            "A GraphQL query; an empty body asks for the schema.", "text", "json", kDispatch},
    ApiText{"GET", "/on/blocks/{topic}", "blocks_subscribe", "Subscribes the session to events of all blocks.", "", "",
            kEvents, "Rusk-Session-Id!"},
    ApiText{"DELETE", "/on/blocks/{topic}", "blocks_unsubscribe", "Takes that subscription away.", "", "", kEvents,
            "Rusk-Session-Id!"},
    ApiText{"GET", "/on/blocks:{entity}/{topic}", "blocks_entity_subscribe", "Subscribes to events of one block.", "",
            "", kEvents, "Rusk-Session-Id!"},
    ApiText{"DELETE", "/on/blocks:{entity}/{topic}", "blocks_entity_unsubscribe", "Takes that subscription away.", "",
            "", kEvents, "Rusk-Session-Id!"},
    ApiText{"GET", "/on/transactions/{topic}", "transactions_subscribe",
            "Subscribes the session to events of all transactions.", "", "", kEvents, "Rusk-Session-Id!"},
    ApiText{"DELETE", "/on/transactions/{topic}", "transactions_unsubscribe", "Takes that subscription away.", "", "",
            kEvents, "Rusk-Session-Id!"},
    ApiText{"GET", "/on/transactions:{entity}/{topic}", "transactions_entity_subscribe",
            "Subscribes to events of one transaction.", "", "", kEvents, "Rusk-Session-Id!"},
    ApiText{"DELETE", "/on/transactions:{entity}/{topic}", "transactions_entity_unsubscribe",
            "Takes that subscription away.", "", "", kEvents, "Rusk-Session-Id!"},
    ApiText{"GET", "/on/contracts:{entity}/{topic}", "contracts_entity_subscribe",
            "Subscribes to events that a contract reports.", "", "", kEvents, "Rusk-Session-Id!"},
    ApiText{"DELETE", "/on/contracts:{entity}/{topic}", "contracts_entity_unsubscribe", "Takes that subscription away.",
            "", "", kEvents, "Rusk-Session-Id!"},
    ApiText{"GET", "/graphql", "graphql_get_route", "A GraphQL query in the address.", "", "json", "200 400 404 429",
            "?query! ?operationName ?variables ?extensions"},
    ApiText{"POST", "/graphql", "graphql_post_route", "A GraphQL query, or a list of them.", "json", "json",
            "200 400 404 413 429"},
    ApiText{"GET", "/static/drivers/{file}", "wasm_driver_route", "A module that wallets in browsers load.", "", "wasm",
            "200 404 429"},
    ApiText{"GET", "/faucet", "faucet_terms", "What the faucet of the devnet pays, and up to which limits.", "", "json",
            kOperator},
    ApiText{
        "POST", "/faucet", "faucet_pay",
        R"(Pays an address of the devnet: {"address": "…", "amount": "12.5"}; the amount, in DUSK, may be left out.)",
        "json", "json", "200 400 413 429 500 503"},
    ApiText{"GET", "/status", "status", "Where the node stands.", "", "json", kOperator},
    ApiText{"GET", "/health", "health", "Whether the node works.", "", "json", "200 429 503"},
    ApiText{"GET", "/healthz", "healthz", "Whether the node works.", "", "json", "200 429 503"},
    ApiText{"GET", "/ready", "ready", "Whether it is in step with the chain.", "", "json", "200 429 503"},
    ApiText{"GET", "/readyz", "readyz", "Whether it is in step with the chain.", "", "json", "200 429 503"},
    ApiText{"GET", "/metrics", "metrics", "Counters in the text form of Prometheus.", "", "text", kOperator},
    ApiText{"GET", "/network", "network", "The node in its network, and counters.", "", "json", "200 429 503"},
    ApiText{"GET", "/network/peers", "network_peers", "The nodes that it knows.", "", "json", "200 429 503"},
    ApiText{"GET", "/network/objects/{number}", "network_objects", "Messages that came and went after that number.", "",
            "json", "200 400 429 503"},
    ApiText{"GET", "/blocks/{height}", "block", "A block in short.", "", "json", "200 400 404 429 500"},
    ApiText{"GET", "/transactions/{id}", "transaction", "Whether a transaction waits, or how it ended.", "", "json",
            "200 400 404 429 500"},
    ApiText{"POST", "/rpc", "json_rpc", "JSON-RPC 2.0: one request, or a list of them.", "json", "json",
            "200 204 403 413 429"},
    ApiText{"GET", "/rpc", "json_rpc_socket", "Becomes a WebSocket of JSON-RPC, with subscriptions.", "", "",
            "101 400 403 429"},
    ApiText{"GET", "/fees", "fees", "What transactions pay for a gas, and what gets into the next blocks.", "", "json",
            kOperator},
    ApiText{"POST", "/simulate", "simulate", "What executing a transaction comes to, in detail.", "bytes", "json",
            "200 400 403 413 429 500"},
    ApiText{"GET", "/contracts/{id}", "contract", "Owner, code, size, balance and driver of a contract.", "", "json",
            "200 400 404 429 500"},
    ApiText{"GET", "/supply", "supply", "What is staked, what rewards wait, what was emitted and burnt.", "", "json",
            "200 429 500"},
    ApiText{"GET", "/archive", "archive", "How far the archive is.", "", "json", kArchive},
    ApiText{"GET", "/archive/accounts", "archive_accounts", "The accounts that hold most.", "", "json",
            "200 400 404 429 500"},
    ApiText{"GET", "/archive/accounts/{account}/history", "archive_history", "What happened to an account.", "",
            "json text", kArchive},
    ApiText{"GET", "/archive/provisioners", "archive_provisioners",
            "Blocks made and missed, rewards and slashes of each provisioner.", "", "json", kArchive},
    ApiText{"GET", "/archive/provisioners/{account}/blocks", "archive_blocks",
            "Blocks that a provisioner made or missed.", "", "json text", kArchive},
    ApiText{"GET", "/archive/contracts", "archive_contracts", "Contracts with who deployed them.", "", "json text",
            kArchive},
    ApiText{"GET", "/archive/contracts/{id}", "archive_contract", "One of them.", "", "json", kArchive},
    ApiText{"GET", "/archive/contracts/{id}/transactions", "archive_calls", "Calls of a contract with their arguments.",
            "", "json text", kArchive},
    ApiText{"GET", "/archive/contracts/{id}/events", "archive_events", "What a contract reported.", "", "json text",
            kArchive},
    ApiText{"GET", "/archive/transactions", "archive_transactions", "Transactions, by kind or whether they failed.", "",
            "json text", kArchive},
    ApiText{"GET", "/archive/transactions/{id}", "archive_transaction", "One with its call and events.", "", "json",
            kArchive},
    ApiText{"GET", "/archive/charts", "archive_charts", "Counts for each hour, day, week or month.", "", "json text",
            kArchive},
    ApiText{"GET", "/archive/search", "archive_search",
            "Blocks, transactions and contracts whose name begins with these digits.", "", "json", kArchive},
    ApiText{"GET", "/", "page_start", "Leads to the web page.", "", "", "302 429"},
    ApiText{"GET", "/ui", "page_index", "The web page of the node.", "", "html", kOperator},
    ApiText{"GET", "/ui/{*path}", "page_file", "A part of the web page.", "", "", "200 404 429"},
    ApiText{"GET", "/api-docs/openapi.json", "openapi", "This document.", "", "json", kOperator},
    ApiText{"GET", "/swagger-ui", "api_page", "A page that shows this document.", "", "html", kOperator},
    ApiText{"GET", "/swagger-ui/{file}", "api_page_file", "A part of that page.", "", "", "200 404 429"},
};

}  // namespace dusk::rpc
