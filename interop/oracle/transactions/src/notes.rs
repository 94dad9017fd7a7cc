//! Transactions that notes pay: proofs for one input, and what a wallet knows.
use crate::chain::Chain;
use crate::world::{World, CHAIN_ID};
use dusk_bytes::Serializable;
use dusk_core::plonk::{Compiler, PlonkVersion, Prover, PublicParameters};
use dusk_core::transfer::data::TransactionData;
use dusk_core::transfer::phoenix::{
    Note, NoteLeaf, NoteOpening, Prove, TxCircuit, ViewKey, NOTES_TREE_DEPTH, TRANSCRIPT_LABEL,
};
use dusk_core::transfer::{Transaction, TransactionFormat, TRANSFER_CONTRACT};
use dusk_core::{BlsScalar, Error};
use rand::rngs::StdRng;
use rand::SeedableRng;
use std::cell::RefCell;
use std::sync::mpsc;

/// Where the transfer contract holds the verifier data for one input.
const VERIFIER_DATA: (usize, usize) = (306_625, 1_500);

pub struct OneNoteProver {
    prover: Prover,
    verifier_data: Vec<u8>,
    random: RefCell<StdRng>,
}

impl OneNoteProver {
    pub fn new() -> Self {
        let mut random = StdRng::seed_from_u64(0xD05C);
        let parameters = PublicParameters::setup(1 << 16, &mut random).expect("parameters");
        let (prover, verifier) =
            Compiler::compile::<TxCircuit<NOTES_TREE_DEPTH, 1>>(&parameters, TRANSCRIPT_LABEL).expect("keys");
        OneNoteProver { prover, verifier_data: verifier.to_bytes(), random: RefCell::new(random) }
    }
    pub fn patch(&self, contract: &mut [u8]) {
        let (at, size) = VERIFIER_DATA;
        contract[at..at + size].copy_from_slice(&self.verifier_data);
    }
}

impl Prove for OneNoteProver {
    fn prove(&self, request: &[u8]) -> Result<Vec<u8>, Error> {
        // The number of inputs comes first.
        let circuit = TxCircuit::<NOTES_TREE_DEPTH, 1>::from_slice(&request[8..])?;
        let random = &mut *self.random.borrow_mut();
        let (proof, _) = self.prover.prove_with_version(random, &circuit, PlonkVersion::V3).expect("a proof");
        Ok(proof.to_bytes().to_vec())
    }
}

pub struct Purse {
    /// What was not spent before this block, with its value.
    pub notes: Vec<(Note, NoteOpening, u64)>,
    root: BlsScalar,
}

/// Reads the whole tree: for chains of some thousand notes.
pub fn purse(chain: &Chain, world: &World, who: usize) -> Purse {
    let secret = &world.wallets[who];
    let view = ViewKey::from(secret);
    let mut session = chain.session(world.height);
    let (sender, leaves) = mpsc::channel();
    session
        .feeder_call::<_, ()>(TRANSFER_CONTRACT, "leaves_from_height", &0u64, u64::MAX, sender)
        .expect("the leaves");
    let mut notes = vec![];
    for bytes in leaves {
        let leaf: NoteLeaf = rkyv::from_bytes(&bytes).expect("a leaf");
        if !view.owns(leaf.note.stealth_address()) {
            continue;
        }
        let nullifier = leaf.note.gen_nullifier(secret);
        let spent: Vec<BlsScalar> = session
            .call(TRANSFER_CONTRACT, "existing_nullifiers", &vec![nullifier], u64::MAX)
            .expect("an answer")
            .data;
        let value = leaf.note.value(Some(&view)).expect("a value");
        if spent.is_empty() && value > 0 {
            let opening: Option<NoteOpening> =
                session.call(TRANSFER_CONTRACT, "opening", leaf.note.pos(), u64::MAX).expect("an answer").data;
            notes.push((leaf.note, opening.expect("an opening"), value));
        }
    }
    let root = session.call(TRANSFER_CONTRACT, "root", &(), u64::MAX).expect("a root").data;
    Purse { notes, root }
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

/// Spends note `which` of the purse. As it comes over the wire: what was built has other coordinates, which cost other
/// gas.
pub fn pay(world: &mut World, prover: &OneNoteProver, purse: &Purse, who: usize, which: usize, payment: Payment) -> Transaction {
    let (sender, receiver) = (world.wallet(who), world.wallet(payment.to));
    let (note, opening, _) = purse.notes[which].clone();
    let built = Transaction::phoenix(
        &mut world.random,
        &world.wallets[who],
        &sender,
        &receiver,
        vec![(note, opening)],
        purse.root,
        payment.value,
        payment.hidden,
        payment.deposit,
        payment.gas_limit,
        payment.gas_price,
        CHAIN_ID,
        payment.data,
        prover,
    )
    .expect("a transaction");
    Transaction::from_slice(&built.encode_for_format(TransactionFormat::Boreas)).expect("it decodes")
}
