//! How long the official code takes for blocks that another program wrote, for `./dev bench execution`.
//!
//! The folder holds genesis.toml, the two contracts, and a file NAME.block for each block of height 1: transactions in
//! the form of blocks, each behind its length (u64, little endian). Each block is executed twice on the first state and
//! thrown away: the second time its signatures and proofs are known.
use crate::chain::{Chain, Outcome};
use crate::genesis::Genesis;
use dusk_core::transfer::Transaction;
use serde_json::{json, Map, Value};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Wall time since, in nanoseconds.
fn since(start: Instant) -> u64 {
    start.elapsed().as_nanos() as u64
}

/// CPU time of this thread, in nanoseconds. A commit is written by another one.
fn cpu() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the argument is a place for a time.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) }, 0);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn read_block(path: &Path) -> Vec<Transaction> {
    let bytes = fs::read(path).expect("a block");
    let mut rest = bytes.as_slice();
    let mut out = vec![];
    while !rest.is_empty() {
        let (length, from) = rest.split_at(8);
        let length = u64::from_le_bytes(length.try_into().expect("8 bytes")) as usize;
        out.push(Transaction::from_slice(&from[..length]).expect("a transaction"));
        rest = &from[length..];
    }
    out
}

fn time_block(chain: &mut Chain, genesis: &Genesis, transactions: &[Transaction]) -> Value {
    let base = chain.root();
    let (start, start_cpu) = (Instant::now(), cpu());
    let mut block = chain.begin(1, &[]);
    for transaction in transactions {
        let outcome = block.execute(transaction);
        assert!(matches!(outcome, Outcome::Spent { failed: false }), "a transaction that holds");
    }
    let executed = since(start);
    let (root, _) = chain.end(block, genesis.stakes[0].account, &[]);
    let times = json!({"wall_ns": since(start), "cpu_ns": cpu() - start_cpu, "transactions_wall_ns": executed,
                       "state_root": root});
    chain.forget(base);
    times
}

pub fn run(folder: &Path) -> Value {
    let read = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let genesis = Genesis::parse(&String::from_utf8(read("genesis.toml")).expect("a text"));
    let mut chain = Chain::new(&read("transfer_contract.wasm"), &read("stake_contract.wasm"), &genesis);
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "block"))
        .collect();
    names.sort();
    let mut out = Map::new();
    for path in names {
        let transactions = read_block(&path);
        let times = ["new", "checked"].map(|_| time_block(&mut chain, &genesis, &transactions));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        out.insert(name, json!({"transactions": transactions.len(), "new": times[0], "checked": times[1]}));
    }
    out.into()
}
