//! Tests in the real VM: `dusk contract test`.
use dusk_contract::test::{Chain, expect_panic, key};
use dusk_contract::{ContractError, ContractId};

fn read(chain: &Chain, id: ContractId) -> u64 {
    chain.query(id, "read", &()).unwrap()
}

dusk_contract::tests! {
    fn everybody_counts() {
        let chain = Chain::new();
        let id = chain.deploy(&0u64);
        assert_eq!(chain.call(id, "increment", &()), Ok(1u64));
        chain.set_sender(key("alice"));
        assert_eq!(chain.call(id, "add", &41u64), Ok(42u64));
        assert_eq!(chain.events()[0].topic, "counted");
        assert_eq!(chain.events()[0].value::<u64>(), 42);
        assert_eq!(read(&chain, id), 42);
    }

    fn it_does_not_wrap_around() {
        let chain = Chain::new();
        let id = chain.deploy(&u64::MAX);
        expect_panic(chain.call::<_, u64>(id, "increment", &()), "overflow");
        assert_eq!(read(&chain, id), u64::MAX);
    }

    fn too_little_gas_changes_nothing() {
        let chain = Chain::new();
        let id = chain.deploy(&1u64);
        chain.set_gas(10);
        assert_eq!(chain.call::<_, u64>(id, "increment", &()), Err(ContractError::OutOfGas));
        chain.set_gas(1_000_000);
        assert_eq!(read(&chain, id), 1);
    }
}
