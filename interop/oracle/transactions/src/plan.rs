//! Which transactions are made: weighted at random, many of them wrong on purpose.
use crate::chain::{archive, Chain, Result};
use crate::notes::{self, OneNoteProver, Payment};
use crate::world::{World, CHAIN_ID, DUSK, PEOPLE};
use dusk_bytes::Serializable;
use dusk_core::abi::ContractId;
use dusk_core::signatures::bls::PublicKey;
use dusk_core::stake::{Stake, Withdraw as StakeWithdraw, STAKE_CONTRACT};
use dusk_core::transfer::data::{gen_contract_id, BlobData, ContractCall, ContractDeploy, TransactionData};
use dusk_core::transfer::moonlight::Transaction as Moonlight;
use dusk_core::transfer::withdraw::{Withdraw, WithdrawReceiver, WithdrawReplayToken};
use dusk_core::transfer::{
    ContractToAccount, ContractToContract, ReceiveFromContract, Transaction, TransactionFormat, TRANSFER_CONTRACT,
};
use dusk_core::JubJubScalar;
use ff::Field;
use rand::Rng;
use serde_json::{json, Value};

const GAS: u64 = 30_000_000;
const MUCH_GAS: u64 = 400_000_000;

#[derive(Default)]
pub struct Counts {
    pub blocks: usize,
    pub spent: usize,
    pub failed: usize,
    pub discarded: usize,
    pub notes: usize,
}

impl Counts {
    pub fn total(&self) -> usize {
        self.spent + self.failed + self.discarded
    }
    pub fn summary(&self) -> Value {
        json!({"blocks": self.blocks, "spent": self.spent, "failed": self.failed, "discarded": self.discarded,
               "paid_by_notes": self.notes})
    }
    fn add(&mut self, result: &Result) {
        match result {
            Result::Spent { failed: false } => self.spent += 1,
            Result::Spent { failed: true } => self.failed += 1,
            Result::Discarded => self.discarded += 1,
        }
    }
}

/// What an account sends, before it is signed.
struct Draft {
    from: usize,
    receiver: Option<PublicKey>,
    value: u64,
    deposit: u64,
    gas_limit: u64,
    gas_price: u64,
    nonce: u64,
    chain_id: u8,
    refund: Option<PublicKey>,
    data: Option<TransactionData>,
}

impl Draft {
    fn new(world: &mut World) -> Self {
        let from = world.random.gen_range(0..PEOPLE - 2);
        Draft {
            from,
            receiver: None,
            value: 0,
            deposit: 0,
            gas_limit: GAS,
            gas_price: world.random.gen_range(1..4),
            nonce: world.nonces[from] + 1,
            chain_id: CHAIN_ID,
            refund: None,
            data: None,
        }
    }
    fn sign(self, world: &World) -> Transaction {
        let refund = self.refund.unwrap_or_else(|| world.key(self.from));
        let signed = Moonlight::new_with_refund(
            &world.accounts[self.from],
            &refund,
            self.receiver,
            self.value,
            self.deposit,
            self.gas_limit,
            self.gas_price,
            self.nonce,
            self.chain_id,
            self.data,
        );
        Transaction::Moonlight(signed.expect("a transaction"))
    }
    fn call<A>(mut self, contract: ContractId, name: &str, argument: &A) -> Self
    where
        A: rkyv::Serialize<rkyv::ser::serializers::AllocSerializer<4096>>,
    {
        self.data = Some(ContractCall::new(contract, name).with_raw_args(archive(argument)).into());
        self
    }
}

fn bytes(world: &mut World, most: usize) -> Vec<u8> {
    (0..world.random.gen_range(0..=most)).map(|_| world.random.gen()).collect()
}

fn transfer(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    let to = world.someone();
    draft.receiver = Some(world.key(to));
    draft.value = world.random.gen_range(0..100 * DUSK);
    if world.rarely(5) {
        let who = world.someone();
        draft.refund = Some(world.key(who));
    }
    if world.rarely(4) {
        draft.data = Some(bytes(world, 512).into());
    }
    draft.sign(world)
}

fn wrong(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    draft.receiver = Some(world.key(0));
    match world.random.gen_range(0..9) {
        0 => draft.nonce = draft.nonce.wrapping_sub(1),
        1 => draft.nonce += world.random.gen_range(1..5u64),
        2 => draft.chain_id = world.random.gen(),
        3 => draft.gas_price = 0,
        4 => draft.value = u64::MAX / 2,
        5 => draft.value = u64::MAX,
        6 => draft.gas_limit = world.random.gen_range(0..1_900_000),
        7 => draft.deposit = 1,
        _ => {
            // Another signature.
            let good = draft.sign(world);
            let mut wire = good.encode_for_format(TransactionFormat::Boreas);
            let other = transfer(world).encode_for_format(TransactionFormat::Boreas);
            let (at, from) = (wire.len() - 48, other.len() - 48);
            wire[at..].copy_from_slice(&other[from..]);
            return Transaction::from_slice(&wire).expect("it decodes");
        }
    }
    draft.sign(world)
}

fn deployment(world: &mut World) -> (Transaction, Option<ContractId>) {
    let mut draft = Draft::new(world);
    draft.gas_price = 2_000;
    draft.gas_limit = 5_000_000 + 100 * world.probe.len() as u64 + 60_000_000;
    let owner = world.key(draft.from).to_bytes().to_vec();
    let nonce = world.random.gen_range(0..40);
    let init = (!world.rarely(8)).then(|| archive(&world.random.gen::<u64>()));
    let mut deploy = ContractDeploy::new(world.probe.clone(), owner.clone(), init, nonce);
    match world.random.gen_range(0..10) {
        0 => deploy.bytecode.hash[0] ^= 1,
        1 => deploy = ContractDeploy::new(bytes(world, 2_000), owner.clone(), None, nonce),
        2 => draft.gas_limit = world.random.gen_range(1_800_000..13_000_000),
        3 => draft.gas_price = 1_999,
        _ => {}
    }
    let id = gen_contract_id(&world.probe, nonce, &owner);
    draft.data = Some(deploy.into());
    (draft.sign(world), Some(id))
}

fn probe_call(world: &mut World) -> Transaction {
    let draft = Draft::new(world);
    let Some(&probe) = world.probes.get(world.random.gen_range(0..world.probes.len().max(1))) else {
        return draft.call(ContractId::from_bytes([9; 32]), "ping", &1u64).sign(world);
    };
    let other = world.probes[world.random.gen_range(0..world.probes.len())];
    let who = world.someone();
    let value = world.random.gen_range(0..3 * DUSK);
    let mut draft = draft;
    let nonce = draft.nonce;
    let draft = match world.random.gen_range(0..12) {
        0 | 1 => draft.call(probe, "ping", &world.random.gen_range(0..1000u64)),
        2 => draft.call(probe, "boom", &()),
        3 => draft.call(probe, "catch", &other),
        4 => draft.call(probe, "spin", &world.random.gen_range(0..3_000_000u64)),
        5 => draft.call(probe, "who", &()),
        6 => {
            draft.deposit = value;
            let taken = if world.rarely(4) { value + 1 } else { value };
            draft.call(probe, "deposit", &taken)
        }
        7 => draft.call(probe, "send_account", &ContractToAccount { account: world.key(who), value: value / 8 }),
        8 => {
            let fn_name = if world.rarely(4) { "boom" } else { "recv" };
            let data = bytes(world, 40);
            let argument = ContractToContract { contract: other, value: value / 8, fn_name: fn_name.into(), data };
            draft.call(probe, "send_contract", &argument)
        }
        9 => {
            let token = if world.rarely(4) { nonce + 1 } else { nonce };
            let permit = permit(world, who, probe, value / 8, WithdrawReplayToken::Moonlight(token));
            draft.gas_limit = MUCH_GAS;
            draft.call(probe, "withdraw_tr", &permit)
        }
        10 => draft.call(probe, "nope", &()),
        _ => {
            let argument = bytes(world, 100);
            let name = ["ping", "deposit", "withdraw_tr", "stake", "unstake"][world.random.gen_range(0..5)];
            draft.data = Some(ContractCall::new(probe, name).with_raw_args(argument).into());
            draft
        }
    };
    draft.sign(world)
}

/// Pays an account, or a note of one of the wallets.
fn permit(world: &mut World, who: usize, from: ContractId, value: u64, token: WithdrawReplayToken) -> Withdraw {
    if !world.rarely(3) {
        let key = world.accounts[who].clone();
        let receiver = WithdrawReceiver::Moonlight(world.key(who));
        return Withdraw::new(&mut world.random, &key, from, value, receiver, token);
    }
    let wallet = who % world.wallets.len();
    let blinder = JubJubScalar::random(&mut world.random);
    let address = world.wallet(wallet).gen_stealth_address(&blinder);
    let secret = world.wallets[wallet].gen_note_sk(&address);
    Withdraw::new(&mut world.random, &secret, from, value, WithdrawReceiver::Phoenix(address), token)
}

fn stake_call(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    draft.gas_limit = MUCH_GAS;
    let (account, owner) = (world.someone(), world.someone());
    let owner = if world.rarely(3) { owner } else { account };
    let amount = world.random.gen_range(1..3_000 * DUSK);
    let token = WithdrawReplayToken::Moonlight(draft.nonce);
    let draft = match world.random.gen_range(0..6) {
        0 | 1 => {
            let value = if world.rarely(2) { amount } else { amount + 1_000 * DUSK };
            draft.deposit = if world.rarely(6) { value - 1 } else { value };
            let chain = if world.rarely(8) { 1 } else { CHAIN_ID };
            draft.call(STAKE_CONTRACT, "stake", &Stake::new(&world.accounts[account], &world.accounts[owner], value, chain))
        }
        2 | 3 => {
            let to = world.someone();
            let permit = permit(world, to, STAKE_CONTRACT, amount, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            draft.call(STAKE_CONTRACT, "unstake", &argument)
        }
        4 => {
            let to = world.someone();
            let value = world.random.gen_range(0..DUSK);
            let permit = permit(world, to, STAKE_CONTRACT, value, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            draft.call(STAKE_CONTRACT, "withdraw", &argument)
        }
        _ => {
            let argument = ReceiveFromContract { contract: TRANSFER_CONTRACT, value: 1, data: bytes(world, 20) };
            draft.call(STAKE_CONTRACT, "stake_from_contract", &argument)
        }
    };
    draft.sign(world)
}

fn stake_through_probe(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    draft.gas_limit = MUCH_GAS;
    let Some(&probe) = world.probes.first() else { return transfer(world) };
    let account = world.someone();
    let value = world.random.gen_range(900..2_000) * DUSK;
    let draft = if world.rarely(2) {
        draft.deposit = value;
        let stake = Stake::new_from_contract(&world.accounts[account], probe, value, CHAIN_ID);
        draft.call(probe, "stake", &stake)
    } else {
        let token = WithdrawReplayToken::Moonlight(draft.nonce);
        let permit = permit(world, account, probe, value / 10, token);
        let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[account], permit);
        let name = if world.rarely(2) { "unstake" } else { "reward" };
        draft.call(probe, name, &argument)
    };
    draft.sign(world)
}

fn conversion(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    draft.gas_limit = MUCH_GAS;
    let value = world.random.gen_range(1..50 * DUSK);
    draft.deposit = if world.rarely(5) { value + 1 } else { value };
    let who = world.someone();
    let token = WithdrawReplayToken::Moonlight(if world.rarely(6) { 0 } else { draft.nonce });
    let permit = permit(world, who, TRANSFER_CONTRACT, value, token);
    draft.call(TRANSFER_CONTRACT, "convert", &permit).sign(world)
}

fn blobs(world: &mut World) -> Transaction {
    let mut draft = Draft::new(world);
    let count = world.random.gen_range(0..9);
    draft.gas_limit = world.random.gen_range(1_900_000..10_000_000);
    let blobs = (0..count).map(|_| BlobData { hash: world.random.gen(), data: None }).collect();
    draft.data = Some(TransactionData::Blob(blobs));
    draft.sign(world)
}

/// Functions that are not for transactions, and arguments that are none.
fn nonsense(world: &mut World) -> Transaction {
    const NAMES: [&str; 14] = [
        "mint", "mint_to_contract", "deposit", "withdraw", "convert", "contract_to_contract", "push_note", "refund",
        "update_root", "add_account_balance", "sub_contract_balance", "slash", "reward", "insert_stake",
    ];
    let mut draft = Draft::new(world);
    let contract = if world.rarely(2) { TRANSFER_CONTRACT } else { STAKE_CONTRACT };
    let name = NAMES[world.random.gen_range(0..NAMES.len())];
    let argument = if world.rarely(2) {
        archive(&(world.key(0), world.random.gen::<u64>()))
    } else {
        bytes(world, 700)
    };
    draft.data = Some(ContractCall::new(contract, name).with_raw_args(argument).into());
    draft.sign(world)
}

fn of_account(world: &mut World) -> (Transaction, Option<ContractId>) {
    let transaction = match world.random.gen_range(0..100) {
        0..=37 => transfer(world),
        38..=47 => wrong(world),
        48..=51 => return deployment(world),
        52..=69 => probe_call(world),
        70..=79 => stake_call(world),
        80..=83 => stake_through_probe(world),
        84..=87 => conversion(world),
        88..=91 => blobs(world),
        _ => nonsense(world),
    };
    (transaction, None)
}

/// A transaction that a note pays, and perhaps one that spends the note again or was changed.
fn of_note(world: &mut World, chain: &Chain, prover: &OneNoteProver) -> Vec<Transaction> {
    let who = world.random.gen_range(0..world.wallets.len());
    let purse = notes::purse(chain, world, who);
    let gas_price = 1;
    let rich: Vec<usize> =
        (0..purse.notes.len()).filter(|&i| purse.notes[i].2 > 2 * MUCH_GAS * gas_price).collect();
    if rich.is_empty() {
        return vec![];
    }
    let which = rich[world.random.gen_range(0..rich.len())];
    let worth = purse.notes[which].2;
    let mut payment = Payment {
        to: world.random.gen_range(0..world.wallets.len()),
        value: world.random.gen_range(0..worth / 2),
        hidden: world.random.gen(),
        deposit: 0,
        gas_limit: 60_000_000,
        gas_price,
        data: None,
    };
    match world.random.gen_range(0..8) {
        0 => payment.data = Some(bytes(world, 100).into()),
        1 => {
            let nullifier = purse.notes[which].0.gen_nullifier(&world.wallets[who]);
            let mut listed = vec![nullifier];
            if world.rarely(4) {
                listed.push(nullifier + nullifier);
            }
            let to = world.someone();
            let value = worth / 4;
            let permit = permit(world, to, TRANSFER_CONTRACT, value, WithdrawReplayToken::Phoenix(listed));
            payment.value = 0;
            payment.deposit = value;
            payment.gas_limit = MUCH_GAS;
            payment.data = Some(ContractCall::new(TRANSFER_CONTRACT, "convert").with_raw_args(archive(&permit)).into());
        }
        2 if worth > 1_500 * DUSK => {
            let account = world.someone();
            let value = 1_000 * DUSK;
            let stake = Stake::new(&world.accounts[account], &world.accounts[account], value, CHAIN_ID);
            payment.value = 0;
            payment.deposit = value;
            payment.gas_limit = MUCH_GAS;
            payment.data = Some(ContractCall::new(STAKE_CONTRACT, "stake").with_raw_args(archive(&stake)).into());
        }
        3 => {
            let probe = world.probes.first().copied().unwrap_or(ContractId::from_bytes([9; 32]));
            let name = if world.rarely(2) { "boom" } else { "ping" };
            payment.data = Some(ContractCall::new(probe, name).with_raw_args(archive(&3u64)).into());
        }
        4 => payment.gas_limit = world.random.gen_range(1_000_000..25_000_000),
        _ => {}
    }
    let made = notes::pay(world, prover, &purse, who, which, payment);
    let mut out = vec![made.clone()];
    if world.rarely(3) {
        let mut wire = made.encode_for_format(TransactionFormat::Boreas);
        let at = wire.len() - 1 - world.random.gen_range(0..900);
        wire[at] ^= 1;
        out.insert(0, Transaction::from_slice(&wire).unwrap_or(made.clone()));
    }
    if world.rarely(3) {
        out.push(made);
    }
    out
}

/// Makes and executes a block; what `dusk chain exec` reads.
pub fn block(world: &mut World, chain: &mut Chain, prover: Option<&OneNoteProver>, most: usize, counts: &mut Counts) -> Value {
    world.height += if world.rarely(20) { world.random.gen_range(2..3_000) } else { 1 };
    let generator = world.key(4);
    let voters = if world.height == 1 {
        vec![]
    } else {
        let credits = world.random.gen_range(1..=64);
        let all = if world.rarely(2) { 128 } else { 90 };
        vec![(world.key(4), credits), (world.key(5), all - credits)]
    };
    let slashes: Vec<PublicKey> =
        if world.rarely(6) { (0..2).map(|_| { let who = world.someone(); world.key(who) }).collect() } else { vec![] };
    let paid_by_notes = prover.map_or(vec![], |prover| of_note(world, chain, prover));
    let mut block = chain.begin(world.height, &slashes);
    let mut wires = vec![];
    for transaction in &paid_by_notes {
        counts.add(&block.execute(transaction));
        counts.notes += 1;
        wires.push(hex::encode(transaction.encode_for_format(TransactionFormat::Boreas)));
    }
    let most = most.saturating_sub(wires.len());
    for _ in 0..world.random.gen_range(0..60).min(most) {
        let (transaction, deployed) = of_account(world);
        let result = block.execute(&transaction);
        if let (Result::Spent { .. }, Transaction::Moonlight(spent)) = (&result, &transaction) {
            let from = (0..PEOPLE).find(|&who| world.key(who) == *spent.sender()).expect("one of ours");
            world.nonces[from] = spent.nonce();
        }
        if let (Result::Spent { failed: false }, Some(id)) = (&result, deployed) {
            if !world.probes.contains(&id) {
                world.probes.push(id);
            }
        }
        counts.add(&result);
        wires.push(hex::encode(transaction.encode_for_format(TransactionFormat::Boreas)));
    }
    counts.blocks += 1;
    let (state_root, event_bloom) = chain.end(block, generator, &voters);
    json!({
        "height": world.height,
        "generator": hex::encode(generator.to_bytes()),
        "voters": voters.iter().map(|(key, credits)| json!([hex::encode(key.to_bytes()), credits])).collect::<Vec<_>>(),
        "slashes": slashes.iter().map(|key| hex::encode(key.to_bytes())).collect::<Vec<_>>(),
        "transactions": wires,
        "state_root": state_root,
        "event_bloom": event_bloom,
    })
}
