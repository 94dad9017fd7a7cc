//! Groth16 over BN254 behind `include/dusk_groth16.h`.

use ark_bn254::{Bn254, Config, G1Projective, G2Affine};
use ark_ec::{bn::G2Prepared, AffineRepr};
use ark_groth16::{Groth16, PreparedVerifyingKey, Proof};
use ark_serialize::CanonicalDeserialize;

use crate::{guard, slice};

const INVALID: i32 = 0;
const VALID: i32 = 1;
const TOO_SHORT: i32 = 2;

/// Whether a Miller loop over `lines` would run out of them. Lines come from outside and may be any number.
fn too_short(lines: &G2Prepared<Config>) -> bool {
    let needed = G2Prepared::<Config>::from(G2Affine::generator()).ell_coeffs.len();
    !lines.infinity && lines.ell_coeffs.len() < needed
}

fn verify(key: &[u8], proof: &[u8], inputs: &[u8]) -> i32 {
    let Ok(key) = PreparedVerifyingKey::<Bn254>::deserialize_uncompressed(key) else { return INVALID };
    let Ok(proof) = Proof::<Bn254>::deserialize_compressed(proof) else { return INVALID };
    let Ok(inputs) = G1Projective::deserialize_compressed(inputs) else { return INVALID };
    // A pair with the identity is left out, and its lines with it.
    let gamma_counts = inputs != G1Projective::default();
    let delta_counts = !proof.c.is_zero();
    if (gamma_counts && too_short(&key.gamma_g2_neg_pc)) || (delta_counts && too_short(&key.delta_g2_neg_pc)) {
        return TOO_SHORT;
    }
    match Groth16::<Bn254>::verify_proof_with_prepared_inputs(&key, &proof, &inputs) {
        Ok(true) => VALID,
        _ => INVALID,
    }
}

/// See `dusk_groth16.h`.
///
/// # Safety
/// Each pointer is valid for the number of bytes beside it.
#[no_mangle]
pub unsafe extern "C" fn dusk_groth16_bn254_verify(
    key: *const u8,
    key_size: usize,
    proof: *const u8,
    proof_size: usize,
    inputs: *const u8,
    inputs_size: usize,
) -> i32 {
    // SAFETY: the caller vouches for the three.
    let (key, proof, inputs) = unsafe { (slice(key, key_size), slice(proof, proof_size), slice(inputs, inputs_size)) };
    guard(|| verify(key, proof, inputs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_that_does_not_decode_is_invalid() {
        assert_eq!(verify(&[], &[], &[]), INVALID);
        assert_eq!(verify(&[1; 2000], &[2; 128], &[3; 32]), INVALID);
        assert_eq!(unsafe { dusk_groth16_bn254_verify(std::ptr::null(), 0, std::ptr::null(), 0, std::ptr::null(), 0) }, INVALID);
    }
}
