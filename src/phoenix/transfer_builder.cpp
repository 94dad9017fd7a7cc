#include "phoenix/transfer_builder.hpp"

#include <algorithm>

#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr_bound.hpp"

namespace dusk::phoenix {

using crypto::Fq;
using crypto::Fr;
using crypto::schnorr::Signature;
using crypto::schnorr::SignatureDouble;
namespace bound = crypto::schnorr::bound;

namespace {

using Error = TransferBuildError;

bool is_usable(const PublicKey& key) { return key.a().is_prime_order() && key.b().is_prime_order(); }

// The leaf that the path of the opening leads to.
std::uint64_t position_of(const crypto::NoteOpening& opening) {
    std::uint64_t out = 0;
    for (const std::uint32_t child : opening.positions) out = out * crypto::NotesTreeRule::kArity + child;
    return out;
}

bool is_opening_of(const crypto::NoteOpening& opening, const Note& note) {
    const auto holds = opening.verify(note.hash());
    return holds && *holds && position_of(opening) == note.pos();
}

// Without its signature.
Result<InputNote, Error> make_input(const SecretKey& owner, const ViewKey& view_key, const SpendableNote& spendable) {
    const Note& note = spendable.note;
    if (!view_key.owns(note.stealth_address())) return fail(Error::foreign_note);
    auto opened = note.open_checked(&view_key);
    if (!opened) return fail(Error::unreadable_note);
    if (!is_opening_of(spendable.opening, note)) return fail(Error::bad_opening);
    const Secret<Fr> note_sk = owner.note_secret_key(note.stealth_address());
    return InputNote{.opening = spendable.opening,
                     .note = note,
                     .note_pk_prime = crypto::multiply_generator_nums(note_sk.reveal()).to_affine(),
                     .value = Secret(opened->value),
                     .value_blinder = std::move(opened->blinder),
                     .nullifier = note.nullifier(owner),
                     .signature = SignatureDouble({}, {}, {})};
}

Result<std::vector<InputNote>, Error> make_inputs(const SecretKey& owner, std::span<const SpendableNote> notes) {
    if (notes.empty() || notes.size() > TransferRequest::kMaxInputs) return fail(Error::bad_input_count);
    const ViewKey view_key = owner.view_key();
    std::vector<InputNote> inputs;
    for (const SpendableNote& spendable : notes) {
        auto input = make_input(owner, view_key, spendable);
        if (!input) return fail(input.error());
        if (spendable.opening.root != notes.front().opening.root) return fail(Error::different_roots);
        const auto is_same = [&](const InputNote& other) { return other.note.pos() == spendable.note.pos(); };
        if (std::ranges::any_of(inputs, is_same)) return fail(Error::note_twice);
        inputs.push_back(std::move(*input));
    }
    return inputs;
}

// What remains of the inputs.
Result<std::uint64_t, Error> change_of(const std::vector<InputNote>& inputs, const TransferTerms& terms) {
    std::uint64_t left = 0;
    for (const InputNote& input : inputs) {
        if (__builtin_add_overflow(left, input.value.reveal(), &left)) return fail(Error::amount_overflow);
    }
    for (const std::uint64_t amount : {terms.value, terms.deposit, terms.max_fee}) {
        if (__builtin_sub_overflow(left, amount, &left)) return fail(Error::insufficient_funds);
    }
    return left;
}

// Not zero and not equal: else who reads the note reads its sender.
Secret<std::array<Fr, 2>> draw_sender_blinders(RandomSource& random) {
    Secret<std::array<Fr, 2>> out;
    auto& [a, b] = out.reveal();
    do {
        a = Fr::random(random);
        b = Fr::random(random);
    } while (a.is_zero() || b.is_zero() || a == b);
    return out;
}

struct Made {
    Note note;
    OutputNote output;
};

Made make_output(const PublicKey& sender, const PublicKey& receiver, std::uint64_t value, NoteType type,
                 RandomSource& random) {
    Secret<Fr> blinder(type == NoteType::obfuscated ? Fr::random(random) : Fr::zero());
    auto sender_blinders = draw_sender_blinders(random);
    Note note = type == NoteType::obfuscated
                    ? Note::obfuscated(random, sender, receiver, value, blinder.reveal(), sender_blinders.reveal())
                    : Note::transparent(random, sender, receiver, value, sender_blinders.reveal());
    const EncryptedSender& encrypted = *note.sender().encrypted();
    OutputNote output{.value = Secret(value),
                      .value_commitment = note.value_commitment(),
                      .value_blinder = std::move(blinder),
                      .note_pk = note.stealth_address().note_pk().to_affine(),
                      .sender_encryption = {crypto::elgamal::Encryption(encrypted.a_c1, encrypted.a_c2),
                                            crypto::elgamal::Encryption(encrypted.b_c1, encrypted.b_c2)},
                      .sender_blinders = std::move(sender_blinders)};
    return {.note = std::move(note), .output = std::move(output)};
}

}  // namespace

std::string_view to_string(TransferBuildError error) {
    switch (error) {
        case Error::bad_input_count:
            return "a transfer spends 1 to 4 notes";
        case Error::unusable_key:
            return "the key of the sender or of the receiver is not a key that can hold notes";
        case Error::foreign_note:
            return "a note belongs to another key";
        case Error::unreadable_note:
            return "a note does not open with the sender's key, or commits to another value";
        case Error::bad_opening:
            return "an opening is not that of the note at its position in the tree";
        case Error::different_roots:
            return "the openings belong to different states of the notes tree: fetch them together";
        case Error::note_twice:
            return "a note can be spent once only";
        case Error::amount_overflow:
            return "the notes are worth 2^64 lux or more together: spend fewer";
        case Error::insufficient_funds:
            return "payment, deposit and fee are more than the notes are worth";
    }
    return "unknown error";
}

Result<TransferDraft, TransferBuildError> TransferDraft::make(const SecretKey& sender,
                                                              std::span<const SpendableNote> notes,
                                                              const TransferTerms& terms, RandomSource& random) {
    const PublicKey sender_key = sender.public_key();
    if (!is_usable(sender_key) || !is_usable(terms.receiver)) return fail(Error::unusable_key);
    auto inputs = make_inputs(sender, notes);
    if (!inputs) return fail(inputs.error());
    const auto change = change_of(*inputs, terms);
    if (!change) return fail(change.error());

    Made payment = make_output(sender_key, terms.receiver, terms.value, terms.type, random);
    Made back = make_output(sender_key, sender_key, *change, NoteType::obfuscated, random);
    TransactionSkeleton skeleton{.root = notes.front().opening.root,
                                 .nullifiers = {},
                                 .outputs = {std::move(payment.note), std::move(back.note)},
                                 .max_fee = terms.max_fee,
                                 .deposit = terms.deposit};
    for (const InputNote& input : *inputs) skeleton.nullifiers.push_back(input.nullifier);
    TransferRequest request{.inputs = std::move(*inputs),
                            .outputs = {std::move(payment.output), std::move(back.output)},
                            .payload_hash = {},
                            .root = skeleton.root,
                            .deposit = terms.deposit,
                            .max_fee = terms.max_fee,
                            .sender = sender_key,
                            .signature_a = Signature({}, {}),
                            .signature_b = Signature({}, {})};
    return TransferDraft(sender.clone(), std::move(skeleton), std::move(request));
}

void sign_request(TransferRequest& request, const SecretKey& sender, RandomSource& random) {
    const Fq& message = request.payload_hash;
    for (InputNote& input : request.inputs) {
        const Secret<Fr> note_sk = sender.note_secret_key(input.note.stealth_address());
        input.signature = bound::sign_double(crypto::schnorr::SecretKey(note_sk.reveal()), random, message);
    }
    request.signature_a = bound::sign(crypto::schnorr::SecretKey(sender.a()), random, message);
    request.signature_b = bound::sign(crypto::schnorr::SecretKey(sender.b()), random, message);
}

TransferRequest TransferDraft::sign(const Fq& payload_hash, RandomSource& random) && {
    request_.payload_hash = payload_hash;
    sign_request(request_, sender_, random);
    return std::move(request_);
}

}  // namespace dusk::phoenix
