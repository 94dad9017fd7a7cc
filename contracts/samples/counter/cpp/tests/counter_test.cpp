#include <dusk/contract/vm_testing.hpp>

#include "../src/contract.cpp"

using namespace dusk::contract::test;

DUSK_TEST(it_begins_where_init_says) {
    Chain chain;
    const ContractId id = chain.deploy(uint64_t{7});
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 7U);
}

DUSK_TEST(everybody_counts) {
    Chain chain;
    const ContractId id = chain.deploy(uint64_t{0});
    DUSK_CHECK_EQUAL(expect(chain.call<uint64_t>(id, "increment")), 1U);
    chain.set_sender(key("alice"));
    DUSK_CHECK_EQUAL(expect(chain.call<uint64_t>(id, "add", uint64_t{41})), 42U);
    DUSK_CHECK_EQUAL(chain.events()[0].topic, String("counted"));
    DUSK_CHECK_EQUAL(chain.events()[0].as<uint64_t>(), 42U);
}

DUSK_TEST(a_query_changes_nothing) {
    Chain chain;
    const ContractId id = chain.deploy(uint64_t{1});
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "increment")), 2U);
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "increment")), 2U);
}

DUSK_TEST(it_does_not_wrap_around) {
    Chain chain;
    const ContractId id = chain.deploy(~uint64_t{0});
    expect_panic(chain.call<uint64_t>(id, "increment"), "overflow");
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), ~uint64_t{0});
}

DUSK_TEST(too_little_gas_changes_nothing) {
    Chain chain;
    const ContractId id = chain.deploy(uint64_t{1});
    chain.set_gas(10);
    const auto result = chain.call<uint64_t>(id, "increment");
    DUSK_CHECK(!result && result.error().kind == ContractError::Kind::out_of_gas);
    chain.set_gas(1'000'000);
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 1U);
}

DUSK_TEST(bytes_that_are_no_number_are_refused) {
    Chain chain;
    const ContractId id = chain.deploy(uint64_t{1});
    Vector<uint8_t> bytes;
    bytes.push_back(1);
    expect_panic(chain.call_bytes<uint64_t>(id, "add", bytes), "argument");
}
