//! Tests in the real VM: `dusk contract test`.
use dusk_contract::prelude::*;
use dusk_contract::test::{Chain, expect_panic, key};

use crate::{Moved, Terms};

fn account(name: &str) -> Account {
    Account::External(key(name))
}
/// A chain with the token, whose issuer is alice and has the whole supply.
fn world() -> (Chain, ContractId) {
    let chain = Chain::new();
    let terms = Terms { name: "Oat".into(), symbol: "OAT".into(), decimals: 2, issuer: account("alice"), supply: 1000 };
    let id = chain.deploy(&terms);
    chain.set_sender(key("alice"));
    (chain, id)
}
fn balance(chain: &Chain, id: ContractId, name: &str) -> u64 {
    chain.query(id, "balance_of", &account(name)).unwrap()
}

dusk_contract::tests! {
    fn a_transfer_moves_tokens() {
        let (chain, id) = world();
        chain.call::<_, ()>(id, "transfer", &(account("bob"), 300u64)).unwrap();
        let moved: Moved = chain.events()[0].value();
        assert!(moved.from == account("alice") && moved.to == account("bob"));
        assert_eq!(moved.amount, 300);
        assert_eq!(balance(&chain, id, "alice"), 700);
        assert_eq!(balance(&chain, id, "bob"), 300);
    }

    fn nobody_sends_more_than_there_is() {
        let (chain, id) = world();
        expect_panic(chain.call::<_, ()>(id, "transfer", &(account("bob"), 1001u64)), "the balance is 1000, not 1001");
        assert_eq!(balance(&chain, id, "alice"), 1000);
    }

    fn an_allowance_is_used_up() {
        let (chain, id) = world();
        chain.call::<_, ()>(id, "approve", &(account("bob"), 50u64)).unwrap();
        chain.set_sender(key("bob"));
        let take = |amount: u64| chain.call::<_, ()>(id, "transfer_from", &(account("alice"), account("carol"), amount));
        take(20).unwrap();
        expect_panic(take(31), "the allowance is 30, not 31");
        assert_eq!(balance(&chain, id, "carol"), 20);
    }

    fn only_the_issuer_makes_tokens() {
        let (chain, id) = world();
        chain.call::<_, ()>(id, "mint", &(account("bob"), 5u64)).unwrap();
        chain.set_sender(key("bob"));
        expect_panic(chain.call::<_, ()>(id, "mint", &(account("bob"), 1u64)), "only the issuer");
    }
}
