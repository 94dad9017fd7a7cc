//! What accounts send: weighted at random, some of it wrong on purpose.
use crate::chain::archive;
use crate::permits::permit;
use crate::world::{World, CHAIN_ID, DUSK, PEOPLE};
use dusk_bytes::Serializable;
use dusk_core::abi::ContractId;
use dusk_core::signatures::bls::PublicKey;
use dusk_core::stake::{Stake, Withdraw as StakeWithdraw, STAKE_CONTRACT};
use dusk_core::transfer::data::{gen_contract_id, BlobData, ContractCall, ContractDeploy, TransactionData};
use dusk_core::transfer::moonlight::Transaction as Moonlight;
use dusk_core::transfer::withdraw::WithdrawReplayToken;
use dusk_core::transfer::{
    ContractToAccount, ContractToContract, ReceiveFromContract, Transaction, TransactionFormat, TRANSFER_CONTRACT,
};
use rand::Rng;

const GAS: u64 = 30_000_000;
pub const MUCH_GAS: u64 = 400_000_000;

/// A transaction, and what it is meant to be.
pub struct Made {
    pub kind: &'static str,
    pub transaction: Transaction,
    /// What is there when it succeeds.
    pub deploys: Option<ContractId>,
}

impl Made {
    pub fn new(kind: &'static str, transaction: Transaction) -> Self {
        Made { kind, transaction, deploys: None }
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

pub fn bytes(world: &mut World, most: usize) -> Vec<u8> {
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

fn deployment(world: &mut World) -> Made {
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
    Made { kind: "deployment", transaction: draft.sign(world), deploys: Some(id) }
}

fn probe_call(world: &mut World) -> Made {
    let mut draft = Draft::new(world);
    if world.probes.is_empty() {
        return Made::new("call", draft.call(ContractId::from_bytes([9; 32]), "ping", &1u64).sign(world));
    }
    let probe = world.probes[world.random.gen_range(0..world.probes.len())];
    let other = world.probes[world.random.gen_range(0..world.probes.len())];
    let who = world.someone();
    let value = world.random.gen_range(0..3 * DUSK);
    let mut kind = "call";
    let draft = match world.random.gen_range(0..12) {
        0 | 1 => draft.call(probe, "ping", &world.random.gen_range(0..1000u64)),
        2 => draft.call(probe, "boom", &()),
        3 => draft.call(probe, "catch", &other),
        4 => draft.call(probe, "spin", &world.random.gen_range(0..3_000_000u64)),
        5 => draft.call(probe, "who", &()),
        6 => {
            kind = "deposit";
            draft.deposit = value;
            let taken = if world.rarely(4) { value + 1 } else { value };
            draft.call(probe, "deposit", &taken)
        }
        7 => {
            kind = "contract to account";
            draft.call(probe, "send_account", &ContractToAccount { account: world.key(who), value: value / 8 })
        }
        8 => {
            kind = "contract to contract";
            let fn_name = if world.rarely(4) { "boom" } else { "recv" };
            let data = bytes(world, 40);
            let argument = ContractToContract { contract: other, value: value / 8, fn_name: fn_name.into(), data };
            draft.call(probe, "send_contract", &argument)
        }
        9 => {
            kind = "withdrawal";
            let token = if world.rarely(4) { draft.nonce + 1 } else { draft.nonce };
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
    Made::new(kind, draft.sign(world))
}

/// Whose stake to touch: mostly one that is there. Account, owner, what is staked, the reward.
fn some_stake(world: &mut World) -> (usize, usize, u64, u64) {
    let stakes: Vec<_> = world
        .stakes
        .iter()
        .filter_map(|stake| Some((stake.account, stake.owner.ok()?, stake.value, stake.reward)))
        .collect();
    if stakes.is_empty() || world.rarely(4) {
        return (world.someone(), world.someone(), 3_000 * DUSK, DUSK);
    }
    stakes[world.random.gen_range(0..stakes.len())]
}

/// Up to what leaves enough, all, or anything.
fn part_of(world: &mut World, staked: u64) -> u64 {
    match world.random.gen_range(0..4) {
        0 => staked,
        1 => world.random.gen_range(0..4_000 * DUSK),
        _ => world.random.gen_range(0..=staked.saturating_sub(1_000 * DUSK)),
    }
}

fn stake_call(world: &mut World) -> Made {
    let mut draft = Draft::new(world);
    draft.gas_limit = MUCH_GAS;
    let token = WithdrawReplayToken::Moonlight(draft.nonce);
    let (kind, draft) = match world.random.gen_range(0..7) {
        0 | 1 => {
            let (account, other) = (world.someone(), world.someone());
            let owner = if world.rarely(3) { other } else { account };
            let amount = world.random.gen_range(1..3_000 * DUSK);
            let value = if world.rarely(2) { amount } else { amount + 1_000 * DUSK };
            draft.deposit = if world.rarely(6) { value - 1 } else { value };
            let chain = if world.rarely(8) { 1 } else { CHAIN_ID };
            let argument = Stake::new(&world.accounts[account], &world.accounts[owner], value, chain);
            ("stake", draft.call(STAKE_CONTRACT, "stake", &argument))
        }
        2 | 3 => {
            let (account, owner, staked, _) = some_stake(world);
            let (to, value) = (world.someone(), part_of(world, staked));
            let permit = permit(world, to, STAKE_CONTRACT, value, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            ("unstake", draft.call(STAKE_CONTRACT, "unstake", &argument))
        }
        4 | 5 => {
            let (account, owner, _, reward) = some_stake(world);
            let to = world.someone();
            let value = if world.rarely(3) { reward } else { world.random.gen_range(0..=reward + reward / 8) };
            let permit = permit(world, to, STAKE_CONTRACT, value, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            ("reward withdrawal", draft.call(STAKE_CONTRACT, "withdraw", &argument))
        }
        _ => {
            let argument = ReceiveFromContract { contract: TRANSFER_CONTRACT, value: 1, data: bytes(world, 20) };
            ("nonsense", draft.call(STAKE_CONTRACT, "stake_from_contract", &argument))
        }
    };
    Made::new(kind, draft.sign(world))
}

fn stake_through_probe(world: &mut World) -> Made {
    let mut draft = Draft::new(world);
    draft.gas_limit = MUCH_GAS;
    let Some(&probe) = world.probes.first() else { return Made::new("transfer", transfer(world)) };
    let theirs: Vec<usize> =
        world.stakes.iter().filter(|stake| stake.owner == Err(probe)).map(|stake| stake.account).collect();
    if theirs.is_empty() || world.rarely(3) {
        let account = world.someone();
        let value = world.random.gen_range(900..2_000) * DUSK;
        draft.deposit = value;
        let stake = Stake::new_from_contract(&world.accounts[account], probe, value, CHAIN_ID);
        return Made::new("stake by contract", draft.call(probe, "stake", &stake).sign(world));
    }
    let account = theirs[world.random.gen_range(0..theirs.len())];
    let (kind, name) = if world.rarely(2) {
        ("unstake by contract", "unstake")
    } else {
        ("reward withdrawal by contract", "reward")
    };
    let value = world.random.gen_range(1..if name == "reward" { 3 } else { 150 * DUSK });
    let token = WithdrawReplayToken::Moonlight(draft.nonce);
    let permit = permit(world, account, probe, value, token);
    let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[account], permit);
    Made::new(kind, draft.call(probe, name, &argument).sign(world))
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

pub fn of_account(world: &mut World) -> Made {
    match world.random.gen_range(0..100) {
        0..=37 => Made::new("transfer", transfer(world)),
        38..=47 => Made::new("broken", wrong(world)),
        48..=51 => deployment(world),
        52..=69 => probe_call(world),
        70..=79 => stake_call(world),
        80..=83 => stake_through_probe(world),
        84..=87 => Made::new("conversion", conversion(world)),
        88..=91 => Made::new("blobs", blobs(world)),
        _ => Made::new("nonsense", nonsense(world)),
    }
}
