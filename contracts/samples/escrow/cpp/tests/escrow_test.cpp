#include <dusk/contract/vm_testing.hpp>

#include "../../../token/cpp/src/contract.cpp"
#include "../src/contract.cpp"

using namespace dusk::contract::test;

namespace {

// Alice, who has 1000 tokens, buys from bob for 400 until block 50; carol decides when they quarrel.
struct World : Chain {
    ContractId token = deploy_module("token", token::Terms{"Oat", "OAT", 0, Account(key("alice")), 1000});
    ContractId id =
        deploy(escrow::Deal{token, Account(key("alice")), Account(key("bob")), Account(key("carol")), 400, 50});

    CallResult<void> as(StringView name, StringView function) {
        set_sender(key(name));
        return call<void>(id, function);
    }
    void fund() {
        set_sender(key("alice"));
        expect(call<void>(token, "approve", Account(id), uint64_t{400}));
        expect(as("alice", "fund"));
    }
    uint64_t balance(const Account& account) { return expect(query<uint64_t>(token, "balance_of", account)); }
};

}  // namespace

DUSK_TEST(the_buyer_pays_the_seller) {
    World world;
    world.fund();
    DUSK_CHECK_EQUAL(world.balance(Account(world.id)), 400U);
    expect(world.as("alice", "release"));
    DUSK_CHECK_EQUAL(world.balance(Account(key("bob"))), 400U);
    DUSK_CHECK_EQUAL(world.balance(Account(world.id)), 0U);
    DUSK_CHECK(expect(world.query<escrow::Stage>(world.id, "status")) == escrow::Stage::paid);
}

DUSK_TEST(without_approval_nothing_is_taken) {
    World world;
    expect_panic(world.as("alice", "fund"), "the token refused: the allowance is 0, not 400");
    DUSK_CHECK(expect(world.query<escrow::Stage>(world.id, "status")) == escrow::Stage::open);
}

DUSK_TEST(the_buyer_waits_for_the_deadline) {
    World world;
    world.fund();
    expect_panic(world.as("alice", "refund"), "may not refund");
    world.set_height(51);
    expect(world.as("alice", "refund"));
    DUSK_CHECK_EQUAL(world.balance(Account(key("alice"))), 1000U);
}

DUSK_TEST(the_arbiter_decides) {
    World world;
    world.fund();
    expect_panic(world.as("bob", "release"), "only the buyer or the arbiter");
    expect(world.as("carol", "refund"));
    expect_panic(world.as("carol", "release"), "not at this stage");
    DUSK_CHECK_EQUAL(world.balance(Account(key("alice"))), 1000U);
}

DUSK_TEST(nothing_is_held_for_nothing) {
    Chain chain;
    expect_panic(chain.try_deploy("", escrow::Deal{}), "there is nothing to hold");
}
