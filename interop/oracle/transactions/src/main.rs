//! Random blocks of devnet on the official VM and contracts, for `./dev interop tx`.
//!
//! From a seed it makes a first state, and blocks of transactions: transfers, deployments, calls, stakes and what
//! undoes them, conversions, and broken ones of every kind. The official code builds and executes each; those that
//! notes pay are proven by another program, for the verifier data of devnet that the transfer contract holds. Written
//! down: the genesis file, and the blocks with their roots and blooms, as `dusk chain exec` reads them. The standard
//! output gets what was made, one JSON object.
//!
//! `time FOLDER` measures blocks that are there already (timing.rs), for `./dev bench execution`.
mod accounts;
mod chain;
mod counts;
mod genesis;
mod notes;
mod payments;
mod permits;
mod plan;
mod prover;
mod timing;
mod world;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

struct Options {
    seed: u64,
    transactions: usize,
    /// How many are paid by notes, each with a proof of its own.
    proofs: usize,
    contracts: PathBuf,
    probe: PathBuf,
    prover: PathBuf,
    proof_folder: PathBuf,
    out: PathBuf,
}

fn options() -> Options {
    let mut out = Options {
        seed: 1,
        transactions: 1000,
        proofs: 10,
        contracts: PathBuf::new(),
        probe: PathBuf::new(),
        prover: PathBuf::new(),
        proof_folder: PathBuf::new(),
        out: PathBuf::new(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words.next().unwrap_or_else(|| panic!("{name} needs a value"));
        match name.as_str() {
            "--seed" => out.seed = value.parse().expect("a seed"),
            "--transactions" => out.transactions = value.parse().expect("a number"),
            "--proofs" => out.proofs = value.parse().expect("a number"),
            "--contracts" => out.contracts = value.into(),
            "--probe" => out.probe = value.into(),
            "--prover" => out.prover = value.into(),
            "--proof-folder" => out.proof_folder = value.into(),
            "--out" => out.out = value.into(),
            _ => panic!("unknown option {name}"),
        }
    }
    out
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, folder] = words.as_slice() {
        if verb == "time" {
            println!("{}", timing::run(folder.as_ref()));
            return;
        }
    }
    let options = options();
    fs::create_dir_all(&options.out).expect("the folder can be made");
    let read = |path: PathBuf| fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let transfer = read(options.contracts.join("transfer_contract.wasm"));
    let stake = read(options.contracts.join("stake_contract.wasm"));
    let prover = (options.proofs > 0).then(|| prover::Prover::start(&options.prover, &options.proof_folder));

    let world = world::World::new(options.seed, read(options.probe.clone()));
    let genesis = world.genesis_toml();
    fs::write(options.out.join("genesis.toml"), &genesis).expect("the genesis file can be written");
    let chain = chain::Chain::new(&transfer, &stake, &genesis::Genesis::parse(&genesis));

    let mut file = BufWriter::new(File::create(options.out.join("blocks.jsonl")).expect("the file can be made"));
    let mut plan = plan::Plan::new(world, chain);
    let mut progress = counts::Progress::new();
    while plan.counts.transactions < options.transactions || plan.counts.proofs < options.proofs {
        // Proofs are spread evenly over the transactions.
        let due = (plan.counts.transactions + 1) * options.proofs / options.transactions.max(1);
        let prover = prover.as_ref().filter(|_| plan.counts.proofs < due.min(options.proofs));
        let line = plan.block(prover, options.transactions.saturating_sub(plan.counts.transactions));
        writeln!(file, "{line}").expect("the file can be written");
        progress.tell(&plan.counts, options.transactions, options.proofs);
    }
    file.flush().expect("the file can be written");
    println!("{}", plan.counts.summary());
}
