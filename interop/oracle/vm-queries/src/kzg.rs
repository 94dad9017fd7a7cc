//! Openings over Ethereum's trusted setup.
use c_kzg::{ethereum_kzg_settings, Blob, Bytes32, Bytes48, KzgSettings};
use rand::{rngs::StdRng, Rng, RngCore};
use serde_json::{json, Value};

// Big-endian, of the scalar field of BLS12-381.
const ORDER: &str = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";

struct Opening {
    commitment: [u8; 48],
    z: [u8; 32],
    y: [u8; 32],
    proof: [u8; 48],
}

fn valid(settings: &KzgSettings, o: &Opening) -> bool {
    settings
        .verify_kzg_proof(&Bytes48::new(o.commitment), &Bytes32::new(o.z), &Bytes32::new(o.y), &Bytes48::new(o.proof))
        .unwrap_or(false)
}

fn scalar(rng: &mut StdRng) -> [u8; 32] {
    let mut out = [0; 32];
    rng.fill_bytes(&mut out);
    out[0] &= 0x3f; // below the order
    out
}

fn blob(rng: &mut StdRng, elements: usize) -> Blob {
    let mut bytes = vec![0; 131_072];
    for chunk in bytes.chunks_mut(32).take(elements) {
        chunk.copy_from_slice(&scalar(rng));
    }
    Blob::from_bytes(&bytes).expect("131072 bytes")
}

fn open(settings: &KzgSettings, blob: &Blob, z: [u8; 32]) -> Opening {
    let (proof, y) = settings.compute_kzg_proof(blob, &Bytes32::new(z)).expect("canonical");
    let commitment = settings.blob_to_kzg_commitment(blob).expect("canonical");
    Opening { commitment: *commitment.to_bytes(), z, y: *y, proof: *proof.to_bytes() }
}

pub fn cases(rng: &mut StdRng) -> Value {
    let settings = ethereum_kzg_settings(0);
    let mut out = vec![];
    let mut add = |note: &str, o: &Opening| {
        out.push(json!({"note": note, "commitment": hex::encode(o.commitment), "z": hex::encode(o.z),
            "y": hex::encode(o.y), "proof": hex::encode(o.proof), "valid": valid(settings, o)}));
    };
    let order: [u8; 32] = hex::decode(ORDER).expect("hex").try_into().expect("32 bytes");
    let mut largest = order;
    largest[31] -= 1;
    let full = blob(rng, 4096);
    let sparse = blob(rng, 1);
    for (note, z) in [("zero", [0; 32]), ("random", scalar(rng)), ("random", scalar(rng)), ("minus one", largest)] {
        add(&format!("valid, at {note}"), &open(settings, &full, z));
        add(&format!("one element, valid, at {note}"), &open(settings, &sparse, z));
    }
    let z = scalar(rng);
    let good = open(settings, &full, z);
    let other = open(settings, &sparse, z);
    add("value of something else", &Opening { y: other.y, ..good });
    add("proof of something else", &Opening { proof: other.proof, ..good });
    add("commitment of something else", &Opening { commitment: other.commitment, ..good });
    add("elsewhere", &Opening { z: other.y, ..good });
    let mut identity = [0; 48];
    identity[0] = 0xc0;
    add("identity as proof", &Opening { proof: identity, ..good });
    add("identity as commitment", &Opening { commitment: identity, ..good });
    add("zero polynomial", &Opening { commitment: identity, proof: identity, y: [0; 32], z });
    add("zero polynomial, order as z", &Opening { commitment: identity, proof: identity, y: [0; 32], z: order });
    add("zero polynomial, order as y", &Opening { commitment: identity, proof: identity, y: order, z });
    add("zero polynomial, largest z", &Opening { commitment: identity, proof: identity, y: [0; 32], z: largest });
    for first in [0x40, 0x80, 0xa0, 0xe0, 0xc1, 0x00] {
        let mut odd = identity;
        odd[0] = first;
        add(&format!("commitment {first:02x}00…"), &Opening { commitment: odd, proof: identity, y: [0; 32], z });
        add(&format!("proof {first:02x}00…"), &Opening { commitment: identity, proof: odd, y: [0; 32], z });
    }
    let mut tail = identity;
    tail[47] = 1;
    add("identity with a tail", &Opening { commitment: tail, proof: identity, y: [0; 32], z });
    for x in 1..12u8 {
        let mut small = [0; 48];
        small[0] = 0x80;
        small[47] = x; // on the curve or not, but hardly in the subgroup
        add("small x", &Opening { commitment: small, proof: identity, y: [0; 32], z });
    }
    for i in 0..40 {
        let mut o = Opening { ..good };
        let target: &mut [u8] = match i % 4 {
            0 => &mut o.commitment,
            1 => &mut o.z,
            2 => &mut o.y,
            _ => &mut o.proof,
        };
        let at = rng.gen_range(0..target.len());
        target[at] ^= 1 << rng.gen_range(0..8);
        add("one bit changed", &o);
    }
    Value::from(out)
}
