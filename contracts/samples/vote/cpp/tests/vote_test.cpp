#include <dusk/contract/vm_testing.hpp>

#include "../src/contract.cpp"

using namespace dusk::contract::test;

namespace {

constexpr StringView names[] = {"alice", "bob", "carol"};

// Oats or rye, until block 20.
struct World : Chain {
    ContractId id = deploy(ballot());

    static vote::Ballot ballot() {
        vote::Ballot ballot;
        ballot.question = "Which grain?";
        ballot.choices.push_back("oats");
        ballot.choices.push_back("rye");
        for (const StringView name : names) ballot.voters.push_back(Account(key(name)));
        ballot.closes = 20;
        return ballot;
    }
    CallResult<void> cast(StringView voter, uint32_t choice) {
        set_sender(key(voter));
        return call<void>(id, "cast", choice);
    }
    Optional<uint32_t> winner() { return expect(query<Optional<uint32_t>>(id, "winner")); }
};

}  // namespace

DUSK_TEST(the_most_votes_win) {
    World world;
    expect(world.cast("alice", 1));
    expect(world.cast("bob", 0));
    expect(world.cast("carol", 1));
    DUSK_CHECK(!world.winner());
    world.set_height(21);
    DUSK_CHECK(world.winner());
    DUSK_CHECK_EQUAL(*world.winner(), 1U);
    DUSK_CHECK_EQUAL(expect(world.query<Vector<uint64_t>>(world.id, "tally"))[1], 2U);
}

DUSK_TEST(a_tie_has_no_winner) {
    World world;
    expect(world.cast("alice", 0));
    expect(world.cast("bob", 1));
    world.set_height(21);
    DUSK_CHECK(!world.winner());
}

DUSK_TEST(one_vote_each) {
    World world;
    expect(world.cast("alice", 0));
    expect_panic(world.cast("alice", 1), "the sender has voted");
    expect_panic(world.cast("mallory", 1), "the sender is no voter");
    expect_panic(world.cast("bob", 2), "there is no such choice");
    world.set_height(21);
    expect_panic(world.cast("bob", 1), "the vote is closed");
}

DUSK_TEST(a_ballot_needs_choices_and_voters) {
    Chain chain;
    vote::Ballot ballot = World::ballot();
    ballot.voters = {};
    expect_panic(chain.try_deploy("", ballot), "there are no voters");
    ballot = World::ballot();
    ballot.choices = {};
    expect_panic(chain.try_deploy("", ballot), "choices");
}
