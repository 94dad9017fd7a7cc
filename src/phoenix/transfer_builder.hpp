// Makes a transfer: from notes that are spent and what is to be paid, the skeleton of the transaction, and once the
// payload is hashed, the request for a prover (spec/plonk.md §12, plonk-sound.md §8). No I/O: the caller brings notes
// with their openings and hashes the payload.
#pragma once

#include <span>

#include "phoenix/transaction_skeleton.hpp"
#include "phoenix/transfer_request.hpp"

namespace dusk::phoenix {

// Why no transfer can be made.
enum class TransferBuildError : std::uint8_t {
    bad_input_count,     // not 1 to 4 notes
    unusable_key,        // a point of the sender's or the receiver's key is the identity or outside the subgroup
    foreign_note,        // a note belongs to another key
    unreadable_note,     // a note of the sender that does not open, or commits to another value
    bad_opening,         // an opening that is not of the note at its position
    different_roots,     // openings of different states of the tree
    note_twice,          // the same note is spent twice
    amount_overflow,     // the notes are worth 2^64 lux or more together
    insufficient_funds,  // payment, deposit and fee are more than the notes are worth
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(TransferBuildError error);

// A note of the sender, with the path from its place `note.pos()` to the root.
struct SpendableNote {
    Note note;
    crypto::NoteOpening opening;
};

struct TransferTerms {
    PublicKey receiver;
    std::uint64_t value = 0;  // lux, may be 0
    // Of the receiver's note; the change is always obfuscated. The network drops transparent notes of value 0.
    NoteType type = NoteType::obfuscated;
    std::uint64_t deposit = 0;  // lux, for a contract
    std::uint64_t max_fee = 0;  // lux: gas limit times gas price
};

// Puts signatures of the request's payload hash in it, by the keys of its notes and of their owner, `sender`: 64 bytes
// drawn for each.
void sign_request(TransferRequest& request, const SecretKey& sender, RandomSource& random);

// A transfer whose payload is not hashed yet. Holds the secret key and everything that the transaction hides.
class TransferDraft {
  public:
    // What the notes are worth beyond the terms comes back to the sender as change, which may be 0. Draws blinders and
    // the secrets of two notes. The time depends on which notes and amounts are refused, not on the keys.
    // Errors: every TransferBuildError.
    [[nodiscard]] static Result<TransferDraft, TransferBuildError> make(const SecretKey& sender,
                                                                        std::span<const SpendableNote> notes,
                                                                        const TransferTerms& terms,
                                                                        RandomSource& random);

    // What the payload of the transaction starts with. The refund goes to the address of outputs[1].
    [[nodiscard]] const TransactionSkeleton& skeleton() const { return skeleton_; }
    // lux
    [[nodiscard]] std::uint64_t change() const { return request_.outputs[1].value.reveal(); }

    // Signs with the keys of the notes and of the sender: 64 bytes drawn for each signature. Once per draft.
    [[nodiscard]] TransferRequest sign(const crypto::Fq& payload_hash, RandomSource& random) &&;

  private:
    TransferDraft(SecretKey sender, TransactionSkeleton skeleton, TransferRequest request)
        : sender_(std::move(sender)), skeleton_(std::move(skeleton)), request_(std::move(request)) {}

    SecretKey sender_;
    TransactionSkeleton skeleton_;
    TransferRequest request_;  // without payload hash and signatures
};

}  // namespace dusk::phoenix
