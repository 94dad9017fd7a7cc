#include "app/tx_file.hpp"

#include <fmt/core.h>

#include <cerrno>

#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "base/base58.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/limits.hpp"
#include "ledger/transaction_json.hpp"

namespace dusk::app {
namespace {

using ledger::DecodedTransaction;
using ledger::Lux;
using ledger::Transaction;

Failure bad_input(std::string code, std::string message) {
    return {.exit = ExitCode::bad_input, .code = std::move(code), .message = std::move(message)};
}

// The digits of a text, if it is nothing else but space.
std::optional<Bytes> digits_of(ByteView text) {
    std::string digits;
    for (const std::uint8_t c : text) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') digits.push_back(static_cast<char>(c));
    }
    if (digits.starts_with("0x")) digits.erase(0, 2);
    const auto bytes = from_hex(digits);
    if (!bytes || bytes->empty()) return std::nullopt;
    return *bytes;
}

Result<Bytes, Failure> bytes_of(const std::string& file_or_hex) {
    std::error_code error;
    if (!std::filesystem::exists(file_or_hex, error)) {
        if (auto bytes = digits_of(as_bytes(file_or_hex))) return *std::move(bytes);
        // A name that long is none; it is digits with a mistake in them.
        if (error || file_or_hex.size() > 255) {
            return fail(bad_input("not_hex", "these are no hexadecimal digits, and there is no such file"));
        }
        return fail(failure_of(FileError{FileError::Kind::missing, file_or_hex, ENOENT}));
    }
    auto content = read_public_file(file_or_hex);
    if (!content) return fail(content.error());
    if (auto bytes = digits_of(*content)) return *std::move(bytes);
    return *std::move(content);
}

class Lines {
  public:
    void add(std::string_view name, const std::string& value) { text_ += fmt::format("  {:<13} {}\n", name, value); }
    void amount(std::string_view name, Lux value) {
        add(name, fmt::format("{} DUSK ({} lux)", ledger::format_dusk(value), value.value));
    }
    [[nodiscard]] std::string take() && { return std::move(text_); }

  private:
    std::string text_;
};

void add_body(Lines& lines, const ledger::MoonlightTransaction& transaction) {
    const ledger::MoonlightPayload& payload = transaction.payload;
    lines.add("sender", payload.sender.to_base58());
    lines.add("receiver", payload.receiver == payload.sender ? "the sender" : payload.receiver.to_base58());
    lines.amount("value", payload.value);
    lines.add("nonce", std::to_string(payload.nonce.value));
    if (payload.fee.refund_address != payload.sender) lines.add("refund to", payload.fee.refund_address.to_base58());
}

void add_body(Lines& lines, const ledger::PhoenixTransaction& transaction) {
    const auto& skeleton = transaction.payload.skeleton;
    lines.add("root", to_hex(skeleton.root.to_bytes()));
    for (const crypto::Fq& nullifier : skeleton.nullifiers) lines.add("nullifier", to_hex(nullifier.to_bytes()));
    for (const phoenix::Note& note : skeleton.outputs) {
        const bool open = note.type() == phoenix::NoteType::transparent;
        lines.add("output",
                  fmt::format("{}{}", to_base58(note.stealth_address().to_bytes()),
                              open ? fmt::format(", {} DUSK", ledger::format_dusk({note.value(nullptr).value()}))
                                   : std::string(", hidden amount")));
    }
    lines.amount("proven fee", {skeleton.max_fee});
    lines.add("refund to", to_base58(transaction.payload.fee.stealth_address.to_bytes()));
    lines.add("proof", fmt::format("{} bytes", transaction.proof.size()));
}

void add_data(Lines& lines, const Transaction& transaction) {
    if (const auto* call = transaction.call()) {
        lines.add("calls", fmt::format("{} of {}", printable(call->fn_name), to_hex(call->contract.bytes)));
        lines.add("arguments", fmt::format("{} bytes: {}", call->fn_args.size(), to_hex(call->fn_args)));
    }
    if (const auto* deployment = transaction.deploy()) {
        lines.add("deploys",
                  fmt::format("{} ({} bytes)", to_hex(deployment->contract_id().bytes), deployment->bytecode.size()));
        lines.add("owner", to_hex(deployment->owner));
        if (deployment->init_args) lines.add("init", to_hex(*deployment->init_args));
    }
    if (const auto* memo = transaction.memo()) lines.add("memo", to_hex(memo->bytes));
    if (const auto* blobs = transaction.blobs()) {
        for (const ledger::Blob& blob : blobs->blobs) {
            lines.add("blob", to_hex(blob.hash.bytes) + (blob.sidecar ? "" : " (without its content)"));
        }
    }
}

}  // namespace

Result<DecodedTransaction, Failure> read_transaction(const std::string& file_or_hex) {
    const auto bytes = bytes_of(file_or_hex);
    if (!bytes) return fail(bytes.error());
    if (bytes->size() > ledger::kMostTransactionBytes) {
        return fail(bad_input("too_large", fmt::format("{} bytes are more than the {} of the largest transaction",
                                                       bytes->size(), ledger::kMostTransactionBytes)));
    }
    auto decoded = ledger::decode_any(*bytes);
    if (!decoded) {
        return fail(bad_input("no_transaction", fmt::format("this is no transaction: {}", to_string(decoded.error()))));
    }
    return *std::move(decoded);
}

std::string_view name_of(ledger::TransactionFormat format) {
    switch (format) {
        case ledger::TransactionFormat::pre_aegis:
            return "pre-Aegis";
        case ledger::TransactionFormat::aegis:
            return "Aegis";
        case ledger::TransactionFormat::boreas:
            return "Boreas";
    }
    return "unknown";
}

std::string transaction_text(const DecodedTransaction& decoded) {
    const Transaction& transaction = decoded.transaction;
    Lines lines;
    lines.add("id", to_hex(transaction.id().bytes));
    lines.add("digest", to_hex(transaction.digest(decoded.format).bytes));
    lines.add("chain", std::to_string(static_cast<unsigned>(transaction.chain_id())));
    std::visit([&](const auto& body) { add_body(lines, body); }, transaction.body);
    if (transaction.deposit() > Lux{0}) lines.amount("deposit", transaction.deposit());
    const auto cost = checked_cost(transaction.gas_limit(), transaction.gas_price());
    lines.add("gas",
              fmt::format("at most {}, each {} lux{}", transaction.gas_limit().value, transaction.gas_price().value,
                          cost ? fmt::format(": {} DUSK", ledger::format_dusk(*cost)) : ""));
    add_data(lines, transaction);
    return fmt::format("{} transaction, {} bytes in the form of {}\n{}",
                       transaction.moonlight() != nullptr ? "Moonlight" : "Phoenix",
                       transaction.encoded_size(decoded.format), name_of(decoded.format), std::move(lines).take());
}

nlohmann::ordered_json transaction_report(const DecodedTransaction& decoded) {
    const Transaction& transaction = decoded.transaction;
    nlohmann::ordered_json out{{"id", to_hex(transaction.id().bytes)},
                               {"digest", to_hex(transaction.digest(decoded.format).bytes)},
                               {"format", name_of(decoded.format)},
                               {"bytes", transaction.encoded_size(decoded.format)},
                               {"block_space", transaction.block_space(ledger::TransactionFormat::boreas)},
                               {"chain_id", static_cast<unsigned>(transaction.chain_id())}};
    for (const Bytes& id : transaction.spending_ids()) out["spending_ids"].push_back(to_hex(id));
    if (const auto* deployment = transaction.deploy()) out["deploys"] = to_hex(deployment->contract_id().bytes);
    if (const auto* blobs = transaction.blobs()) {
        for (const ledger::Blob& blob : blobs->blobs) out["blobs"].push_back(to_hex(blob.hash.bytes));
    }
    out["transaction"] = transaction_json(transaction);
    return out;
}

}  // namespace dusk::app
