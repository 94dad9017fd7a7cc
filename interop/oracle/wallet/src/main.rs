//! Times of the official wallet-core: what `map_owned` takes for each note, one in a hundred of which is the wallet's.
//! Prints {"map_owned": nanoseconds}, the median of five runs on one thread.
use std::time::Instant;

use dusk_core::transfer::phoenix::{Note, NoteLeaf, PublicKey, SecretKey};
use dusk_core::JubJubScalar;
use ff::Field;
use rand::rngs::StdRng;
use rand::SeedableRng;

const NOTES: usize = 2_000;
const RUNS: usize = 5;

fn leaves(owner: &SecretKey, rng: &mut StdRng) -> Vec<NoteLeaf> {
    let own = PublicKey::from(owner);
    let other = PublicKey::from(&SecretKey::random(rng));
    (0..NOTES)
        .map(|i| {
            let to = if i % 100 == 0 { &own } else { &other };
            let blinders = [JubJubScalar::random(&mut *rng), JubJubScalar::random(&mut *rng)];
            let blinder = JubJubScalar::random(&mut *rng);
            let mut note = Note::obfuscated(rng, &own, to, 5, blinder, blinders);
            note.set_pos(i as u64);
            NoteLeaf { block_height: i as u64, note }
        })
        .collect()
}

fn main() {
    let mut rng = StdRng::seed_from_u64(1);
    let owner = SecretKey::random(&mut rng);
    let leaves = leaves(&owner, &mut rng);
    let keys = [owner];
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            let owned = dusk_wallet_core::map_owned(&keys, &leaves);
            let time = begin.elapsed().as_nanos() as f64 / NOTES as f64;
            assert_eq!(owned[0].len(), NOTES / 100);
            time
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{}", serde_json::json!({ "map_owned": times[RUNS / 2] }));
}
