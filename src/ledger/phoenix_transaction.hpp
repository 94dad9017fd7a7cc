// Transactions that notes pay in secret (spec/transactions.md §2.2, §3).
#pragma once

#include "ledger/transaction_data.hpp"
#include "phoenix/transaction_skeleton.hpp"

namespace dusk::ledger {

// Who gets back what was not spent. Not covered by the payload hash: gas limit times price must be the proven max_fee,
// and the address that of the change note, or the transaction is refused before execution (§7).
struct PhoenixFee {
    static constexpr std::size_t kSize = 209;

    Gas gas_limit;
    GasPrice gas_price;
    phoenix::StealthAddress stealth_address;
    phoenix::Sender sender;

    // gas_limit u64 ‖ gas_price u64 ‖ stealth_address 64 ‖ sender 129.
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // Exactly 209 bytes. Errors: short_input, trailing_bytes, bad_note, bad_point.
    [[nodiscard]] static Result<PhoenixFee, TransactionError> from_bytes(
        ByteView bytes, phoenix::PointRule rule = phoenix::PointRule::strict);
    // Poseidon of limit, price and note_pk. Not used in consensus.
    [[nodiscard]] crypto::Fq hash() const;
    friend bool operator==(const PhoenixFee&, const PhoenixFee&) = default;
};

struct PhoenixPayload {
    ChainId chain_id{};
    phoenix::TransactionSkeleton skeleton;
    PhoenixFee fee;
    std::optional<TransactionData> data;

    // chain_id ‖ hash input of the skeleton ‖ message of the data; the fee is not in it (trap).
    [[nodiscard]] Bytes hash_input() const;
    // H of it: what the proof is about.
    [[nodiscard]] crypto::Fq hash() const;
    // chain_id 1 ‖ skeleton_len u64 ‖ skeleton ‖ fee 209 ‖ data. Bytes that a skeleton has left over are ignored, and
    // are gone when it is written.
    [[nodiscard]] Bytes to_bytes() const;
    // Errors: those of data and fee; bad_scalar, bad_note, bad_point, too_many_nullifiers.
    [[nodiscard]] static Result<PhoenixPayload, TransactionError> from_bytes(
        ByteView bytes, phoenix::PointRule rule = phoenix::PointRule::strict);
    friend bool operator==(const PhoenixPayload&, const PhoenixPayload&) = default;
};

struct PhoenixTransaction {
    PhoenixPayload payload;
    Bytes proof;  // any bytes; the verifier decides

    // The public inputs of the proof, 28 + the number of nullifiers. Error: contract_sender.
    [[nodiscard]] Result<std::vector<crypto::Fq>, TransactionError> public_inputs() const;
    // H(hash input ‖ proof).
    [[nodiscard]] TransactionId id() const;

    // The body: payload_len u64 ‖ payload ‖ proof_len u64 ‖ proof.
    [[nodiscard]] Bytes to_bytes() const;
    // Errors: as of the payload.
    [[nodiscard]] static Result<PhoenixTransaction, TransactionError> from_bytes(
        ByteView bytes, phoenix::PointRule rule = phoenix::PointRule::strict);
    friend bool operator==(const PhoenixTransaction&, const PhoenixTransaction&) = default;
};

}  // namespace dusk::ledger
