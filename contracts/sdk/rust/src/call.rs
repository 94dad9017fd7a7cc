//! Calls of other contracts, and what the host tells a contract about its call and the chain.
use alloc::string::String;
use alloc::vec::Vec;

use crate::codec::{Value, read, write};
use crate::{Account, ContractError, ContractId, PublicKey, TRANSFER_CONTRACT, host};

/// Calls `function` of the contract `id`: it gets 93 % of the gas that is left.
pub fn call<A: Value, R: Value>(id: ContractId, function: &str, argument: &A) -> Result<R, ContractError> {
    call_with_limit(0, id, function, argument)
}

/// The same; the callee may spend `gas`. With 0, or more than is left, it gets 93 %.
pub fn call_with_limit<A: Value, R: Value>(
    gas: u64,
    id: ContractId,
    function: &str,
    argument: &A,
) -> Result<R, ContractError> {
    let length = call_prepared(gas, id, function, write(argument))?;
    read(length).ok_or_else(|| ContractError::Panic("the callee's answer is of another type".into()))
}

/// Archives in and out, for contracts whose types are not known here.
pub fn call_raw(gas: u64, id: ContractId, function: &str, argument: &[u8]) -> Result<Vec<u8>, ContractError> {
    host::bytes_mut()[..argument.len()].copy_from_slice(argument);
    let length = call_prepared(gas, id, function, argument.len() as u32)?;
    Ok(host::bytes(length as usize).to_vec())
}

pub(crate) fn call_prepared(gas: u64, id: ContractId, function: &str, size: u32) -> Result<u32, ContractError> {
    // SAFETY: the pointers are those of the id and of the name.
    let length = unsafe { host::c(id.0.as_ptr(), function.as_ptr(), function.len() as u32, size, gas) };
    match length {
        0.. => Ok(length as u32),
        -1 => Err(panic_of_callee()),
        -2 => Err(ContractError::OutOfGas),
        -3 => Err(ContractError::DoesNotExist),
        _ => Err(ContractError::Unknown),
    }
}

fn panic_of_callee() -> ContractError {
    let bytes = host::bytes(host::BUFFER);
    let length = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    let text = bytes.get(4..4 + length).and_then(|text| core::str::from_utf8(text).ok());
    text.map_or(ContractError::Unknown, |text| ContractError::Panic(String::from(text)))
}

fn id_at(index: usize) -> ContractId {
    let mut id = ContractId::default();
    id.0.copy_from_slice(&host::bytes(32 * (index + 1))[32 * index..]);
    id
}

pub fn self_id() -> ContractId {
    // SAFETY: the host writes into the buffer.
    unsafe { host::self_id() };
    id_at(0)
}

/// The contract that called this one. A transaction comes through the transfer contract: `sender` looks behind it.
pub fn caller() -> Option<ContractId> {
    // SAFETY: as above.
    (unsafe { host::caller() } != 0).then(|| id_at(0))
}

/// All callers, the nearest first.
pub fn callstack() -> Vec<ContractId> {
    // SAFETY: as above.
    let count = unsafe { host::callstack() } as usize;
    (0..count).map(id_at).collect()
}

/// The owner given at deployment, of this contract or of another; empty when there is no such contract.
pub fn owner(of: Option<ContractId>) -> Vec<u8> {
    let id = of.as_ref().map_or(core::ptr::null(), |id| id.0.as_ptr());
    // SAFETY: null, or the pointer of an id.
    let length = unsafe { host::owner(id) } as usize;
    host::bytes(length).to_vec()
}

pub fn gas_limit() -> u64 {
    // SAFETY: no memory is touched.
    unsafe { host::limit() }
}

pub fn gas_spent() -> u64 {
    // SAFETY: no memory is touched.
    unsafe { host::spent() }
}

/// An event: its data are the archive of `value`. 4 gas for each byte of topic and data.
pub fn emit<T: Value>(topic: &str, value: &T) {
    let size = write(value);
    // SAFETY: the pointer is that of the topic.
    unsafe { host::emit(topic.as_ptr(), topic.len() as u32, size) };
}

/// A value for whoever asked with a feeder call; fails the call when nobody did.
pub fn feed<T: Value>(value: &T) {
    let size = write(value);
    // SAFETY: no other memory is touched.
    unsafe { host::feed(size) };
}

/// Ends the call with this text unless the condition holds.
pub fn require(condition: bool, text: &str) {
    if !condition {
        panic!("{text}");
    }
}

pub(crate) fn metadata_length(name: &str) -> u32 {
    // SAFETY: the pointer is that of the name.
    unsafe { host::hd(name.as_ptr(), name.len() as u32) }
}

/// The value that the host keeps under this name; nothing when there is none, or it is of another type.
pub fn metadata<T: Value>(name: &str) -> Option<T> {
    match metadata_length(name) {
        0 => None,
        length => read(length),
    }
}

pub fn chain_id() -> u8 {
    metadata("chain_id").expect("the chain has an id")
}

/// 0 while the genesis state is made: the host keeps four bytes then, not eight.
pub fn block_height() -> u64 {
    metadata("block_height").unwrap_or(0)
}

/// The key whose account pays for the transaction; nothing in a shielded one. Not the caller: use `sender`.
pub fn public_sender() -> Option<PublicKey> {
    metadata::<Option<PublicKey>>("public_sender").flatten().map(PublicKey::normal)
}

/// On whose behalf this call is made: the contract that called; where the transfer contract called for a transaction, the
/// key that signed it; where it called for another contract, that contract. Nothing for a shielded transaction, and for a
/// call from outside the chain.
pub fn sender() -> Option<Account> {
    let callers = callstack();
    match callers.as_slice() {
        [] => None,
        [first, ..] if *first != TRANSFER_CONTRACT => Some(Account::Contract(*first)),
        [_, second, ..] => Some(Account::Contract(*second)),
        [_] => public_sender().map(Account::External),
    }
}

/// The same; panics when there is none.
pub fn require_sender() -> Account {
    sender().unwrap_or_else(|| panic!("the sender of this call is not known"))
}
