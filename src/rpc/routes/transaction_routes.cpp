#include "rpc/routes/transaction_routes.hpp"

#include <fmt/core.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "base/cases.hpp"
#include "execution/execute_transaction.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/routes/simulation.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

HttpResponse not_accepted(const ledger::TransactionId& id, std::string_view why) {
    return invalid_input(fmt::format("Tx {} not accepted: {}", ledger::hex(id), why));
}

HttpResponse busy(std::string_view text) {
    HttpResponse out = HttpResponse::error(503, text);
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

asio::awaitable<bool> TransactionRoutes::wait(Waiter& waiter) const {
    waiter.timer.expires_after(parts_.settings.patience);
    boost::system::error_code ended;
    co_await waiter.timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    co_return waiter.is_decided;
}

asio::awaitable<HttpResponse> TransactionRoutes::propagate(RouteRequest request) {
    auto decoded = ledger::decode_any(request.body.bytes.reveal());
    if (!decoded) co_return invalid_input(fmt::format("Data: {}", to_string(decoded.error())));
    const auto submission =
        parts_.node.submit({.format = decoded->format, .transaction = std::move(decoded->transaction)});
    switch (submission.kind) {
        case node::Submission::Kind::known:
            co_return nothing();
        case node::Submission::Kind::busy:
            co_return busy("too many transactions wait; try again later");
        case node::Submission::Kind::refused:
            co_return not_accepted(submission.id, submission.text);
        case node::Submission::Kind::taken:
            break;
    }
    const auto waiter = std::make_shared<Waiter>(parts_.loop);
    const auto place = waiters_.emplace(submission.id, waiter);
    if (!co_await wait(*waiter)) {
        waiters_.erase(place);
        co_return busy("the transaction is still being checked");
    }
    if (!waiter->refusal.empty()) co_return not_accepted(submission.id, waiter->refusal);
    co_return nothing();
}

asio::awaitable<HttpResponse> TransactionRoutes::preverify(ledger::LedgerTransaction transaction) {
    const auto waiter = std::make_shared<Waiter>(parts_.loop);
    const auto verdict = std::make_shared<node::Submission>();
    // It may be answered at once: then the timer ends before anybody waits for it.
    parts_.node.preverify(std::move(transaction), [waiter, verdict](node::Submission answer) {
        *verdict = std::move(answer);
        waiter->is_decided = true;
        waiter->timer.cancel();
    });
    if (!waiter->is_decided && !co_await wait(*waiter)) co_return busy("the transaction is still being checked");
    if (verdict->kind == node::Submission::Kind::refused) co_return not_accepted(verdict->id, verdict->text);
    if (verdict->kind == node::Submission::Kind::busy) co_return internal_error();
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
    if (!outcome) co_return busy("too many questions wait; try again later");
    if (!*outcome) co_return internal_error();
    const Simulation& done = **outcome;
    co_return json_answer({{"error", done.error ? nlohmann::json(*done.error) : nlohmann::json(nullptr)},
                           {"gas-spent", done.gas_spent.value}});
}

void TransactionRoutes::on_action(const node::CoreAction& action) {
    std::visit(Cases{[this](const node::TransactionAdded& added) { decide(added.id, {}); },
                     [this](const node::TransactionDeferred& deferred) { decide(deferred.id, {}); },
                     [this](const node::TransactionDropped& dropped) {
                         decide(dropped.id,
                                dropped.text.empty() ? std::string(to_string(dropped.reason)) : dropped.text);
                     },
                     [](const auto&) {}},
               action);
}

void TransactionRoutes::decide(const ledger::TransactionId& id, const std::string& refusal) {
    const auto [begin, end] = waiters_.equal_range(id);
    for (auto at = begin; at != end; ++at) {
        at->second->is_decided = true;
        at->second->refusal = refusal;
        at->second->timer.cancel();
    }
    waiters_.erase(begin, end);
}

}  // namespace dusk::rpc
