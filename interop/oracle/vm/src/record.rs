//! The official VM, with every step written down. Names of steps and fields are those of the vectors of area vm.
use crate::print;
use dusk_core::plonk::PlonkVersion;
use dusk_vm::host_queries::{HardFork, HostQueryPolicy, set_host_query_policy};
use piecrust::{CallReceipt, ContractId, Error, Session};
use serde_json::{Map, Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

pub type Hash = [u8; 32];

pub struct Recorder {
    folder: PathBuf,
    vm: dusk_vm::VM,
    pub session: Option<Session>,
}

/// Numbers beyond 2^53 are written as text.
fn number(value: u64) -> Value {
    if value > 1 << 53 { json!(value.to_string()) } else { json!(value) }
}

fn error(error: &Error) -> Value {
    let text = format!("{error:?}");
    let kind: String = text.chars().take_while(char::is_ascii_alphanumeric).collect();
    match error {
        Error::Panic(message) => json!({"kind": kind, "message_hex": hex::encode(message)}),
        Error::RuntimeError(reason) => {
            let trap = reason.downcast_ref::<dusk_wasmtime::Trap>().map(|trap| format!("{trap:?}"));
            json!({"kind": kind, "trap": trap})
        }
        _ => json!({"kind": kind}),
    }
}

fn receipt(receipt: &CallReceipt<Vec<u8>>) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("ok".into(), json!(hex::encode(&receipt.data)));
    out.insert("gas_spent".into(), number(receipt.gas_spent));
    let events = receipt.events.iter().map(|event| {
        json!({"source": hex::encode(event.source.as_bytes()), "topic_hex": hex::encode(&event.topic),
               "data": hex::encode(&event.data), "reverted": event.reverted})
    });
    out.insert("events".into(), events.collect());
    let calls: Vec<Value> = receipt
        .call_tree
        .iter()
        .map(|call| {
            json!({"id": hex::encode(call.contract_id.as_bytes()), "limit": number(call.limit),
                   "spent": number(call.spent)})
        })
        .collect();
    if calls.len() > 1 {
        out.insert("call_tree".into(), json!(calls));
    }
    out
}

fn done(step: &mut Value, result: Map<String, Value>) {
    step.as_object_mut().expect("a step").extend(result);
    print(&json!({"step": step}));
}

fn failure(reason: Value) -> Map<String, Value> {
    Map::from_iter([("err".to_string(), reason)])
}

fn host_panic() -> Value {
    json!({"kind": "HostPanic"})
}

impl Recorder {
    pub fn new(folder: &Path) -> Self {
        let policy = HostQueryPolicy::from_versions(PlonkVersion::V3, HardFork::Boreas);
        std::mem::forget(set_host_query_policy(policy));
        let vm = dusk_vm::VM::new(folder.to_path_buf()).expect("a VM");
        Recorder { folder: folder.to_path_buf(), vm, session: None }
    }

    fn attempt(&self, step: Value) -> Value {
        print(&json!({"attempt": step}));
        step
    }

    pub fn genesis(&mut self, chain_id: u8) {
        self.session = None;
        let mut step = self.attempt(json!({"op": "genesis_session", "chain_id": chain_id}));
        self.session = Some(self.vm.genesis_session(chain_id));
        done(&mut step, Map::new());
    }

    pub fn open(&mut self, name: &str, commit: Hash, chain_id: u8, height: u64) {
        self.session = None;
        let mut step = self.attempt(
            json!({"op": "session", "base": name, "chain_id": chain_id, "block_height": number(height)}),
        );
        self.session = Some(self.vm.session(commit, chain_id, height).expect("a session"));
        let root = self.root(true);
        done(&mut step, root);
    }

    fn root(&self, wanted: bool) -> Map<String, Value> {
        let mut out = Map::new();
        if let (true, Some(session)) = (wanted, &self.session) {
            out.insert("root".into(), json!(hex::encode(session.root())));
        }
        out
    }

    /// `wasm`: the name of a test contract, for which the step has no bytecode. False: it was refused.
    pub fn deploy(&mut self, wasm: Option<&str>, code: &[u8], id: Option<Hash>, owner: &[u8], init: Option<Vec<u8>>,
                  gas: u64, root: bool) -> bool {
        let mut step = json!({"op": "deploy", "id": id.map(hex::encode), "owner": hex::encode(owner),
                              "init_arg": init.as_ref().map(hex::encode), "gas_limit": number(gas)});
        match wasm {
            Some(name) => step["wasm"] = json!(name),
            None => step["code"] = json!(hex::encode(code)),
        }
        let mut step = self.attempt(step);
        let session = self.session.as_mut().expect("a session");
        let deployed = catch_unwind(AssertUnwindSafe(|| {
            session.deploy_raw(id.map(ContractId::from_bytes), code, init, owner.to_vec(), gas)
        }));
        let mut out = Map::new();
        let accepted = matches!(deployed, Ok(Ok(_)));
        match deployed {
            Err(_) => {
                self.session = None;
                out = failure(host_panic());
            }
            Ok(Err(reason)) => out = failure(error(&reason)),
            Ok(Ok((contract, init))) => {
                out.insert("contract".into(), json!(hex::encode(contract.as_bytes())));
                out.insert("init_receipt".into(), init.map_or(Value::Null, |init| Value::Object(receipt(&init))));
            }
        }
        out.extend(self.root(root));
        done(&mut step, out);
        accepted
    }

    /// Without a session afterwards when the official VM panicked.
    pub fn call(&mut self, contract: Hash, function: &str, argument: &[u8], gas: u64, feed: bool, root: bool) {
        let mut step = self.attempt(
            json!({"op": if feed { "feeder_call" } else { "call" }, "contract": hex::encode(contract), "fn": function,
                   "arg": hex::encode(argument), "gas_limit": number(gas)}),
        );
        let session = self.session.as_mut().expect("a session");
        let (sender, receiver) = mpsc::channel();
        let id = ContractId::from_bytes(contract);
        let called = catch_unwind(AssertUnwindSafe(|| {
            if feed {
                session.feeder_call_raw(id, function, argument.to_vec(), gas, sender)
            } else {
                session.call_raw(id, function, argument.to_vec(), gas)
            }
        }));
        let mut out = match called {
            Err(_) => {
                self.session = None;
                failure(host_panic())
            }
            Ok(Err(reason)) => failure(error(&reason)),
            Ok(Ok(done)) => receipt(&done),
        };
        if feed {
            out.insert("feed".into(), receiver.try_iter().map(|data| json!(hex::encode(data))).collect());
        }
        out.extend(self.root(root));
        done(&mut step, out);
    }

    pub fn set_metadata<V>(&mut self, key: &'static str, value: V)
    where
        V: for<'a> rkyv::Serialize<piecrust::StandardBufSerializer<'a>>,
    {
        let session = self.session.as_mut().expect("a session");
        session.set_meta(key, value).expect("metadata");
        let bytes = session.meta(key).expect("metadata");
        done(&mut json!({"op": "set_meta", "key": key, "bytes": hex::encode(bytes)}), Map::new());
    }

    pub fn pages(&mut self, contract: Hash) {
        let session = self.session.as_ref().expect("a session");
        let pages = session.memory_pages(ContractId::from_bytes(contract));
        let leaves: Vec<usize> = pages.map(|pages| pages.map(|page| page.0).collect()).unwrap_or_default();
        let contract = hex::encode(contract);
        done(&mut json!({"op": "pages", "contract": contract, "leaves": leaves}), Map::new());
    }

    pub fn commit(&mut self, name: &str) -> Hash {
        let mut step = self.attempt(json!({"op": "commit", "name": name}));
        let root = self.session.take().expect("a session").commit().expect("a commit");
        done(&mut step, Map::from_iter([("root".to_string(), json!(hex::encode(root)))]));
        root
    }

    pub fn has(&self, commit: &Hash) -> bool {
        self.vm.commits().contains(commit)
    }

    fn commits(&self) -> Map<String, Value> {
        let list: Value = self.vm.commits().iter().map(|commit| json!(hex::encode(commit))).collect();
        Map::from_iter([("commits".to_string(), list)])
    }

    /// False: the official VM failed, and what it has on disk is damaged now; the step is not written down. It does so
    /// where a contract of the commit has no page with a leaf, whose folder it misses (store/commit).
    pub fn finalize(&mut self, name: &str, commit: Hash) -> bool {
        self.session = None;
        let result = self.vm.finalize_commit(commit);
        self.removed("finalize", name, result)
    }

    /// As `finalize`.
    pub fn delete(&mut self, name: &str, commit: Hash) -> bool {
        self.session = None;
        let result = self.vm.delete_commit(commit);
        self.removed("delete", name, result)
    }

    fn removed(&self, op: &str, name: &str, result: Result<(), Error>) -> bool {
        if let Err(reason) = &result {
            print(&json!({"unfinished": format!("{reason:?}")}));
        } else {
            done(&mut json!({"op": op, "name": name}), self.commits());
        }
        result.is_ok()
    }

    pub fn restart(&mut self) {
        self.session = None;
        let mut step = self.attempt(json!({"op": "restart"}));
        self.vm = dusk_vm::VM::new(self.folder.clone()).expect("a VM");
        let commits = self.commits();
        done(&mut step, commits);
    }
}
