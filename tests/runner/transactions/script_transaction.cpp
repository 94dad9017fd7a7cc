#include "transactions/script_transaction.hpp"

#include "base/reader.hpp"
#include "base/writer.hpp"

namespace dusk::vectors {
namespace {

using ledger::Transaction;
using ledger::TransactionFormat;

constexpr std::size_t kLegacyPrefix = 9;  // tag and length of the payload

void skip_other_key(Reader& in) {
    if (in.boolean()) (void)in.bytes(96);
}

// The encoding of a blob transaction without its sidecars: from the beginning of it, the hashes at the end of what is
// signed, and the signature.
Bytes without_sidecars(const Node& step) {
    const Bytes beginning = step["wire_boreas_first_1000_bytes"].hex();
    const Bytes message = step["signature_message"].hex();
    Reader in(beginning);
    (void)in.bytes(2);
    (void)in.le<std::uint64_t>();
    const std::size_t payload = in.position();
    (void)in.bytes(1 + 96);
    skip_other_key(in);
    (void)in.bytes(4 * 8);
    skip_other_key(in);
    (void)in.bytes(8 + 1);  // nonce, kind of data
    const std::size_t count = in.u8();
    if (!in.ok() || message.size() < 32 * count) step.complain("has no beginning of a blob transaction");
    Writer body;
    body.bytes(ByteView(beginning).subspan(payload, in.position() - payload));
    for (std::size_t i = 0; i < count; ++i) {
        body.bytes(ByteView(message).subspan(message.size() - 32 * (count - i), 32)).boolean(false);
    }
    Writer out;
    out.bytes(ByteView(beginning).first(2)).prefixed_le<std::uint64_t>(body.view()).bytes(step["signature"].hex());
    return std::move(out).finish();
}

// Bytes that are missing in `without_sidecars`.
std::size_t sidecar_bytes(const Transaction& transaction) {
    const ledger::Blobs* blobs = transaction.blobs();
    return blobs == nullptr ? 0 : blobs->blobs.size() * ledger::BlobSidecar::kSize;
}

void compare_legacy_prefix(const Node& step, const Transaction& transaction, std::size_t missing, Report& report) {
    Bytes prefix = transaction.encode(TransactionFormat::aegis);
    prefix.resize(kLegacyPrefix);
    store_le(prefix.data() + 1, load_le<std::uint64_t>(prefix.data() + 1) + missing);
    report.expect_bytes(prefix, step["wire_legacy_prefix"]);
}

void compare_number(std::uint64_t got, const Node& expected, Report& report) {
    report.expect(got == expected.u64(), expected, "is another number");
}

void compare_fields(const Node& step, const ledger::MoonlightTransaction& transaction, Report& report) {
    const ledger::MoonlightPayload& payload = transaction.payload;
    report.expect(step["kind"].text() == "moonlight", step["kind"], "the transaction is of the other kind");
    report.expect_bytes(payload.signature_message(), step["signature_message"]);
    report.expect_bytes(transaction.signature.to_bytes(), step["signature"]);
    compare_number(payload.fee.gas_limit.value, step["gas_limit"], report);
    compare_number(payload.fee.gas_price.value, step["gas_price"], report);
    compare_number(payload.nonce.value, step["nonce"], report);
    compare_number(payload.value.value, step["value"], report);
    compare_number(payload.deposit.value, step["deposit"], report);
}

void compare_scalars(std::span<const crypto::Fq> got, const Node& expected, Report& report) {
    const auto items = expected.items();
    report.expect(items.size() == got.size(), expected, "has another number of scalars");
    for (std::size_t i = 0; i < std::min(items.size(), got.size()); ++i) {
        report.expect_bytes(got[i].to_bytes(), items[i]);
    }
}

void compare_fields(const Node& step, const ledger::PhoenixTransaction& transaction, Report& report) {
    const auto& skeleton = transaction.payload.skeleton;
    report.expect(step["kind"].text() == "phoenix", step["kind"], "the transaction is of the other kind");
    report.expect_bytes(transaction.payload.hash().to_bytes(), step["payload_hash"]);
    compare_scalars(skeleton.nullifiers, step["nullifiers"], report);
    const auto inputs = transaction.public_inputs();
    compare_scalars(inputs ? *inputs : std::vector<crypto::Fq>(), step["public_inputs"], report);
    compare_number(transaction.proof.size(), step["proof_len"], report);
    compare_number(skeleton.max_fee, step["max_fee"], report);
    compare_number(skeleton.deposit, step["deposit"], report);
}

}  // namespace

Transaction read_transaction(const Node& step, Report& report) {
    const bool is_whole = step.has("wire_boreas");
    const Bytes wire = is_whole ? step["wire_boreas"].hex() : without_sidecars(step);
    const auto decoded = Transaction::decode(wire, TransactionFormat::boreas);
    if (!decoded) step.complain(to_string(decoded.error()));
    const Transaction& transaction = *decoded;
    report.expect(equal(transaction.encode(TransactionFormat::boreas), wire), step, "is encoded in other bytes");
    const std::size_t missing = is_whole ? 0 : sidecar_bytes(transaction);
    if (!is_whole) {
        compare_number(wire.size() + missing, step["wire_boreas_len"], report);
        step["wire_boreas_blake3"].describe();  // of the blobs' content, which is not in the file
    }
    compare_legacy_prefix(step, transaction, missing, report);
    report.expect_bytes(transaction.id().bytes, step["id"]);
    report.expect_bytes(transaction.digest(TransactionFormat::boreas).bytes, step["digest_boreas"]);
    report.expect_bytes(transaction.digest(TransactionFormat::aegis).bytes, step["digest_aegis"]);
    report.expect_bytes(spend_argument(transaction), step["spend_and_execute_arg"]);
    report.expect(step["stripped"].boolean() == (transaction.blobs() != nullptr || transaction.deploy() != nullptr),
                  step["stripped"], "the contract is given another form");
    std::visit([&](const auto& body) { compare_fields(step, body, report); }, transaction.body);
    return transaction;
}

}  // namespace dusk::vectors
