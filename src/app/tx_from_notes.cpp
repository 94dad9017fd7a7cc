#include "app/tx_from_notes.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/contract_values.hpp"
#include "app/progress_line.hpp"
#include "app/public_files.hpp"
#include "app/remote_contract.hpp"
#include "app/tx_data.hpp"
#include "execution/preverify.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/network.hpp"
#include "phoenix/note_scanner.hpp"
#include "phoenix/transfer_builder.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "wallet/note_choice.hpp"
#include "wallet/notes_file.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using ledger::Lux;
using phoenix::SpendableNote;

std::unexpected<Failure> failure(ExitCode exit, std::string code, std::string message) {
    return fail(Failure{.exit = exit, .code = std::move(code), .message = std::move(message)});
}

// A note and what it is worth to its owner.
struct Worth {
    SpendableNote note;
    Lux value;
};

Result<wallet::NotesFile, Failure> read_notes(const BuildFromNotes& notes) {
    if (notes.content) return *notes.content;
    const auto content = read_public_file(notes.file);
    if (!content) return fail(content.error());
    auto file = wallet::read_notes_file(*content);
    if (!file) {
        return failure(ExitCode::bad_input, "bad_notes",
                       fmt::format("{}: {}", notes.file.string(), printable(file.error())));
    }
    return *std::move(file);
}

// Those that the key can open.
Result<std::vector<Worth>, Failure> owned_notes(const BuildFromNotes& notes, const phoenix::SecretKey& key,
                                                Executor& executor) {
    const auto file = read_notes(notes);
    if (!file) return fail(file.error());
    const phoenix::ViewKey view_key = key.view_key();
    std::vector<phoenix::StealthAddress> addresses;
    addresses.reserve(file->notes.size());
    for (const SpendableNote& note : file->notes) addresses.push_back(note.note.stealth_address());
    std::vector<Worth> out;
    for (const std::size_t i : phoenix::owned_addresses(view_key, addresses, executor)) {
        const SpendableNote& note = file->notes[i];
        const auto opened = note.note.open_checked(&view_key);
        if (opened) out.push_back({note, {opened->value}});
    }
    if (out.empty()) {
        const std::string name = notes.content ? "the notes" : notes.file.string();
        return failure(ExitCode::bad_input, "bad_notes",
                       fmt::format("{}: no note in it belongs to this profile of the wallet", name));
    }
    return out;
}

Result<std::vector<Worth>, Failure> named_notes(const std::vector<Worth>& owned,
                                                const std::vector<std::uint64_t>& positions) {
    std::vector<Worth> out;
    for (const std::uint64_t position : positions) {
        const auto found = std::ranges::find(owned, position, [](const Worth& one) { return one.note.note.pos(); });
        if (found == owned.end()) {
            return failure(ExitCode::bad_input, "bad_notes",
                           fmt::format("no note of this profile at the position {} is in the file", position));
        }
        out.push_back(*found);
    }
    return out;
}

Result<std::vector<Worth>, Failure> notes_to_spend(const BuildFromNotes& notes, const phoenix::SecretKey& key,
                                                   Lux needed, Executor& executor) {
    auto owned = owned_notes(notes, key, executor);
    if (!owned || !notes.positions.empty()) return owned ? named_notes(*owned, notes.positions) : std::move(owned);
    std::vector<Lux> values;
    for (const Worth& one : *owned) values.push_back(one.value);
    const auto chosen = wallet::choose_notes(values, needed);
    if (!chosen) {
        return failure(ExitCode::bad_input, "insufficient_funds",
                       fmt::format("{} DUSK are needed, and the four largest notes of this profile are not worth that",
                                   format_dusk(needed)));
    }
    std::vector<Worth> out;
    for (const std::size_t i : *chosen) out.push_back((*owned)[i]);
    return out;
}

Result<phoenix::PublicKey, Failure> receiver_of(const BuildTx& command, const phoenix::SecretKey& key) {
    if (command.receiver.empty()) return key.public_key();
    auto address = phoenix::PublicKey::from_base58(command.receiver);
    if (address) return *std::move(address);
    if (ledger::AccountKey::from_base58(command.receiver)) {
        return usage(
            "notes pay shielded addresses; for a public account: `dusk tx build convert`, then pay from there");
    }
    return usage(fmt::format("\"{}\" is no shielded address", printable(command.receiver)));
}

struct Draft {
    phoenix::TransferDraft transfer;
    std::vector<Worth> spent;
};

Result<Draft, Failure> draft_of(const BuildTx& command, const phoenix::SecretKey& key, RandomSource& random,
                                Executor& executor) {
    const auto receiver = receiver_of(command, key);
    if (!receiver) return fail(receiver.error());
    const auto value = parse_amount(command.value);
    if (!value) return fail(value.error());
    const auto deposit = deposit_of(command);
    if (!deposit) return fail(deposit.error());
    const auto fee = checked_cost(ledger::Gas{command.gas_limit}, ledger::GasPrice{command.gas_price});
    if (!fee) return refused(to_string(execution::Refusal::fee_overflow));
    const auto paid = checked_add(*value, *deposit);
    const auto needed = paid ? checked_add(*paid, *fee) : std::nullopt;
    if (!needed) return refused(to_string(execution::Refusal::cost_overflow));
    auto spent = notes_to_spend(*command.notes, key, *needed, executor);
    if (!spent) return fail(spent.error());

    // The network drops a transparent note of nothing, so that the tree does not grow by it.
    const bool is_payment = *value > Lux{0} || std::holds_alternative<std::monostate>(command.kind);
    const bool is_open = command.notes->transparent || !is_payment;
    std::vector<SpendableNote> notes;
    for (const Worth& one : *spent) notes.push_back(one.note);
    auto transfer =
        phoenix::TransferDraft::make(key, notes,
                                     {.receiver = *receiver,
                                      .value = value->value,
                                      .type = is_open ? phoenix::NoteType::transparent : phoenix::NoteType::obfuscated,
                                      .deposit = deposit->value,
                                      .max_fee = fee->value},
                                     random);
    if (!transfer) {
        const bool is_poor = transfer.error() == phoenix::TransferBuildError::insufficient_funds;
        return failure(ExitCode::bad_input, is_poor ? "insufficient_funds" : "bad_notes",
                       std::string(to_string(transfer.error())));
    }
    return Draft{*std::move(transfer), *std::move(spent)};
}

ledger::WithdrawReplayToken token_of(const phoenix::TransactionSkeleton& skeleton) {
    return ledger::NullifierToken{{skeleton.nullifiers.begin(), skeleton.nullifiers.end()}};
}

Result<ledger::PhoenixPayload, Failure> payload_of(const BuildTx& command, const OpenedKeys& keys,
                                                   const phoenix::TransactionSkeleton& skeleton, RandomSource& random,
                                                   Executor& executor) {
    const auto chain = chain_id_of(command);
    if (!chain) return fail(chain.error());
    auto data = data_of(command, keys, token_of(skeleton), random, executor);
    if (!data) return fail(data.error());
    const phoenix::Note& change = skeleton.outputs[1];
    return ledger::PhoenixPayload{.chain_id = *chain,
                                  .skeleton = skeleton,
                                  .fee = {.gas_limit = {command.gas_limit},
                                          .gas_price = {command.gas_price},
                                          .stealth_address = change.stealth_address(),
                                          .sender = change.sender()},
                                  .data = *std::move(data)};
}

// Before seconds are spent on a proof: every rule but that of the proof itself.
Result<void, Failure> check_unproven(const ledger::PhoenixPayload& payload) {
    const ledger::Transaction unproven{
        ledger::PhoenixTransaction{.payload = payload, .proof = Bytes(plonk::Proof::kSize)}};
    if (const auto checked = execution::check_for_pool(unproven); !checked) {
        return refused(to_string(checked.error()));
    }
    // What cannot be read is no transaction: a memo that is too long, a name that is no text.
    const auto format = ledger::TransactionFormat::boreas;
    if (const auto read = ledger::Transaction::decode(unproven.encode(format), format); !read) {
        return refused(to_string(read.error()));
    }
    return {};
}

class Proving {
  public:
    Proving(const BuildTx& command, RandomSource& random, Executor& executor, NotesReport& report)
        : command_(&command), random_(&random), executor_(&executor), report_(&report) {}

    Result<Bytes, Failure> prove(const phoenix::TransferRequest& request) {
        return command_->prover.empty() ? prove_here(request) : ask_prover(request);
    }
    // As nodes do, by the data that is in the transfer contract.
    [[nodiscard]] bool is_proven(const ledger::PhoenixTransaction& transaction) const {
        const auto inputs = transaction.public_inputs();
        const auto proof = plonk::Proof::from_slice_exact(transaction.proof);
        if (!inputs || !proof) return false;
        if (key_ != nullptr) return key_->verifier.verify(*proof, *inputs).has_value();
        const auto verifiers = phoenix::TransferVerifiers::of_network(command_->network);
        return verifiers &&
               verifiers->verify(transaction.payload.skeleton.nullifiers.size(), transaction.proof, *inputs);
    }

  private:
    Result<Bytes, Failure> prove_here(const phoenix::TransferRequest& request) {
        const std::size_t inputs = request.inputs.size();
        progress_.stage("Reading the prover key");
        if (const auto got = get_key(inputs); !got) return fail(got.error());
        progress_.stage("Proving", command_->expected_proof);
        const auto begin = std::chrono::steady_clock::now();
        const auto proof = phoenix::prove_transfer(key_->prover, request, *random_, *executor_);
        if (!proof) {
            return failure(ExitCode::failure, "no_proof",
                           fmt::format("the transaction is not proven: {} {}", to_string(proof.error().error),
                                       proof.error().where));
        }
        using std::chrono::milliseconds;
        report_->proof_time = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
        return to_vector(proof->to_bytes());
    }

    Result<void, Failure> get_key(std::size_t inputs) {
        if (command_->keys != nullptr) key_ = command_->keys->key(inputs);
        if (key_ != nullptr) return {};
        auto loaded = devnet_transfer_keys(*executor_, report_->warnings).load(inputs, *executor_, [&] {
            progress_.stage(fmt::format("Making the prover key for {} notes, which is kept", inputs));
        });
        if (!loaded) return failure(ExitCode::failure, "no_prover", loaded.error());
        report_->warnings.insert(report_->warnings.end(), loaded->warnings.begin(), loaded->warnings.end());
        key_ = std::make_shared<const TransferKey>(std::move(loaded->key));
        return {};
    }

    // Who proves learns everything about the transaction but the keys.
    Result<Bytes, Failure> ask_prover(const phoenix::TransferRequest& request) {
        progress_.stage(fmt::format("Waiting for the proof of {}", command_->prover));
        client::HttpClient prover(command_->prover,
                                  {.patience = std::chrono::minutes(3), .authorities = command_->authorities});
        const SecretBytes bytes = request.to_bytes();
        const auto reply = prover.post("/on/prover/prove", bytes.reveal());
        if (!reply) return no_answer(reply.error());
        if (reply->status == 200) return reply->body;
        return no_answer(fmt::format("the prover makes no proof (status {}): {}", reply->status,
                                     printable(reply->text().substr(0, 300))));
    }

    const BuildTx* command_;
    RandomSource* random_;
    Executor* executor_;
    NotesReport* report_;
    ProgressLine progress_;
    std::shared_ptr<const TransferKey> key_;  // of a proof that was made here
};

void describe_spending(const Draft& draft, NotesReport& report) {
    report.json["spends"] = nlohmann::ordered_json::array();
    for (const Worth& one : draft.spent) {
        report.spends.push_back(one.note.note.pos());
        report.json["spends"].push_back({{"position", one.note.note.pos()}, {"value", one.value.value}});
        report.text +=
            fmt::format("  {:<13} note {} of {} DUSK\n", "spends", one.note.note.pos(), format_dusk(one.value));
    }
    const Lux change{draft.transfer.change()};
    report.json["change"] = change.value;
    report.text += fmt::format("  {:<13} {} DUSK, and the gas that is not spent\n", "change", format_dusk(change));
}

// Only where the circuits are ours there is something to prove with.
Result<void, Failure> check_network(const std::string& name) {
    const ledger::Network* network = ledger::network_named(name);
    if (network == nullptr) return usage(fmt::format("there is no network \"{}\"", printable(name)));
    if (network->proof_rules == phoenix::ProofRules::sound) return {};
    return failure(ExitCode::usage, "no_prover",
                   fmt::format("{} takes proofs of the released circuits only, whose public parameters are not at hand:"
                               " pay from an account (--nonce)",
                               name));
}

}  // namespace

Result<ledger::Transaction, Failure> pay_by_notes(const BuildTx& command, const OpenedKeys& keys, RandomSource& random,
                                                  Executor& executor, NotesReport& report) {
    if (const auto provable = check_network(command.network); !provable) return fail(provable.error());
    if (!keys.notes) return usage("notes belong to wallets; --key is a provisioner's");
    auto draft = draft_of(command, *keys.notes, random, executor);
    if (!draft) return fail(draft.error());
    auto payload = payload_of(command, keys, draft->transfer.skeleton(), random, executor);
    if (!payload) return fail(payload.error());
    if (const auto good = check_unproven(*payload); !good) return fail(good.error());
    describe_spending(*draft, report);
    const auto request = std::move(draft->transfer).sign(payload->hash(), random);
    Proving proving(command, random, executor, report);
    auto proof = proving.prove(request);
    if (!proof) return fail(proof.error());
    ledger::PhoenixTransaction transaction{.payload = *std::move(payload), .proof = *std::move(proof)};
    if (!proving.is_proven(transaction)) {
        return failure(ExitCode::failure, "no_proof",
                       command.prover.empty() ? "the proof does not verify: check this machine's memory"
                                              : "the proof of the prover does not verify");
    }
    return ledger::Transaction{std::move(transaction)};
}

}  // namespace dusk::app
