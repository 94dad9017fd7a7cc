// Transactions that an account pays in the open (spec/transactions.md §2.1, §3).
#pragma once

#include "ledger/transaction_data.hpp"

namespace dusk::ledger {

struct MoonlightFee {
    Gas gas_limit;
    GasPrice gas_price;
    AccountKey refund_address;  // of gas that was not spent
    friend bool operator==(const MoonlightFee&, const MoonlightFee&) = default;
};

struct MoonlightPayload {
    ChainId chain_id{};
    AccountKey sender;
    AccountKey receiver;  // the sender, for a transaction that pays nobody
    Lux value;            // for the receiver
    Lux deposit;          // for the contract that is called
    MoonlightFee fee;
    Nonce nonce;
    std::optional<TransactionData> data;

    // What the sender pays if all gas is spent. Nothing when it does not fit 64 bits.
    [[nodiscard]] std::optional<Lux> most_cost() const;
    // What the sender signs: the fields in order; receiver and refund address only where they are not the sender.
    [[nodiscard]] Bytes signature_message() const;
    // chain_id 1 ‖ sender 96 ‖ 0, or 1 ‖ receiver 96, ‖ value ‖ deposit ‖ gas_limit ‖ gas_price ‖ 0, or 1 ‖ refund 96,
    // ‖ nonce ‖ data. The reader takes a 1 before the sender's own key too; the writer never makes it.
    [[nodiscard]] Bytes to_bytes() const;
    // Errors: those of the data; bad_account_key.
    [[nodiscard]] static Result<MoonlightPayload, TransactionError> from_bytes(ByteView bytes);
    friend bool operator==(const MoonlightPayload&, const MoonlightPayload&) = default;
};

struct MoonlightTransaction {
    MoonlightPayload payload;
    crypto::BlsSignature signature;

    // Signs with scheme v2. Errors: foreign_key, memo_too_long, too_many_blobs.
    [[nodiscard]] static Result<MoonlightTransaction, TransactionError> sign(MoonlightPayload payload,
                                                                             const crypto::BlsSecretKey& sender);
    // The signature is the sender's, by `version` (v2 since the hash-to-curve fork). About 0.8 ms.
    // Error: invalid_signature.
    [[nodiscard]] Result<void, TransactionError> verify(crypto::BlsVersion version = crypto::BlsVersion::v2) const;
    // H(message ‖ signature).
    [[nodiscard]] TransactionId id() const;

    // The body: payload_len u64 ‖ payload ‖ signature 48.
    [[nodiscard]] Bytes to_bytes() const;
    // Errors: as of the payload; bad_signature.
    [[nodiscard]] static Result<MoonlightTransaction, TransactionError> from_bytes(ByteView bytes);
    friend bool operator==(const MoonlightTransaction&, const MoonlightTransaction&) = default;
};

}  // namespace dusk::ledger
