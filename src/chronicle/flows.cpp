#include "chronicle/flows.hpp"

#include "base/archive.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::chronicle {
namespace {

using ledger::AccountKey;
using ledger::Unchecked;

Flow flow(const Unchecked<AccountKey>& account, Way way) { return {ledger::account_bytes(account), way}; }

const Unchecked<AccountKey>* account_of(const ledger::WithdrawReceiver& receiver) {
    const auto* account = std::get_if<ledger::ToAccount>(&receiver);
    return account == nullptr ? nullptr : &account->account;
}

}  // namespace

void Flows::see_payment(ByteView data) {
    const auto event = archive_read<ledger::MoonlightTransactionEvent>(data);
    if (!event) return;
    const Flow sender = flow(event->sender, Way::out);
    flows_.insert(sender);
    if (event->receiver) {
        flows_.insert(flow(*event->receiver, Way::in));
    } else {
        to_itself_ = Flow{sender.account, Way::in};
    }
    if (event->refund_info && event->refund_info->value.value > 0) {
        const Flow refund = flow(event->refund_info->account, Way::in);
        if (refund.account != sender.account) flows_.insert(refund);
    }
    memo_ = event->memo;
}

void Flows::see(const chain::KeptEvent& event) {
    ++events_;
    if (event.source != ledger::kTransferContract) return;
    if (event.topic == "moonlight") ++public_;
    if (event.topic == "phoenix") ++shielded_;
    if (event.reverted) return;
    const Unchecked<AccountKey>* receiver = nullptr;
    if (event.topic == "moonlight") {
        see_payment(event.data);
    } else if (event.topic == "convert") {
        const auto read = archive_read<ledger::ConvertEvent>(event.data);
        if (read) receiver = account_of(read->receiver);
        if (receiver != nullptr) flows_.insert(flow(*receiver, Way::in));
    } else if (event.topic == "withdraw" || event.topic == "mint") {
        const auto read = archive_read<ledger::WithdrawEvent>(event.data);
        if (read) receiver = account_of(read->receiver);
        if (receiver != nullptr) flows_.insert(flow(*receiver, Way::in));
    } else if (event.topic == "contract_to_account") {
        const auto read = archive_read<ledger::ContractToAccountEvent>(event.data);
        if (read) flows_.insert(flow(read->receiver, Way::in));
    }
}

std::set<Flow> Flows::flows() const {
    std::set<Flow> out = flows_;
    if (events_ == 1 && to_itself_) out.insert(*to_itself_);
    return out;
}

}  // namespace dusk::chronicle
