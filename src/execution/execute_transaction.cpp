#include "execution/execute_transaction.hpp"

#include <algorithm>

#include "base/archive.hpp"
#include "execution/call_errors.hpp"
#include "execution/deploy_contract.hpp"
#include "execution/preconditions.hpp"
#include "execution/transaction_scope.hpp"
#include "execution/try_transaction.hpp"
#include "execution/unlimited_gas.hpp"
#include "ledger/charges.hpp"

namespace dusk::execution {
namespace {

using ledger::ContractError;
using ledger::Gas;
using ledger::kTransferContract;
using ledger::Transaction;

constexpr std::string_view kNonceNotReady = "Nonce not ready to be used yet";

Discarded discarded(Refusal reason, std::string_view detail = {}) { return {reason, node_text(reason, detail)}; }

TransactionOutcome refused_spend(const vm::CallError& error) {
    if (is_machine_failure(error)) return MachineFailed{describe(error)};
    const bool is_early = error.kind == vm::CallErrorKind::panic && error.text == kNonceNotReady;
    Discarded out = is_early ? discarded(Refusal::nonce_not_ready) : discarded(Refusal::unspendable, display(error));
    out.debug = is_early ? "NotReady" : "Unspendable(" + debug_text(error) + ")";
    return out;
}

// Takes the inputs and makes the call.
std::variant<Spent, vm::CallError> spend(vm::Session& session, const Transaction& transaction, Gas limit) {
    auto receipt = session.call(kTransferContract.bytes, "spend_and_execute", spend_argument(transaction), limit.value);
    if (!receipt) return std::move(receipt).error();
    auto result = archive_read<Result<Bytes, ContractError>>(receipt->data);
    if (!result) {
        return vm::CallError{vm::CallErrorKind::session_lost, vm::Trap::none,
                             "the transfer contract returns no result"};
    }
    return Spent{{receipt->gas_spent}, *std::move(result), std::move(receipt->events)};
}

void charge_blobs(const Transaction& transaction, Spent& spent) {
    const ledger::Blobs* blobs = transaction.blobs();
    if (blobs != nullptr) spent.gas_spent = std::max(spent.gas_spent, ledger::blob_charge(blobs->blobs.size()));
}

void charge_errors(Gas limit, Spent& spent) {
    if (!spent.result) spent.gas_spent = limit;
}

vm::CallResult<void> refund(vm::Session& session, Spent& spent) {
    auto receipt = session.call(kTransferContract.bytes, "refund", archive_write(spent.gas_spent.value), kUnlimitedGas);
    if (!receipt) return fail(std::move(receipt).error());
    spent.events.append(receipt->events);
    return {};
}

TransactionOutcome spend_and_deploy(vm::Session& session, const Transaction& transaction, Gas limit) {
    auto paid = spend(session, transaction, limit);
    if (const auto* error = std::get_if<vm::CallError>(&paid)) return refused_spend(*error);
    Spent& spent = std::get<Spent>(paid);
    if (spent.result) deploy_contract(session, transaction, limit, spent);
    charge_blobs(transaction, spent);
    charge_errors(limit, spent);
    return std::move(spent);
}

}  // namespace

std::optional<std::string> error_text(const Spent& spent) {
    return spent.result ? std::nullopt : std::optional(display(spent.result.error()));
}

TransactionOutcome execute_transaction(vm::Session& session, const Transaction& transaction) {
    if (const auto allowed = check_preconditions(transaction); !allowed) return discarded(allowed.error());
    const TransactionScope scope(session, transaction);
    auto outcome = spend_and_deploy(session, transaction, transaction.gas_limit());
    auto* const spent = std::get_if<Spent>(&outcome);
    if (spent == nullptr) return outcome;
    if (const auto refunded = refund(session, *spent); !refunded) {
        if (is_machine_failure(refunded.error())) return MachineFailed{describe(refunded.error())};
        return RefundFailed{node_text(Refusal::refund_failed, display(refunded.error()))};
    }
    return outcome;
}

TransactionOutcome try_transaction(vm::Session& session, const Transaction& transaction, Gas limit) {
    const TransactionScope scope(session, transaction);
    return spend_and_deploy(session, transaction, limit);
}

}  // namespace dusk::execution
