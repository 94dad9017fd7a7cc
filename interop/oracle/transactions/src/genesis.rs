//! What a genesis file says, in the form of the released node's snapshots.
use dusk_bytes::Serializable;
use dusk_core::signatures::bls::PublicKey;
use dusk_core::transfer::phoenix::PublicKey as NotePublicKey;
use toml::{Table, Value};

pub struct Notes {
    pub owner: NotePublicKey,
    pub seed: u64,
    pub values: Vec<u64>,
}

pub struct Stake {
    pub account: PublicKey,
    pub owner: PublicKey,
    pub amount: u64,
    pub eligibility: u64,
    pub reward: u64,
}

pub struct Genesis {
    pub notes: Vec<Notes>,
    pub balances: Vec<(PublicKey, u64)>,
    pub stakes: Vec<Stake>,
}

fn key(text: &Value) -> PublicKey {
    let bytes = bs58::decode(text.as_str().expect("a text")).into_vec().expect("base58");
    PublicKey::from_bytes(&bytes.try_into().expect("96 bytes")).expect("a key")
}

/// As read from the file: a key that was computed has other coordinates.
fn note_key(text: &Value) -> NotePublicKey {
    let bytes = bs58::decode(text.as_str().expect("a text")).into_vec().expect("base58");
    NotePublicKey::from_bytes(&bytes.try_into().expect("64 bytes")).expect("a key")
}

fn number(value: &Value) -> u64 {
    value.as_integer().expect("a number").try_into().expect("a number")
}

impl Genesis {
    pub fn parse(text: &str) -> Self {
        let all: Table = text.parse().expect("a genesis file");
        let tables = |name: &str| all.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let optional = |table: &Value, name: &str| table.get(name).map_or(0, number);
        let notes = tables("phoenix_balance").into_iter().map(|table| Notes {
            owner: note_key(&table["address"]),
            seed: optional(&table, "seed"),
            values: table["notes"].as_array().expect("amounts").iter().map(number).collect(),
        });
        let balances = tables("moonlight_account").into_iter().map(|table| (key(&table["address"]), number(&table["balance"])));
        let stakes = tables("stake").into_iter().map(|table| Stake {
            account: key(&table["address"]),
            owner: key(table.get("owner").unwrap_or(&table["address"])),
            amount: number(&table["amount"]),
            eligibility: optional(&table, "eligibility"),
            reward: optional(&table, "reward"),
        });
        Genesis { notes: notes.collect(), balances: balances.collect(), stakes: stakes.collect() }
    }
}
