// Tests in the real VM: `dusk contract test`.
#include "../src/contract.cpp"

#include <dusk/contract/vm_testing.hpp>

using namespace dusk::contract::test;

DUSK_TEST(the_owner_sets_the_value) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    chain.set_sender(key("alice"));
    expect(chain.call<void>(id, "set", uint64_t{5}));
    const Vector<Event> events = chain.events();
    DUSK_CHECK_EQUAL(events.size(), 1U);
    DUSK_CHECK_EQUAL(events[0].topic, String("set"));
    DUSK_CHECK_EQUAL(events[0].as<uint64_t>(), 5U);
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 5U);
}

DUSK_TEST(a_stranger_does_not) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    chain.set_sender(key("bob"));
    expect_panic(chain.call<void>(id, "set", uint64_t{5}), "only the owner");
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 0U);
}

DUSK_TEST(the_first_value_is_zero) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 0U);
}
