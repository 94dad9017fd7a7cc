//! Contracts that our SDKs built, in the official VM: deploys them, calls them and compares what they answer, emit and
//! refuse with archives that Rust makes.
//!
//!     cargo run --release --locked -- FOLDER      # of NAME.wasm; NAME-rust.wasm is run where it is there
use std::path::Path;

use piecrust::{CallReceipt, ContractId, Error, Session, SessionData, VM};
use rkyv::ser::serializers::AllocSerializer;
use rkyv::{Archive, Serialize};

const OWNER: [u8; 32] = [7; 32];
const LIMIT: u64 = 1_000_000_000;
const CHAIN: u8 = 0xfa;

/// The shape of a BLS key's archive: 200 bytes, aligned to 8, the last seven of no meaning.
#[derive(Clone, Copy, PartialEq, Eq, Archive, Serialize)]
#[archive(as = "Key")]
#[repr(C, align(8))]
struct Key([u8; 200]);

#[derive(Clone, Copy, PartialEq, Eq, Archive, Serialize)]
enum Account {
    External(Key),
    Contract([u8; 32]),
}

#[derive(Archive, Serialize)]
struct Terms {
    name: String,
    symbol: String,
    decimals: u8,
    issuer: Account,
    supply: u64,
}

#[derive(Archive, Serialize)]
struct Moved {
    from: Account,
    to: Account,
    amount: u64,
}

#[derive(Archive, Serialize)]
struct Setup {
    owners: Vec<Account>,
    threshold: u32,
}

#[derive(Archive, Serialize)]
struct Proposal {
    contract: [u8; 32],
    function: String,
    argument: Vec<u8>,
    expires: u64,
}

#[derive(Archive, Serialize)]
struct Status {
    id: u64,
    approvals: u32,
    executed: bool,
}

#[derive(Archive, Serialize)]
struct Deal {
    token: [u8; 32],
    buyer: Account,
    seller: Account,
    arbiter: Account,
    amount: u64,
    deadline: u64,
}

#[derive(Archive, Serialize)]
struct Cast {
    voter: Account,
    choice: u32,
}

#[derive(Archive, Serialize)]
struct Ballot {
    question: String,
    choices: Vec<String>,
    voters: Vec<Account>,
    closes: u64,
}

fn archive<T: Serialize<AllocSerializer<1024>>>(value: &T) -> Vec<u8> {
    rkyv::to_bytes::<_, 1024>(value).expect("a value that has an archive").to_vec()
}
fn key(number: u8) -> Account {
    let mut bytes = [0; 200];
    bytes[0] = number;
    Account::External(Key(bytes))
}

/// The transfer contract's id: a contract that hands calls on stands there.
fn transfer_id() -> ContractId {
    let mut id = [0; 32];
    id[0] = 1;
    ContractId::from_bytes(id)
}

struct Chain {
    session: Session,
    checks: usize,
}

impl Chain {
    fn new(vm: &VM, forward: &[u8]) -> Self {
        let data = SessionData::builder().insert("chain_id", CHAIN).unwrap().insert("block_height", 1u64).unwrap();
        let mut session = vm.session(data).expect("a session");
        let deployed = session.deploy_raw(Some(transfer_id()), forward, None, OWNER.to_vec(), LIMIT);
        deployed.expect("the contract that hands calls on");
        Self { session, checks: 0 }
    }
    fn set_height(&mut self, height: u64) {
        self.session.set_meta("block_height", height).expect("a height");
    }
    fn set_sender(&mut self, account: Account) {
        let Account::External(key) = account else { panic!("contracts sign nothing") };
        self.session.set_meta("public_sender", Some(key)).expect("a sender");
    }
    fn try_deploy(&mut self, wasm: &[u8], number: u8, init: Vec<u8>) -> Result<ContractId, Error> {
        let id = ContractId::from_bytes([number; 32]);
        let receipt = self.session.deploy_raw(Some(id), wasm, Some(init), OWNER.to_vec(), LIMIT)?.1;
        println!("  init {} gas", receipt.map_or(0, |r| r.gas_spent));
        Ok(id)
    }
    fn deploy(&mut self, wasm: &[u8], number: u8, init: Vec<u8>) -> ContractId {
        self.try_deploy(wasm, number, init).unwrap_or_else(|error| panic!("deployment: {error:?}"))
    }
    /// A call from outside; the bytes that it answers.
    fn query(&mut self, id: ContractId, function: &str, argument: Vec<u8>, expected: Vec<u8>) {
        let receipt = self.session.call_raw(id, function, argument, LIMIT);
        let receipt = receipt.unwrap_or_else(|error| panic!("{function}: {error:?}"));
        assert_eq!(receipt.data, expected, "the answer of {function}");
        println!("  {function} {} gas", receipt.gas_spent);
        self.checks += 1;
    }
    /// A call of a transaction, through the transfer contract.
    fn call(&mut self, id: ContractId, function: &str, argument: Vec<u8>) -> Result<CallReceipt<Vec<u8>>, Error> {
        let call = archive(&(id.to_bytes(), function.to_string(), argument));
        self.session.call_raw(transfer_id(), "forward", call, LIMIT)
    }
    fn sends(&mut self, id: ContractId, function: &str, argument: Vec<u8>, expected: Vec<u8>, events: &[(&str, Vec<u8>)]) {
        let receipt = self.call(id, function, argument).unwrap_or_else(|error| panic!("{function}: {error:?}"));
        assert_eq!(receipt.data, archive(&expected), "the answer of {function}");
        let found: Vec<_> = receipt.events.iter().filter(|e| !e.reverted).map(|e| (e.topic.as_str(), e.data.clone())).collect();
        assert_eq!(found, events, "the events of {function}");
        let own = receipt.call_tree.iter().find(|e| e.contract_id == id).map_or(0, |e| e.spent);
        println!("  {function} {own} gas");
        self.checks += 1;
    }
    fn refuses(&mut self, id: ContractId, function: &str, argument: Vec<u8>, text: &str) {
        match self.call(id, function, argument) {
            Err(Error::Panic(found)) => assert_eq!(found, text, "{function}"),
            other => panic!("{function}: {other:?}, not the panic \"{text}\""),
        }
        self.checks += 1;
    }
}

const BAD: &str = "the argument is not an archive of the parameters";

fn counter(chain: &mut Chain, wasm: &[u8], number: u8) -> ContractId {
    let id = chain.deploy(wasm, number, archive(&7u64));
    chain.query(id, "read", vec![], archive(&7u64));
    chain.sends(id, "increment", vec![], archive(&8u64), &[("counted", archive(&8u64))]);
    chain.sends(id, "add", archive(&2u64), archive(&10u64), &[("counted", archive(&10u64))]);
    chain.refuses(id, "add", archive(&u64::MAX), "overflow");
    for bad in [vec![], vec![1; 7], vec![1; 9]] {
        chain.refuses(id, "add", bad, BAD);
    }
    chain.query(id, "read", vec![], archive(&10u64));
    id
}

fn token(chain: &mut Chain, wasm: &[u8], number: u8) -> ContractId {
    let (one, two, three) = (key(1), key(2), key(3));
    let terms = Terms { name: "A longer name".into(), symbol: "EXA".into(), decimals: 6, issuer: one, supply: 1000 };
    let moved = |from, to, amount| archive(&Moved { from, to, amount });
    assert!(chain.try_deploy(wasm, number + 100, vec![0; 12]).is_err());
    let id = chain.deploy(wasm, number, archive(&terms));
    chain.query(id, "name", vec![], archive(&terms.name));
    chain.query(id, "symbol", vec![], archive(&terms.symbol));
    chain.query(id, "decimals", vec![], archive(&6u8));
    chain.query(id, "balance_of", archive(&one), archive(&1000u64));
    chain.refuses(id, "transfer", archive(&(two, 1u64)), "the sender of this call is not known");
    chain.set_sender(one);
    chain.sends(id, "transfer", archive(&(two, 300u64)), vec![], &[("transfer", moved(one, two, 300))]);
    chain.refuses(id, "transfer", archive(&(two, 701u64)), "the balance is 700, not 701");
    chain.sends(id, "approve", archive(&(two, 50u64)), vec![], &[("approve", moved(one, two, 50))]);
    chain.set_sender(two);
    chain.sends(id, "transfer_from", archive(&(one, three, 20u64)), vec![], &[("transfer", moved(one, three, 20))]);
    chain.query(id, "allowance", archive(&(one, two)), archive(&30u64));
    chain.refuses(id, "transfer_from", archive(&(one, three, 31u64)), "the allowance is 30, not 31");
    chain.refuses(id, "mint", archive(&(two, 1u64)), "only the issuer makes tokens");
    chain.set_sender(one);
    let contract = Account::Contract([9; 32]);
    chain.sends(id, "mint", archive(&(contract, 5u64)), vec![], &[("mint", moved(one, contract, 5))]);
    chain.query(id, "balance_of", archive(&contract), archive(&5u64));
    chain.sends(id, "burn", archive(&680u64), vec![], &[("burn", moved(one, one, 680))]);
    chain.query(id, "total_supply", vec![], archive(&325u64));
    for holder in 10..250 {
        chain.sends(id, "mint", archive(&(key(holder), 1u64)), vec![], &[("mint", moved(one, key(holder), 1))]);
    }
    chain.query(id, "balance_of", archive(&key(100)), archive(&1u64));
    id
}

fn multisig(chain: &mut Chain, wasm: &[u8], number: u8, counter: ContractId) {
    let id = chain.deploy(wasm, number, archive(&Setup { owners: vec![key(1), key(2), key(3)], threshold: 2 }));
    let proposal = Proposal { contract: counter.to_bytes(), function: "add".into(), argument: archive(&5u64), expires: 100 };
    let status = |id, approvals, executed| archive(&Status { id, approvals, executed });
    chain.set_sender(key(9));
    chain.refuses(id, "propose", archive(&proposal), "the sender is no owner");
    chain.set_sender(key(1));
    chain.sends(id, "propose", archive(&proposal), archive(&0u64), &[("approved", status(0, 1, false))]);
    chain.set_sender(key(2));
    let events = [("approved", status(0, 2, true)), ("counted", archive(&15u64)), ("executed", archive(&0u64))];
    chain.sends(id, "approve", archive(&0u64), status(0, 2, true), &events);
    chain.query(counter, "read", vec![], archive(&15u64));
}

fn escrow(chain: &mut Chain, wasm: &[u8], number: u8, token: ContractId) {
    let deal = Deal { token: token.to_bytes(), buyer: key(2), seller: key(3), arbiter: key(4), amount: 40, deadline: 10 };
    let id = chain.deploy(wasm, number, archive(&deal));
    let account = Account::Contract(id.to_bytes());
    let moved = |from, to, amount| archive(&Moved { from, to, amount });
    chain.query(id, "terms", vec![], archive(&deal));
    chain.set_sender(key(2));
    chain.refuses(id, "fund", vec![], "the token refused: the allowance is 0, not 40");
    chain.sends(token, "approve", archive(&(account, 40u64)), vec![], &[("approve", moved(key(2), account, 40))]);
    chain.sends(id, "fund", vec![], vec![], &[("stage", vec![1]), ("transfer", moved(key(2), account, 40))]);
    chain.set_sender(key(4));
    chain.sends(id, "release", vec![], vec![], &[("stage", vec![2]), ("transfer", moved(account, key(3), 40))]);
    chain.query(id, "status", vec![], vec![2]);
}

fn vote(chain: &mut Chain, wasm: &[u8], number: u8) {
    let ballot = Ballot {
        question: "What colour is it to be?".into(),
        choices: vec!["red".into(), "a longer answer".into(), "blue".into()],
        voters: vec![key(1), key(2), key(3)],
        closes: 5,
    };
    let id = chain.deploy(wasm, number, archive(&ballot));
    chain.query(id, "question", vec![], archive(&ballot.question));
    chain.query(id, "choices", vec![], archive(&ballot.choices));
    chain.set_sender(key(1));
    let cast = archive(&Cast { voter: key(1), choice: 2 });
    chain.sends(id, "cast", archive(&2u32), vec![], &[("cast", cast)]);
    chain.refuses(id, "cast", archive(&2u32), "the sender has voted");
    chain.query(id, "tally", vec![], archive(&vec![0u64, 0, 1]));
    chain.query(id, "winner", vec![], archive(&None::<u32>));
    chain.set_height(6);
    chain.query(id, "winner", vec![], archive(&Some(2u32)));
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the modules");
    let read = |name: &str| std::fs::read(Path::new(&folder).join(name)).ok();
    let state = tempfile::tempdir().expect("a folder for the state");
    let vm = VM::new(state.path()).expect("a VM");
    let mut checks = 0;
    for language in ["", "-rust"] {
        let Some(counter_wasm) = read(&format!("counter{language}.wasm")) else { continue };
        let token_wasm = read(&format!("token{language}.wasm")).expect("the token");
        let mut chain = Chain::new(&vm, &read("forward.wasm").expect("forward.wasm"));
        println!("counter{language}, {} bytes", counter_wasm.len());
        let counter_id = counter(&mut chain, &counter_wasm, 10);
        println!("token{language}, {} bytes", token_wasm.len());
        let token_id = token(&mut chain, &token_wasm, 11);
        if language.is_empty() {
            println!("multisig");
            multisig(&mut chain, &read("multisig.wasm").expect("the multisig"), 12, counter_id);
            println!("escrow");
            escrow(&mut chain, &read("escrow.wasm").expect("the escrow"), 13, token_id);
            println!("vote");
            vote(&mut chain, &read("vote.wasm").expect("the vote"), 14);
        }
        checks += chain.checks;
        chain.session.commit().expect("a commit");
    }
    println!("{checks} calls and queries: every answer, event and refusal is what Rust's archives say");
}
