//! What wallets know of their notes, and transactions that notes pay.
use crate::chain::Chain;
use crate::prover::{Prover, ProverOf};
use crate::world::{World, CHAIN_ID};
use dusk_core::transfer::data::TransactionData;
use dusk_core::transfer::phoenix::{Note, NoteLeaf, NoteOpening, ViewKey};
use dusk_core::transfer::{Transaction, TransactionFormat, TRANSFER_CONTRACT};
use dusk_core::BlsScalar;
use rand::Rng;
use std::sync::mpsc;

/// Of one wallet. A note that was put into a transaction is gone, whatever became of that.
#[derive(Default)]
pub struct Purse {
    notes: Vec<(Note, u64)>,
}

pub struct Purses {
    purses: Vec<Purse>,
    leaves: u64,
}

/// Notes to spend, with their paths in one tree.
pub struct Inputs {
    pub notes: Vec<(Note, NoteOpening)>,
    pub root: BlsScalar,
    pub worth: u64,
}

impl Purses {
    pub fn new(world: &World) -> Self {
        Purses { purses: world.wallets.iter().map(|_| Purse::default()).collect(), leaves: 0 }
    }

    /// Reads the notes that came since.
    pub fn refresh(&mut self, chain: &Chain, world: &World) {
        let (sender, leaves) = mpsc::channel();
        chain
            .session(world.height)
            .feeder_call::<_, ()>(TRANSFER_CONTRACT, "leaves_from_pos", &self.leaves, u64::MAX, sender)
            .expect("the leaves");
        for bytes in leaves {
            let leaf: NoteLeaf = rkyv::from_bytes(&bytes).expect("a leaf");
            self.leaves += 1;
            for (secret, purse) in world.wallets.iter().zip(&mut self.purses) {
                let view = ViewKey::from(secret);
                if view.owns(leaf.note.stealth_address()) {
                    let value = leaf.note.value(Some(&view)).expect("a value");
                    purse.notes.push((leaf.note.clone(), value));
                }
            }
        }
    }

    /// Takes `count` notes worth more than `least` each, or as many as there are.
    pub fn take(&mut self, chain: &Chain, world: &mut World, who: usize, count: usize, least: u64) -> Option<Inputs> {
        let notes = &mut self.purses[who].notes;
        let mut session = chain.session(world.height);
        let root = session.call(TRANSFER_CONTRACT, "root", &(), u64::MAX).expect("a root").data;
        let mut inputs = Inputs { notes: vec![], root, worth: 0 };
        while inputs.notes.len() < count {
            let rich: Vec<usize> = (0..notes.len()).filter(|&i| notes[i].1 > least).collect();
            if rich.is_empty() {
                break;
            }
            let (note, value) = notes.swap_remove(rich[world.random.gen_range(0..rich.len())]);
            let opening: Option<NoteOpening> =
                session.call(TRANSFER_CONTRACT, "opening", note.pos(), u64::MAX).expect("an answer").data;
            inputs.notes.push((note, opening.expect("an opening")));
            inputs.worth += value;
        }
        (!inputs.notes.is_empty()).then_some(inputs)
    }
}

pub struct Payment {
    pub to: usize,
    pub value: u64,
    pub hidden: bool,
    pub deposit: u64,
    pub gas_limit: u64,
    pub gas_price: u64,
    pub data: Option<TransactionData>,
}

/// As it comes over the wire: what was built has other coordinates, which cost other gas.
pub fn pay(world: &mut World, prover: &Prover, who: usize, inputs: Inputs, payment: Payment) -> Transaction {
    let (sender, receiver) = (world.wallet(who), world.wallet(payment.to));
    let built = Transaction::phoenix(
        &mut world.random,
        &world.wallets[who],
        &sender,
        &receiver,
        inputs.notes,
        inputs.root,
        payment.value,
        payment.hidden,
        payment.deposit,
        payment.gas_limit,
        payment.gas_price,
        CHAIN_ID,
        payment.data,
        &ProverOf { prover, wallet: &world.wallets[who] },
    )
    .expect("a transaction");
    Transaction::from_slice(&built.encode_for_format(TransactionFormat::Boreas)).expect("it decodes")
}
