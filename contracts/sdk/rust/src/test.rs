//! Unit tests of contracts in the real VM: `dusk contract test` compiles the crate with the cfg `dusk_test` and runs what
//! `tests!` holds one by one, each on a chain without contracts. A test stands outside of the chain: it sends
//! transactions, and sees results, events and gas as anybody would.
//!
//! ```ignore
//! use dusk_contract::test::{Chain, expect_panic, key};
//!
//! dusk_contract::tests! {
//!     fn the_owner_sets_the_value() {
//!         let chain = Chain::new();
//!         let id = chain.deploy(&Account::External(key("alice")));
//!         chain.set_sender(key("alice"));
//!         chain.call::<_, ()>(id, "set", &5u64).unwrap();
//!         assert_eq!(chain.query(id, "read", &()), Ok(5u64));
//!     }
//! }
//! ```
//!
//! A test passes when it comes to its end; a panic ends it.
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::codec::{Value, read, write};
use crate::{ContractError, ContractId, PublicKey, host};

/// What runs the test (docs/contracts/testing.md).
const RUNNER: ContractId = {
    let mut id = [0; 32];
    let name = *b"dusk contract test";
    let mut at = 0;
    while at < name.len() {
        id[at] = name[at];
        at += 1;
    }
    ContractId(id)
};

/// The bytes of the answer, which stand in the argument buffer. A command is the text of a call's function, its argument
/// stands in the argument buffer; the answer comes as a panic's text, and what is longer as metadata.
fn command(words: &str, size: u32) -> Result<u32, ContractError> {
    let answer = match crate::call::call_prepared(0, RUNNER, words, size) {
        Err(ContractError::Panic(text)) => text,
        _ => panic!("this module is run by `dusk contract test` only"),
    };
    let rest = || answer[1..].to_string();
    match answer.as_bytes().first() {
        Some(b'+') => Ok(crate::call::metadata_length("dusk_test_answer")),
        Some(b'p') => Err(ContractError::Panic(rest())),
        Some(b'g') => Err(ContractError::OutOfGas),
        Some(b'n') => Err(ContractError::DoesNotExist),
        Some(b'u') => Err(ContractError::Unknown),
        _ => panic!("the test asked what cannot be: {answer}"),
    }
}
fn set(words: &str, size: u32) {
    let _ = command(words, size);
}
fn answer<T: Value>(length: Result<u32, ContractError>) -> Result<T, ContractError> {
    read(length?).ok_or_else(|| ContractError::Panic("the answer is of another type".into()))
}
fn known<T: Value>(words: &str) -> T {
    answer(command(words, 0)).unwrap_or_else(|_| panic!("there is no answer to: {words}"))
}
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
/// A test key, the same for a name everywhere; a real one, whose secret is no secret. Letters, digits, - and _.
pub fn key(name: &str) -> PublicKey {
    known(&format!("key {name}"))
}
/// A line that is shown with the test.
pub fn print(text: &str) {
    set(&format!("print {text}"), 0);
}

/// A call that must panic with a text that contains `part`.
#[track_caller]
pub fn expect_panic<T>(result: Result<T, ContractError>, part: &str) {
    match result {
        Err(ContractError::Panic(text)) if text.contains(part) => {}
        Err(error) => panic!("expected a panic \"{part}\": {error:?}"),
        Ok(_) => panic!("expected a panic \"{part}\", and the call succeeded"),
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub source: ContractId,
    pub topic: String,
    pub data: Vec<u8>,
}
impl Event {
    /// The data as a value; panics when they are none of this type.
    #[track_caller]
    pub fn value<T: Value>(&self) -> T {
        host::bytes_mut()[..self.data.len()].copy_from_slice(&self.data);
        read(self.data.len() as u32).expect("the event is of another type")
    }
}

/// The chain of this test. It begins at height 1, with nobody as the sender.
#[derive(Default)]
pub struct Chain;

impl Chain {
    pub fn new() -> Self {
        Self
    }
    /// Deploys the project's contract with the argument of `init`; panics when that fails.
    #[track_caller]
    pub fn deploy<A: Value>(&self, argument: &A) -> ContractId {
        self.try_deploy("", argument).unwrap_or_else(|error| panic!("the contract was not deployed: {error:?}"))
    }
    /// The same of another contract, tests/modules/NAME.wasm; "" is the project's.
    pub fn try_deploy<A: Value>(&self, module: &str, argument: &A) -> Result<ContractId, ContractError> {
        let size = write(argument);
        answer(command(&format!("deploy {module}"), size))
    }
    /// A transaction: the transfer contract calls, for the sender. What it does is kept when it succeeds.
    pub fn call<A: Value, R: Value>(&self, id: ContractId, function: &str, argument: &A) -> Result<R, ContractError> {
        let size = write(argument);
        answer(command(&format!("call {} {function}", hex(&id.0)), size))
    }
    /// From outside the chain: nobody is the caller, and nothing is kept.
    pub fn query<A: Value, R: Value>(&self, id: ContractId, function: &str, argument: &A) -> Result<R, ContractError> {
        let size = write(argument);
        answer(command(&format!("query {} {function}", hex(&id.0)), size))
    }

    /// For the calls from here on.
    pub fn set_sender(&self, sender: PublicKey) {
        let size = write(&sender);
        set("sender", size);
    }
    pub fn set_shielded(&self) {
        set("sender", 0);
    }
    pub fn set_height(&self, height: u64) {
        set(&format!("height {height}"), 0);
    }
    pub fn set_gas(&self, limit: u64) {
        set(&format!("gas {limit}"), 0);
    }
    /// A contract that calls instead of the transfer contract, and the transfer contract again.
    pub fn set_caller(&self, id: ContractId) {
        set(&format!("caller {}", hex(&id.0)), 0);
    }
    pub fn set_transactions(&self) {
        set("caller", 0);
    }
    /// The owner of contracts that are deployed from here on.
    pub fn set_owner(&self, owner: &[u8]) {
        set(&format!("owner {}", hex(owner)), 0);
    }

    /// Gas of the last call, query or deployment, and the events of the last transaction: none when it failed.
    pub fn gas_spent(&self) -> u64 {
        known("spent")
    }
    pub fn events(&self) -> Vec<Event> {
        let bytes = |words: &str| {
            let length = command(words, 0).unwrap_or_else(|_| panic!("there is no answer to: {words}"));
            host::bytes(length as usize).to_vec()
        };
        (0..known::<u32>("events"))
            .map(|index| Event {
                source: known(&format!("source {index}")),
                topic: String::from_utf8(bytes(&format!("topic {index}"))).expect("UTF-8"),
                data: bytes(&format!("data {index}")),
            })
            .collect()
    }
}

/// Tests that `dusk contract test` runs. Put them in a module behind `#[cfg(dusk_test)]`.
#[macro_export]
macro_rules! tests {
    ($($(#[$about:meta])* fn $name:ident() $body:block)*) => {
        $(
            $(#[$about])*
            fn $name() $body
            const _: () = {
                #[unsafe(export_name = concat!("test_", stringify!($name)))]
                extern "C" fn run(_: u32) -> u32 {
                    $crate::panicking::show_places();
                    $name();
                    0
                }
            };
        )*
    };
}
