#include "execution/balance_watch.hpp"

#include "base/archive.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::execution {

void BalanceWatch::add(const ledger::AccountKey& account) {
    const AccountBytes bytes = account.to_bytes();
    if (accounts_.contains(bytes)) return;
    if (!has_room()) {
        cut_ = true;
        return;
    }
    accounts_.emplace(bytes, account);
}

void BalanceWatch::add(const ledger::Unchecked<ledger::AccountKey>& account) {
    const auto key = ledger::account_key(account);
    if (key) add(*key);
}

void BalanceWatch::add(const ledger::ContractId& contract) {
    if (contracts_.contains(contract)) return;
    if (!has_room()) {
        cut_ = true;
        return;
    }
    contracts_.insert(contract);
}

void BalanceWatch::add(const ledger::WithdrawReceiver& receiver) {
    if (const auto* account = std::get_if<ledger::ToAccount>(&receiver)) add(account->account);
}

void BalanceWatch::see(const ledger::Transaction& transaction) {
    if (const auto* one = transaction.moonlight()) {
        add(one->payload.sender);
        add(one->payload.receiver);
        add(one->payload.fee.refund_address);
    }
    if (const auto* call = transaction.call(); call != nullptr && call->contract != ledger::kTransferContract) {
        add(call->contract);
    }
}

void BalanceWatch::see(const vm::EventView& event) {
    if (event.reverted || event.source != ledger::kTransferContract.bytes) return;
    if (event.topic == "withdraw" || event.topic == "mint") {
        if (const auto one = archive_read<ledger::WithdrawEvent>(event.data)) {
            add(one->sender);
            add(one->receiver);
        }
    } else if (event.topic == "convert") {
        if (const auto one = archive_read<ledger::ConvertEvent>(event.data)) {
            if (one->sender) add(*one->sender);
            add(one->receiver);
        }
    } else if (event.topic == "deposit") {
        if (const auto one = archive_read<ledger::DepositEvent>(event.data)) {
            if (one->sender) add(*one->sender);
            add(one->receiver);
        }
    } else if (event.topic == "contract_to_contract" || event.topic == "mint_c") {
        if (const auto one = archive_read<ledger::ContractToContractEvent>(event.data)) {
            add(one->sender);
            add(one->receiver);
        }
    } else if (event.topic == "contract_to_account") {
        if (const auto one = archive_read<ledger::ContractToAccountEvent>(event.data)) {
            add(one->sender);
            add(one->receiver);
        }
    }
}

}  // namespace dusk::execution
