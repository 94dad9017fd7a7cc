//! One random scenario: contracts, calls, commits, several sessions, finalized and deleted commits.
use crate::record::{Hash, Recorder};
use crate::{Options, contracts, print, programs, smith};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const KINDS: &[&str] = &["smith", "smith", "smith", "built", "built", "built", "script", "mixed", "verdict"];
const OWNER: [u8; 32] = [7; 32];
const DEPLOY_GAS: u64 = 10_000_000;

#[derive(Clone)]
enum Form {
    Smith { functions: usize },
    Built,
    Script,
    Named(&'static str, &'static [&'static str]),
}

struct Deployed {
    id: Hash,
    form: Form,
}

struct Player<'a> {
    options: &'a Options,
    dice: StdRng,
    record: Recorder,
    ids: Vec<Hash>, // of this scenario, whether deployed or not
    deployed: Vec<Deployed>,
    commits: BTreeMap<Hash, (String, Option<Hash>)>, // live ones: name and the commit below
    base: Option<Hash>,
    seen: BTreeSet<Hash>, // roots of all commits, live or not
    many_roots: bool,
}

const NAMED: &[(&str, &[&str])] = &[
    ("counter", &["read_value", "increment", "noop", "echo", "add"]),
    ("host", &["limit", "spent", "owner", "self_id", "caller", "callstack", "emit", "feed", "panic"]),
    ("mem", &["size", "global_inc", "peek", "poke", "grow", "init_seg", "drop_then_init", "unreachable", "ci"]),
];

impl Player<'_> {
    fn root(&mut self) -> bool {
        self.many_roots || self.dice.gen_bool(0.3)
    }

    fn gas(&mut self) -> u64 {
        match self.dice.gen_range(0..12) {
            0 => self.dice.gen_range(0..100),
            1 => self.dice.gen_range(0..3000),
            2 => self.dice.gen_range(0..60_000),
            3..=7 => 1_000_000,
            _ => 10_000_000,
        }
    }

    fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.options.contracts.join(format!("{name}.wasm"))).expect("a test contract")
    }

    fn deploy(&mut self, form: Form, code: &[u8], wasm: Option<&str>) {
        let unused: Vec<Hash> =
            self.ids.iter().filter(|id| self.deployed.iter().all(|d| d.id != **id)).copied().collect();
        let Some(id) = unused.first().copied() else { return };
        let init = self.dice.gen_bool(0.5).then(|| {
            let mut bytes = vec![0; [0, 1, 8, 3000][self.dice.gen_range(0..4)]];
            self.dice.fill_bytes(&mut bytes);
            bytes
        });
        let gas = if self.dice.gen_bool(0.1) { self.gas() } else { DEPLOY_GAS };
        let root = self.root();
        let owner = &OWNER[..self.owner_length()];
        if self.record.deploy(wasm, code, Some(id), owner, init, gas, root) {
            self.deployed.push(Deployed { id, form });
        }
    }

    fn owner_length(&mut self) -> usize {
        if self.dice.gen_bool(0.9) { 32 } else { self.dice.gen_range(0..32) }
    }

    fn add(&mut self, kind: &str) {
        match kind {
            "smith" => {
                if let Some(contract) = smith::contract(&mut self.dice) {
                    if contract.may_trap {
                        print(&serde_json::json!({"may_die": true}));
                    }
                    self.deploy(Form::Smith { functions: contract.functions }, &contract.code, None);
                }
            }
            "built" => {
                let ids = self.ids.clone();
                let code = contracts::contract(&mut self.dice, &ids);
                self.deploy(Form::Built, &code, None);
            }
            _ if self.dice.gen_bool(0.8) => {
                let code = self.file("script");
                self.deploy(Form::Script, &code, Some("script"));
            }
            _ => {
                let (name, functions) = NAMED[self.dice.gen_range(0..NAMED.len())];
                let code = self.file(name);
                self.deploy(Form::Named(name, functions), &code, Some(name));
            }
        }
    }

    fn argument(&mut self, form: &Form) -> Vec<u8> {
        if matches!(form, Form::Script) {
            let mut calls = 14;
            return programs::program(&mut self.dice, &self.ids, 0, &mut calls);
        }
        let most = if self.dice.gen_bool(0.1) { 8 } else { 7 };
        let length = [0, 1, 1, 4, 16, 64, 300, 65536][self.dice.gen_range(0..most)];
        let mut bytes = vec![0; length];
        match self.dice.gen_range(0..3) {
            0 => self.dice.fill_bytes(&mut bytes),
            1 => bytes.iter_mut().for_each(|byte| *byte = self.dice.gen_range(0..4)),
            _ => {}
        }
        if let (Form::Built, Some(first)) = (form, bytes.first_mut()) {
            *first = self.dice.gen_range(0..8);
        }
        if let Form::Named(name, _) = form {
            match *name {
                "mem" => bytes.resize(16, 0), // addresses and counts stay small
                "counter" if !bytes.is_empty() => bytes.resize(8, 1),
                _ => {}
            }
            if *name == "mem" {
                bytes[4..].fill(0);
                bytes[..4].copy_from_slice(&self.dice.gen_range(0..2u32).to_le_bytes());
            }
        }
        bytes
    }

    fn call(&mut self) {
        if self.deployed.is_empty() {
            return;
        }
        let at = self.dice.gen_range(0..self.deployed.len());
        let (id, form) = (self.deployed[at].id, self.deployed[at].form.clone());
        let function = match &form {
            _ if self.dice.gen_bool(0.01) => "nope".to_string(),
            Form::Smith { functions: 0 } => "f0".into(),
            Form::Smith { functions } => format!("f{}", self.dice.gen_range(0..*functions)),
            Form::Built => format!("f{}", self.dice.gen_range(0..contracts::FUNCTIONS)),
            Form::Script => "run".into(),
            Form::Named(_, functions) => functions[self.dice.gen_range(0..functions.len())].into(),
        };
        let argument = self.argument(&form);
        let gas = self.gas();
        let feed = self.dice.gen_bool(0.05);
        let root = self.root();
        self.record.call(id, &function, &argument, gas, feed, root);
        if self.record.session.is_some() && self.dice.gen_bool(0.1) {
            self.record.pages(id);
        }
    }

    fn open(&mut self) -> bool {
        let live: Vec<Hash> = self.commits.keys().copied().collect();
        if live.is_empty() {
            return false;
        }
        // Mostly the latest one
        let newest = live.iter().max_by_key(|root| self.commits[*root].0[1..].parse::<usize>().expect("a name"));
        let base = if self.dice.gen_bool(0.7) { *newest.expect("there is one") } else {
            live[self.dice.gen_range(0..live.len())]
        };
        let height = if self.dice.gen_bool(0.9) { self.dice.gen_range(0..100) } else { self.dice.r#gen() };
        let chain = self.dice.gen_range(0..4);
        let name = self.commits[&base].0.clone();
        self.record.open(&name, base, chain, height);
        self.base = Some(base);
        true
    }

    fn metadata(&mut self) {
        match self.dice.gen_range(0..3) {
            0 => self.record.set_metadata("x", self.dice.r#gen::<u64>()),
            1 => self.record.set_metadata("public_sender", self.dice.r#gen::<[u8; 32]>()),
            _ => self.record.set_metadata("block_height", self.dice.r#gen::<u64>()),
        }
    }

    fn session(&mut self, kinds: &[&str], calls: usize) {
        let added = if self.deployed.is_empty() { self.ids.len() } else { usize::from(self.dice.gen_bool(0.2)) };
        for _ in 0..added {
            if self.record.session.is_none() {
                return;
            }
            let kind = kinds[self.dice.gen_range(0..kinds.len())];
            self.add(kind);
        }
        for _ in 0..calls {
            if self.record.session.is_none() {
                return; // the official VM panicked
            }
            if self.dice.gen_bool(0.03) {
                self.metadata();
            }
            self.call();
        }
    }

    /// False: a state of an earlier commit came back, and that commit is gone. The official VM mixes the two up: it
    /// looks for files that were moved, or follows a circle of commits without end.
    fn commit(&mut self, number: usize) -> bool {
        let name = format!("c{number}");
        let root = self.record.commit(&name);
        let is_new = self.seen.insert(root);
        if is_new {
            self.commits.insert(root, (name, self.base));
        }
        is_new || self.commits.contains_key(&root)
    }

    /// Only in the order in which both lose nothing: the ancestors first, siblings deleted before.
    /// False: the scenario ends here.
    fn tidy(&mut self) -> bool {
        let is_base = |commits: &BTreeMap<Hash, (String, Option<Hash>)>, root: &Hash| {
            commits.values().any(|(_, base)| base.as_ref() == Some(root))
        };
        if self.dice.gen_bool(0.5) {
            let leaf = self.commits.keys().filter(|root| !is_base(&self.commits, root)).copied().next();
            if let (Some(root), true) = (leaf, self.commits.len() > 1) {
                let (name, _) = self.commits.remove(&root).expect("live");
                return self.record.delete(&name, root);
            }
            return true;
        }
        let live = |base: &Option<Hash>| base.is_some_and(|base| self.commits.contains_key(&base));
        let oldest: Vec<Hash> =
            self.commits.iter().filter(|(_, (_, base))| !live(base)).map(|(root, _)| *root).collect();
        if let ([root], true) = (oldest.as_slice(), self.commits.len() > 1) {
            let (name, _) = self.commits.remove(root).expect("live");
            return self.record.finalize(&name, *root);
        }
        true
    }
}

/// Modules whose verdict alone is asked for, each in a session of its own.
fn verdicts(player: &mut Player) {
    for _ in 0..12 {
        let code = smith::any_module(&mut player.dice);
        if code.is_empty() {
            continue;
        }
        player.record.genesis(1);
        let root = player.root();
        player.record.deploy(None, &code, None, &OWNER, None, 100_000, root);
    }
}

pub fn scenario(options: &Options, index: u64, folder: &Path) {
    let mut dice = StdRng::seed_from_u64(options.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index);
    let kind = match &options.kind {
        Some(kind) => kind.clone(),
        None => KINDS[dice.gen_range(0..KINDS.len())].into(),
    };
    print(&serde_json::json!({"scenario": index, "kind": kind}));
    let count = dice.gen_range(1..6);
    let ids = (0..count).map(|i| if dice.gen_bool(0.7) { [0x50 + i; 32] } else { dice.r#gen() }).collect();
    let many_roots = dice.gen_bool(0.6);
    let record = Recorder::new(folder);
    let (commits, seen) = (BTreeMap::new(), BTreeSet::new());
    let mut player =
        Player { options, dice, record, ids, deployed: vec![], commits, base: None, seen, many_roots };
    if kind == "verdict" {
        return verdicts(&mut player);
    }
    let all = ["smith", "built", "built", "script"];
    let one = [kind.as_str()];
    let kinds: &[&str] = if kind == "mixed" { &all } else { &one };
    player.record.genesis(player.dice.gen_range(0..3));
    let sessions = player.dice.gen_range(1..6);
    for number in 0..sessions {
        let calls = player.dice.gen_range(2..30);
        player.session(kinds, calls);
        if player.record.session.is_some() {
            if !player.commit(number) {
                return;
            }
        } else if player.commits.is_empty() {
            return;
        }
        // What was deployed in a session that is gone, or beside the next one's base, is not there: calls say so.
        let unfinished = player.dice.gen_bool(0.2);
        if player.dice.gen_bool(0.3) && !unfinished {
            if !player.tidy() {
                return;
            }
        } else if number == 0 && player.dice.gen_bool(0.05) {
            player.record.restart();
        }
        let gone = player.commits.keys().any(|root| !player.record.has(root));
        assert!(!gone, "the official VM lost a commit");
        if !player.open() {
            return;
        }
    }
    let calls = player.dice.gen_range(1..5);
    player.session(kinds, calls);
}
