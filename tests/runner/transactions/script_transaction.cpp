#include "transactions/script_transaction.hpp"

#include <string_view>

#include "crypto/blake3.hpp"
#include "ledger/transaction_archive.hpp"
#include "plonk/verifier.hpp"
#include "transactions/transaction_case.hpp"

namespace dusk::vectors {

using ledger::Transaction;
using ledger::TransactionFormat;

namespace {

// How the script ended, where that is decided by signature or proof alone.
bool ended_with(const Node& c, std::string_view text) { return c.has("error") && c["error"].text() == text; }

void check_authority(const Node& c, const Transaction& transaction, const ScriptVerifierData& verifier_data,
                     Report& report) {
    if (const auto* open = transaction.moonlight()) {
        const bool forged = ended_with(c, "Unspendable: Panic: Invalid signature!");
        report.expect(open->verify().has_value() == !forged, c, "another verdict on the signature");
        return;
    }
    const std::size_t inputs_count = transaction.phoenix()->payload.skeleton.nullifiers.size();
    if (inputs_count == 0 || inputs_count > verifier_data.size()) c.complain("the file brings no such verifier data");
    const bool forged = ended_with(c, "Unspendable: Panic: Invalid transaction proof!");
    // The network looks at the root before it looks at the proof.
    if (ended_with(c, "Unspendable: Panic: Root not found in the state!")) return;
    const auto inputs = transaction.phoenix()->public_inputs();
    report.expect(inputs.has_value(), c, "proves nothing");
    const bool proven = inputs && plonk::verify_as_network(plonk::Version::v3, verifier_data[inputs_count - 1],
                                                           transaction.phoenix()->proof, *inputs);
    report.expect(proven == !forged, c, "another verdict on the proof");
}

// A file holds only the beginning of blobs: their elements count up in steps of one number, which the second shows.
// Nothing where there are several blobs: only of the first is there a commitment.
std::optional<Bytes> whole_blob_wire(const Node& c) {
    constexpr std::size_t kContent = ledger::BlobContent::kSize;
    Bytes bytes = c["wire_boreas_first_1000_bytes"].hex();
    const std::size_t size = c["wire_boreas_len"].u64();
    const std::size_t start = size - crypto::BlsSignature::kSize - kContent;
    if (size < kContent || size > kContent + 2000 || start + 64 > bytes.size()) return {};
    const std::uint64_t step = load_be<std::uint64_t>(bytes.data() + start + 56);
    const Bytes beginning = bytes;
    bytes.resize(size);
    for (std::size_t i = 0; i < kContent / 32; ++i) {
        ByteArray<32> element{};
        store_be(element.data() + 24, i * step);
        std::ranges::copy(element, bytes.begin() + static_cast<std::ptrdiff_t>(start + 32 * i));
    }
    if (!equal(ByteView(bytes).first(beginning.size()), beginning)) c.complain("blobs are not as expected");
    std::ranges::copy(c["signature"].hex(), bytes.end() - crypto::BlsSignature::kSize);
    return bytes;
}

// Several blobs: what is executed is known whole. The transaction, with empty sidecars.
Transaction read_memo_form(const Node& c, Report& report) {
    const Bytes argument = c["spend_and_execute_arg"].hex();
    const Transaction memo_form = required(archive_read<Transaction>(argument), c["spend_and_execute_arg"]);
    report.expect_bytes(memo_form.id().bytes, c["id"]);
    report.expect_bytes(memo_form.digest(TransactionFormat::boreas).bytes, c["digest_boreas"]);
    report.expect_bytes(memo_form.digest(TransactionFormat::aegis).bytes, c["digest_aegis"]);
    report.expect_bytes(ledger::spend_argument(memo_form), c["spend_and_execute_arg"]);
    report.expect(memo_form.moonlight() != nullptr && memo_form.moonlight()->verify().has_value(), c,
                  "another verdict on the signature");
    // With its sidecars back, as large as it was.
    Transaction with_blobs = memo_form;
    ledger::Blobs blobs;
    const Bytes hashes = memo_form.memo()->bytes;
    for (std::size_t at = 0; at + 32 <= hashes.size(); at += 32) {
        blobs.blobs.push_back({.hash = {take<32>(ByteView(hashes).subspan(at))}, .sidecar = ledger::BlobSidecar{}});
    }
    std::get<ledger::MoonlightTransaction>(with_blobs.body).payload.data = blobs;
    report.expect(with_blobs.encoded_size(TransactionFormat::boreas) == c["wire_boreas_len"].u64(),
                  c["wire_boreas_len"], "another size");
    report.expect(with_blobs.without_blobs() == memo_form, c, "another memo form");
    for (const std::string_view field :
         {"deposit", "gas_limit", "gas_price", "kind", "nonce", "signature", "signature_message", "stripped", "value",
          "wire_boreas_blake3", "wire_boreas_first_1000_bytes", "wire_legacy_prefix"}) {
        c[field].describe();
    }
    return with_blobs;
}

// The reference executed transactions of notes as they had been built, with projective coordinates that no encoding
// carries: gas and the notes in the state show them.
Transaction as_built(Transaction transaction, const Node& argument) {
    auto* hidden = std::get_if<ledger::PhoenixTransaction>(&transaction.body);
    if (hidden == nullptr) return transaction;
    const Transaction built = required(archive_read<Transaction>(argument.hex()), argument);
    if (built.phoenix() == nullptr) argument.complain("is of an account");
    hidden->payload.skeleton = built.phoenix()->payload.skeleton;
    hidden->payload.fee = built.phoenix()->payload.fee;
    return transaction;
}

}  // namespace

Transaction read_transaction(const Node& step, const ScriptVerifierData& verifier_data, Report& report) {
    Bytes wire;
    if (step.has("wire_boreas")) {
        wire = step["wire_boreas"].hex();
    } else {
        auto whole = whole_blob_wire(step);
        if (!whole) return read_memo_form(step, report);
        wire = *std::move(whole);
        report.expect_bytes(crypto::blake3(wire), step["wire_boreas_blake3"]);
    }
    auto transaction = Transaction::decode(wire, TransactionFormat::boreas);
    if (!transaction) step.complain(ledger::to_string(transaction.error()));
    report.expect(equal(transaction->encode(TransactionFormat::boreas), wire), step, "encodes to other bytes");
    check_transaction(step, *transaction, report);
    check_authority(step, *transaction, verifier_data, report);
    return as_built(*std::move(transaction), step["spend_and_execute_arg"]);
}

}  // namespace dusk::vectors
