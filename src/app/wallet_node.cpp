#include "app/wallet_node.hpp"

#include <fmt/core.h>

#include "app/contract_values.hpp"
#include "app/devnet_nodes.hpp"
#include "base/hex.hpp"
#include "client/http_address.hpp"

namespace dusk::app {
namespace {

using nlohmann::json;

std::optional<ByteArray<32>> hash_of(const json& object) {
    if (!object.is_object() || !object.contains("hash") || !object["hash"].is_string()) return {};
    const auto bytes = from_hex(object["hash"].get<std::string>());
    if (!bytes || bytes->size() != 32) return {};
    return take<32>(*bytes);
}

// A member that is an object or null; a node that answers otherwise answers nothing.
const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found != object.end() && (found->is_object() || found->is_null()) ? &*found : nullptr;
}

constexpr const char* kNoArchive = "no_archive";

std::unexpected<Failure> no_reply(const std::string& why) {
    return no_answer(why + " (does the node run? --node URL asks another one)");
}

std::unexpected<Failure> something_else(std::string_view question) {
    return no_answer(fmt::format("the node answers {} with something else", question));
}

}  // namespace

Result<WalletNode, Failure> WalletNode::at(const std::string& address, const std::string& authorities) {
    if (!client::parse_http_address(address)) {
        return usage(fmt::format("\"{}\" is no node: https://HOST, http://HOST:PORT or HOST:PORT", printable(address)));
    }
    return WalletNode(client::HttpClient(address, {.patience = std::chrono::seconds(30), .authorities = authorities}));
}

Result<json, Failure> WalletNode::post(const std::string& path, std::string_view body) {
    const auto reply = client_.post(path, as_bytes(body), {{"Content-Type", "text/plain"}});
    if (!reply) return no_reply(reply.error());
    if (reply->status != 200) {
        return no_answer(fmt::format("{} does not answer {} (status {}): {}", address(), path, reply->status,
                                     printable(reply->text().substr(0, 300))));
    }
    json out = json::parse(reply->text(), nullptr, false);
    if (out.is_discarded()) return something_else(path);
    return out;
}

Result<json, Failure> WalletNode::graphql(const std::string& query) {
    auto answer = post("/on/graphql/query", query);
    if (answer && answer->is_object() && answer->contains("errors")) {
        const std::string words = (*answer)["errors"].dump(-1, ' ', false, json::error_handler_t::replace);
        auto failure = no_answer("the node answers: " + printable(words.substr(0, 300)));
        // The words that wallets go by (spec/interfaces.md §7).
        if (words.contains("Unknown field")) failure.error().code = kNoArchive;
        if (words.contains("ask for less")) failure.error().code = kTooMuch;
        return failure;
    }
    return answer;
}

Result<AccountStatus, Failure> WalletNode::account(const std::string& account) {
    const auto answer = post(fmt::format("/on/account:{}/status", account));
    if (!answer) return fail(answer.error());
    if (!answer->is_object() || !answer->contains("balance")) return something_else("for an account");
    const std::uint64_t nonce = number_of(*answer, "nonce");
    const std::uint64_t next = number_of(*answer, "next_nonce");
    return AccountStatus{
        .balance = {number_of(*answer, "balance")}, .nonce = {nonce}, .next_nonce = {next == 0 ? nonce + 1 : next}};
}

Result<ledger::ChainId, Failure> WalletNode::chain_id() {
    const auto answer = post("/on/node/info");
    if (!answer) return fail(answer.error());
    if (!answer->is_object()) return something_else("what chain it is on");
    return static_cast<ledger::ChainId>(number_of(*answer, "chain_id"));
}

Result<wallet::Bookmark, Failure> WalletNode::tip() {
    const auto answer = graphql("query { block(height: -1) { header { height hash } } }");
    if (!answer) return fail(answer.error());
    const json* const block = member(*answer, "block");
    const json* const header = block == nullptr ? nullptr : member(*block, "header");
    const auto hash = header == nullptr ? std::nullopt : hash_of(*header);
    if (!hash) return something_else("for the last block");
    return wallet::Bookmark{.height = number_of(*header, "height"), .block = *hash};
}

Result<ChainHeights, Failure> WalletNode::heights() {
    const auto answer = graphql("query { lastBlockPair { json } }");
    if (!answer) return fail(answer.error());
    const json* const pair = member(*answer, "lastBlockPair");
    const json* const found = pair == nullptr ? nullptr : member(*pair, "json");
    const auto height = [&](const char* name) -> std::optional<std::uint64_t> {
        if (found == nullptr || !found->is_object() || !found->contains(name)) return {};
        const json& block = (*found)[name];
        if (!block.is_array() || block.empty() || !block[0].is_number_unsigned()) return {};
        return block[0].get<std::uint64_t>();
    };
    const auto last = height("last_block");
    const auto last_final = height("last_finalized_block");
    if (!last || !last_final) return something_else("for its last blocks");
    return ChainHeights{.last = *last, .last_final = *last_final};
}

Result<void, Failure> WalletNode::read_history(const std::string& account, const HeightRange& range,
                                               std::vector<wallet::PublicMove>& out) {
    const auto answer =
        graphql(fmt::format("query {{ fullMoonlightHistory(address: \"{}\", ord: \"asc\", fromBlock: {}, "
                            "toBlock: {}) {{ json }} }}",
                            account, range.from, range.to));
    if (!answer && answer.error().code == kTooMuch && range.from < range.to) {
        const std::uint64_t middle = range.from + (range.to - range.from) / 2;
        const auto first = read_history(account, {range.from, middle}, out);
        return first ? read_history(account, {middle + 1, range.to}, out) : first;
    }
    if (!answer) return fail(answer.error());
    const json* const found = member(*answer, "fullMoonlightHistory");
    if (found == nullptr) return something_else("for the history of an account");
    const auto moves = wallet::read_public_history(found->is_null() ? json() : found->value("json", json()), account);
    if (!moves) return no_answer(moves.error());
    out.insert(out.end(), moves->begin(), moves->end());
    return {};
}

Result<std::optional<std::vector<wallet::PublicMove>>, Failure> WalletNode::public_history(const std::string& account,
                                                                                           std::uint64_t from) {
    const auto end = heights();
    if (!end) return fail(end.error());
    std::vector<wallet::PublicMove> out;
    if (end->last < from) return out;
    const auto read = read_history(account, {from, end->last}, out);
    if (read) return out;
    if (read.error().code == kNoArchive) return std::nullopt;
    return fail(read.error());
}

Result<std::optional<ByteArray<32>>, Failure> WalletNode::block_at(std::uint64_t height) {
    const auto answer = graphql(fmt::format("query {{ block(height: {}) {{ header {{ hash }} }} }}", height));
    if (!answer) return fail(answer.error());
    const json* const block = member(*answer, "block");
    if (block == nullptr) return something_else("for a block");
    if (block->is_null()) return std::nullopt;
    const json* const header = member(*block, "header");
    const auto hash = header == nullptr ? std::nullopt : hash_of(*header);
    if (!hash) return something_else("for a block");
    return hash;
}

Result<std::optional<SpentStatus>, Failure> WalletNode::spent(const std::string& id) {
    const auto answer = graphql(fmt::format("query {{ tx(hash: \"{}\") {{ err gasSpent blockHeight }} }}", id));
    if (!answer) return fail(answer.error());
    const json* const found = member(*answer, "tx");
    if (found == nullptr) return something_else("for a transaction");
    if (found->is_null()) return std::nullopt;
    SpentStatus out{.height = number_of(*found, "blockHeight"), .gas_spent = {number_of(*found, "gasSpent")}};
    const auto error = found->find("err");
    if (error != found->end() && error->is_string()) out.error = printable(error->get<std::string>().substr(0, 1000));
    return out;
}

Result<bool, Failure> WalletNode::is_in_mempool(const std::string& id) {
    const auto answer = graphql(fmt::format("query {{ mempoolTx(hash: \"{}\") {{ id }} }}", id));
    if (!answer) return fail(answer.error());
    const json* const found = member(*answer, "mempoolTx");
    if (found == nullptr) return something_else("for a transaction");
    return !found->is_null();
}

Result<std::optional<ledger::StakeData>, Failure> WalletNode::stake(const ledger::AccountKey& account) {
    RemoteContract contract(client_, ledger::kStakeContract);
    return contract.ask<std::optional<ledger::StakeData>>(
        "get_stake", archive_write(ledger::Unchecked<ledger::AccountKey>(account)));
}

Result<std::optional<Bytes>, Failure> WalletNode::encode_argument(const ledger::ContractId& contract,
                                                                  const std::string& function,
                                                                  const std::string& json_text) {
    const std::string path = fmt::format("/on/driver:{}/encode_input_fn:{}", to_hex(contract.bytes), function);
    const auto reply = client_.post(path, as_bytes(json_text), {{"Content-Type", "application/json"}});
    if (!reply) return no_reply(reply.error());
    if (reply->status == 404) return std::nullopt;
    if (reply->status == 500) {
        return usage("bad_argument", fmt::format("the driver of the node does not take this argument of {}", function));
    }
    auto bytes = from_hex(reply->text());
    if (reply->status != 200 || !bytes) return something_else("what an argument's bytes are");
    return *std::move(bytes);
}

Result<std::optional<json>, Failure> WalletNode::decode_answer(const ledger::ContractId& contract,
                                                               const std::string& function, ByteView answer) {
    const std::string path = fmt::format("/on/driver:{}/decode_output_fn:{}", to_hex(contract.bytes), function);
    const auto reply = client_.post(path, answer, {{"Content-Type", "application/octet-stream"}});
    if (!reply) return no_reply(reply.error());
    if (reply->status == 404) return std::nullopt;
    if (reply->status == 500) {
        return refused("bad_answer", fmt::format("the driver of the node cannot read the answer of {}", function));
    }
    json out = json::parse(reply->text(), nullptr, false);
    if (reply->status != 200 || out.is_discarded()) return something_else("what an answer means");
    return out;
}

Result<Bytes, Failure> WalletNode::ask_contract(const ledger::ContractId& contract, const std::string& function,
                                                ByteView argument) {
    return RemoteContract(client_, contract).call(function, argument);
}

ledger::GasPrice WalletNode::gas_price() {
    const auto answer = post("/on/blocks/gas-price");
    return {answer ? std::max<std::uint64_t>(1, number_of(*answer, "median")) : 1};
}

Result<void, Failure> WalletNode::propagate(ByteView transaction) {
    const auto reply = client_.post("/on/transactions/propagate", transaction);
    if (!reply) return no_reply(reply.error());
    if (reply->status == 202 || reply->status == 200) return {};
    const json answer = json::parse(reply->text(), nullptr, false);
    const bool has_words = answer.is_object() && answer.contains("error") && answer["error"].is_string();
    const std::string words = has_words ? answer["error"].get<std::string>() : std::string(reply->text());
    if (reply->status != 400) return no_answer(fmt::format("the node says: {}", printable(words.substr(0, 500))));
    return fail(Failure{.exit = ExitCode::rejected,
                        .code = "rejected",
                        .message = "the network does not take it: " + printable(words.substr(0, 500))});
}

}  // namespace dusk::app
