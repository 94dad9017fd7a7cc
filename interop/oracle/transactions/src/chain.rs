//! The official VM, and the calls by which a node makes the first state and executes blocks.
use crate::genesis::Genesis;
use crate::world::{KnownStake, World, CHAIN_ID, GENESIS_CHAIN_ID};
use dusk_bytes::Serializable;
use dusk_core::abi::Event;
use dusk_core::plonk::PlonkVersion;
use dusk_core::signatures::bls::PublicKey;
use dusk_core::stake::{Reward, RewardReason, StakeAmount, StakeData, StakeFundOwner, StakeKeys, STAKE_CONTRACT};
use dusk_core::transfer::phoenix::{Note, Sender};
use dusk_core::transfer::{Transaction, TRANSFER_CONTRACT};
use dusk_core::JubJubScalar;
use dusk_vm::host_queries::{set_host_query_policy, HardFork, HostQueryPolicy, HostQueryPolicyGuard};
use dusk_vm::{execute, ContractData, Error, ExecutionConfig, Session, VM};
use ff::Field;
use rand::rngs::StdRng;
use rand::SeedableRng;
use rkyv::ser::serializers::AllocSerializer;
use std::sync::mpsc;

const DUSK_KEY: &str = "85906b7d01ea393501938441f43a18e97618b73eb30438a6fcf685f9f7f4ca6b061f229844abbbbb998f9c739d3c36861539e2ed19294d16c56b1c66491b4f1aecff85b6f39b293145b0f6f4e031b2eccb14e4c1e3618a3e36d8a12ffb2415de";

fn dusk_key() -> PublicKey {
    let bytes = hex::decode(DUSK_KEY).expect("hex");
    PublicKey::from_bytes(&bytes.try_into().expect("96 bytes")).expect("a key")
}

pub fn archive<T: rkyv::Serialize<AllocSerializer<4096>>>(value: &T) -> Vec<u8> {
    rkyv::to_bytes::<_, 4096>(value).expect("an archive").to_vec()
}

/// Everything that a local network of the released node has active.
fn config() -> ExecutionConfig {
    ExecutionConfig {
        gas_per_blob: 1_000_000,
        gas_per_deploy_byte: 100,
        min_deploy_points: 5_000_000,
        min_deploy_gas_price: 2_000,
        with_public_sender: true,
        with_blob: true,
        disable_wasm64: true,
        disable_wasm32: false,
        disable_3rd_party: false,
        disable_phoenix: false,
        with_reference_types: true,
        phoenix_refund_check: true,
        deploy_remaining_gas_check: true,
        charge_init_gas: true,
        withdrawal_nullifier_check: true,
    }
}

struct Bloom([u8; 256]);

impl Bloom {
    fn add(&mut self, events: &[Event]) {
        for event in events.iter().filter(|event| !event.reverted) {
            let mut name = event.source.as_bytes().to_vec();
            name.extend(event.topic.as_bytes());
            self.set(&name);
            name.extend(&event.data);
            self.set(&name);
        }
    }
    fn set(&mut self, name: &[u8]) {
        let hash = blake3::hash(name);
        for pair in hash.as_bytes()[..6].chunks(2) {
            let bit = usize::from(u16::from_be_bytes([pair[0], pair[1]]) & 0x7ff);
            self.0[255 - bit / 8] |= 1 << (bit % 8);
        }
    }
}

pub struct Chain {
    vm: VM,
    root: [u8; 32],
    _folder: tempfile::TempDir,
}

/// A block under way.
pub struct Block {
    session: Session,
    bloom: Bloom,
    fees: u64,
    height: u64,
    _policy: HostQueryPolicyGuard,
}

fn must_call(session: &mut Session, contract: dusk_core::abi::ContractId, name: &str, argument: Vec<u8>) -> Vec<Event> {
    session.call_raw(contract, name, argument, u64::MAX).unwrap_or_else(|error| panic!("{name}: {error:?}")).events
}

impl Chain {
    pub fn new(transfer: &[u8], stake: &[u8], genesis: &Genesis) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let vm = VM::new(folder.path()).expect("a VM");
        let empty = Self::empty_state(&vm, transfer, stake);
        let root = Self::first_state(&vm, empty, genesis);
        Chain { vm, root, _folder: folder }
    }

    fn empty_state(vm: &VM, transfer: &[u8], stake: &[u8]) -> [u8; 32] {
        let mut session = vm.genesis_session(GENESIS_CHAIN_ID);
        for (code, id) in [(transfer, TRANSFER_CONTRACT), (stake, STAKE_CONTRACT)] {
            let data = ContractData::builder().owner(dusk_key().to_bytes()).contract_id(id);
            session.deploy::<_, (), _>(code, data, u64::MAX).expect("deployed");
        }
        let nothing = StakeData { amount: None, reward: 0, faults: 0, hard_faults: 0 };
        must_call(&mut session, STAKE_CONTRACT, "insert_stake", archive(&(StakeKeys::single_key(dusk_key()), nothing)));
        must_call(&mut session, TRANSFER_CONTRACT, "add_contract_balance", archive(&(STAKE_CONTRACT, 0u64)));
        must_call(&mut session, TRANSFER_CONTRACT, "update_root", vec![]);
        session.commit().expect("a commit")
    }

    fn first_state(vm: &VM, empty: [u8; 32], genesis: &Genesis) -> [u8; 32] {
        let mut session = vm.session(empty, GENESIS_CHAIN_ID, 0).expect("a session");
        for notes in &genesis.notes {
            let mut random = StdRng::seed_from_u64(notes.seed);
            for value in &notes.values {
                let address = notes.owner.gen_stealth_address(&JubJubScalar::random(&mut random));
                let note = Note::transparent_stealth(address, *value, Sender::ContractInfo([0; 128]));
                must_call(&mut session, TRANSFER_CONTRACT, "push_note", archive(&(0u64, note)));
            }
        }
        for balance in &genesis.balances {
            must_call(&mut session, TRANSFER_CONTRACT, "add_account_balance", archive(balance));
        }
        if !genesis.notes.is_empty() {
            must_call(&mut session, TRANSFER_CONTRACT, "update_root", vec![]);
        }
        let mut staked = 0;
        for stake in &genesis.stakes {
            let amount = StakeAmount { value: stake.amount, locked: 0, eligibility: stake.eligibility };
            let amount = (stake.amount > 0).then_some(amount);
            let data = StakeData { amount, reward: stake.reward, faults: 0, hard_faults: 0 };
            let keys = StakeKeys { account: stake.account, owner: StakeFundOwner::Account(stake.owner) };
            must_call(&mut session, STAKE_CONTRACT, "insert_stake", archive(&(keys, data)));
            staked += stake.amount;
        }
        if staked > 0 {
            must_call(&mut session, TRANSFER_CONTRACT, "add_contract_balance", archive(&(STAKE_CONTRACT, staked)));
        }
        session.commit().expect("a commit")
    }

    pub fn root(&self) -> [u8; 32] {
        self.root
    }
    /// Goes back to this state; the one that was reached is deleted.
    pub fn forget(&mut self, base: [u8; 32]) {
        if self.root != base {
            self.vm.delete_commit(self.root).expect("it can be deleted");
        }
        self.root = base;
    }

    pub fn session(&self, height: u64) -> Session {
        self.vm.session(self.root, CHAIN_ID, height).expect("a session")
    }

    /// Those of the people of this world.
    pub fn stakes(&self, world: &World) -> Vec<KnownStake> {
        let (sender, fed) = mpsc::channel();
        self.session(world.height)
            .feeder_call::<_, ()>(STAKE_CONTRACT, "stakes", &(), u64::MAX, sender)
            .expect("the stakes");
        let known = |bytes: Vec<u8>| {
            let (keys, data): (StakeKeys, StakeData) = rkyv::from_bytes(&bytes).expect("a stake");
            let owner = match keys.owner {
                StakeFundOwner::Account(key) => Ok(world.who(&key)?),
                StakeFundOwner::Contract(id) => Err(id),
            };
            let value = data.amount.map_or(0, |amount| amount.value + amount.locked);
            Some(KnownStake { account: world.who(&keys.account)?, owner, value, reward: data.reward })
        };
        fed.into_iter().filter_map(known).collect()
    }

    pub fn begin(&self, height: u64, slashes: &[PublicKey]) -> Block {
        let policy = HostQueryPolicy::from_versions(PlonkVersion::V3, HardFork::Boreas);
        let mut block = Block {
            _policy: set_host_query_policy(policy),
            session: self.session(height),
            bloom: Bloom([0; 256]),
            fees: 0,
            height,
        };
        must_call(&mut block.session, STAKE_CONTRACT, "before_state_transition", vec![]);
        for account in slashes {
            match block.session.call_raw(STAKE_CONTRACT, "slash", archive(&(*account, None::<u64>)), u64::MAX) {
                Ok(receipt) => block.bloom.add(&receipt.events),
                Err(Error::Panic(text)) if text.contains("The stake to slash should exist") => {}
                Err(error) => panic!("slash: {error:?}"),
            }
        }
        block
    }

    /// Rewards, the root of the notes, and the commit; the state root and the bloom in hexadecimal.
    pub fn end(&mut self, mut block: Block, generator: PublicKey, voters: &[(PublicKey, u64)]) -> (String, String) {
        let rewards = rewards(block.height, block.fees, generator, voters);
        let events = must_call(&mut block.session, STAKE_CONTRACT, "reward", archive(&rewards));
        block.bloom.add(&events);
        let events = must_call(&mut block.session, TRANSFER_CONTRACT, "update_root", vec![]);
        block.bloom.add(&events);
        self.root = block.session.commit().expect("a commit");
        (hex::encode(self.root), hex::encode(block.bloom.0))
    }
}

/// What became of a transaction.
#[derive(Clone, Copy)]
pub enum Outcome {
    Spent { failed: bool },
    Discarded,
}

impl Block {
    pub fn execute(&mut self, transaction: &Transaction) -> Outcome {
        match execute(&mut self.session, transaction, &config()) {
            Ok(receipt) => {
                self.bloom.add(&receipt.events);
                self.fees += receipt.gas_spent * transaction.gas_price();
                Outcome::Spent { failed: receipt.data.is_err() }
            }
            Err(_) => Outcome::Discarded,
        }
    }
}

fn emission(height: u64) -> u64 {
    assert!((1..=12_614_400).contains(&height), "blocks of the first period only");
    19_857_400_000
}

fn rewards(height: u64, fees: u64, generator: PublicKey, voters: &[(PublicKey, u64)]) -> Vec<Reward> {
    let all = emission(height) + fees;
    let tenth = all / 10;
    let credits: u64 = voters.iter().map(|voter| voter.1).sum();
    let extra = if credits == 128 { tenth } else { tenth / 42 * credits.saturating_sub(86) };
    let mut out = vec![
        Reward { account: generator, value: all - 3 * tenth, reason: RewardReason::GeneratorFixed },
        Reward { account: dusk_key(), value: tenth, reason: RewardReason::Other },
    ];
    if extra > 0 {
        out.push(Reward { account: generator, value: extra, reason: RewardReason::GeneratorExtra });
    }
    for (account, credits) in voters {
        out.push(Reward { account: *account, value: credits * (tenth / 128), reason: RewardReason::Voter });
    }
    out
}
