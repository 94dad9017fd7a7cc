#include <dusk/contract/vm_testing.hpp>

#include "../src/contract.cpp"

using namespace dusk::contract::test;

namespace {

constexpr StringView names[] = {"alice", "bob", "carol"};

// Two of alice, bob and carol decide what the counter counts.
struct World : Chain {
    ContractId counter = deploy_module("counter", uint64_t{0});
    ContractId id = deploy(setup());

    static multisig::Setup setup() {
        multisig::Setup setup;
        for (const StringView name : names) setup.owners.push_back(Account(key(name)));
        setup.threshold = 2;
        return setup;
    }
    CallResult<uint64_t> propose(StringView owner, uint64_t amount, uint64_t expires = 100) {
        multisig::Proposal proposal;
        proposal.contract = counter;
        proposal.function = "add";
        proposal.argument = Vector<uint8_t>(reinterpret_cast<const uint8_t*>(&amount), sizeof(amount));
        proposal.expires = expires;
        set_sender(key(owner));
        return call<uint64_t>(id, "propose", proposal);
    }
    CallResult<multisig::Status> approve(StringView owner, uint64_t proposal) {
        set_sender(key(owner));
        return call<multisig::Status>(id, "approve", proposal);
    }
    uint64_t counted() { return expect(query<uint64_t>(counter, "read")); }
};

}  // namespace

DUSK_TEST(the_second_approval_runs_the_call) {
    World world;
    const uint64_t proposal = expect(world.propose("alice", 5));
    DUSK_CHECK_EQUAL(world.counted(), 0U);
    const auto status = expect(world.approve("bob", proposal));
    DUSK_CHECK(status.executed);
    DUSK_CHECK_EQUAL(world.events().size(), 3U);  // approved, counted, executed
    DUSK_CHECK_EQUAL(world.counted(), 5U);
    expect_panic(world.approve("carol", proposal), "there is no such proposal");
}

DUSK_TEST(strangers_and_repeats_do_not_count) {
    World world;
    const uint64_t proposal = expect(world.propose("alice", 5));
    expect_panic(world.approve("alice", proposal), "approved by the sender already");
    expect_panic(world.approve("mallory", proposal), "the sender is no owner");
    expect_panic(world.propose("mallory", 5), "the sender is no owner");
    DUSK_CHECK_EQUAL(world.counted(), 0U);
}

DUSK_TEST(an_approval_can_be_taken_back) {
    World world;
    const uint64_t proposal = expect(world.propose("alice", 5));
    expect(world.call<void>(world.id, "revoke", proposal));
    DUSK_CHECK(!expect(world.approve("bob", proposal)).executed);
    DUSK_CHECK(expect(world.approve("carol", proposal)).executed);
}

DUSK_TEST(proposals_expire) {
    World world;
    const uint64_t proposal = expect(world.propose("alice", 5, 10));
    world.set_height(11);
    expect_panic(world.approve("bob", proposal), "it has expired");
    expect(world.call<void>(world.id, "drop", proposal));
    DUSK_CHECK(!expect(world.query<Optional<multisig::Proposal>>(world.id, "proposal", proposal)));
}

DUSK_TEST(a_call_that_fails_leaves_the_proposal) {
    World world;
    expect(world.approve("bob", expect(world.propose("alice", ~uint64_t{0}))));
    const uint64_t proposal = expect(world.propose("alice", 1));
    expect_panic(world.approve("bob", proposal), "the call failed: overflow");
    DUSK_CHECK(expect(world.query<Optional<multisig::Proposal>>(world.id, "proposal", proposal)).has_value());
}

DUSK_TEST(the_setup_is_checked) {
    Chain chain;
    multisig::Setup setup = World::setup();
    setup.threshold = 4;
    expect_panic(chain.try_deploy("", setup), "threshold");
    setup.threshold = 1;
    setup.owners.push_back(Account(key("alice")));
    expect_panic(chain.try_deploy("", setup), "named twice");
}
