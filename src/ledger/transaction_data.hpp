// What a transaction carries besides value: at most one of a call, a deployment, a memo, blobs
// (spec/transactions.md §2.3, §3, §6).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/writer.hpp"
#include "ledger/blob.hpp"
#include "ledger/quantities.hpp"
#include "ledger/transaction_error.hpp"

namespace dusk::ledger {

struct ContractCall {
    ContractId contract;
    std::string fn_name;  // UTF-8
    Bytes fn_args;        // an archive, by convention
    friend bool operator==(const ContractCall&, const ContractCall&) = default;
};

struct ContractDeploy {
    BytecodeHash hash;  // as stated; execution compares it with the bytecode
    Bytes bytecode;
    Bytes owner;  // free bytes; an account key of 96 by convention
    std::optional<Bytes> init_args;
    // Part of the contract's id, but signed by nobody (trap, §3).
    std::uint64_t nonce = 0;

    // With the hash of the bytecode.
    [[nodiscard]] static ContractDeploy of(Bytes bytecode, Bytes owner, std::optional<Bytes> init_args,
                                           std::uint64_t nonce);
    [[nodiscard]] ContractId contract_id() const { return deployed_contract_id(bytecode, nonce, owner); }
    friend bool operator==(const ContractDeploy&, const ContractDeploy&) = default;
};

struct Memo {
    static constexpr std::size_t kMaxSize = 512;  // the form that replaces blobs may be longer
    Bytes bytes;
    friend bool operator==(const Memo&, const Memo&) = default;
};

struct Blobs {
    static constexpr std::size_t kMaxCount = 255;  // on the wire; execution takes 1 to 6
    std::vector<Blob> blobs;

    // The hashes one after the other: what execution sees in place of the blobs (§4).
    [[nodiscard]] Memo to_memo() const;
    friend bool operator==(const Blobs&, const Blobs&) = default;
};

using TransactionData = std::variant<ContractCall, ContractDeploy, Memo, Blobs>;

// One id byte, then to the end: `0`; `1` contract 32 ‖ fn_name ‖ fn_args; `2` hash 32 ‖ bytecode ‖ owner ‖ 0, or
// 1 ‖ init_args, ‖ nonce u64; `3` memo; `4` count u8 ‖ count × (hash 32 ‖ 0, or 1 ‖ commitment 48 ‖ proof 48 ‖
// 131072 bytes). Byte strings stand behind a u64 length.
// Errors: short_input, trailing_bytes, bad_flag, unknown_data, bad_fn_name, bad_memo_length, memo_too_long.
[[nodiscard]] Result<std::optional<TransactionData>, TransactionError> decode_data(ByteView bytes);
void encode_data(Writer& out, const std::optional<TransactionData>& data);
// The number of bytes that `encode_data` writes.
[[nodiscard]] std::size_t encoded_size(const std::optional<TransactionData>& data);

// A call and a deployment alone, as the contract's tools know them: the above without the id byte.
[[nodiscard]] Bytes encode(const ContractCall& call);
[[nodiscard]] Bytes encode(const ContractDeploy& deploy);

// The part of what is signed that stands for the data, without any length (§3). Empty for none.
[[nodiscard]] Bytes signature_message(const TransactionData& data);

}  // namespace dusk::ledger
