//! `vm-queries-oracle SEED` prints query_proofs.json: arguments of the host queries `verify_groth16_bn254`,
//! `verify_kzg_proof` and `secp256k1_recover`, and what the crates of the released network say of them.
mod groth16;
mod kzg;
mod recovery;

use rand::{rngs::StdRng, SeedableRng};
use serde_json::json;

fn main() {
    let seed: u64 = std::env::args().nth(1).map_or(1, |text| text.parse().expect("the seed is a number"));
    std::panic::set_hook(Box::new(|_| {})); // panics are outcomes here
    let mut rng = StdRng::seed_from_u64(seed);
    let out = json!({
        "name": "query_proofs",
        "about": "host queries on proofs and signatures: outcome of ark-groth16 0.4.0, c-kzg 2.0.0, secp256k1 0.31.1",
        "seed": seed,
        "groth16": groth16::cases(&mut rng),
        "kzg": kzg::cases(&mut rng),
        "secp256k1_recover": recovery::cases(&mut rng),
    });
    println!("{}", serde_json::to_string_pretty(&out).expect("plain values"));
}
