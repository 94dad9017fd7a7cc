#include "rpc/graphql/ledger_queries.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "base/hex.hpp"
#include "execution/reward_schedule.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/graphql/ledger_values.hpp"

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kMostBlocks = 200;
constexpr const char* kInternal = "Internal server error";

std::unexpected<std::string> error(const char* text) { return fail(std::string(text)); }

bool has(const Json& arguments, const char* name) {
    const auto at = arguments.find(name);
    return at != arguments.end() && !at->is_null();
}

template <class Name>
Result<Name, std::string> name_of(const Json& arguments, const char* argument, const char* wrong) {
    const auto bytes = from_hex(arguments.at(argument).get<std::string>());
    if (!bytes || bytes->size() != Name::kSize) return error(wrong);
    return Name{take<Name::kSize>(*bytes)};
}

// The contract that a transaction calls; without a call it is the one of transfers.
bool calls(const ledger::Transaction& transaction, const ledger::ContractId& contract) {
    const ledger::ContractCall* call = transaction.call();
    return (call != nullptr ? call->contract : ledger::kTransferContract) == contract;
}

Json values_of(std::span<const ledger::SpentTransaction> spent, const ledger::BlockHeader& header,
               const std::optional<ledger::ContractId>& contract, const Json& selection) {
    Json out = Json::array();
    for (const ledger::SpentTransaction& one : spent) {
        if (contract && !calls(one.transaction.transaction, *contract)) continue;
        out.push_back(spent_value(one, header, selection));
    }
    return out;
}

}  // namespace

const std::string_view kLedgerSchema = R"(
type Block { header: Header! status: JSON! transactions: [SpentTransaction!]! reward: Int! fees: Int! gasSpent: Int! }
type BlockPair { json: JSON! }
type CallData { contractId: String! fnName: String! data: String! }
type Header {
    version: Int! height: Int! prevBlockHash: String! timestamp: Int! hash: String! stateHash: String!
    generatorBlsPubkey: String! txRoot: String! gasLimit: Int! seed: String! iteration: Int! json: String!
}
"A scalar that can represent any JSON value."
scalar JSON
type Query {
    block(height: Float, hash: String): Block
    tx(hash: String!): SpentTransaction
    transactions(last: Int!): [SpentTransaction!]!
    blockTxs(last: Int, range: [Int!], contract: String): [SpentTransaction!]!
    blocks(last: Int, range: [Int!]): [Block!]!
    mempoolTxs: [Transaction!]!
    mempoolTx(hash: String!): Transaction
    lastBlockPair: BlockPair!
    checkBlock(height: Int!, hash: String!, onlyFinalized: Boolean): Boolean!
}
type SpentTransaction {
    tx: Transaction! err: String gasSpent: Int! blockHash: String! blockHeight: Int! blockTimestamp: Int! id: String!
    raw: String!
}
type Transaction {
    raw: String! json: String! id: String! gasLimit: Int! gasPrice: Int! txType: String! callData: CallData
    blobHashes: [String!] isDeploy: Boolean! contractId: String memo: String
}
schema { query: Query }
)";

LedgerQueries::Value LedgerQueries::resolve(std::string_view field, const Json& arguments, const Json& selection) {
    if (field == "block") return block(arguments, selection);
    if (field == "blocks") return blocks(arguments, selection);
    if (field == "blockTxs") return block_transactions(arguments, selection);
    if (field == "tx") return transaction(arguments, selection);
    if (field == "transactions") return transactions(arguments, selection);
    if (field == "mempoolTx") return pooled(arguments, selection);
    if (field == "mempoolTxs") return all_pooled(selection);
    if (field == "lastBlockPair") return last_pair();
    if (field == "checkBlock") return check_block(arguments);
    return error(kInternal);
}

Result<ledger::BlockHeader, std::string> LedgerQueries::tip() {
    const auto tip = blocks_.tip();
    if (!tip || !*tip) return error(kInternal);
    return **tip;
}

LedgerQueries::Found LedgerQueries::block_of(const ledger::BlockHash& hash) {
    if (++read_ > limits_.blocks) return error("too many blocks are asked for: ask for less at once");
    auto out = blocks_.block(hash);
    if (!out) return error(kInternal);
    return *std::move(out);
}

LedgerQueries::Found LedgerQueries::block_at(ledger::Height height) {
    const auto at = blocks_.at(height);
    if (!at) return error(kInternal);
    if (!*at) return std::optional<ledger::Block>();
    return block_of((*at)->hash);
}

LedgerQueries::Value LedgerQueries::block(const Json& arguments, const Json& selection) {
    const bool by_height = has(arguments, "height");
    if (by_height == has(arguments, "hash")) return error("Specify heigth or hash");  // as the released node words it
    Found found;
    if (by_height) {
        const double height = arguments["height"].get<double>();
        const auto last = tip();
        if (!last) return fail(last.error());
        if (height > static_cast<double>(last->height.value)) return Json(nullptr);
        const bool is_last = std::isnan(height) || height < 0;
        found = block_at(is_last ? last->height : ledger::Height{static_cast<std::uint64_t>(height)});
    } else {
        const auto hash = name_of<ledger::BlockHash>(arguments, "hash", "Invalid hash");
        if (!hash) return fail(hash.error());
        found = block_of(*hash);
    }
    if (!found) return fail(found.error());
    if (!*found) return Json(nullptr);
    return block_value(**found, selection);
}

Result<std::vector<ledger::Block>, std::string> LedgerQueries::chosen_blocks(const Json& arguments) {
    const bool by_last = has(arguments, "last");
    if (by_last == has(arguments, "range")) return error("");
    const auto end = tip();
    if (!end) return fail(end.error());
    const std::uint64_t highest = end->height.value;
    std::vector<ledger::Block> out;
    const auto add = [&](std::uint64_t height) -> Result<void, std::string> {
        auto found = block_at({height});
        if (!found) return fail(found.error());
        if (*found) out.push_back(**std::move(found));
        return {};
    };
    if (by_last) {
        const auto count = arguments["last"].get<std::int64_t>();
        if (count < 1) return error("count must be positive");
        if (count > kMostBlocks) return error("count too large (max 200)");
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count) && i <= highest; ++i) {
            if (auto added = add(highest - i); !added) return fail(added.error());
        }
        return out;
    }
    const Json& range = arguments["range"];
    if (range.size() != 2) return error("Invalid range");
    const auto from = range[0].get<std::int64_t>();
    const auto to = range[1].get<std::int64_t>();
    if (from < 0 || to < from) return error("Invalid range");
    if (to - from >= kMostBlocks) return error("range too large (max 200 blocks)");
    for (auto height = static_cast<std::uint64_t>(from); height <= static_cast<std::uint64_t>(to); ++height) {
        if (height > highest) break;
        if (auto added = add(height); !added) return fail(added.error());
    }
    return out;
}

LedgerQueries::Value LedgerQueries::blocks(const Json& arguments, const Json& selection) {
    const auto chosen = chosen_blocks(arguments);
    if (!chosen) return fail(chosen.error());
    Json out = Json::array();
    for (const ledger::Block& block : *chosen) {
        auto value = block_value(block, selection);
        if (!value) return value;
        out.push_back(*std::move(value));
    }
    return out;
}

LedgerQueries::Value LedgerQueries::block_transactions(const Json& arguments, const Json& selection) {
    std::optional<ledger::ContractId> contract;
    if (has(arguments, "contract")) {
        auto id = name_of<ledger::ContractId>(arguments, "contract", "Invalid contract id");
        if (!id) return fail(id.error());
        contract = *id;
    }
    const auto chosen = chosen_blocks(arguments);
    if (!chosen) return fail(chosen.error());
    Json out = Json::array();
    for (const ledger::Block& block : *chosen) {
        auto values = spent_values(block, contract, selection);
        if (!values) return values;
        for (Json& value : *values) out.push_back(std::move(value));
    }
    return out;
}

LedgerQueries::Value LedgerQueries::transaction(const Json& arguments, const Json& selection) {
    const auto id = name_of<ledger::TransactionId>(arguments, "hash", "Invalid hash");
    if (!id) return fail(id.error());
    const auto spent = blocks_.transaction(*id);
    if (!spent) return error(kInternal);
    if (!*spent) return Json(nullptr);
    if (++read_ > limits_.blocks) return error("too many transactions are asked for: ask for less at once");
    const auto at = blocks_.at((*spent)->block_height);
    if (!at || !*at) return error(kInternal);
    const auto header = blocks_.header((*at)->hash);
    if (!header || !*header) return error(kInternal);
    return spent_value(**spent, **header, selection);
}

LedgerQueries::Value LedgerQueries::transactions(const Json& arguments, const Json& selection) {
    const auto count = arguments.at("last").get<std::int64_t>();
    if (count < 1) return error("count must be positive");
    if (count > kMostBlocks) return error("last too large (max 200)");
    const auto end = tip();
    if (!end) return fail(end.error());
    Json out = Json::array();
    for (std::uint64_t height = end->height.value; out.size() < static_cast<std::size_t>(count); --height) {
        const auto found = block_at({height});
        if (!found) return fail(found.error());
        if (!*found) break;
        auto values = spent_values(**found, {}, selection);
        if (!values) return values;
        for (Json& value : *values) {
            if (out.size() < static_cast<std::size_t>(count)) out.push_back(std::move(value));
        }
        if (height == 0) break;
    }
    return out;
}

LedgerQueries::Value LedgerQueries::pooled(const Json& arguments, const Json& selection) {
    const auto id = name_of<ledger::TransactionId>(arguments, "hash", "Invalid hash");
    if (!id) return fail(id.error());
    const mempool::TransactionPtr found = pool_.find(*id);
    return found == nullptr ? Json(nullptr) : transaction_value(*found, selection);
}

LedgerQueries::Value LedgerQueries::all_pooled(const Json& selection) {
    Json out = Json::array();
    for (const mempool::TransactionPtr& one : pool_.best()) out.push_back(transaction_value(*one, selection));
    return out;
}

LedgerQueries::Value LedgerQueries::last_pair() {
    const auto last = tip();
    if (!last) return fail(last.error());
    const auto height = blocks_.last_final();
    if (!height || !*height) return error(kInternal);
    const auto final = blocks_.at(**height);
    if (!final || !*final) return error(kInternal);
    const auto pair = [](ledger::Height at, const ledger::BlockHash& hash) {
        return Json::array({at.value, hex(hash)});
    };
    return Json{
        {"json",
         {{"last_block", pair(last->height, last->hash)}, {"last_finalized_block", pair(**height, (*final)->hash)}}}};
}

LedgerQueries::Value LedgerQueries::check_block(const Json& arguments) {
    const bool must_be_final = has(arguments, "onlyFinalized") && arguments["onlyFinalized"].get<bool>();
    if (must_be_final && !limits_.has_archive) return error("only_finalized is supported only by archiver");
    const auto hash = name_of<ledger::BlockHash>(arguments, "hash", "Invalid hash");
    if (!hash) return fail(hash.error());
    const auto height = arguments.at("height").get<std::int64_t>();
    if (height < 0) return Json(false);
    const auto at = blocks_.at({static_cast<std::uint64_t>(height)});
    if (!at) return error(kInternal);
    if (!*at || (*at)->hash != *hash) return Json(false);
    return Json(!must_be_final || (*at)->label.kind == ledger::Label::Kind::final);
}

Result<std::vector<ledger::SpentTransaction>, std::string> LedgerQueries::spent_of(const ledger::Block& block) {
    std::vector<ledger::SpentTransaction> out;
    for (const auto& transaction : block.transactions) {
        auto spent = blocks_.transaction(transaction.id());
        if (!spent || !*spent) return error(kInternal);
        out.push_back(**std::move(spent));
    }
    return out;
}

LedgerQueries::Value LedgerQueries::spent_values(const ledger::Block& block,
                                                 const std::optional<ledger::ContractId>& contract,
                                                 const Json& selection) {
    const auto spent = spent_of(block);
    if (!spent) return fail(spent.error());
    return values_of(*spent, block.header, contract, selection);
}

LedgerQueries::Value LedgerQueries::block_value(const ledger::Block& block, const Json& selection) {
    Json out = Json::object();
    if (selection.contains("header")) out["header"] = header_value(block.header, selection["header"]);
    if (selection.contains("reward")) out["reward"] = execution::emission(block.header.height).value;
    if (selection.contains("status")) {
        const auto at = blocks_.at(block.header.height);
        if (!at) return error(kInternal);
        if (!*at || (*at)->hash != block.header.hash) return error("Label not found");
        out["status"] = label_value((*at)->label);
    }
    const auto asks_for = [&](const char* name) { return selection.contains(name); };
    if (!asks_for("transactions") && !asks_for("fees") && !asks_for("gasSpent")) return out;
    const auto spent = spent_of(block);
    if (!spent) return fail(spent.error());
    if (asks_for("transactions")) out["transactions"] = values_of(*spent, block.header, {}, selection["transactions"]);
    std::uint64_t fees = 0;
    std::uint64_t gas = 0;
    for (const ledger::SpentTransaction& one : *spent) {
        fees += one.gas_spent.value * one.transaction.transaction.gas_price().value;
        gas += one.gas_spent.value;
    }
    out["fees"] = fees;
    out["gasSpent"] = gas;
    return out;
}

}  // namespace dusk::rpc::graphql
