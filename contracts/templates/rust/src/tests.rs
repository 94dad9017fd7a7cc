//! Tests in the real VM: `dusk contract test`.
use dusk_contract::prelude::*;
use dusk_contract::test::{Chain, expect_panic, key};

dusk_contract::tests! {
    fn the_owner_sets_the_value() {
        let chain = Chain::new();
        let id = chain.deploy(&Account::External(key("alice")));
        chain.set_sender(key("alice"));
        chain.call::<_, ()>(id, "set", &5u64).unwrap();
        assert_eq!(chain.query(id, "read", &()), Ok(5u64));
        let events = chain.events();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].topic, "set");
        assert_eq!(events[0].value::<u64>(), 5);
    }

    fn a_stranger_does_not() {
        let chain = Chain::new();
        let id = chain.deploy(&Account::External(key("alice")));
        chain.set_sender(key("bob"));
        expect_panic(chain.call::<_, ()>(id, "set", &5u64), "only the owner");
        assert_eq!(chain.query(id, "read", &()), Ok(0u64));
    }

    fn the_first_value_is_zero() {
        let chain = Chain::new();
        let id = chain.deploy(&Account::External(key("alice")));
        assert_eq!(chain.query(id, "read", &()), Ok(0u64));
    }
}
