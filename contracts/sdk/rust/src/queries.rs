//! What the host computes for a contract (spec/vm.md §8.6).
use alloc::vec::Vec;

use crate::codec::{Value, read, write};
use crate::{BlsScalar, MultisigSignature, PublicKey, SchnorrPublicKey, SchnorrSignature, Signature, host};

pub fn query<A: Value, R: Value>(name: &str, argument: &A) -> R {
    let size = write(argument);
    // SAFETY: the pointer is that of the name.
    let length = unsafe { host::hq(name.as_ptr(), name.len() as u32, size) };
    read(length).unwrap_or_else(|| panic!("the host's answer is of another type"))
}

/// BLAKE2b-512 reduced to a scalar: 3000 + 10 n gas.
pub fn hash_to_scalar(bytes: Vec<u8>) -> BlsScalar {
    query("hash", &bytes)
}
/// 3000 + 16 n gas.
pub fn keccak256(bytes: Vec<u8>) -> [u8; 32] {
    query("keccak256", &bytes)
}
/// 3000 + 8 n gas.
pub fn sha256(bytes: Vec<u8>) -> [u8; 32] {
    query("sha256", &bytes)
}
/// 30000 gas + 10000 per scalar; at least one scalar.
pub fn poseidon_hash(scalars: Vec<BlsScalar>) -> BlsScalar {
    assert!(!scalars.is_empty(), "poseidon_hash of nothing");
    query("poseidon_hash", &scalars)
}
/// 10 million gas.
pub fn verify_plonk(verifier_data: Vec<u8>, proof: Vec<u8>, public_inputs: Vec<BlsScalar>) -> bool {
    query("verify_plonk", &(verifier_data, proof, public_inputs))
}
/// 4.5 million gas.
pub fn verify_groth16_bn254(prepared_key: Vec<u8>, proof: Vec<u8>, prepared_inputs: Vec<u8>) -> bool {
    query("verify_groth16_bn254", &(prepared_key, proof, prepared_inputs))
}
/// 1 million gas.
pub fn verify_schnorr(message: BlsScalar, key: SchnorrPublicKey, signature: SchnorrSignature) -> bool {
    query("verify_schnorr", &(message, key, signature))
}
/// 1.75 million gas.
pub fn verify_bls(message: Vec<u8>, key: PublicKey, signature: Signature) -> bool {
    query("verify_bls", &(message, key, signature))
}
/// 2.5 million gas + 200000 per key.
pub fn verify_bls_multisig(message: Vec<u8>, keys: Vec<PublicKey>, signature: MultisigSignature) -> bool {
    query("verify_bls_multisig", &(message, keys, signature))
}
/// 2 million gas; commitment, point, value and proof as in EIP-4844.
pub fn verify_kzg_proof(commitment: [u8; 48], z: [u8; 32], y: [u8; 32], proof: [u8; 48]) -> bool {
    query("verify_kzg_proof", &(commitment, z, y, proof))
}
/// 200000 gas; the uncompressed key, or nothing. `signature` is r, s, v.
pub fn secp256k1_recover(digest: [u8; 32], signature: [u8; 65]) -> Option<[u8; 65]> {
    query("secp256k1_recover", &(digest, signature))
}
