// moonlight.json and phoenix.json: the transactions of executed blocks, as far as they say something without execution.
#include <array>
#include <string_view>

#include "crypto/blake3.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transaction_archive.hpp"
#include "plonk/verifier.hpp"
#include "transaction_case.hpp"

namespace dusk::vectors {

using ledger::Transaction;
using ledger::TransactionFormat;

namespace {

// What only an execution can tell: the runner of execution is to read these.
constexpr std::array<std::string_view, 8> kTransactionFieldsLeftToExecution{
    "all_events", "err", "error", "gas_spent", "outcome", "receipt_gas_limit", "return", "root"};
constexpr std::array<std::string_view, 8> kBlockFieldsLeftToExecution{
    "dusk_spent", "emission", "event_bloom", "generator", "height", "prev_root", "state_root", "voters"};
constexpr std::array<std::string_view, 15> kScriptFieldsLeftToExecution{"chain_id",
                                                                        "crs",
                                                                        "dev_transfer_wasm_blake3",
                                                                        "dusk_key",
                                                                        "genesis_notes",
                                                                        "genesis_queries",
                                                                        "genesis_root",
                                                                        "genesis_toml",
                                                                        "localnet_genesis_root",
                                                                        "probe_contract",
                                                                        "probe_contract_2",
                                                                        "probe_wasm",
                                                                        "queries_after_height_3",
                                                                        "queries_after_height_8",
                                                                        "queries_end"};
// Steps of a block that are no transactions, with all their fields.
constexpr std::array<std::string_view, 4> kStepsLeftToExecution{"before_state_transition", "reward", "slash",
                                                                "update_root"};

void leave_to_execution(const Node& owner, std::span<const std::string_view> fields) {
    for (const std::string_view field : fields) {
        if (owner.has(field)) owner[field].describe();
    }
}

// The verifier of the one circuit that a file may bring; a file of accounts brings none.
using Proofs = std::optional<Bytes>;

// How the script ended, where that is decided by signature or proof alone.
bool ended_with(const Node& c, std::string_view text) { return c.has("error") && c["error"].text() == text; }

void check_authority(const Node& c, const Transaction& transaction, const Proofs& verifier_data, Report& report) {
    if (const auto* open = transaction.moonlight()) {
        const bool forged = ended_with(c, "Unspendable: Panic: Invalid signature!");
        report.expect(open->verify().has_value() == !forged, c, "another verdict on the signature");
        return;
    }
    if (!verifier_data) c.complain("the file brings no verifier data");
    const bool forged = ended_with(c, "Unspendable: Panic: Invalid transaction proof!");
    // The network looks at the root before it looks at the proof.
    if (ended_with(c, "Unspendable: Panic: Root not found in the state!")) return;
    const auto inputs = transaction.phoenix()->public_inputs();
    report.expect(inputs.has_value(), c, "proves nothing");
    const bool proven =
        inputs && plonk::verify_as_network(plonk::Version::v3, *verifier_data, transaction.phoenix()->proof, *inputs);
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

// Several blobs: what is executed is known whole.
void check_memo_form(const Node& c, Report& report) {
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
}

void check_step(const Node& c, const Proofs& verifier_data, Report& report) {
    c["name"].describe();
    c["step"].describe();
    leave_to_execution(c, kTransactionFieldsLeftToExecution);
    Bytes wire;
    if (c.has("wire_boreas")) {
        wire = c["wire_boreas"].hex();
    } else {
        auto whole = whole_blob_wire(c);
        if (!whole) return check_memo_form(c, report);
        wire = *std::move(whole);
        report.expect_bytes(crypto::blake3(wire), c["wire_boreas_blake3"]);
    }
    const auto transaction = Transaction::decode(wire, TransactionFormat::boreas);
    if (!transaction) c.complain(ledger::to_string(transaction.error()));
    report.expect(equal(transaction->encode(TransactionFormat::boreas), wire), c, "encodes to other bytes");
    check_transaction(c, *transaction, report);
    check_authority(c, *transaction, verifier_data, report);
}

void check_blocks(const Node& script, const Proofs& verifier_data, Report& report) {
    for (const Node& block : script["blocks"].items()) {
        leave_to_execution(block, kBlockFieldsLeftToExecution);
        for (const Node& step : block["steps"].items()) {
            if (std::ranges::find(kStepsLeftToExecution, step["step"].text()) != kStepsLeftToExecution.end()) {
                step.describe();
                continue;
            }
            report.run(step, [&] { check_step(step, verifier_data, report); });
        }
    }
}

void run_moonlight(const Node& root, Report& report) {
    root["seed"].describe();
    const Node script = root["moonlight"];
    leave_to_execution(script, kScriptFieldsLeftToExecution);
    check_keys(script["keys"], report);
    const Node example = script["single_key_example"];
    report.run(example, [&] {
        auto first = crypto::BlsSecretKey::from_bytes(script["keys"]["bls"].items().at(0)["sk"].hex());
        const auto keys = ledger::StakeKeys::single(required(std::move(first), example).public_key());
        report.expect_bytes(archive_write(keys), example);
    });
    check_blocks(script, {}, report);
}

void run_phoenix(const Node& root, Report& report) {
    root["seed"].describe();
    const Node script = root["phoenix"];
    script["note"].describe();
    leave_to_execution(script, kScriptFieldsLeftToExecution);
    check_keys(script["keys"], report);
    Proofs verifier_data;
    for (const Node& data : script["verifier_data"].items()) {
        data["wasm_offset"].describe();  // execution puts it there
        verifier_data = data["bytes"].hex();
        report.run(data, [&] { report.expect(verifier_data->size() == data["len"].u64(), data, "another length"); });
    }
    check_blocks(script, verifier_data, report);
}

const Registered moonlight{{"transactions", "moonlight", {"moonlight", "seed"}, run_moonlight}};
const Registered phoenix_script{{"transactions", "phoenix", {"phoenix", "seed"}, run_phoenix}};

}  // namespace
}  // namespace dusk::vectors
