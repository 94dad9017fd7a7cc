//! Who takes part, and what is known of them.
use dusk_bytes::Serializable;
use dusk_core::abi::ContractId;
use dusk_core::signatures::bls::{PublicKey, SecretKey};
use dusk_core::transfer::phoenix::{PublicKey as NotePublicKey, SecretKey as NoteSecretKey};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Of devnet.
pub const CHAIN_ID: u8 = 100;
/// While the first state is made, on every network.
pub const GENESIS_CHAIN_ID: u8 = 0xFA;
pub const DUSK: u64 = 1_000_000_000;
pub const PEOPLE: usize = 8;
const RICH: usize = 6; // the others start with nothing
const NOTE_SEEDS: [u64; 2] = [48_879, 7];

/// A stake of one of the people, as it stood before the block.
pub struct KnownStake {
    pub account: usize,
    pub owner: Result<usize, ContractId>,
    pub value: u64,
    pub reward: u64,
}

pub struct World {
    pub random: StdRng,
    pub accounts: Vec<SecretKey>,
    pub wallets: Vec<NoteSecretKey>,
    pub nonces: Vec<u64>,
    pub height: u64,
    pub probe: Vec<u8>,
    pub probes: Vec<ContractId>,
    notes: Vec<Vec<u64>>,
    pub stakes: Vec<KnownStake>,
}

impl World {
    pub fn new(seed: u64, probe: Vec<u8>) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let accounts = (0..PEOPLE).map(|_| SecretKey::random(&mut random)).collect();
        let wallets = (0..NOTE_SEEDS.len()).map(|_| NoteSecretKey::random(&mut random)).collect();
        let notes = (0..NOTE_SEEDS.len())
            .map(|_| (0..12).map(|_| random.gen_range(500..5_000) * DUSK).collect())
            .collect();
        World { random, accounts, wallets, nonces: vec![0; PEOPLE], height: 0, probe, probes: vec![], notes, stakes: vec![] }
    }

    pub fn key(&self, who: usize) -> PublicKey {
        PublicKey::from(&self.accounts[who])
    }
    pub fn who(&self, key: &PublicKey) -> Option<usize> {
        (0..PEOPLE).find(|&who| self.key(who) == *key)
    }
    pub fn wallet(&self, who: usize) -> NotePublicKey {
        NotePublicKey::from(&self.wallets[who])
    }
    pub fn someone(&mut self) -> usize {
        self.random.gen_range(0..PEOPLE)
    }
    /// One in `n` times.
    pub fn rarely(&mut self, n: u32) -> bool {
        self.random.gen_ratio(1, n)
    }

    fn balances(&self) -> impl Iterator<Item = (PublicKey, u64)> + '_ {
        (0..RICH).map(|who| (self.key(who), (who as u64 + 1) * 10_000_000 * DUSK))
    }
    /// Account, owner, amount, eligibility, reward.
    fn first_stakes(&self) -> Vec<(PublicKey, PublicKey, u64, u64, u64)> {
        vec![
            (self.key(4), self.key(4), 2_000 * DUSK, 0, 0),
            (self.key(5), self.key(1), 5_000 * DUSK + 1, 10, 77),
            (self.key(3), self.key(3), 0, 0, 12_345),
        ]
    }

    pub fn genesis_toml(&self) -> String {
        let text = |bytes: &[u8]| bs58::encode(bytes).into_string();
        let mut out = String::new();
        for (who, notes) in self.notes.iter().enumerate() {
            out += &format!(
                "[[phoenix_balance]]\naddress = '{}'\nseed = {}\nnotes = {:?}\n\n",
                text(&self.wallet(who).to_bytes()),
                NOTE_SEEDS[who],
                notes
            );
        }
        for (key, balance) in self.balances() {
            out += &format!("[[moonlight_account]]\naddress = '{}'\nbalance = {balance}\n\n", text(&key.to_bytes()));
        }
        for (account, owner, amount, eligibility, reward) in self.first_stakes() {
            out += &format!(
                "[[stake]]\naddress = '{}'\nowner = '{}'\namount = {amount}\neligibility = {eligibility}\nreward = {reward}\n\n",
                text(&account.to_bytes()),
                text(&owner.to_bytes())
            );
        }
        out
    }
}
