// The sample contracts before the mock host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dusk/contract/testing.hpp"
#include "samples/counter/cpp/src/contract.cpp"
#include "samples/escrow/cpp/src/contract.cpp"
#include "samples/multisig/cpp/src/contract.cpp"
#include "samples/token/cpp/src/contract.cpp"
#include "samples/vote/cpp/src/contract.cpp"

namespace {

using dusk::contract::mock::Chain;
using dusk::contract::mock::Stopped;

PublicKey key(uint8_t number) {
    PublicKey made;
    made.bytes[0] = number;
    return made;
}

template <class T>
std::string why(const Result<T, ContractError>& result) {
    if (result) return "it did not fail";
    const String& text = result.error().text;
    return {text.data(), text.size()};
}

TEST(Counter, CountsAndTells) {
    Chain chain;
    const ContractId id = chain.deploy<Counter>({}, uint64_t{7});
    EXPECT_EQ(*chain.call<uint64_t>(id, "increment"), 8U);
    EXPECT_EQ(*chain.call<uint64_t>(id, "add", uint64_t{2}), 10U);
    EXPECT_EQ(*chain.query<uint64_t>(id, "read"), 10U);
    ASSERT_EQ(chain.events().size(), 2U);
    EXPECT_EQ(chain.events()[1].topic, "counted");
    EXPECT_EQ(chain.events()[1].as<uint64_t>(), 10U);
    EXPECT_EQ(why(chain.call<uint64_t>(id, "add", UINT64_MAX)), "overflow");
    EXPECT_EQ(*chain.query<uint64_t>(id, "read"), 10U);
    EXPECT_EQ(chain.events().size(), 2U);
}

TEST(Counter, RefusesWhatIsNoArgument) {
    Chain chain;
    const ContractId id = chain.deploy<Counter>({}, uint64_t{7});
    for (const size_t size : {0U, 1U, 7U, 9U, 15U}) {
        EXPECT_EQ(why(chain.call_bytes(id, "add", std::vector<uint8_t>(size, 1))),
                  "the argument is not an archive of the parameters");
    }
    EXPECT_EQ(chain.call<void>(id, "no_such_function").error().kind, ContractError::Kind::unknown);
    EXPECT_EQ(chain.call<void>(id, "init", uint64_t{1}).error().kind, ContractError::Kind::unknown);
    EXPECT_EQ(chain.call<void>(ContractId{}, "read").error().kind, ContractError::Kind::does_not_exist);
}

struct TokenTest : ::testing::Test {
    Chain chain;
    ContractId token_id = chain.deploy<token::Token>({}, token::Terms{"Example", "EXA", 6, Account(key(1)), 1000});

    uint64_t balance(const Account& owner) { return *chain.query<uint64_t>(token_id, "balance_of", owner); }
};

TEST_F(TokenTest, MovesBalances) {
    chain.set_sender(key(1));
    ASSERT_TRUE(chain.call<void>(token_id, "transfer", Account(key(2)), uint64_t{300}));
    EXPECT_EQ(balance(key(1)), 700U);
    EXPECT_EQ(balance(key(2)), 300U);
    EXPECT_EQ(why(chain.call<void>(token_id, "transfer", Account(key(2)), uint64_t{701})),
              "the balance is 700, not 701");
    ASSERT_TRUE(chain.call<void>(token_id, "transfer", Account(key(1)), uint64_t{700}));
    EXPECT_EQ(balance(key(1)), 700U);
    EXPECT_TRUE(*chain.query<String>(token_id, "symbol") == String("EXA"));
    EXPECT_EQ(*chain.query<uint8_t>(token_id, "decimals"), 6);
    const auto moved = chain.events().front().as<token::Moved>();
    EXPECT_TRUE(moved.from == Account(key(1)) && moved.to == Account(key(2)) && moved.amount == 300);
}

TEST_F(TokenTest, AShieldedSenderHasNoBalance) {
    chain.set_sender({});
    EXPECT_EQ(why(chain.call<void>(token_id, "transfer", Account(key(2)), uint64_t{1})),
              "the sender of this call is not known");
}

TEST_F(TokenTest, SpendsWhatWasGranted) {
    chain.set_sender(key(1));
    ASSERT_TRUE(chain.call<void>(token_id, "approve", Account(key(2)), uint64_t{50}));
    chain.set_sender(key(2));
    ASSERT_TRUE(chain.call<void>(token_id, "transfer_from", Account(key(1)), Account(key(3)), uint64_t{20}));
    EXPECT_EQ(*chain.query<uint64_t>(token_id, "allowance", Account(key(1)), Account(key(2))), 30U);
    EXPECT_EQ(why(chain.call<void>(token_id, "transfer_from", Account(key(1)), Account(key(3)), uint64_t{31})),
              "the allowance is 30, not 31");
    ASSERT_TRUE(chain.call<void>(token_id, "transfer_from", Account(key(1)), Account(key(3)), uint64_t{30}));
    EXPECT_TRUE(chain.state<token::Token>(token_id).allowances.empty());
    EXPECT_EQ(balance(key(3)), 50U);
}

TEST_F(TokenTest, OnlyTheIssuerMakesTokens) {
    chain.set_sender(key(2));
    EXPECT_EQ(why(chain.call<void>(token_id, "mint", Account(key(2)), uint64_t{1})), "only the issuer makes tokens");
    chain.set_sender(key(1));
    ASSERT_TRUE(chain.call<void>(token_id, "mint", Account(key(2)), uint64_t{5}));
    EXPECT_EQ(*chain.query<uint64_t>(token_id, "total_supply"), 1005U);
    EXPECT_EQ(why(chain.call<void>(token_id, "mint", Account(key(2)), UINT64_MAX)), "overflow");
    chain.set_sender(key(2));
    ASSERT_TRUE(chain.call<void>(token_id, "burn", uint64_t{5}));
    EXPECT_EQ(*chain.query<uint64_t>(token_id, "total_supply"), 1000U);
    EXPECT_EQ(balance(key(2)), 0U);
}

TEST(Multisig, CallsWhenEnoughApprove) {
    Chain chain;
    const ContractId counter = chain.deploy<Counter>({}, uint64_t{0});
    multisig::Setup setup;
    for (const uint8_t number : std::initializer_list<uint8_t>{1, 2, 3}) setup.owners.push_back(key(number));
    setup.threshold = 2;
    const ContractId id = chain.deploy<multisig::Multisig>({}, setup);
    multisig::Proposal proposal{counter, "add", {}, 100};
    proposal.argument = Vector<uint8_t>(8);
    proposal.argument[0] = 5;

    chain.set_sender(key(9));
    EXPECT_EQ(why(chain.call<uint64_t>(id, "propose", proposal)), "the sender is no owner");
    chain.set_sender(key(1));
    EXPECT_EQ(*chain.call<uint64_t>(id, "propose", proposal), 0U);
    EXPECT_EQ(why(chain.call<multisig::Status>(id, "approve", uint64_t{0})), "it is approved by the sender already");
    chain.set_sender(key(3));
    chain.set_height(101);
    EXPECT_EQ(why(chain.call<multisig::Status>(id, "approve", uint64_t{0})), "it has expired");
    chain.set_height(100);
    EXPECT_TRUE(chain.call<multisig::Status>(id, "approve", uint64_t{0})->executed);
    EXPECT_EQ(*chain.query<uint64_t>(counter, "read"), 5U);
    EXPECT_FALSE(chain.query<Optional<multisig::Proposal>>(id, "proposal", uint64_t{0})->has_value());

    // A call that fails leaves the proposal as it was.
    proposal.function = "no_such_function";
    EXPECT_EQ(*chain.call<uint64_t>(id, "propose", proposal), 1U);
    chain.set_sender(key(2));
    EXPECT_EQ(why(chain.call<multisig::Status>(id, "approve", uint64_t{1})), "the call failed: ");
    EXPECT_TRUE(chain.query<Optional<multisig::Proposal>>(id, "proposal", uint64_t{1})->has_value());
}

TEST(Escrow, HoldsTokensUntilAWord) {
    Chain chain;
    const ContractId token = chain.deploy<token::Token>({}, token::Terms{"Example", "EXA", 0, Account(key(1)), 100});
    const auto balance = [&](const Account& owner) { return *chain.query<uint64_t>(token, "balance_of", owner); };
    const auto open = [&] {
        return chain.deploy<escrow::Escrow>(
            {}, escrow::Deal{token, Account(key(1)), Account(key(2)), Account(key(3)), 40, 10});
    };
    const ContractId first = open();
    chain.set_sender(key(1));
    EXPECT_EQ(why(chain.call<void>(first, "fund")), "the token refused: the allowance is 0, not 40");
    ASSERT_TRUE(chain.call<void>(token, "approve", Account(first), uint64_t{40}));
    ASSERT_TRUE(chain.call<void>(first, "fund"));
    EXPECT_EQ(balance(first), 40U);
    EXPECT_EQ(why(chain.call<void>(first, "fund")), "not at this stage");
    EXPECT_EQ(why(chain.call<void>(first, "refund")), "the sender may not refund");
    ASSERT_TRUE(chain.call<void>(first, "release"));
    EXPECT_EQ(balance(key(2)), 40U);
    EXPECT_EQ(*chain.query<escrow::Stage>(first, "status"), escrow::Stage::paid);

    const ContractId second = open();
    ASSERT_TRUE(chain.call<void>(token, "approve", Account(second), uint64_t{40}));
    ASSERT_TRUE(chain.call<void>(second, "fund"));
    chain.set_height(11);
    ASSERT_TRUE(chain.call<void>(second, "refund"));
    EXPECT_EQ(balance(key(1)), 60U);
}

TEST(Vote, CountsEachVoterOnce) {
    Chain chain;
    vote::Ballot ballot;
    ballot.question = "What colour?";
    for (const char* choice : {"red", "green", "blue"}) ballot.choices.push_back(StringView(choice, strlen(choice)));
    for (const uint8_t number : std::initializer_list<uint8_t>{1, 2, 3}) ballot.voters.push_back(key(number));
    ballot.closes = 5;
    const ContractId id = chain.deploy<vote::Vote>({}, ballot);
    const auto cast = [&](uint8_t voter, uint32_t choice) {
        chain.set_sender(key(voter));
        return chain.call<void>(id, "cast", choice);
    };
    EXPECT_TRUE(cast(1, 2));
    EXPECT_EQ(why(cast(1, 1)), "the sender has voted");
    EXPECT_EQ(why(cast(4, 1)), "the sender is no voter");
    EXPECT_EQ(why(cast(2, 3)), "there is no such choice");
    EXPECT_TRUE(cast(2, 0));
    chain.set_height(6);
    EXPECT_FALSE(chain.query<Optional<uint32_t>>(id, "winner")->has_value());  // two lead
    EXPECT_EQ(why(cast(3, 0)), "the vote is closed");
    chain.set_height(5);
    EXPECT_TRUE(cast(3, 2));
    EXPECT_FALSE(chain.query<Optional<uint32_t>>(id, "winner")->has_value());  // it is open
    chain.set_height(6);
    EXPECT_EQ(**chain.query<Optional<uint32_t>>(id, "winner"), 2U);
    EXPECT_THROW(chain.deploy<vote::Vote>({}, vote::Ballot{}), Stopped);
}

// Somebody in the middle: who the contract below takes for the sender.
struct Relay {
    Optional<Account> who() const { return sender(); }
    Optional<Account> ask(const ContractId& id) const { return *call<Optional<Account>>(id, "who"); }
};
DUSK_CONTRACT(Relay, who, ask)

TEST(Sender, IsTheSignerOnlyWhenCalledDirectly) {
    Chain chain;
    const ContractId below = chain.deploy<Relay>({});
    const ContractId middle = chain.deploy<Relay>({});
    chain.set_sender(key(1));
    EXPECT_TRUE(**chain.call<Optional<Account>>(below, "who") == Account(key(1)));
    EXPECT_TRUE(**chain.call<Optional<Account>>(middle, "ask", below) == Account(middle));
    EXPECT_FALSE(chain.query<Optional<Account>>(below, "who")->has_value());
}

}  // namespace
