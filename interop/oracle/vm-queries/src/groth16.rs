//! Proofs that a product and a sum are known: x y = p and x + y = s, with p and s public.
use ark_bn254::{Bn254, Config, Fq, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{bn::G2Prepared, AffineRepr, CurveGroup};
use ark_ff::{One, PrimeField, UniformRand, Zero};
use ark_groth16::{prepare_verifying_key, Groth16, PreparedVerifyingKey, Proof};
use ark_relations::{
    lc,
    r1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError},
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use rand::{rngs::StdRng, Rng};
use serde_json::{json, Value};

struct ProductAndSum {
    x: Fr,
    y: Fr,
}

impl ConstraintSynthesizer<Fr> for ProductAndSum {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let product = cs.new_input_variable(|| Ok(self.x * self.y))?;
        let sum = cs.new_input_variable(|| Ok(self.x + self.y))?;
        let x = cs.new_witness_variable(|| Ok(self.x))?;
        let y = cs.new_witness_variable(|| Ok(self.y))?;
        cs.enforce_constraint(lc!() + x, lc!() + y, lc!() + product)?;
        cs.enforce_constraint(lc!() + x + y, lc!() + ark_relations::r1cs::Variable::One, lc!() + sum)
    }
}

fn compressed(value: &impl CanonicalSerialize) -> Vec<u8> {
    let mut out = vec![];
    value.serialize_compressed(&mut out).expect("memory");
    out
}

fn uncompressed(value: &impl CanonicalSerialize) -> Vec<u8> {
    let mut out = vec![];
    value.serialize_uncompressed(&mut out).expect("memory");
    out
}

fn outcome(key: &[u8], proof: &[u8], inputs: &[u8]) -> &'static str {
    let verdict = std::panic::catch_unwind(|| {
        let key = PreparedVerifyingKey::<Bn254>::deserialize_uncompressed(key).ok()?;
        let proof = Proof::<Bn254>::deserialize_compressed(proof).ok()?;
        let inputs = G1Projective::deserialize_compressed(inputs).ok()?;
        Groth16::<Bn254>::verify_proof_with_prepared_inputs(&key, &proof, &inputs).ok()
    });
    match verdict {
        Err(_) => "aborted",
        Ok(Some(true)) => "valid",
        Ok(_) => "invalid",
    }
}

fn outside_the_subgroup(rng: &mut StdRng) -> G2Affine {
    loop {
        let x = ark_bn254::Fq2::new(Fq::rand(rng), Fq::rand(rng));
        if let Some(point) = G2Affine::get_point_from_x_unchecked(x, false) {
            if !point.is_in_correct_subgroup_assuming_on_curve() {
                return point;
            }
        }
    }
}

type Lines = G2Prepared<Config>;

fn cut(lines: &Lines, count: usize) -> Lines {
    Lines { ell_coeffs: lines.ell_coeffs[..count].to_vec(), infinity: lines.infinity }
}

fn infinite(lines: &Lines) -> Lines {
    Lines { ell_coeffs: lines.ell_coeffs.clone(), infinity: true }
}

/// A key as the bytes that it shares with `base` at both ends, and what stands between them.
fn difference(base: &[u8], key: &[u8]) -> Value {
    let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
    let head = base.iter().zip(key).take_while(same).count();
    let rest = base.len().min(key.len()) - head;
    let tail = base.iter().rev().zip(key.iter().rev()).take(rest).take_while(same).count();
    json!({"head": head, "middle": hex::encode(&key[head..key.len() - tail]), "tail": tail})
}

pub fn cases(rng: &mut StdRng) -> Value {
    let mut out = vec![];
    let setup = ProductAndSum { x: Fr::one(), y: Fr::one() };
    let parameters = Groth16::<Bn254>::generate_random_parameters_with_reduction(setup, rng).expect("a sound circuit");
    let key = prepare_verifying_key(&parameters.vk);
    let key_bytes = uncompressed(&key);
    let mut add = |note: &str, key: &[u8], proof: &[u8], inputs: &[u8]| {
        out.push(json!({"note": note, "key": difference(&key_bytes, key), "proof": hex::encode(proof),
            "inputs": hex::encode(inputs), "outcome": outcome(key, proof, inputs)}));
    };
    let prove = |rng: &mut StdRng| {
        let (x, y) = (Fr::rand(rng), Fr::rand(rng));
        let proof = Groth16::<Bn254>::create_random_proof_with_reduction(ProductAndSum { x, y }, &parameters, rng)
            .expect("a witness");
        let inputs = Groth16::<Bn254>::prepare_inputs(&key, &[x * y, x + y]).expect("two inputs");
        (proof, inputs)
    };
    let (proof, inputs) = prove(rng);
    let (other_proof, other_inputs) = prove(rng);
    let (proof_bytes, inputs_bytes) = (compressed(&proof), compressed(&inputs));
    let identity = compressed(&G1Projective::zero());

    add("valid", &key_bytes, &proof_bytes, &inputs_bytes);
    add("another valid one", &key_bytes, &compressed(&other_proof), &compressed(&other_inputs));
    add("proof of something else", &key_bytes, &compressed(&other_proof), &inputs_bytes);
    add("other inputs", &key_bytes, &proof_bytes, &compressed(&other_inputs));
    add("identity as inputs", &key_bytes, &proof_bytes, &identity);
    let longer = |bytes: &[u8]| [bytes, &[7, 7, 7]].concat();
    add("bytes after everything", &longer(&key_bytes), &longer(&proof_bytes), &longer(&inputs_bytes));
    add("uncompressed proof", &key_bytes, &uncompressed(&proof), &inputs_bytes);
    add("compressed key", &compressed(&key), &proof_bytes, &inputs_bytes);
    for length in [0, 1, 63, 64, 447, 448, 456, key_bytes.len() - 1] {
        add(&format!("key cut to {length}"), &key_bytes[..length], &proof_bytes, &inputs_bytes);
    }
    add("proof cut", &key_bytes, &proof_bytes[..127], &inputs_bytes);
    add("inputs cut", &key_bytes, &proof_bytes, &inputs_bytes[..31]);

    // Lines of the prepared key are taken as they are.
    let lines = key.gamma_g2_neg_pc.ell_coeffs.len();
    let with = |gamma: Lines, delta: Lines| {
        uncompressed(&PreparedVerifyingKey::<Bn254> { gamma_g2_neg_pc: gamma, delta_g2_neg_pc: delta, ..key.clone() })
    };
    let (gamma, delta) = (&key.gamma_g2_neg_pc, &key.delta_g2_neg_pc);
    for count in [0, 1, lines - 2, lines - 1] {
        add(&format!("{count} lines of gamma"), &with(cut(gamma, count), delta.clone()), &proof_bytes, &inputs_bytes);
        add(&format!("{count} lines of delta"), &with(gamma.clone(), cut(delta, count)), &proof_bytes, &inputs_bytes);
        add(&format!("{count} lines of gamma, identity as inputs"), &with(cut(gamma, count), delta.clone()),
            &proof_bytes, &identity);
    }
    let without_c = compressed(&Proof::<Bn254> { c: G1Affine::zero(), ..proof.clone() });
    add("no lines of delta, identity as C", &with(gamma.clone(), cut(delta, 0)), &without_c, &inputs_bytes);
    add("no lines, none needed", &with(cut(gamma, 0), cut(delta, 0)), &without_c, &identity);
    add("gamma is the identity", &with(infinite(gamma), delta.clone()), &proof_bytes, &inputs_bytes);
    add("gamma is the identity, without lines", &with(infinite(&cut(gamma, 0)), delta.clone()), &proof_bytes, &inputs_bytes);
    add("both are the identity, without lines", &with(infinite(&cut(gamma, 0)), infinite(&cut(delta, 0))), &proof_bytes, &inputs_bytes);
    let mut more = gamma.clone();
    more.ell_coeffs.push(more.ell_coeffs[0]);
    add("a line too many", &with(more, delta.clone()), &proof_bytes, &inputs_bytes);
    let mut zero_lines = gamma.clone();
    zero_lines.ell_coeffs.iter_mut().for_each(|line| *line = Default::default());
    add("lines of zeros", &with(zero_lines, delta.clone()), &proof_bytes, &inputs_bytes);
    // The key itself says that nothing needs to be proven: e(0, …) = alpha beta = 1.
    let mut trivial = PreparedVerifyingKey::<Bn254> { alpha_g1_beta_g2: One::one(), ..key.clone() };
    trivial.gamma_g2_neg_pc.infinity = true;
    trivial.delta_g2_neg_pc.infinity = true;
    let nothing = compressed(&Proof::<Bn254> { a: G1Affine::zero(), b: G2Affine::zero(), c: G1Affine::zero() });
    add("a key under which the identity is a proof", &uncompressed(&trivial), &nothing, &identity);

    let bad_b = Proof::<Bn254> { b: outside_the_subgroup(rng), ..proof.clone() };
    add("B outside the subgroup", &key_bytes, &compressed(&bad_b), &inputs_bytes);
    let mut bad_key = key.clone();
    bad_key.vk.beta_g2 = outside_the_subgroup(rng);
    add("beta outside the subgroup", &uncompressed(&bad_key), &proof_bytes, &inputs_bytes);
    let mut endless = key_bytes.clone();
    endless[448..456].copy_from_slice(&u64::MAX.to_le_bytes());
    add("endless list of points", &endless, &proof_bytes, &inputs_bytes);
    // A coordinate that is not below the modulus.
    let mut large = inputs_bytes.clone();
    large[..32].copy_from_slice(&[0xff; 32]);
    add("inputs above the modulus", &key_bytes, &proof_bytes, &large);
    let mut modulus = vec![];
    for limb in Fq::MODULUS.0 {
        modulus.extend(limb.to_le_bytes());
    }
    add("inputs at the modulus", &key_bytes, &proof_bytes, &modulus);
    let mut flags = inputs_bytes.clone();
    for flag in [0x40, 0x80, 0xc0] {
        flags[31] = inputs_bytes[31] & 0x3f | flag;
        add(&format!("inputs with the flags {flag:02x}"), &key_bytes, &proof_bytes, &flags);
    }
    for i in 0..60 {
        let (mut k, mut p, mut n) = (key_bytes.clone(), proof_bytes.clone(), inputs_bytes.clone());
        let target = [&mut k, &mut p, &mut n][i % 3].as_mut_slice();
        let at = rng.gen_range(0..target.len());
        target[at] ^= 1 << rng.gen_range(0..8);
        add("one bit changed", &k, &p, &n);
    }
    assert!(inputs.into_affine().is_on_curve());
    json!({"key": hex::encode(&key_bytes), "cases": out})
}
