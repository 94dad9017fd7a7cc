#include <dusk/contract/vm_testing.hpp>

#include "../src/contract.cpp"

using namespace dusk::contract::test;

namespace {

// A chain with the token, whose issuer is alice and has the whole supply.
struct World : Chain {
    ContractId id = deploy(token::Terms{"Oat", "OAT", 2, Account(key("alice")), 1000});

    uint64_t balance(StringView name) { return expect(query<uint64_t>(id, "balance_of", Account(key(name)))); }
    CallResult<void> send(StringView from, StringView to, uint64_t amount) {
        set_sender(key(from));
        return call<void>(id, "transfer", Account(key(to)), amount);
    }
};

}  // namespace

DUSK_TEST(the_terms_are_those_of_init) {
    World world;
    DUSK_CHECK_EQUAL(expect(world.query<String>(world.id, "symbol")), String("OAT"));
    DUSK_CHECK_EQUAL(expect(world.query<uint8_t>(world.id, "decimals")), 2);
    DUSK_CHECK_EQUAL(expect(world.query<uint64_t>(world.id, "total_supply")), 1000U);
    DUSK_CHECK_EQUAL(world.balance("alice"), 1000U);
}

DUSK_TEST(a_transfer_moves_tokens) {
    World world;
    expect(world.send("alice", "bob", 300));
    const auto moved = world.events()[0].as<token::Moved>();
    DUSK_CHECK(moved.from == Account(key("alice")) && moved.to == Account(key("bob")));
    DUSK_CHECK_EQUAL(moved.amount, 300U);
    DUSK_CHECK_EQUAL(world.balance("alice"), 700U);
    DUSK_CHECK_EQUAL(world.balance("bob"), 300U);
}

DUSK_TEST(nobody_sends_more_than_there_is) {
    World world;
    expect_panic(world.send("bob", "alice", 1), "the balance is 0, not 1");
    expect_panic(world.send("alice", "bob", 1001), "the balance is 1000, not 1001");
    DUSK_CHECK_EQUAL(world.balance("alice"), 1000U);
}

DUSK_TEST(an_allowance_is_used_up) {
    World world;
    world.set_sender(key("alice"));
    expect(world.call<void>(world.id, "approve", Account(key("bob")), uint64_t{50}));
    world.set_sender(key("bob"));
    const auto take = [&](uint64_t amount) {
        return world.call<void>(world.id, "transfer_from", Account(key("alice")), Account(key("carol")), amount);
    };
    expect(take(20));
    expect_panic(take(31), "the allowance is 30, not 31");
    expect(take(30));
    expect_panic(take(1), "the allowance is 0");
    DUSK_CHECK_EQUAL(world.balance("carol"), 50U);
}

DUSK_TEST(only_the_issuer_makes_tokens) {
    World world;
    world.set_sender(key("bob"));
    expect_panic(world.call<void>(world.id, "mint", Account(key("bob")), uint64_t{1}), "only the issuer");
    world.set_sender(key("alice"));
    expect(world.call<void>(world.id, "mint", Account(key("bob")), uint64_t{5}));
    expect(world.call<void>(world.id, "burn", uint64_t{100}));
    DUSK_CHECK_EQUAL(expect(world.query<uint64_t>(world.id, "total_supply")), 905U);
    DUSK_CHECK_EQUAL(world.balance("bob"), 5U);
}

DUSK_TEST(the_supply_does_not_wrap_around) {
    World world;
    world.set_sender(key("alice"));
    expect_panic(world.call<void>(world.id, "mint", Account(key("bob")), ~uint64_t{0}), "overflow");
}

DUSK_TEST(a_contract_holds_tokens) {
    World world;
    const ContractId vault = reserved_id(77);
    world.set_sender(key("alice"));
    expect(world.call<void>(world.id, "transfer", Account(vault), uint64_t{10}));
    world.set_caller(vault);
    expect(world.call<void>(world.id, "transfer", Account(key("bob")), uint64_t{4}));
    DUSK_CHECK_EQUAL(world.balance("bob"), 4U);
}
