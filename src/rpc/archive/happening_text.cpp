#include "rpc/archive/happening_text.hpp"

#include <fmt/format.h>

#include "base/archive.hpp"
#include "base/base58.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/hex_name.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"
#include "rpc/archive/list_json.hpp"

namespace dusk::rpc {
namespace {

using chronicle::AccountBytes;
using chronicle::Happening;
using chronicle::TransactionKind;

AccountBytes bytes_of(const ledger::Unchecked<ledger::AccountKey>& account) { return ledger::account_bytes(account); }

// Long names are cut: the item has them whole.
std::string short_name(const std::string& name) { return name.size() <= 12 ? name : name.substr(0, 8) + "…"; }

std::string contract_name(const ledger::ContractId& contract) {
    if (contract == ledger::kTransferContract) return "the transfer contract";
    if (contract == ledger::kStakeContract) return "the stake contract";
    return "the contract " + short_name(hex(contract));
}

void see_payment(const chronicle::ListedHappening& happening, const AccountBytes& account, HappeningDetail& out) {
    const auto event = archive_read<ledger::MoonlightTransactionEvent>(happening.event.data);
    if (!event) return;
    out.memo = event->memo;
    if (happening.happening == Happening::sent) {
        if (event->receiver && bytes_of(*event->receiver) != account) out.account = bytes_of(*event->receiver);
    } else {
        out.account = bytes_of(event->sender);
    }
}

void see_transfer(const chronicle::ListedHappening& happening, const AccountBytes& account, HappeningDetail& out) {
    const chronicle::EventRecord& event = happening.event;
    const std::string topic(event.topic.begin(), event.topic.end());
    if (topic == "moonlight") return see_payment(happening, account, out);
    if (topic == "withdraw" || topic == "mint") {
        const auto read = archive_read<ledger::WithdrawEvent>(event.data);
        if (read) out.contract = read->sender;
    } else if (topic == "contract_to_account") {
        const auto read = archive_read<ledger::ContractToAccountEvent>(event.data);
        if (read) out.contract = read->sender;
    } else if (topic == "deposit") {
        const auto read = archive_read<ledger::DepositEvent>(event.data);
        if (read) out.contract = read->receiver;
    } else if (topic == "convert") {
        out.is_hidden = true;
    }
}

std::string party_text(const HappeningDetail& detail) {
    if (detail.account) return short_name(to_base58(*detail.account));
    if (detail.contract) return contract_name(*detail.contract);
    return detail.is_hidden ? "shielded notes" : "itself";
}

std::string sent_text(const std::string& amount, const HappeningDetail& detail,
                      const chronicle::ListedTransaction* transaction, bool is_nothing) {
    const std::string end = transaction != nullptr && transaction->error ? ", which failed" : "";
    if (transaction != nullptr && transaction->kind == TransactionKind::call && transaction->contract) {
        const std::string call = fmt::format("Called `{}` of {}{}", readable(transaction->function),
                                             contract_name(*transaction->contract), end);
        return is_nothing ? call : fmt::format("{}, and paid {} to {}", call, amount, party_text(detail));
    }
    if (transaction != nullptr && transaction->kind == TransactionKind::deploy && transaction->contract) {
        return fmt::format("Deployed {}{}", contract_name(*transaction->contract), end);
    }
    if (is_nothing && !detail.account) return "Sent a transaction that pays nobody" + end;
    return fmt::format("Paid {} to {}{}", amount, party_text(detail), end);
}

}  // namespace

HappeningDetail detail_of(const chronicle::ListedHappening& happening, const AccountBytes& account) {
    HappeningDetail out;
    if (happening.event.source == ledger::kTransferContract) {
        see_transfer(happening, account, out);
    } else if (happening.happening == Happening::slashed || happening.happening == Happening::hard_slashed) {
        const auto read = archive_read<ledger::SlashEvent>(happening.event.data);
        if (read) out.next_eligibility = read->next_eligibility;
    } else {
        out.contract = happening.event.source;
    }
    return out;
}

std::string happening_text(const chronicle::ListedHappening& happening, const HappeningDetail& detail,
                           const chronicle::ListedTransaction* transaction) {
    const std::string amount = ledger::format_dusk(happening.amount) + " DUSK";
    const std::string again = detail.next_eligibility ? fmt::format(" The stake counts again from block {} on.",
                                                                    detail.next_eligibility->value)
                                                      : std::string();
    switch (happening.happening) {
        case Happening::sent:
            return sent_text(amount, detail, transaction, happening.amount.value == 0);
        case Happening::received:
            return fmt::format("Got {} from {}", amount, party_text(detail));
        case Happening::refunded:
            return fmt::format("Got {} for gas that {} paid for and did not spend", amount, party_text(detail));
        case Happening::shielded:
            return fmt::format("Moved {} into shielded notes", amount);
        case Happening::unshielded:
            return fmt::format("Got {} out of shielded notes", amount);
        case Happening::deposited:
            return fmt::format("Deposited {} with {}", amount, party_text(detail));
        case Happening::staked:
            return fmt::format("Staked {}", amount);
        case Happening::unstaked:
            return fmt::format("Took {} out of the stake", amount);
        case Happening::claimed:
            return fmt::format("Took out {} of rewards", amount);
        case Happening::slashed:
            return fmt::format(
                "Punished for missing its turn to make a block, or for breaking a rule of consensus: {} "
                "of the stake are locked.{}",
                amount, again);
        case Happening::hard_slashed:
            return fmt::format(
                "Punished for breaking a rule of consensus, such as signing two things for one step: "
                "{} of the stake are burnt.{}",
                amount, again);
        case Happening::reward_generator_fixed:
            return fmt::format("Reward of {} for making the block", amount);
        case Happening::reward_generator_extra:
            return fmt::format("Reward of {} for the votes that its block carries", amount);
        case Happening::reward_voter:
            return fmt::format("Reward of {} for voting", amount);
        case Happening::reward_other:
            return fmt::format("Reward of {}", amount);
    }
    return {};
}

std::string block_text(const chronicle::ListedBlock& block) {
    if (block.missed) {
        return fmt::format("Was to make block {} in iteration {}, and no block of it came to be", block.height.value,
                           block.iteration);
    }
    return fmt::format("Made block {} in iteration {} with {} transactions, for {} DUSK", block.height.value,
                       block.iteration, block.transactions, ledger::format_dusk(block.reward));
}

}  // namespace dusk::rpc
