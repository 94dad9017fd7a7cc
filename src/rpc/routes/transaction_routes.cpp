#include "rpc/routes/transaction_routes.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "execution/execute_transaction.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/routes/simulation.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kTooManyWait = "too many transactions wait";
constexpr std::string_view kStillChecked = "the transaction is still being checked";

HttpResponse not_accepted(const ledger::TransactionId& id, std::string_view why) {
    return invalid_input(fmt::format("Tx {} not accepted: {}", ledger::hex(id), why));
}

HttpResponse busy(std::string_view text) {
    HttpResponse out = HttpResponse::error(503, fmt::format("{}; try again later", text));
    out.headers.emplace_back("Retry-After", "1");
    return out;
}

}  // namespace

void TransactionRoutes::add_to(RouteTable& table) {
    table.add("POST", "/on/transactions/propagate", RequestClass::tx_propagate,
              [this](RouteRequest request) { return propagate(std::move(request)); });
    table.add("POST", "/on/transactions/{}", RequestClass::other_rues,
              [this](RouteRequest request) { return other(std::move(request)); });
}

asio::awaitable<HttpResponse> TransactionRoutes::other(RouteRequest request) {
    const std::string& topic = request.parameters.at(0);
    if (topic == "simulate") co_return co_await simulate(std::move(request));
    if (topic != "preverify") co_return unsupported();
    auto decoded = ledger::decode_any(request.body.bytes.reveal());
    if (!decoded) co_return invalid_input(fmt::format("Data: {}", to_string(decoded.error())));
    co_return co_await preverify({.format = decoded->format, .transaction = std::move(decoded->transaction)});
}

asio::awaitable<HttpResponse> TransactionRoutes::propagate(RouteRequest request) {
    auto decoded = ledger::decode_any(request.body.bytes.reveal());
    if (!decoded) co_return invalid_input(fmt::format("Data: {}", to_string(decoded.error())));
    const IntakeVerdict verdict = co_await intake_.send(
        ledger::LedgerTransaction{.format = decoded->format, .transaction = std::move(decoded->transaction)});
    switch (verdict.kind) {
        case IntakeVerdict::Kind::taken:
        case IntakeVerdict::Kind::known:
            co_return nothing();
        case IntakeVerdict::Kind::refused:
            co_return not_accepted(verdict.id, verdict.text);
        case IntakeVerdict::Kind::busy:
            co_return busy(verdict.text.empty() ? kTooManyWait : verdict.text);
        case IntakeVerdict::Kind::undecided:
            break;
    }
    co_return busy(kStillChecked);
}

asio::awaitable<HttpResponse> TransactionRoutes::preverify(ledger::LedgerTransaction transaction) {
    const IntakeVerdict verdict = co_await intake_.check(std::move(transaction));
    if (verdict.kind == IntakeVerdict::Kind::undecided) co_return busy(kStillChecked);
    if (verdict.kind == IntakeVerdict::Kind::refused) co_return not_accepted(verdict.id, verdict.text);
    if (verdict.kind == IntakeVerdict::Kind::busy) co_return busy(verdict.text.empty() ? kTooManyWait : verdict.text);
    co_return nothing();
}

asio::awaitable<HttpResponse> TransactionRoutes::simulate(RouteRequest request) {
    auto decoded = ledger::decode_any(request.body.bytes.reveal());
    if (!decoded) co_return invalid_input(fmt::format("Invalid transaction: {}", to_string(decoded.error())));
    if (decoded->transaction.gas_limit() > parts_.settings.block_gas_limit) {
        co_return invalid_input("Gas limit is too high.");
    }
    auto session = parts_.session_at_next();
    if (!session) co_return session.error();
    auto outcome = co_await parts_.threads.ask([session = *std::move(session), transaction = decoded->transaction] {
        return simulation_of(execution::execute_transaction(*session, transaction));
    });
    if (!outcome) co_return busy("too many questions wait");
    if (!*outcome) co_return internal_error();
    const Simulation& done = **outcome;
    co_return json_answer({{"error", done.error ? nlohmann::json(*done.error) : nlohmann::json(nullptr)},
                           {"gas-spent", done.gas_spent.value}});
}

}  // namespace dusk::rpc
