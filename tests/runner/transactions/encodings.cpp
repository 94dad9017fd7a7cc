// encodings.json: every type that transactions and the genesis contracts exchange, and what decodes as a transaction.
#include "archive_case.hpp"
#include "ledger/transaction_archive.hpp"
#include "transaction_case.hpp"

namespace dusk::vectors {

using ledger::Transaction;
using ledger::TransactionData;
using ledger::TransactionFormat;

namespace {

using Data = std::optional<TransactionData>;

void check_fee(const Node& c, Report& report) {
    const auto fee = required(ledger::PhoenixFee::from_bytes(c["wire"].hex()), c["wire"]);
    report.expect_bytes(fee.to_bytes(), c["wire"]);
    report.expect_bytes(fee.hash().to_bytes(), c["hash"]);
    check_archive(c, fee,
                  {mark("gas_limit", fee.gas_limit), mark("gas_price", fee.gas_price),
                   mark("stealth_address", fee.stealth_address), mark("sender", fee.sender)},
                  report);
}

void check_skeleton(const Node& c, Report& report) {
    const auto skeleton = required(phoenix::TransactionSkeleton::from_bytes(c["wire"].hex()), c["wire"]);
    report.expect_bytes(skeleton.to_bytes(), c["wire"]);
    report.expect_bytes(skeleton.hash_input(), c["hash_input"]);
    check_archive(
        c, skeleton,
        {mark("root", skeleton.root), mark("output0", skeleton.outputs[0]), mark("output1", skeleton.outputs[1]),
         mark("max_fee", skeleton.max_fee), mark("deposit", skeleton.deposit)},
        report);
}

// The bytes of `c`, with the id of its kind before them.
Data data_of(const Node& c, std::uint8_t kind) {
    Bytes bytes{kind};
    append(bytes, c["wire"].hex());
    return required(ledger::decode_data(bytes), c["wire"]);
}

void check_call(const Node& c, Report& report) {
    const auto call = std::get<ledger::ContractCall>(data_of(c, 1).value());
    report.expect_bytes(encode(call), c["wire"]);
    check_archive(c, call, {mark("contract", call.contract)}, report);
}

void check_deploy(const Node& c, Report& report) {
    const auto deploy = std::get<ledger::ContractDeploy>(data_of(c, 2).value());
    report.expect_bytes(encode(deploy), c["wire"]);
    report.expect(ledger::bytecode_hash(deploy.bytecode) == deploy.hash, c["wire"], "another hash");
    check_archive(c, deploy, {mark("nonce", deploy.nonce), mark("bytecode.hash", deploy.hash)}, report);
}

void check_data(const Node& c, Report& report) {
    const Data data = required(ledger::decode_data(c["wire"].hex()), c["wire"]);
    Writer out;
    encode_data(out, data);
    report.expect_bytes(out.view(), c["wire"]);
    report.expect(out.size() == ledger::encoded_size(data), c["wire"], "another size");
    check_archive(c, data, {}, report);
    if (!c["signature_message"].is_null()) {
        report.expect_bytes(signature_message(data.value()), c["signature_message"]);
    } else {
        report.expect(!data, c["signature_message"], "has a message");
    }
}

// The chain id and the padding after it.
Mark chain_mark(ledger::ChainId chain) {
    Bytes bytes(8);
    bytes[0] = static_cast<std::uint8_t>(chain);
    return {"chain_id", std::move(bytes)};
}

Marks marks_of(const ledger::PhoenixPayload& payload) {
    return {chain_mark(payload.chain_id),
            mark("skeleton.output0", payload.skeleton.outputs[0]),
            mark("skeleton.root", payload.skeleton.root),
            mark("skeleton.deposit", payload.skeleton.deposit),
            mark("fee.sender", payload.fee.sender),
            mark("fee.gas_limit", payload.fee.gas_limit)};
}

void check_payload(const Node& c, Report& report) {
    const auto payload = required(ledger::PhoenixPayload::from_bytes(c["wire"].hex()), c["wire"]);
    report.expect_bytes(payload.to_bytes(), c["wire"]);
    report.expect_bytes(payload.hash_input(), c["hash_input"]);
    report.expect_bytes(payload.hash().to_bytes(), c["hash"]);
    check_archive(c, payload, marks_of(payload), report);
}

Marks marks_of(const Transaction& transaction) {
    if (const auto* hidden = transaction.phoenix()) {
        Marks out = marks_of(hidden->payload);
        out.push_back(mark("proof.len", static_cast<std::uint32_t>(hidden->proof.size())));
        return out;
    }
    const auto& payload = transaction.moonlight()->payload;
    return {chain_mark(payload.chain_id),
            mark("sender", payload.sender),
            mark("receiver", payload.receiver),
            mark("value", payload.value),
            mark("deposit", payload.deposit),
            mark("gas_limit", payload.fee.gas_limit),
            mark("gas_price", payload.fee.gas_price),
            mark("refund", payload.fee.refund_address),
            mark("nonce", payload.nonce),
            mark("signature", transaction.moonlight()->signature)};
}

void check_whole_transaction(const Node& c, Report& report) {
    const auto transaction = required(Transaction::decode(c["wire"].hex(), TransactionFormat::boreas), c["wire"]);
    report.expect_bytes(transaction.encode(TransactionFormat::boreas), c["wire"]);
    if (c.has("wire_aegis")) report.expect_bytes(transaction.encode(TransactionFormat::aegis), c["wire_aegis"]);
    check_archive(c, transaction, marks_of(transaction), report);
    const Node tx = c["tx"];
    report.expect_bytes(transaction.encode(TransactionFormat::boreas), tx["wire_boreas"]);
    check_transaction(tx, transaction, report);
    if (const auto* open = transaction.moonlight()) {
        report.expect(open->verify().has_value(), c["wire"], "is not signed");
    }
}

void check_type(const Node& c, const Node& keys, Report& report) {
    const std::string name = c["name"].text();
    if (name.starts_with("Transaction::")) return check_whole_transaction(c, report);
    if (name.starts_with("phoenix::Payload")) return check_payload(c, report);
    if (name.starts_with("Option<TransactionData>")) return check_data(c, report);
    if (name == "phoenix::Fee") return check_fee(c, report);
    if (name == "TxSkeleton") return check_skeleton(c, report);
    if (name == "ContractCall") return check_call(c, report);
    if (name == "ContractDeploy") return check_deploy(c, report);
    check_contract_type(c, keys, report);
}

void check_contract_id(const Node& c, Report& report) {
    const Bytes bytecode = c["bytecode"].hex();
    report.expect_bytes(ledger::bytecode_hash(bytecode).bytes, c["bytecode_hash"]);
    report.expect_bytes(ledger::deployed_contract_id(bytecode, c["nonce"].u64(), c["owner"].hex()).bytes, c["id"]);
}

void check_blob(const Node& c, Report& report) {
    c["proof"].describe();  // checked where blobs are verified
    c["rule"].describe();
    report.expect_bytes(ledger::versioned_hash(c["commitment"].array<48>()).bytes, c["versioned_hash"]);
}

std::string_view name_of(TransactionFormat format) {
    switch (format) {
        case TransactionFormat::pre_aegis:
            return "PreAegis";
        case TransactionFormat::aegis:
            return "Aegis";
        case TransactionFormat::boreas:
            return "Boreas";
    }
    return "unknown";
}

// The texts of errors are the reference's own.
void check_decode(const Node& c, Report& report) {
    c["name"].describe();
    const Bytes bytes = c["bytes"].hex();
    const Node boreas = c["boreas"];
    const auto strict = Transaction::decode(bytes, TransactionFormat::boreas);
    report.expect(strict.has_value() == boreas.has("ok"), boreas, "another verdict");
    if (boreas.has("err")) boreas["err"].describe();
    if (strict && boreas.has("ok")) {
        report.expect_bytes(strict->encode(TransactionFormat::boreas), boreas["ok"]);
    }
    const Node any = c["any"];
    const auto decoded = ledger::decode_any(bytes);
    report.expect(decoded.has_value() == any.has("ok"), any, "another verdict");
    if (any.has("err")) any["err"].describe();
    if (!decoded || !any.has("ok")) return;
    report.expect(name_of(decoded->format) == any["ok"].text(), any["ok"], "another format");
    report.expect_bytes(decoded->transaction.id().bytes, any["id"]);
    const bool same = equal(decoded->transaction.encode(decoded->format), bytes);
    report.expect(same == any["reencoded_same"].boolean(), any["reencoded_same"], "otherwise");
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node encodings = root["encodings"];
    const Node keys = encodings["keys"];
    check_keys(keys, report);
    for (const Node& c : encodings["types"].items()) report.run(c, [&] { check_type(c, keys, report); });
    for (const Node& c : encodings["contract_ids"].items()) report.run(c, [&] { check_contract_id(c, report); });
    report.run(encodings["blob"], [&] { check_blob(encodings["blob"], report); });
    for (const Node& c : root["decode"].items()) report.run(c, [&] { check_decode(c, report); });
}

const Registered registered{{"transactions", "encodings", {"decode", "encodings", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
