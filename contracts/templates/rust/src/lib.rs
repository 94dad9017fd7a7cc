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

dusk_contract::contract!(Contract { fn init(owner: Account); fn read(); fn set(next: u64) });

#[cfg(test)]
mod tests {
    use super::*;
    use dusk_contract::mock;

    #[test]
    fn the_owner_sets_the_value() {
        let alice = Account::External(PublicKey([1; 200])).normal();
        let mut contract = Contract::new();
        contract.init(alice);
        mock::set_sender(alice);
        contract.set(5);
        assert_eq!(contract.read(), 5);
        assert_eq!(mock::events()[0].0, "set");
    }

    #[test]
    #[should_panic(expected = "only the owner")]
    fn a_stranger_does_not() {
        let mut contract = Contract::new();
        contract.init(Account::External(PublicKey([1; 200])));
        mock::set_sender(Account::External(PublicKey([2; 200])));
        contract.set(5);
    }
}
