//! Random blocks on the official VM and contracts, for `./dev interop tx`.
//!
//! From a seed it makes a first state, and blocks of transactions: transfers, deployments, calls, stakes and what
//! undoes them, conversions, and broken ones of every kind. The official code executes each; a few are paid by notes,
//! with proofs over parameters of this program's own. Written down: the genesis file, the transfer contract with other
//! verifier data, and the blocks with their roots and blooms, as `dusk chain exec` reads them.
mod chain;
mod notes;
mod plan;
mod world;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

struct Options {
    seed: u64,
    transactions: usize,
    notes: usize,
    contracts: PathBuf,
    probe: PathBuf,
    out: PathBuf,
}

fn options() -> Options {
    let mut out = Options {
        seed: 1,
        transactions: 1000,
        notes: 10,
        contracts: PathBuf::new(),
        probe: PathBuf::new(),
        out: PathBuf::new(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words.next().unwrap_or_else(|| panic!("{name} needs a value"));
        match name.as_str() {
            "--seed" => out.seed = value.parse().expect("a seed"),
            "--transactions" => out.transactions = value.parse().expect("a number"),
            "--notes" => out.notes = value.parse().expect("a number"),
            "--contracts" => out.contracts = value.into(),
            "--probe" => out.probe = value.into(),
            "--out" => out.out = value.into(),
            _ => panic!("unknown option {name}"),
        }
    }
    out
}

fn main() {
    let options = options();
    fs::create_dir_all(&options.out).expect("the folder can be made");
    let read = |path: PathBuf| fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let prover = (options.notes > 0).then(notes::OneNoteProver::new);
    let mut transfer = read(options.contracts.join("transfer_contract.wasm"));
    if let Some(prover) = &prover {
        prover.patch(&mut transfer);
    }
    fs::write(options.out.join("transfer.wasm"), &transfer).expect("the contract can be written");

    let mut world = world::World::new(options.seed, read(options.probe.clone()));
    fs::write(options.out.join("genesis.toml"), world.genesis_toml()).expect("the genesis file can be written");
    let stake = read(options.contracts.join("stake_contract.wasm"));
    let mut chain = chain::Chain::new(&transfer, &stake, &world);

    let mut file = BufWriter::new(File::create(options.out.join("blocks.jsonl")).expect("the file can be made"));
    let mut done = plan::Counts::default();
    while done.total() < options.transactions {
        // Notes are spread evenly over the blocks.
        let due = (done.total() + 1) * options.notes / options.transactions.max(1);
        let spend_note = prover.as_ref().filter(|_| done.notes < due.min(options.notes));
        let line = plan::block(&mut world, &mut chain, spend_note, options.transactions - done.total(), &mut done);
        writeln!(file, "{line}").expect("the file can be written");
    }
    file.flush().expect("the file can be written");
    println!("{}", done.summary());
}
