#include "ledger/transaction_error.hpp"

namespace dusk::ledger {

std::string_view to_string(TransactionError error) {
    using enum TransactionError;
    switch (error) {
        case short_input:
            return "the transaction ends before its last field, or a length in it claims more than there is";
        case trailing_bytes:
            return "there are bytes after the last field of the transaction";
        case unknown_family:
            return "the first byte is that of no kind of transaction";
        case wrong_format:
            return "the transaction is encoded for another era of the chain";
        case unknown_version:
            return "the format byte is not 2";
        case bad_flag:
            return "a flag is neither 0 nor 1";
        case bad_account_key:
            return "sender, receiver or refund address is not the key of an account";
        case bad_signature:
            return "the signature is not a point of its group";
        case bad_scalar:
            return "the root or a nullifier is not a scalar";
        case bad_note:
            return "a note, or the sender in one, is of an unknown kind";
        case bad_point:
            return "a point of a note or of the fee is not on the curve or not of prime order";
        case too_many_nullifiers:
            return "more nullifiers are announced than there is room for";
        case unknown_data:
            return "the data are neither a call, a deployment, a memo nor blobs";
        case bad_fn_name:
            return "the name of the function is not UTF-8";
        case bad_memo_length:
            return "the memo is not as long as it says";
        case memo_too_long:
            return "the memo is longer than 512 bytes";
        case too_many_blobs:
            return "a transaction carries at most 255 blobs";
        case foreign_key:
            return "the key that should sign is not the sender's";
        case invalid_signature:
            return "the signature is not the sender's signature of this transaction";
        case contract_sender:
            return "an output note names a contract as its sender, so there is nothing to prove";
    }
    return "unknown error";
}

}  // namespace dusk::ledger
