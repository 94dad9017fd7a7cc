// The node as its routes see it.
#pragma once

#include <chrono>
#include <functional>

#include "ledger/blob.hpp"
#include "ledger/network.hpp"
#include "node/http_settings.hpp"
#include "node/node.hpp"
#include "rpc/http.hpp"
#include "rpc/query_threads.hpp"
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
    node::HttpSettings http{};
    std::string archive_database{};  // of the node's archive; empty: it has none
};

// The content of a blob; nothing where it is unknown or was forgotten.
using BlobFinder = std::function<chain::StoreResult<std::optional<ledger::BlobSidecar>>(const ledger::BlobHash&)>;

// All on the loop. What is referred to outlives the routes.
struct NodeParts {
    const NodeServiceSettings& settings;
    node::Node& node;
    chain::BlockStore& blocks;
    const vm::Machine& machine;
    boost::asio::io_context& loop;
    QueryThreads& threads;

    // On the state of the tip. The error is the answer.
    [[nodiscard]] Result<std::unique_ptr<vm::Session>, HttpResponse> session_at_tip() const;
    // The same, as contracts see it in the next block.
    [[nodiscard]] Result<std::unique_ptr<vm::Session>, HttpResponse> session_at_next() const;

  private:
    [[nodiscard]] Result<std::unique_ptr<vm::Session>, HttpResponse> session(std::uint64_t above_tip) const;
};

// 32 bytes in hexadecimal.
[[nodiscard]] std::optional<ledger::ContractId> contract_id_of(std::string_view text);

}  // namespace dusk::rpc
