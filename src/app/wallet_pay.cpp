#include "app/wallet_pay.hpp"

#include <fmt/core.h>

#include "app/call_driver.hpp"
#include "app/confirm.hpp"
#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "app/tx_data.hpp"
#include "app/tx_file.hpp"
#include "app/wallet_payer.hpp"
#include "base/hex.hpp"
#include "consensus/rules.hpp"
#include "ledger/dusk_amount.hpp"
#include "wallet/payment_uri.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;
using wallet::Sent;
using wallet::SentState;

constexpr std::uint64_t kLeastDeployPrice = 2000;

Result<WalletNode, Failure> node_of(const WalletFolder& folder, const WalletOptions& options) {
    return WalletNode::at(options.node.empty() ? folder.settings.node : options.node, options.authorities);
}

// Whom a person means.
struct Receiver {
    std::string address{};
    bool is_notes = false;
};
Result<Receiver, Failure> receiver_of(WalletPay& command, const wallet::AddressBook& names) {
    Receiver out;
    std::string text = command.to;
    if (const std::string* address = names.address_of(text)) text = *address;
    if (auto request = wallet::parse_payment_uri(text)) {
        text = phoenix::to_base58(request->address);
        if (command.order.tx.value.empty() && request->amount) command.order.tx.value = format_dusk(*request->amount);
        if (command.memo.empty()) command.memo = request->memo;
    } else if (request.error() != wallet::PaymentUriError::not_a_request) {
        return usage(std::string(to_string(request.error())));
    }
    const auto address = phoenix::parse_address(text);
    if (!address) {
        return usage(fmt::format("\"{}\" is no address, no name of the address book and no request for payment: {}",
                                 printable(command.to), to_string(address.error())));
    }
    return Receiver{.address = text, .is_notes = std::holds_alternative<phoenix::PublicKey>(*address)};
}

// Completes what the words of the command left open. Whether notes pay.
Result<bool, Failure> complete_send(WalletPay& command, const wallet::AddressBook& names) {
    const auto receiver = receiver_of(command, names);
    if (!receiver) return fail(receiver.error());
    BuildTx& tx = command.order.tx;
    if (tx.value.empty()) return usage("say how much: `dusk wallet send TO AMOUNT`");
    const bool from_notes = command.from == PayFrom::automatic ? receiver->is_notes : command.from == PayFrom::notes;
    if (from_notes != receiver->is_notes) {
        return usage(from_notes ? "notes pay shielded addresses only: `dusk wallet unshield` first"
                                : "an account pays public accounts only: `dusk wallet shield` first");
    }
    tx.receiver = receiver->address;
    if (!command.memo.empty()) tx.kind = BuildMemo{.text = command.memo};
    return from_notes;
}

Result<bool, Failure> complete(WalletPay& command, const wallet::AddressBook& names) {
    WalletOrder& order = command.order;
    if (order.action == "send") return complete_send(command, names);
    if (order.tx.value.empty()) order.tx.value = "0";
    if (order.action == "shield") return false;
    if (order.action == "unshield") return true;
    if (auto* deploy = std::get_if<BuildDeploy>(&order.tx.kind)) {
        auto bytecode = read_public_file(command.bytecode);
        if (!bytecode) return fail(bytecode.error());
        deploy->content = *std::move(bytecode);
    }
    return command.from == PayFrom::notes;
}

// The bytes of an argument that was given in JSON.
Result<void, Failure> complete_argument(WalletNode* node, WalletPay& command) {
    auto* call = std::get_if<BuildCall>(&command.order.tx.kind);
    if (call == nullptr) return {};
    const auto contract = parse_contract_id(call->contract);
    if (!contract) return usage(fmt::format("\"{}\" is no contract: 64 hexadecimal digits", printable(call->contract)));
    if (!command.argument) return {};
    auto driver = CallDriver::of({*contract}, command.driver, node);
    if (!driver) return fail(driver.error());
    const auto bytes = driver->encode(call->function, *command.argument);
    if (!bytes) return fail(bytes.error());
    call->arguments = to_hex(*bytes);
    return {};
}

// "all" of a stake or its rewards, where no amount was said. A first stake that the contract would not take, and that
// would cost its fee, goes no further.
Result<void, Failure> complete_amount(WalletNode& node, WalletOrder& order) {
    auto* stake = std::get_if<BuildStake>(&order.tx.kind);
    if (stake == nullptr) return {};
    if (!stake->amount.empty()) {
        const auto amount = parse_amount(stake->amount);
        if (!amount) return fail(amount.error());
        if (order.action != "stake" || *amount >= consensus::kMinimumStake) return {};
    }
    const auto account = ledger::AccountKey::from_base58(order.account);
    if (!account) return refused("the account of the wallet is damaged");
    const auto there = node.stake(*account);
    if (!there) return fail(there.error());
    if (order.action == "stake") {
        if (*there && (*there)->amount) return {};
        return usage(fmt::format("a stake begins with at least {} DUSK", format_dusk(consensus::kMinimumStake)));
    }
    Lux all{};
    if (*there && order.action == "claim") all = (*there)->reward;
    if (*there && order.action == "unstake" && (*there)->amount) {
        all = {(*there)->amount->value.value + (*there)->amount->locked.value};
    }
    if (all == Lux{}) return refused("nothing_there", "there is nothing to take out");
    stake->amount = format_dusk(all);
    return {};
}

// The chain that the transaction names, and that of the node.
Result<void, Failure> complete_chain(const wallet::WalletSettings& settings, WalletNode* node, WalletOrder& order) {
    if (settings.chain_id) order.tx.chain_id = *settings.chain_id;
    const auto own = chain_id_of(order.tx);
    if (!own) return fail(own.error());
    if (node == nullptr) return {};
    const auto chain = node->chain_id();
    if (!chain) return fail(chain.error());
    if (*chain != *own) {
        return refused("other_chain", fmt::format("the node is on the chain {}, and this wallet is for {}, chain {}: "
                                                  "`dusk wallet settings`",
                                                  static_cast<unsigned>(*chain), printable(settings.network),
                                                  static_cast<unsigned>(*own)));
    }
    if (order.tx.gas_price == 0) order.tx.gas_price = node->gas_price().value;
    return {};
}

bool is_offline(const WalletPay& command) {
    return command.order.tx.nonce.has_value() && (!command.send.out.empty() || !command.send.order.empty());
}

Result<void, Failure> write_transaction(const MadeTransaction& made, const SendOptions& options) {
    const Bytes bytes = made.transaction.encode(ledger::TransactionFormat::aegis);
    return write_public_file(options.out, bytes, options.overwrite);
}

Outcome written_outcome(const MadeTransaction& made, const OrderSummary& summary, const SendOptions& options) {
    const std::string id = to_hex(made.transaction.id().bytes);
    Outcome out{.text = fmt::format("{}\nWrote {}\n  transaction {}\n", summary.text, options.out.string(), id),
                .json = summary.json,
                .warnings = made.warnings};
    out.json["id"] = id;
    out.json["file"] = options.out.string();
    return out;
}

Result<WalletOrder, Failure> read_order_file(const std::filesystem::path& path) {
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    auto order = read_order(*content);
    if (order) return *std::move(order);
    return refused("bad_order", fmt::format("{}: {}", path.string(), printable(order.error())));
}

Result<const Sent*, Failure> pending_of(wallet::Journal& journal, const std::string& id) {
    const Sent* const sent = journal.find(id);
    if (sent != nullptr && sent->state == SentState::pending) return sent;
    return refused("not_pending", sent == nullptr ? "no transaction of the wallet has this id, or more than one begins "
                                                    "with it: `dusk wallet pending` shows them"
                                                  : fmt::format("the transaction is {}: nothing can be changed",
                                                                to_string(sent->state)));
}

// Of an order that names its notes.
void read_key_ahead(const WalletFolder& folder, WalletOrder& order, const SendOptions& options, Executor& executor) {
    if (!order.tx.notes) return;
    const std::size_t inputs = order.tx.notes->positions.size();
    if (inputs < 1 || inputs > phoenix::TransferRequest::kMaxInputs) return;
    order.tx.keys = key_reader_of(folder, options, executor);
    if (order.tx.keys != nullptr) order.tx.keys->expect(inputs);
}

// Asks, makes, and sends or writes.
CommandResult carry_out(WalletFolder& folder, WalletNode* node, const WalletOrder& order,
                        const wallet::WalletSecret& secret, const SendOptions& options, RandomSource& random,
                        Executor& executor) {
    const auto names = folder.contacts();
    if (!names) return fail(names.error());
    const auto summary = summary_of(order, *names);
    if (!summary) return fail(summary.error());
    if (options.dry_run) return Outcome{.text = summary->text, .json = summary->json};
    if (const auto agreed = confirm(summary->text, options.yes); !agreed) return fail(agreed.error());
    const auto made = make_from_order(folder, order, secret, options, random, executor);
    if (!made) return fail(made.error());
    if (!options.out.empty()) {
        if (const auto written = write_transaction(*made, options); !written) return fail(written.error());
        return written_outcome(*made, *summary, options);
    }
    return send_made(folder, *node, order, *made, options);
}

CommandResult write_order_file(const WalletFolder& folder, const WalletOrder& order, const SendOptions& options) {
    const auto names = folder.contacts();
    if (!names) return fail(names.error());
    const auto summary = summary_of(order, *names);
    if (!summary) return fail(summary.error());
    if (options.dry_run) return Outcome{.text = summary->text, .json = summary->json};
    const std::string text = write_order(order);
    if (const auto written = write_public_file(options.order, as_bytes(text), options.overwrite); !written) {
        return fail(written.error());
    }
    Outcome out{.text = fmt::format("{}\nWrote {}: `dusk wallet sign` where the keys are\n", summary->text,
                                    options.order.string()),
                .json = summary->json};
    out.json["file"] = options.order.string();
    return out;
}

}  // namespace

Result<bool, Failure> complete_order(const WalletFolder& folder, WalletNode* node, WalletPay& command) {
    WalletOrder& order = command.order;
    if (order.profile >= folder.settings.profiles.size()) {
        return usage(
            fmt::format("the wallet has {} profiles: `dusk wallet profiles --add`", folder.settings.profiles.size()));
    }
    order.account = folder.settings.profiles[order.profile].account;
    order.tx.network = folder.settings.network;
    const bool has_price = order.tx.gas_price != 0;
    const auto names = folder.contacts();
    if (!names) return fail(names.error());
    const auto from_notes = complete(command, *names);
    if (!from_notes) return fail(from_notes.error());
    if (*from_notes && order.tx.nonce) return usage("--nonce belongs to public accounts");
    // As most payments are, before a node is asked.
    if (*from_notes && order.tx.keys != nullptr) order.tx.keys->expect(1);
    if (const auto done = complete_argument(node, command); !done) return fail(done.error());
    if (const auto done = complete_chain(folder.settings, node, order); !done) return fail(done.error());
    if (node != nullptr) {
        if (const auto done = complete_amount(*node, order); !done) return fail(done.error());
    }
    if (order.tx.gas_limit == 0) order.tx.gas_limit = usual_gas_of(order, *from_notes);
    if (!has_price && std::holds_alternative<BuildDeploy>(order.tx.kind)) {
        order.tx.gas_price = std::max(order.tx.gas_price, kLeastDeployPrice);
    }
    order.tx.gas_price = std::max<std::uint64_t>(order.tx.gas_price, 1);
    return from_notes;
}

CommandResult wallet_pay(const WalletPay& asked, RandomSource& random, Executor& executor) {
    WalletPay command = asked;
    WalletOrder& order = command.order;
    for (const auto& path : {command.send.out, command.send.order}) {
        if (path.empty()) continue;
        if (const auto free = require_free(path, command.send.overwrite); !free) return fail(free.error());
    }
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    const bool writes_order = !command.send.order.empty();
    auto node = node_of(*folder, command.wallet);
    if (!node && !is_offline(command)) return fail(node.error());
    WalletNode* const online = is_offline(command) ? nullptr : &*node;
    if (auto* blobs = std::get_if<BuildBlobs>(&order.tx.kind)) {
        auto made = make_blobs(*blobs, executor);
        if (!made) return fail(made.error());
        blobs->made = *std::move(made);
    }
    order.tx.keys = key_reader_of(*folder, command.send, executor);
    const auto from_notes = complete_order(*folder, online, command);
    if (!from_notes) return fail(from_notes.error());

    // Without notes an order needs no key.
    if (writes_order && !*from_notes) {
        if (online != nullptr) {
            if (const auto payer = pay_by_account_of(*folder, *online, order); !payer) return fail(payer.error());
        }
        return write_order_file(*folder, order, command.send);
    }
    const auto secret = folder->open_secret(command.wallet);
    if (!secret) return fail(secret.error());
    if (*from_notes) {
        if (const auto payer = pay_by_notes_of(*folder, *online, *secret, order, executor); !payer) {
            return fail(payer.error());
        }
    } else if (online != nullptr) {
        if (const auto payer = pay_by_account_of(*folder, *online, order); !payer) return fail(payer.error());
    }
    if (writes_order) return write_order_file(*folder, order, command.send);
    return carry_out(*folder, online, order, *secret, command.send, random, executor);
}

CommandResult wallet_sign(const WalletSign& command, RandomSource& random, Executor& executor) {
    if (command.send.out.empty()) return usage("name the file to write with --out");
    if (const auto free = require_free(command.send.out, command.send.overwrite); !free) return fail(free.error());
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    auto order = read_order_file(command.order);
    if (!order) return fail(order.error());
    if (order->tx.network != folder->settings.network) {
        return refused("other_chain", fmt::format("the order is for the network {}, and this wallet for {}",
                                                  printable(order->tx.network), folder->settings.network));
    }
    read_key_ahead(*folder, *order, command.send, executor);
    const auto secret = folder->open_secret(command.wallet);
    if (!secret) return fail(secret.error());
    return carry_out(*folder, nullptr, *order, *secret, command.send, random, executor);
}

CommandResult wallet_submit(const WalletSubmit& command) {
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    const auto decoded = read_transaction(command.transaction);
    if (!decoded) return fail(decoded.error());
    auto node = node_of(*folder, command.wallet);
    if (!node) return fail(node.error());
    const std::string text = transaction_text(*decoded);
    if (command.send.dry_run) return Outcome{.text = text, .json = transaction_report(*decoded)};
    if (const auto agreed = confirm(text, command.send.yes); !agreed) return fail(agreed.error());
    // What it says is all that is known of it.
    const ledger::Transaction& transaction = decoded->transaction;
    WalletOrder order{.action = "send"};
    order.tx.gas_limit = transaction.gas_limit().value;
    order.tx.gas_price = transaction.gas_price().value;
    if (const auto* moonlight = transaction.moonlight()) {
        order.account = moonlight->payload.sender.to_base58();
        order.tx.nonce = moonlight->payload.nonce.value;
        order.tx.value = format_dusk(moonlight->payload.value);
        order.tx.receiver = moonlight->payload.receiver.to_base58();
        for (std::size_t i = 0; i < folder->settings.profiles.size(); ++i) {
            if (folder->settings.profiles[i].account == order.account) order.profile = static_cast<std::uint8_t>(i);
        }
    }
    return send_made(*folder, *node, order, {.transaction = transaction}, command.send);
}

CommandResult resend(wallet::Journal& journal, WalletNode& node, const std::string& id) {
    const auto sent = pending_of(journal, id);
    if (!sent) return fail(sent.error());
    if (const auto taken = node.propagate((*sent)->bytes); !taken) return fail(taken.error());
    return Outcome{.text = fmt::format("Sent {} again\n", (*sent)->id), .json = {{"id", (*sent)->id}}};
}

Result<WalletOrder, Failure> order_again(wallet::Journal& journal, const WalletAgain& command) {
    const auto pending = pending_of(journal, command.id);
    if (!pending) return fail(pending.error());
    const Sent* const sent = *pending;
    auto order = read_order(as_bytes(sent->order));
    if (!order) return refused("bad_order", "the journal is damaged: " + order.error());
    order->tx.gas_price =
        command.gas_price != 0 ? command.gas_price : sent->gas_price.value + sent->gas_price.value / 10 + 1;
    if (order->tx.gas_price <= sent->gas_price.value) {
        return usage(fmt::format("the gas price must be above {} lux, or the network keeps the one it has",
                                 sent->gas_price.value));
    }
    if (command.how == WalletAgain::How::cancel) {
        order->action = "cancel";
        order->tx.kind = BuildKind();
        order->tx.value = "0";
        order->tx.receiver.clear();
        order->tx.gas_limit = usual_gas_of(*order, order->tx.notes.has_value());
    }
    return *std::move(order);
}

CommandResult wallet_again(const WalletAgain& command, RandomSource& random, Executor& executor) {
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    auto node = node_of(*folder, command.wallet);
    if (!node) return fail(node.error());
    auto journal = settled_journal(*folder, *node);
    if (!journal) return fail(journal.error());
    if (command.how == WalletAgain::How::resend) return resend(*journal, *node, command.id);
    auto order = order_again(*journal, command);
    if (!order) return fail(order.error());
    read_key_ahead(*folder, *order, command.send, executor);
    const auto secret = folder->open_secret(command.wallet);
    if (!secret) return fail(secret.error());
    return carry_out(*folder, &*node, *order, *secret, command.send, random, executor);
}

}  // namespace dusk::app
