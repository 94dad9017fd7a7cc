#include "transaction_case.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "ledger/transaction_archive.hpp"

namespace dusk::vectors {

using ledger::MoonlightTransaction;
using ledger::PhoenixTransaction;
using ledger::Transaction;
using ledger::TransactionFormat;

namespace {

constexpr std::array kFormats{TransactionFormat::pre_aegis, TransactionFormat::aegis, TransactionFormat::boreas};

void expect_scalars(std::span<const crypto::Fq> got, const Node& expected, Report& report) {
    const auto items = expected.items();
    report.expect(got.size() == items.size(), expected, "another number");
    for (std::size_t i = 0; i < std::min(got.size(), items.size()); ++i) {
        report.expect_bytes(got[i].to_bytes(), items[i]);
    }
}

// Every encoding decodes to the same transaction, in its own format only.
void check_round_trips(const Node& c, const Transaction& transaction, Report& report) {
    for (const TransactionFormat format : kFormats) {
        const Bytes bytes = transaction.encode(format);
        report.expect(bytes.size() == transaction.encoded_size(format), c, "is not as long as it says");
        for (const TransactionFormat other : kFormats) {
            const bool same = (format == TransactionFormat::boreas) == (other == TransactionFormat::boreas);
            const auto decoded = Transaction::decode(bytes, other);
            report.expect(decoded.has_value() == same, c, "decodes in another format, or does not in its own");
            if (decoded) report.expect(*decoded == transaction, c, "decodes to another transaction");
        }
    }
}

void check_moonlight(const Node& c, const MoonlightTransaction& transaction, Report& report) {
    const ledger::MoonlightPayload& payload = transaction.payload;
    report.expect_bytes(payload.signature_message(), c["signature_message"]);
    report.expect_bytes(transaction.signature.to_bytes(), c["signature"]);
    report.expect(payload.fee.gas_limit.value == c["gas_limit"].u64(), c["gas_limit"], "another limit");
    report.expect(payload.fee.gas_price.value == c["gas_price"].u64(), c["gas_price"], "another price");
    report.expect(payload.nonce.value == c["nonce"].u64(), c["nonce"], "another nonce");
    report.expect(payload.value.value == c["value"].u64(), c["value"], "another value");
}

void check_phoenix(const Node& c, const PhoenixTransaction& transaction, Report& report) {
    report.expect_bytes(transaction.payload.hash().to_bytes(), c["payload_hash"]);
    expect_scalars(transaction.payload.skeleton.nullifiers, c["nullifiers"], report);
    const auto inputs = transaction.public_inputs();
    report.expect(inputs.has_value(), c, "proves nothing");
    if (inputs) expect_scalars(*inputs, c["public_inputs"], report);
    report.expect(transaction.proof.size() == c["proof_len"].u64(), c["proof_len"], "another length");
    report.expect(transaction.payload.skeleton.max_fee == c["max_fee"].u64(), c["max_fee"], "another fee");
}

// Whether an address shows coordinates that no decoding makes: the reference was given a transaction where it was
// built, not one that had gone over the wire.
bool is_computed(const phoenix::StealthAddress& address) {
    return address.r().z() != crypto::Fq::one() || address.note_pk().z() != crypto::Fq::one();
}
bool is_computed(const Transaction& transaction) {
    const PhoenixTransaction* hidden = transaction.phoenix();
    if (hidden == nullptr) return false;
    const auto& outputs = hidden->payload.skeleton.outputs;
    return is_computed(hidden->payload.fee.stealth_address) ||
           std::ranges::any_of(outputs, [](const auto& note) { return is_computed(note.stealth_address()); });
}

void check_argument(const Node& c, const Transaction& transaction, Report& report) {
    const Node argument = c["spend_and_execute_arg"];
    const Transaction executed = transaction.as_executed();
    report.expect(executed.id() == transaction.id(), c["id"], "is another one for what is executed");
    report.expect((executed != transaction) == c["stripped"].boolean(), c["stripped"], "otherwise");
    const Transaction read = required(archive_read<Transaction>(argument.hex()), argument);
    report.expect_bytes(archive_write(read), argument);
    report.expect(read.encode(TransactionFormat::boreas) == executed.encode(TransactionFormat::boreas), argument,
                  "reads as another transaction");
    if (!is_computed(read)) report.expect_bytes(ledger::spend_argument(transaction), argument);
}

// Spending ids: of notes their nullifiers, of accounts key and nonce.
void check_spending_ids(const Node& c, const Transaction& transaction, Report& report) {
    const auto ids = transaction.spending_ids();
    if (const PhoenixTransaction* hidden = transaction.phoenix()) {
        const auto& nullifiers = hidden->payload.skeleton.nullifiers;
        report.expect(ids.size() == nullifiers.size(), c, "other spending ids");
        for (std::size_t i = 0; i < ids.size(); ++i) {
            report.expect(equal(ids[i], nullifiers[i].to_bytes()), c, "another spending id");
        }
        return;
    }
    const ledger::MoonlightPayload& payload = transaction.moonlight()->payload;
    const bool right = ids.size() == 1 && ids[0].size() == 104 &&
                       equal(ByteView(ids[0]).first(96), payload.sender.to_bytes()) &&
                       load_le<std::uint64_t>(ids[0].data() + 96) == payload.nonce.value;
    report.expect(right, c, "another spending id");
}

}  // namespace

void check_transaction(const Node& c, const Transaction& transaction, Report& report) {
    const bool hidden = transaction.phoenix() != nullptr;
    report.expect(c["kind"].text() == (hidden ? "phoenix" : "moonlight"), c["kind"], "another kind");
    const Bytes legacy = transaction.encode(TransactionFormat::aegis);
    const Bytes prefix = c["wire_legacy_prefix"].hex();
    report.expect(legacy.size() >= prefix.size() && equal(ByteView(legacy).first(prefix.size()), prefix),
                  c["wire_legacy_prefix"], "another beginning");
    report.expect_bytes(transaction.id().bytes, c["id"]);
    report.expect_bytes(transaction.digest(TransactionFormat::boreas).bytes, c["digest_boreas"]);
    report.expect_bytes(transaction.digest(TransactionFormat::aegis).bytes, c["digest_aegis"]);
    report.expect(transaction.deposit().value == c["deposit"].u64(), c["deposit"], "another deposit");

    check_argument(c, transaction, report);
    check_spending_ids(c, transaction, report);
    check_round_trips(c, transaction, report);
    if (hidden) {
        check_phoenix(c, *transaction.phoenix(), report);
    } else {
        check_moonlight(c, *transaction.moonlight(), report);
    }
}

void check_keys(const Node& keys, Report& report) {
    for (const Node& c : keys["bls"].items()) {
        report.run(c, [&] {
            const auto secret = required(crypto::BlsSecretKey::from_bytes(c["sk"].hex()), c["sk"]);
            const crypto::BlsPublicKey key = secret.public_key();
            report.expect_bytes(key.to_bytes(), c["pk"]);
            report.expect(key.to_base58() == c["pk_base58"].text(), c["pk_base58"], "another text");
            report.expect_bytes(key.to_raw_bytes(), c["pk_raw"]);
            report.expect_bytes(key.to_archive(), c["pk_rkyv"]);
        });
    }
    for (const Node& c : keys["phoenix"].items()) {
        report.run(c, [&] {
            const phoenix::PublicKey key = secret_key(c["sk"]).public_key();
            report.expect_bytes(key.to_bytes(), c["pk"]);
            report.expect(key.to_base58() == c["pk_base58"].text(), c["pk_base58"], "another text");
        });
    }
}

}  // namespace dusk::vectors
