//! A host for unit tests in the process of the test: one contract's view, nothing else. What a test sets is answered;
//! calls of other contracts go to a function of the test. A panic is Rust's own.
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use std::cell::RefCell;

use crate::codec::{Value, write};
use crate::host::{BUFFER, Buffer};
use crate::{Account, ContractId, PublicKey, TRANSFER_CONTRACT, host};

/// An answer: bytes, or one of the error codes of spec/vm.md §3.1.
pub type Callee = Box<dyn FnMut(ContractId, &str, &[u8]) -> Result<Vec<u8>, i32>>;

#[derive(Default)]
struct Mock {
    id: ContractId,
    callers: Vec<ContractId>,
    metadata: BTreeMap<String, Vec<u8>>,
    queries: BTreeMap<String, Vec<u8>>,
    owner: Vec<u8>,
    events: Vec<(String, Vec<u8>)>,
    fed: Vec<Vec<u8>>,
    callee: Option<Callee>,
}

std::thread_local! {
    static MOCK: RefCell<Mock> = RefCell::default();
    static BYTES: *mut Buffer = Box::into_raw(Box::new(Buffer([0; BUFFER])));
}

fn with<R>(act: impl FnOnce(&mut Mock) -> R) -> R {
    MOCK.with_borrow_mut(act)
}

/// Forgets everything a test has set.
pub fn reset() {
    with(|mock| *mock = Mock::default());
}
pub fn set_metadata<T: Value>(name: &str, value: &T) {
    let length = write(value) as usize;
    with(|mock| mock.metadata.insert(name.into(), host::bytes(length).to_vec()));
}
pub fn set_height(height: u64) {
    set_metadata("block_height", &height);
}
/// Who calls: a key through the transfer contract, or a contract.
pub fn set_sender(account: Account) {
    let key = match account {
        Account::External(key) => Some(key),
        Account::Contract(_) => None,
    };
    set_metadata::<Option<PublicKey>>("public_sender", &key);
    with(|mock| {
        mock.callers = match account {
            Account::External(_) => alloc::vec![TRANSFER_CONTRACT],
            Account::Contract(id) => alloc::vec![id],
        }
    });
}
pub fn set_id(id: ContractId) {
    with(|mock| mock.id = id);
}
pub fn set_owner(owner: &[u8]) {
    with(|mock| mock.owner = owner.to_vec());
}
pub fn set_query<T: Value>(name: &str, answer: &T) {
    let length = write(answer) as usize;
    with(|mock| mock.queries.insert(name.into(), host::bytes(length).to_vec()));
}
pub fn set_callee(callee: Callee) {
    with(|mock| mock.callee = Some(callee));
}
/// Topics and archives of the events so far.
pub fn events() -> Vec<(String, Vec<u8>)> {
    with(|mock| mock.events.clone())
}
pub fn fed() -> Vec<Vec<u8>> {
    with(|mock| mock.fed.clone())
}

/// The imports of host.rs, answered by the mock.
pub mod imports {
    use super::{BYTES, with};
    use crate::{ContractId, host};
    use alloc::string::String;

    pub fn buffer() -> *mut u8 {
        BYTES.with(|bytes| bytes.cast())
    }
    fn put(bytes: &[u8]) -> u32 {
        host::bytes_mut()[..bytes.len()].copy_from_slice(bytes);
        bytes.len() as u32
    }
    unsafe fn text(at: *const u8, size: u32) -> String {
        let bytes = unsafe { core::slice::from_raw_parts(at, size as usize) };
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }

    /// # Safety
    /// As the imports of the VM: pointers and sizes belong together.
    pub unsafe fn caller() -> i32 {
        with(|mock| mock.callers.first().map_or(0, |id| (put(&id.0), 1).1))
    }
    /// # Safety
    /// As above.
    pub unsafe fn callstack() -> i32 {
        with(|mock| {
            put(&mock.callers.iter().flat_map(|id| id.0).collect::<alloc::vec::Vec<_>>());
            mock.callers.len() as i32
        })
    }
    /// # Safety
    /// As above.
    pub unsafe fn c(id: *const u8, name: *const u8, name_size: u32, size: u32, _gas: u64) -> i32 {
        let mut callee = ContractId::default();
        callee.0.copy_from_slice(unsafe { core::slice::from_raw_parts(id, 32) });
        let name = unsafe { text(name, name_size) };
        let argument = host::bytes(size as usize).to_vec();
        let mut function = with(|mock| mock.callee.take()).expect("set_callee");
        let answer = function(callee, &name, &argument);
        with(|mock| mock.callee = Some(function));
        answer.map_or_else(|code| code, |bytes| put(&bytes) as i32)
    }
    /// # Safety
    /// As above.
    pub unsafe fn hq(name: *const u8, name_size: u32, _size: u32) -> u32 {
        let name = unsafe { text(name, name_size) };
        with(|mock| put(mock.queries.get(&name).expect("set_query")))
    }
    /// # Safety
    /// As above.
    pub unsafe fn hd(name: *const u8, name_size: u32) -> u32 {
        let name = unsafe { text(name, name_size) };
        with(|mock| mock.metadata.get(&name).map_or(0, |bytes| put(bytes)))
    }
    /// # Safety
    /// As above.
    pub unsafe fn emit(topic: *const u8, topic_size: u32, size: u32) {
        let topic = unsafe { text(topic, topic_size) };
        with(|mock| mock.events.push((topic, host::bytes(size as usize).to_vec())));
    }
    /// # Safety
    /// As above.
    pub unsafe fn feed(size: u32) {
        with(|mock| mock.fed.push(host::bytes(size as usize).to_vec()));
    }
    /// # Safety
    /// As above.
    pub unsafe fn limit() -> u64 {
        u64::MAX
    }
    /// # Safety
    /// As above.
    pub unsafe fn spent() -> u64 {
        0
    }
    /// # Safety
    /// As above.
    pub unsafe fn owner(_id: *const u8) -> i32 {
        with(|mock| put(&mock.owner) as i32)
    }
    /// # Safety
    /// As above.
    pub unsafe fn self_id() {
        with(|mock| put(&mock.id.0));
    }
}
