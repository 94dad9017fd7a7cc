#include "chain/chain.hpp"

#include <gtest/gtest.h>

#include "chain/test_node.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::Height;
using ledger::Label;

class ChainTest : public testing::Test {
  protected:
    TestNetwork network_;
    TestNode node_{network_};

    [[nodiscard]] std::optional<HeaderError> refused(const Block& block) {
        const auto accepted = node_.accept(block);
        if (accepted) return {};
        const auto* header = std::get_if<HeaderFailure>(&accepted.error());
        return header == nullptr ? std::nullopt : std::optional(header->error);
    }
};

TEST_F(ChainTest, BlocksBecomeFinalAsOthersFollow) {
    node_.extend(3);
    EXPECT_EQ(node_.chain->tip().height, Height{3});
    EXPECT_EQ(node_.chain->last_final(), Height{2});
    EXPECT_EQ(node_.label(1), (Label{Label::Kind::final, 1}));
    EXPECT_EQ(node_.label(2), (Label{Label::Kind::final, 1}));
    EXPECT_EQ(node_.label(3), (Label{Label::Kind::attested, 1}));
    ASSERT_EQ(node_.events.size(), 2U);
    const auto& accepted = std::get<BlockAccepted>(node_.events[0]);
    EXPECT_EQ(accepted.block->header, node_.chain->tip());
    EXPECT_EQ(accepted.labels, (std::vector<LabelChange>{{{2}, {Label::Kind::final, 1}}}));
    EXPECT_EQ(std::get<FinalityChanged>(node_.events[1]).height, Height{2});
    // The states of the last final block and above it are kept, no others.
    EXPECT_EQ(node_.disk.states.stored.size(), 2U);
}

TEST_F(ChainTest, IterationsThatNobodyShowsPutFinalityOff) {
    node_.extend(1);
    node_.extend(1, {.iteration = 2, .shows_failed = false});
    EXPECT_EQ(node_.label(2), (Label{Label::Kind::accepted, 4}));
    EXPECT_EQ(node_.chain->last_final(), Height{0});
    node_.extend(3);
    EXPECT_EQ(node_.chain->last_final(), Height{0});
    node_.extend(1);
    EXPECT_EQ(node_.chain->last_final(), Height{5});
}

TEST_F(ChainTest, EachRuleHasItsReason) {
    node_.extend(2);
    const Block good = node_.make();
    const auto changed = [&](auto&& change) {
        Block block = good;
        change(block.header);
        TestNetwork::seal(block);
        block.header.attestation = TestNetwork::attestation_of(block, node_.chain->head());
        return refused(block);
    };
    Block unsigned_block = good;
    unsigned_block.header.signature.bytes[0] ^= 1U;
    EXPECT_EQ(refused(unsigned_block), HeaderError::invalid_block_signature);
    EXPECT_EQ(changed([](auto& header) { header.version = 2; }), HeaderError::unsupported_version);
    EXPECT_EQ(changed([](auto& header) { header.height.value += 1; }), HeaderError::other_height);
    EXPECT_EQ(changed([](auto& header) { header.timestamp -= 1; }), HeaderError::too_early);
    EXPECT_EQ(changed([](auto& header) { header.prev_block_hash.bytes[0] ^= 1U; }), HeaderError::other_parent);
    EXPECT_EQ(changed([](auto& header) { header.seed.bytes[0] ^= 1U; }), HeaderError::invalid_seed);
    EXPECT_EQ(changed([](auto& header) { header.prev_block_certificate.validation.voters = 1; }),
              HeaderError::invalid_certificate);
    Block unattested = good;
    unattested.header.attestation.ratification.voters = 0;
    EXPECT_EQ(refused(unattested), HeaderError::invalid_attestation);
    EXPECT_EQ(
        changed([](auto& header) { header.failed_iterations.iterations.push_back(ledger::FailedIteration{{}, {}}); }),
        HeaderError::other_failed_generator);

    Block other_state = good;
    other_state.header.state_root.bytes[0] ^= 1U;
    TestNetwork::seal(other_state);
    other_state.header.attestation = TestNetwork::attestation_of(other_state, node_.chain->head());
    const auto executed = node_.accept(other_state);
    ASSERT_FALSE(executed);
    EXPECT_TRUE(std::get<TransitionFailure>(executed.error()).of_the_block);
    EXPECT_TRUE(is_of_the_block(executed.error()));

    std::vector<Action> events;
    const auto early =
        node_.chain->accept(std::make_shared<const Block>(good), TestNode::at(good.header.timestamp - 4), events);
    ASSERT_FALSE(early);
    EXPECT_EQ(std::get<HeaderFailure>(early.error()).error, HeaderError::too_far_ahead);
    EXPECT_FALSE(is_of_the_block(early.error()));
    EXPECT_TRUE(events.empty());
    EXPECT_EQ(node_.chain->tip().height, Height{2});
    EXPECT_EQ(refused(good), std::nullopt);
    EXPECT_EQ(node_.chain->tip().height, Height{3});
}

TEST_F(ChainTest, ACopyThatSomebodyChangedIsNotTheBlock) {
    const Block good = node_.make();
    EXPECT_EQ(find_broken(good), std::nullopt);
    Block changed = good;
    changed.header.gas_limit.value += 1;
    EXPECT_EQ(find_broken(changed), BrokenBlock::hash);
    changed = good;
    changed.faults.emplace_back();
    EXPECT_EQ(find_broken(changed), BrokenBlock::faults_root);
    changed = good;
    changed.transactions.emplace_back();
    EXPECT_EQ(find_broken(changed), BrokenBlock::transactions_root);
}

class ChainStakesTest : public ChainTest {
  protected:
    // A newcomer, a top-up, and who gives everything back.
    ChainStakesTest() {
        const auto more = consensus::test_keys(8);
        for (const auto& key : more) {
            if (network_.stakes.find(key.bytes) == nullptr) newcomers_.push_back(key.key);
        }
        network_.script[{3}] = {consensus::StakeAdded{newcomers_[0], consensus::kMinimumStake}};
        network_.script[{4}] = {consensus::StakeAdded{network_.keys[0].key, {5}},
                                consensus::StakeTaken{network_.keys[1].key, {7}},
                                consensus::StakeSlashed{network_.keys[2].key, {9}, {10'000}}};
        node_.disk.states.script = network_.script;
    }
    std::vector<crypto::BlsPublicKey> newcomers_;
};

TEST_F(ChainStakesTest, AreFollowedByEventsAsByQuestions) {
    for (const bool forget : {false, true}) {
        TestNode node(network_);
        node.disk.states.forget_events = forget;
        for (int i = 0; i < 5; ++i) {
            node.extend(1);
            const auto& states = node.disk.states.stored;
            EXPECT_EQ(*node.chain->head().stakes, states.at(node.chain->tip().state_root).stakes);
        }
        // What the next start reads is the same: the stakes before the tip come from the contract, too.
        const auto stakes = *node.chain->head().stakes;
        const auto former = *node.chain->head().former_stakes;
        const auto voters = node.chain->head().tip_voters;
        node.restart();
        EXPECT_EQ(*node.chain->head().stakes, stakes);
        EXPECT_EQ(*node.chain->head().former_stakes, former);
        EXPECT_EQ(node.chain->head().tip_voters, voters);
        node.extend(1);
    }
}

TEST_F(ChainStakesTest, BeforeTheTipAreThoseOfItsCertificate) {
    node_.extend(3);
    node_.restart();
    EXPECT_EQ(node_.chain->head().former_stakes->find({newcomers_[0].to_bytes()}), nullptr);
    EXPECT_NE(node_.chain->head().stakes->find({newcomers_[0].to_bytes()}), nullptr);
    node_.extend(1);
    node_.restart();
    EXPECT_NE(*node_.chain->head().former_stakes, *node_.chain->head().stakes);
    node_.extend(3);
}

TEST_F(ChainTest, GoesOnWhereAKillStoppedIt) {
    node_.extend(4);
    const StoredChain before_store = node_.disk.store.content;
    const auto before_states = node_.disk.states.stored;
    const Block block = node_.make();
    ASSERT_TRUE(node_.accept(block));

    // The state is there, the block is not.
    node_.disk.store.content = before_store;
    for (const auto& [root, state] : before_states) node_.disk.states.stored.insert({root, state});
    node_.restart();
    EXPECT_EQ(node_.chain->tip().height, Height{4});
    EXPECT_EQ(node_.disk.states.stored.size(), 2U);
    ASSERT_TRUE(node_.accept(block));
    EXPECT_EQ(node_.chain->last_final(), Height{4});

    // The block is there, and older states were not dropped yet.
    for (const auto& [root, state] : before_states) node_.disk.states.stored.insert({root, state});
    node_.restart();
    EXPECT_EQ(node_.chain->tip().hash, block.header.hash);
    EXPECT_EQ(node_.disk.states.stored.size(), 2U);
    node_.extend(1);
}

TEST_F(ChainTest, ExecutesAgainWhatTheStatesLost) {
    std::map<ledger::StateRoot, TestStates::State> genesis = node_.disk.states.stored;
    node_.extend(6);
    const auto tip = node_.chain->tip();
    for (const bool from_genesis : {false, true}) {
        if (from_genesis) {
            node_.disk.states.stored = genesis;
        } else {
            node_.disk.states.stored.erase(tip.state_root);
        }
        node_.restart();
        EXPECT_EQ(node_.chain->tip(), tip);
        EXPECT_EQ(node_.disk.states.stored.size(), 2U);
    }
    node_.extend(1);
}

TEST_F(ChainTest, LeavesBlocksThatCannotBeExecutedAgainUnlessTheyAreFinal) {
    node_.extend(2);
    const auto states = node_.disk.states.stored;
    node_.extend(2, {.iteration = 1, .shows_failed = false});
    EXPECT_EQ(node_.chain->last_final(), Height{1});
    const auto store = node_.disk.store.content;
    // Block 3 is not what was executed.
    auto& third = node_.disk.store.content.blocks.at(node_.disk.store.content.heights.at({3}).hash);
    third.header.attestation.validation.voters = 0;
    node_.disk.states.stored = states;
    node_.restart();
    EXPECT_EQ(node_.chain->tip().height, Height{2});
    node_.extend(1);

    node_.disk.store.content = store;
    node_.disk.states.stored.clear();
    const auto failed = node_.try_open();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, StartFailure::Kind::damaged);
}

TEST_F(ChainTest, RefusesAStoreThatDoesNotFitTogether) {
    node_.extend(4);
    const auto good = node_.disk.store.content;
    const auto failure = [&](auto&& change) -> std::optional<StartFailure::Kind> {
        node_.disk.store.content = good;
        change(node_.disk.store.content);
        const auto opened = node_.try_open();
        return opened ? std::nullopt : std::optional(opened.error().kind);
    };
    EXPECT_EQ(failure([](auto&) {}), std::nullopt);
    EXPECT_EQ(failure([](auto& chain) { chain.heights.at({0}).hash.bytes[0] ^= 1U; }),
              StartFailure::Kind::other_genesis);
    EXPECT_EQ(failure([](auto& chain) { chain.blocks.at(chain.heights.at({4}).hash).header.timestamp += 1; }),
              StartFailure::Kind::damaged);
    EXPECT_EQ(failure([](auto& chain) { chain.heights.at({3}).hash = chain.heights.at({2}).hash; }),
              StartFailure::Kind::damaged);
    EXPECT_EQ(failure([](auto& chain) {
                  for (auto& [height, block] : chain.heights) block.label = {};
              }),
              StartFailure::Kind::damaged);
}

TEST_F(ChainTest, ADiskThatFailsEndsIt) {
    node_.extend(2);
    const Block block = node_.make();
    node_.disk.store.writes_left = 0;
    const auto accepted = node_.accept(block);
    ASSERT_FALSE(accepted);
    EXPECT_TRUE(is_of_the_node(accepted.error()));
    ASSERT_NE(node_.chain->broken(), nullptr);
    node_.disk.store.writes_left.reset();
    EXPECT_FALSE(node_.accept(block));  // it takes nothing any more
    node_.restart();
    EXPECT_EQ(node_.chain->tip().height, Height{2});
    node_.disk.states.fail_commit = true;
    EXPECT_FALSE(node_.accept(block));
    EXPECT_NE(node_.chain->broken(), nullptr);
    node_.disk.states.fail_commit = false;
    node_.restart();
    EXPECT_TRUE(node_.accept(block));
}

}  // namespace
}  // namespace dusk::chain
