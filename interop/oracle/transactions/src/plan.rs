//! Blocks of random transactions, executed by the official code.
use crate::accounts::{of_account, Made};
use crate::chain::{Block, Chain, Outcome};
use crate::counts::Counts;
use crate::notes::Purses;
use crate::payments::of_note;
use crate::prover::Prover;
use crate::world::World;
use dusk_bytes::Serializable;
use dusk_core::signatures::bls::PublicKey;
use dusk_core::transfer::{Transaction, TransactionFormat};
use rand::Rng;
use serde_json::{json, Value};

pub struct Plan {
    pub world: World,
    pub chain: Chain,
    pub purses: Purses,
    pub counts: Counts,
    /// A transaction that notes pay is sometimes kept for later blocks, after the root that it names has passed.
    late: Vec<Made>,
}

fn wire(transaction: &Transaction) -> String {
    hex::encode(transaction.encode_for_format(TransactionFormat::Boreas))
}

fn voters(world: &mut World) -> Vec<(PublicKey, u64)> {
    if world.height == 1 {
        return vec![];
    }
    let credits = world.random.gen_range(1..=64);
    let all = if world.rarely(2) { 128 } else { 90 };
    vec![(world.key(4), credits), (world.key(5), all - credits)]
}

fn slashes(world: &mut World) -> Vec<PublicKey> {
    if !world.rarely(6) {
        return vec![];
    }
    let people = [world.someone(), world.someone()];
    people.map(|who| world.key(who)).to_vec()
}

impl Plan {
    pub fn new(world: World, chain: Chain) -> Self {
        Plan { purses: Purses::new(&world), world, chain, counts: Counts::default(), late: vec![] }
    }

    fn execute(&mut self, block: &mut Block, made: Made, wires: &mut Vec<String>) {
        let outcome = block.execute(&made.transaction);
        if let Outcome::Spent { failed } = outcome {
            if let Transaction::Moonlight(spent) = &made.transaction {
                let from = self.world.who(spent.sender()).expect("one of ours");
                self.world.nonces[from] = spent.nonce();
            }
            if let (false, Some(id)) = (failed, made.deploys) {
                if !self.world.probes.contains(&id) {
                    self.world.probes.push(id);
                }
            }
        }
        self.counts.add(made.kind, matches!(made.transaction, Transaction::Phoenix(_)), outcome);
        wires.push(wire(&made.transaction));
    }

    fn paid_by_notes(&mut self, prover: Option<&Prover>) -> Vec<Made> {
        let mut out = if self.world.rarely(4) { std::mem::take(&mut self.late) } else { vec![] };
        let Some(prover) = prover else { return out };
        let made = of_note(&mut self.world, &mut self.purses, &self.chain, prover);
        self.counts.proofs += usize::from(!made.is_empty());
        if self.world.rarely(5) {
            self.late.extend(made);
        } else {
            out.extend(made);
        }
        out
    }

    /// At most so many transactions, and what notes pay; what `dusk chain exec` reads.
    pub fn block(&mut self, prover: Option<&Prover>, most: usize) -> Value {
        self.world.height += if self.world.rarely(20) { self.world.random.gen_range(2..3_000) } else { 1 };
        self.world.stakes = self.chain.stakes(&self.world);
        let generator = self.world.key(4);
        let voters = voters(&mut self.world);
        let slashes = slashes(&mut self.world);
        let paid_by_notes = self.paid_by_notes(prover);
        let mut block = self.chain.begin(self.world.height, &slashes);
        let mut wires = vec![];
        for made in paid_by_notes {
            self.execute(&mut block, made, &mut wires);
        }
        for _ in 0..self.world.random.gen_range(0..60).min(most) {
            let made = of_account(&mut self.world);
            self.execute(&mut block, made, &mut wires);
        }
        self.counts.blocks += 1;
        let (state_root, event_bloom) = self.chain.end(block, generator, &voters);
        json!({
            "height": self.world.height,
            "generator": hex::encode(generator.to_bytes()),
            "voters": voters.iter().map(|(key, credits)| json!([hex::encode(key.to_bytes()), credits])).collect::<Vec<_>>(),
            "slashes": slashes.iter().map(|key| hex::encode(key.to_bytes())).collect::<Vec<_>>(),
            "transactions": wires,
            "state_root": state_root,
            "event_bloom": event_bloom,
        })
    }
}
