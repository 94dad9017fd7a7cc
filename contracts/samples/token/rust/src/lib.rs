//! A fungible token: balances of keys and contracts, allowances, and an issuer who makes new ones. The same archives,
//! functions and events as the C++ sample.
#![no_std]
use dusk_contract::prelude::*;

dusk_contract::archived! {
    pub struct Terms {
        pub name: String,
        pub symbol: String,
        pub decimals: u8,
        pub issuer: Account,
        pub supply: u64,
    }
    pub struct Moved {
        pub from: Account,
        pub to: Account,
        pub amount: u64,
    }
}

pub struct Token {
    terms: Option<Terms>,
    balances: BTreeMap<Account, u64>,
    allowances: BTreeMap<(Account, Account), u64>,
}

impl Token {
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self { terms: None, balances: BTreeMap::new(), allowances: BTreeMap::new() }
    }
    pub fn init(&mut self, mut terms: Terms) {
        terms.issuer = terms.issuer.normal();
        if terms.supply > 0 {
            self.balances.insert(terms.issuer, terms.supply);
        }
        self.terms = Some(terms);
    }

    pub fn name(&self) -> String {
        self.terms().name.clone()
    }
    pub fn symbol(&self) -> String {
        self.terms().symbol.clone()
    }
    pub fn decimals(&self) -> u8 {
        self.terms().decimals
    }
    pub fn total_supply(&self) -> u64 {
        self.terms().supply
    }
    pub fn balance_of(&self, owner: Account) -> u64 {
        self.balances.get(&owner.normal()).copied().unwrap_or(0)
    }
    pub fn allowance(&self, owner: Account, spender: Account) -> u64 {
        self.allowances.get(&(owner.normal(), spender.normal())).copied().unwrap_or(0)
    }

    pub fn transfer(&mut self, to: Account, amount: u64) {
        self.move_tokens(require_sender(), to.normal(), amount);
    }
    /// Replaces what was granted before. Lower it to 0 first: a spender may use the old grant before the new one.
    pub fn approve(&mut self, spender: Account, amount: u64) {
        let (owner, spender) = (require_sender(), spender.normal());
        self.grant(owner, spender, amount);
        emit("approve", &Moved { from: owner, to: spender, amount });
    }
    pub fn transfer_from(&mut self, owner: Account, to: Account, amount: u64) {
        let (owner, spender) = (owner.normal(), require_sender());
        let granted = self.allowance(owner, spender);
        if granted < amount {
            panic!("the allowance is {granted}, not {amount}");
        }
        self.grant(owner, spender, granted - amount);
        self.move_tokens(owner, to.normal(), amount);
    }

    pub fn mint(&mut self, to: Account, amount: u64) {
        let to = to.normal();
        let terms = self.terms.as_mut().expect("the terms are set");
        require(require_sender() == terms.issuer, "only the issuer makes tokens");
        terms.supply = terms.supply.checked_add(amount).expect("overflow");
        let from = terms.issuer;
        *self.balances.entry(to).or_default() += amount; // at most the supply
        emit("mint", &Moved { from, to, amount });
    }
    pub fn burn(&mut self, amount: u64) {
        let owner = require_sender();
        self.take(owner, amount);
        self.terms.as_mut().expect("the terms are set").supply -= amount;
        emit("burn", &Moved { from: owner, to: owner, amount });
    }

    fn terms(&self) -> &Terms {
        self.terms.as_ref().expect("the terms are set")
    }
    fn grant(&mut self, owner: Account, spender: Account, amount: u64) {
        if amount == 0 {
            self.allowances.remove(&(owner, spender));
        } else {
            self.allowances.insert((owner, spender), amount);
        }
    }
    fn take(&mut self, from: Account, amount: u64) {
        let balance = self.balance_of(from);
        if balance < amount {
            panic!("the balance is {balance}, not {amount}");
        }
        if balance == amount {
            self.balances.remove(&from); // an empty account costs no memory
        } else {
            self.balances.insert(from, balance - amount);
        }
    }
    fn move_tokens(&mut self, from: Account, to: Account, amount: u64) {
        self.take(from, amount);
        if amount > 0 {
            *self.balances.entry(to).or_default() += amount; // at most the supply
        }
        emit("transfer", &Moved { from, to, amount });
    }
}

dusk_contract::contract!(Token {
    fn init(terms: Terms);
    fn name();
    fn symbol();
    fn decimals();
    fn total_supply();
    fn balance_of(owner: Account);
    fn allowance(owner: Account, spender: Account);
    fn transfer(to: Account, amount: u64);
    fn approve(spender: Account, amount: u64);
    fn transfer_from(owner: Account, to: Account, amount: u64);
    fn mint(to: Account, amount: u64);
    fn burn(amount: u64);
} events { "approve": Moved, "burn": Moved, "mint": Moved, "transfer": Moved });

#[cfg(dusk_test)]
mod tests;
