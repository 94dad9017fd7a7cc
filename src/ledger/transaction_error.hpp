// Why bytes are no transaction, and why one cannot be made or is refused for itself (spec/transactions.md §2, §3).
// What the state says of a transaction (balance, nonce, root, gas) is not asked here.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace dusk::ledger {

enum class TransactionError : std::uint8_t {
    // The envelope.
    short_input,      // the bytes end before the last field, or a length claims more than there is
    trailing_bytes,   // bytes after the last field
    unknown_family,   // the first byte is neither 0, 1, 2 nor 3
    wrong_format,     // an encoding of another era of the chain than the one asked for
    unknown_version,  // the format byte is not 2
    // Fields.
    bad_flag,             // neither 0 nor 1
    bad_account_key,      // sender, receiver or refund address is no point of the group of keys
    bad_signature,        // the signature is no point of its group
    bad_scalar,           // root or a nullifier is not below the modulus
    bad_note,             // a note or sender of an unknown kind
    bad_point,            // a point of a note or of the fee is not on the curve, or not of prime order
    too_many_nullifiers,  // more than the bytes of the skeleton can hold
    // Data.
    unknown_data,     // an id that is neither none, call, deploy, memo nor blob
    bad_fn_name,      // not UTF-8
    bad_memo_length,  // a memo says another length than it has
    memo_too_long,    // above 512 bytes
    // Making and checking.
    too_many_blobs,     // above 255: the wire has one byte for their number
    foreign_key,        // the secret key that should sign is not the sender's
    invalid_signature,  // not the sender's, of this transaction
    contract_sender,    // an output note names a contract as its sender: there is no statement to prove
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(TransactionError error);

}  // namespace dusk::ledger
