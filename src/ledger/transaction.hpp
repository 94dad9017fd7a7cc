// A transaction of either family: its encodings, names, and the parts that both have (spec/transactions.md §2, §4, §5).
#pragma once

#include "ledger/moonlight.hpp"
#include "ledger/phoenix_transaction.hpp"

namespace dusk::ledger {

// The eras of the encoding. Ids and signatures are the same in all of them.
enum class TransactionFormat : std::uint8_t {
    pre_aegis,  // as aegis, but points of notes need not be of prime order
    aegis,      // tag 0 Phoenix, 1 Moonlight; what clients submit
    boreas,     // tag 2 or 3, then the format byte 2; what blocks carry today
};

using TransactionBody = std::variant<PhoenixTransaction, MoonlightTransaction>;

struct Transaction {
    TransactionBody body;

    // Null where it is the other.
    [[nodiscard]] const PhoenixTransaction* phoenix() const { return std::get_if<PhoenixTransaction>(&body); }
    [[nodiscard]] const MoonlightTransaction* moonlight() const { return std::get_if<MoonlightTransaction>(&body); }

    [[nodiscard]] TransactionId id() const;
    // SHA3-256 of the encoding, of a blob transaction that of its memo form.
    [[nodiscard]] TransactionDigest digest(TransactionFormat format) const;
    // What no two transactions may share: each nullifier (32 bytes), or the sender's key and nonce (96 + 8 bytes, LE).
    [[nodiscard]] std::vector<Bytes> spending_ids() const;

    [[nodiscard]] ChainId chain_id() const;
    [[nodiscard]] Gas gas_limit() const;
    [[nodiscard]] GasPrice gas_price() const;
    [[nodiscard]] Lux deposit() const;
    [[nodiscard]] const std::optional<TransactionData>& data() const;
    // The data where they are of that kind, else null.
    [[nodiscard]] const ContractCall* call() const { return data_as<ContractCall>(); }
    [[nodiscard]] const ContractDeploy* deploy() const { return data_as<ContractDeploy>(); }
    [[nodiscard]] const Memo* memo() const { return data_as<Memo>(); }
    [[nodiscard]] const Blobs* blobs() const { return data_as<Blobs>(); }

    // The encoding of a format; of pre_aegis the same as of aegis. Throws std::length_error for more than 255 blobs,
    // which neither decoding nor signing lets in.
    [[nodiscard]] Bytes encode(TransactionFormat format) const;
    [[nodiscard]] std::size_t encoded_size(TransactionFormat format) const;
    // What it takes of the space in a block: 12 bytes more than the encoding.
    [[nodiscard]] std::size_t block_space(TransactionFormat format) const { return 12 + encoded_size(format); }
    // Strictly of this format. Time and memory are linear in the bytes; no length is believed.
    // Errors: every one of TransactionError but those of making and checking.
    [[nodiscard]] static Result<Transaction, TransactionError> decode(ByteView bytes, TransactionFormat format);

    // Blobs replaced by the memo of their hashes; id and signature still hold. Others are copied as they are.
    [[nodiscard]] Transaction without_blobs() const;
    // What the transfer contract is given: as above, and a deployment without its bytecode (§6).
    [[nodiscard]] Transaction as_executed() const;

    friend bool operator==(const Transaction&, const Transaction&) = default;

  private:
    template <class Kind>
    [[nodiscard]] const Kind* data_as() const {
        const std::optional<TransactionData>& all = data();
        return all ? std::get_if<Kind>(&*all) : nullptr;
    }
};

struct DecodedTransaction {
    Transaction transaction;
    TransactionFormat format;
    friend bool operator==(const DecodedTransaction&, const DecodedTransaction&) = default;
};

// Of whatever format: what clients submit and what the ledger stores. Boreas by its tags; else Aegis, and if it is not,
// pre-Aegis. Errors: as of Transaction::decode, wrong_format excepted.
[[nodiscard]] Result<DecodedTransaction, TransactionError> decode_any(ByteView bytes);

// The argument of `spend_and_execute`: the archive of `as_executed()` (spec/transactions.md §13).
[[nodiscard]] Bytes spend_argument(const Transaction& transaction);

}  // namespace dusk::ledger
