#include "rpc/transaction_intake.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/cases.hpp"

namespace dusk::rpc {

namespace asio = boost::asio;
using Kind = IntakeVerdict::Kind;

asio::awaitable<bool> TransactionIntake::wait(Waiter& waiter) const {
    waiter.timer.expires_after(patience_);
    boost::system::error_code ended;
    co_await waiter.timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    co_return waiter.is_decided;
}

asio::awaitable<IntakeVerdict> TransactionIntake::send(ledger::LedgerTransaction transaction) {
    auto submission = node_.submit(std::move(transaction));
    const ledger::TransactionId id = submission.id;
    switch (submission.kind) {
        case node::Submission::Kind::known:
            co_return IntakeVerdict{.kind = Kind::known, .id = id};
        case node::Submission::Kind::busy:
            co_return IntakeVerdict{.kind = Kind::busy, .id = id, .text = std::move(submission.text)};
        case node::Submission::Kind::refused:
            co_return IntakeVerdict{.kind = Kind::refused, .id = id, .text = std::move(submission.text)};
        case node::Submission::Kind::taken:
            break;
    }
    const auto waiter = std::make_shared<Waiter>(loop_);
    const auto place = waiters_.emplace(id, waiter);
    if (!co_await wait(*waiter)) {
        waiters_.erase(place);
        co_return IntakeVerdict{.kind = Kind::undecided, .id = id};
    }
    const bool is_refused = !waiter->refusal.empty();
    co_return IntakeVerdict{
        .kind = is_refused ? Kind::refused : Kind::taken, .id = id, .text = std::move(waiter->refusal)};
}

asio::awaitable<IntakeVerdict> TransactionIntake::check(ledger::LedgerTransaction transaction) {
    const ledger::TransactionId id = transaction.id();
    const auto waiter = std::make_shared<Waiter>(loop_);
    const auto verdict = std::make_shared<node::Submission>();
    // It may be answered at once: then the timer ends before anybody waits for it.
    node_.preverify(std::move(transaction), [waiter, verdict](node::Submission answer) {
        *verdict = std::move(answer);
        waiter->is_decided = true;
        waiter->timer.cancel();
    });
    if (!waiter->is_decided && !co_await wait(*waiter)) co_return IntakeVerdict{.kind = Kind::undecided, .id = id};
    IntakeVerdict out{.kind = Kind::taken, .id = id};
    if (verdict->kind == node::Submission::Kind::refused) out.kind = Kind::refused;
    if (verdict->kind == node::Submission::Kind::busy) out.kind = Kind::busy;
    out.text = std::move(verdict->text);
    co_return out;
}

void TransactionIntake::on_action(const node::CoreAction& action) {
    std::visit(Cases{[this](const node::TransactionAdded& added) { decide(added.id, {}); },
                     [this](const node::TransactionDeferred& deferred) { decide(deferred.id, {}); },
                     [this](const node::TransactionDropped& dropped) {
                         decide(dropped.id,
                                dropped.text.empty() ? std::string(to_string(dropped.reason)) : dropped.text);
                     },
                     [](const auto&) {}},
               action);
}

void TransactionIntake::decide(const ledger::TransactionId& id, const std::string& refusal) {
    const auto [begin, end] = waiters_.equal_range(id);
    for (auto at = begin; at != end; ++at) {
        at->second->is_decided = true;
        at->second->refusal = refusal;
        at->second->timer.cancel();
    }
    waiters_.erase(begin, end);
}

}  // namespace dusk::rpc
