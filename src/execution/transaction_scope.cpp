#include "execution/transaction_scope.hpp"

#include <fmt/core.h>

#include "base/archive.hpp"
#include "ledger/withdraw.hpp"

namespace dusk::execution {
namespace {

constexpr std::string_view kPublicSender = "public_sender";

Bytes public_sender(const ledger::Transaction& transaction) {
    std::optional<ledger::Unchecked<ledger::AccountKey>> sender;
    if (const auto* moonlight = transaction.moonlight()) sender = moonlight->payload.sender;
    return archive_write(sender);
}

std::size_t nullifiers_of(const ledger::Transaction& transaction) {
    const ledger::PhoenixTransaction* phoenix = transaction.phoenix();
    return phoenix == nullptr ? 0 : phoenix->payload.skeleton.nullifiers.size();
}

}  // namespace

TransactionScope::TransactionScope(vm::Session& session, const ledger::Transaction& transaction) : session_(&session) {
    session.set_metadata(std::string(kPublicSender), public_sender(transaction));
    if (transaction.call() == nullptr) return;
    session.set_call_hook([nullifiers = nullifiers_of(transaction)](const vm::ContractId& callee,
                                                                    std::string_view function, ByteView argument) {
        return refused_withdrawal(callee, function, argument, nullifiers);
    });
}

TransactionScope::~TransactionScope() {
    session_->remove_metadata(std::string(kPublicSender));
    session_->set_call_hook({});
}

std::optional<std::string> refused_withdrawal(const vm::ContractId& callee, std::string_view function,
                                              ByteView argument, std::size_t nullifiers) {
    if (callee != ledger::kTransferContract.bytes || function != "withdraw") return {};
    const auto withdrawal = archive_read<ledger::Withdraw>(argument);
    if (!withdrawal) return "failed to deserialize withdrawal arguments";
    const auto* token = std::get_if<ledger::NullifierToken>(&withdrawal->token);
    if (token == nullptr || token->nullifiers.size() == nullifiers) return {};
    return fmt::format("nullifier count mismatch: withdrawal has {}, transaction has {}", token->nullifiers.size(),
                       nullifiers);
}

}  // namespace dusk::execution
