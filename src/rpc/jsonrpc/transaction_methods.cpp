#include <fmt/core.h>

#include "rpc/jsonrpc/spent_value.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

constexpr std::uint64_t kMostPooled = 1000;

const Parameter& transaction_parameter() {
    static const Parameter kParameter{"transaction", schema::ref("Hex"), true, "a signed transaction, encoded"};
    return kParameter;
}

Answer<ledger::LedgerTransaction> decoded(const Params& params) {
    auto out = ledger::decode_any(params.bytes("transaction"));
    if (!out) return fail(invalid_params("transaction", fmt::format("is none: {}", to_string(out.error()))));
    return ledger::LedgerTransaction{.format = out->format, .transaction = std::move(out->transaction)};
}

// The error is that of the method.
Answer<Json> answer_of(const IntakeVerdict& verdict) {
    switch (verdict.kind) {
        case IntakeVerdict::Kind::taken:
        case IntakeVerdict::Kind::known:
            return Json{{"id", hex(verdict.id)}, {"known", verdict.kind == IntakeVerdict::Kind::known}};
        case IntakeVerdict::Kind::refused: {
            Error error = refused(verdict.text);
            error.data["id"] = hex(verdict.id);
            return fail(std::move(error));
        }
        case IntakeVerdict::Kind::busy:
            return fail(busy(verdict.text.empty() ? "too many transactions wait" : verdict.text));
        case IntakeVerdict::Kind::undecided:
            break;
    }
    return fail(busy("the transaction is still being checked"));
}

asio::awaitable<Answer<Json>> send(const Backend& backend, const Params& params) {
    auto transaction = decoded(params);
    if (!transaction) co_return fail(transaction.error());
    co_return answer_of(co_await backend.intake.send(*std::move(transaction)));
}

asio::awaitable<Answer<Json>> preverify(const Backend& backend, const Params& params) {
    auto transaction = decoded(params);
    if (!transaction) co_return fail(transaction.error());
    auto answer = answer_of(co_await backend.intake.check(*std::move(transaction)));
    if (answer) answer->erase("known");
    co_return answer;
}

asio::awaitable<Answer<Json>> simulate(const Backend& backend, const Params& params) {
    auto transaction = decoded(params);
    if (!transaction) co_return fail(transaction.error());
    const ledger::Gas most = backend.parts.settings.block_gas_limit;
    if (transaction->transaction.gas_limit() > most) co_return fail(over_limit("gas of a transaction", most.value));
    Json out{{"id", hex(transaction->id())}};
    const auto report = co_await backend.simulations.simulate(std::move(transaction->transaction));
    if (!report) co_return fail(report.error().status == 429 ? busy(kTooManyQuestions) : internal_error());
    out.update(*report);
    co_return out;
}

Answer<Json> get(const Backend& backend, const Params& params) {
    const auto id = params.name<ledger::TransactionId>("id");
    if (const auto waiting = backend.parts.node.core().mempool().find(id)) {
        return Json{{"id", hex(id)},    {"state", "waiting"},
                    {"block", nullptr}, {"gas_spent", nullptr},
                    {"error", nullptr}, {"transaction", transaction_value(waiting->transaction)}};
    }
    const auto spent = backend.parts.blocks.transaction(id);
    if (!spent) return fail(internal_error());
    if (!*spent) return fail(not_found("there is no such transaction here"));
    const auto block = find_block(backend.parts.blocks, (*spent)->block_height.value);
    if (!block) return fail(block.error());
    return spent_value(**spent, *block);
}

Answer<Json> mempool(const Backend& backend, const Params& params) {
    const mempool::Mempool& pool = backend.parts.node.core().mempool();
    Json list = Json::array();
    for (const auto& one : pool.best(params.number("count", 100))) {
        const ledger::Transaction& transaction = one->transaction;
        Json entry{{"id", hex(one->id())},
                   {"type", transaction.phoenix() != nullptr ? "phoenix" : "moonlight"},
                   {"gas_price", u64(transaction.gas_price().value)},
                   {"gas_limit", u64(transaction.gas_limit().value)}};
        if (params.flag("full")) entry["transaction"] = transaction_value(transaction);
        list.push_back(std::move(entry));
    }
    return Json{{"size", pool.size()}, {"transactions", std::move(list)}};
}

Answer<Json> decode(const Params& params) {
    const auto transaction = decoded(params);
    if (!transaction) return fail(transaction.error());
    return Json{{"id", hex(transaction->id())}, {"transaction", transaction_value(transaction->transaction)}};
}

}  // namespace

void add_transaction_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    table.add({.name = "transactions.get",
               .meaning = "Where a transaction is, and what became of it.",
               .params = {{"id", ref("Hash"), true, "of the transaction"}},
               .result = ref("SpentTransaction"),
               .errors = {ErrorCode::not_found},
               .handler = at_once([backend](const Params& params) { return get(backend, params); })});
    table.add({.name = "transactions.send",
               .meaning = "Gives a transaction to the mempool and the network; answered once it was checked.",
               .params = {transaction_parameter()},
               .result = object({{"id", ref("Hash")}, {"known", described(boolean(), "it was there before")}}),
               .errors = {ErrorCode::refused},
               .kind = node::RequestClass::tx_propagate,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await send(backend, call.params);
               }});
    table.add({.name = "transactions.preverify",
               .meaning = "Whether the mempool would take a transaction; nothing else happens.",
               .params = {transaction_parameter()},
               .result = object({{"id", ref("Hash")}}),
               .errors = {ErrorCode::refused},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await preverify(backend, call.params);
               }});
    table.add({.name = "transactions.simulate",
               .meaning = "What executing a transaction on the last state comes to.",
               .params = {transaction_parameter()},
               .result = described({{"type", "object"}}, "`id`, and what POST /simulate answers"),
               .errors = {ErrorCode::limit},
               .kind = node::RequestClass::contract_query,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await simulate(backend, call.params);
               }});
    table.add({.name = "transactions.decode",
               .meaning = "What a transaction says.",
               .params = {transaction_parameter()},
               .result = object({{"id", ref("Hash")}, {"transaction", ref("Transaction")}}),
               .handler = at_once(decode)});
    table.add({.name = "transactions.mempool",
               .meaning = "Transactions that wait for a block, those that pay most for a gas first.",
               .params = {{"count", integer(1, kMostPooled), false, "how many at most; 100 without it"},
                          {"full", boolean(), false, "with what they say"}},
               .result = object({{"size", described(integer(), "of the whole mempool")},
                                 {"transactions", list_of(object({{"id", ref("Hash")},
                                                                  {"type", one_of_names({"moonlight", "phoenix"})},
                                                                  {"gas_price", ref("U64")},
                                                                  {"gas_limit", ref("U64")},
                                                                  {"transaction?", ref("Transaction")}}))}}),
               .handler = at_once([backend](const Params& params) { return mempool(backend, params); })});
}

}  // namespace dusk::rpc::jsonrpc
