// Names of 32 bytes, one type for each kind of thing (spec/transactions.md §1, §3, §5, §6).
#pragma once

#include <compare>

#include "base/bytes.hpp"
#include "crypto/bls_signature.hpp"

namespace dusk::ledger {

// Ordered by the bytes. As text: the bytes in hexadecimal, in this order.
template <class Kind>
struct Identifier {
    static constexpr std::size_t kSize = 32;
    ByteArray<kSize> bytes{};
    friend constexpr auto operator<=>(const Identifier&, const Identifier&) = default;
};

using ContractId = Identifier<struct ContractKind>;
// H of what is signed and the signature or proof: the same in every format.
using TransactionId = Identifier<struct TransactionKind>;
// SHA3-256 of the encoding: the leaf of a block's transaction root. Another one in each format.
using TransactionDigest = Identifier<struct TransactionDigestKind>;
// 0x01 ‖ SHA-256 of a KZG commitment without its first byte (§4).
using BlobHash = Identifier<struct BlobKind>;
// BLAKE3 of a contract's bytecode.
using BytecodeHash = Identifier<struct BytecodeKind>;

// Who pays and is paid in the open (Moonlight). From the wire: a point of the subgroup, possibly the identity.
using AccountKey = crypto::BlsPublicKey;

inline constexpr ContractId kTransferContract{{1}};
inline constexpr ContractId kStakeContract{{2}};

// The id of a contract that a transaction deploys: BLAKE2b-256 of bytecode ‖ nonce u64 LE ‖ owner (§6,
// gen_contract_id).
[[nodiscard]] ContractId deployed_contract_id(ByteView bytecode, std::uint64_t nonce, ByteView owner);
[[nodiscard]] BytecodeHash bytecode_hash(ByteView bytecode);

}  // namespace dusk::ledger
