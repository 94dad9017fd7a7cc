// What methods are answered from.
#pragma once

#include "rpc/archive_reader.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/jsonrpc/method_table.hpp"
#include "rpc/routes/fee_routes.hpp"
#include "rpc/routes/node_parts.hpp"
#include "rpc/simulations.hpp"
#include "rpc/transaction_intake.hpp"

namespace dusk::rpc::jsonrpc {

// All of it outlives the methods.
struct Backend {
    NodeParts parts;
    TransactionIntake& intake;
    Simulations& simulations;
    FeeRoutes& fees;
    DriverShelf& drivers;
    ArchiveReader* archive;  // null: the node has none
    bool has_prover = false;
};

// Each adds the methods of its groups.
void add_node_methods(MethodTable& table, const Backend& backend);         // node, network, prover
void add_block_methods(MethodTable& table, const Backend& backend);        // blocks
void add_transaction_methods(MethodTable& table, const Backend& backend);  // transactions
void add_contract_methods(MethodTable& table, const Backend& backend);     // contracts
void add_account_methods(MethodTable& table, const Backend& backend);      // accounts, stakes
void add_fee_methods(MethodTable& table, const Backend& backend);          // fees
void add_archive_methods(MethodTable& table, const Backend& backend);      // what the archive answers, of all groups

// --- what several groups use ---
[[nodiscard]] Answer<std::unique_ptr<vm::Session>> session_at_tip(const Backend& backend);
// Of the chain, by what the parameter names: a height, a hash, "latest" or "final".
struct FoundBlock {
    ledger::Height height{};
    ledger::BlockHash hash{};
    ledger::Label::Kind state{};
};
[[nodiscard]] Answer<FoundBlock> find_block(chain::BlockStore& blocks, const RequestJson& name);

inline constexpr std::string_view kTooManyQuestions = "too many questions wait";

}  // namespace dusk::rpc::jsonrpc
