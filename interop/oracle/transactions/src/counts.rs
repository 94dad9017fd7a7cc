//! What was made, and what became of it.
use crate::chain::Outcome;
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

#[derive(Default, Clone, Copy)]
struct Outcomes {
    spent: usize,
    failed: usize,
    discarded: usize,
}

impl Outcomes {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Spent { failed: false } => self.spent += 1,
            Outcome::Spent { failed: true } => self.failed += 1,
            Outcome::Discarded => self.discarded += 1,
        }
    }
    fn json(self) -> Value {
        json!({"spent": self.spent, "failed": self.failed, "discarded": self.discarded})
    }
}

#[derive(Default)]
pub struct Counts {
    pub blocks: usize,
    pub transactions: usize,
    /// Different proofs.
    pub proofs: usize,
    all: Outcomes,
    by_notes: Outcomes,
    kinds: BTreeMap<&'static str, Outcomes>,
}

impl Counts {
    pub fn add(&mut self, kind: &'static str, by_note: bool, outcome: Outcome) {
        self.transactions += 1;
        self.all.add(outcome);
        if by_note {
            self.by_notes.add(outcome);
        }
        self.kinds.entry(kind).or_default().add(outcome);
    }
    pub fn summary(&self) -> Value {
        let kinds: Map<String, Value> = self.kinds.iter().map(|(kind, one)| ((*kind).into(), one.json())).collect();
        json!({"blocks": self.blocks, "spent": self.all.spent, "failed": self.all.failed,
               "discarded": self.all.discarded, "proofs": self.proofs, "paid_by_notes": self.by_notes.json(),
               "kinds": kinds})
    }
}

/// A line on the standard error every few seconds.
pub struct Progress {
    start: Instant,
    last: Instant,
}

impl Progress {
    pub fn new() -> Self {
        let now = Instant::now();
        Progress { start: now, last: now }
    }
    pub fn tell(&mut self, counts: &Counts, transactions: usize, proofs: usize) {
        if self.last.elapsed() < Duration::from_secs(10) {
            return;
        }
        self.last = Instant::now();
        eprintln!(
            "[{:5} s] {} blocks, {} of {transactions} transactions, {} of {proofs} proofs",
            self.start.elapsed().as_secs(),
            counts.blocks,
            counts.transactions,
            counts.proofs
        );
    }
}
