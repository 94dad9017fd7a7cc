// What the host computes for a contract (spec/vm.md §8.6). Prices in gas; n is the number of bytes.
#pragma once

#include "dusk/contract/call.hpp"

namespace dusk::contract {

template <class T, class... Arguments>
[[nodiscard]] T query(StringView name, const Arguments&... arguments) {
    const uint32_t size = put_arguments(arguments...);
    const uint32_t length = host::query(name.data(), static_cast<uint32_t>(name.size()), size);
    T result{};
    if (!read_archive(host::buffer(), length, result)) panic("the host's answer is of another type");
    return result;
}

using ByteVector = Vector<uint8_t>;

// BLAKE2b-512 reduced to a scalar: 3000 + 10 n.
[[nodiscard]] inline BlsScalar hash_to_scalar(const ByteVector& bytes) { return query<BlsScalar>("hash", bytes); }
// 3000 + 16 n, with the padding of Keccak before SHA-3.
[[nodiscard]] inline Hash keccak256(const ByteVector& bytes) { return query<Hash>("keccak256", bytes); }
// 3000 + 8 n.
[[nodiscard]] inline Hash sha256(const ByteVector& bytes) { return query<Hash>("sha256", bytes); }
// 30000 + 10000 per scalar; at least one.
[[nodiscard]] inline BlsScalar poseidon_hash(const Vector<BlsScalar>& scalars) {
    require(!scalars.empty(), "poseidon_hash of nothing");
    return query<BlsScalar>("poseidon_hash", scalars);
}
// 10 million.
[[nodiscard]] inline bool verify_plonk(const ByteVector& verifier_data, const ByteVector& proof,
                                       const Vector<BlsScalar>& public_inputs) {
    return query<bool>("verify_plonk", verifier_data, proof, public_inputs);
}
// 4.5 million.
[[nodiscard]] inline bool verify_groth16_bn254(const ByteVector& prepared_key, const ByteVector& proof,
                                               const ByteVector& prepared_inputs) {
    return query<bool>("verify_groth16_bn254", prepared_key, proof, prepared_inputs);
}
// 1 million.
[[nodiscard]] inline bool verify_schnorr(const BlsScalar& message, const SchnorrPublicKey& key,
                                         const SchnorrSignature& signature) {
    return query<bool>("verify_schnorr", message, key, signature);
}
// 1.75 million.
[[nodiscard]] inline bool verify_bls(const ByteVector& message, const PublicKey& key, const Signature& signature) {
    return query<bool>("verify_bls", message, key, signature);
}
// 2.5 million + 200000 per key.
[[nodiscard]] inline bool verify_bls_multisig(const ByteVector& message, const Vector<PublicKey>& keys,
                                              const MultisigSignature& signature) {
    return query<bool>("verify_bls_multisig", message, keys, signature);
}
// 2 million; commitment, point, value and proof as in EIP-4844.
[[nodiscard]] inline bool verify_kzg_proof(const Bytes<48>& commitment, const Bytes<32>& z, const Bytes<32>& y,
                                           const Bytes<48>& proof) {
    return query<bool>("verify_kzg_proof", commitment, z, y, proof);
}
// 200000; the uncompressed key, or nothing. `signature` is r, s, v with v one of 0, 1, 27, 28.
[[nodiscard]] inline Optional<Bytes<65>> secp256k1_recover(const Hash& digest, const Bytes<65>& signature) {
    return query<Optional<Bytes<65>>>("secp256k1_recover", digest, signature);
}

}  // namespace dusk::contract
