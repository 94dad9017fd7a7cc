//! @NAME@: a number that its owner may set.
#![cfg_attr(not(test), no_std)]
use dusk_contract::prelude::*;

pub struct Contract {
    owner: Option<Account>,
    value: u64,
}

impl Contract {
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self { owner: None, value: 0 }
    }

    /// Called once, at deployment. Its parameters are the argument of the deployment.
    pub fn init(&mut self, owner: Account) {
        self.owner = Some(owner.normal());
    }
    pub fn read(&self) -> u64 {
        self.value
    }
    pub fn set(&mut self, next: u64) {
        require(sender() == self.owner, "only the owner sets the value");
        self.value = next;
        emit("set", &self.value);
    }
}

// The events say what tools show of them.
dusk_contract::contract!(Contract { fn init(owner: Account); fn read(); fn set(next: u64) } events { "set": u64 });

#[cfg(dusk_test)]
mod tests;
