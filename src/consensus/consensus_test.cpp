// Whole rounds of a few nodes: what they agree on, and when.
#include <gmock/gmock.h>

#include "consensus/test_network.hpp"

namespace dusk::consensus {
namespace {

using namespace std::chrono_literals;
using ledger::Vote;
using ledger::VotingStep;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Options = TestNetwork::Options;

void expect_same_block(const TestNetwork& network) {
    std::set<ledger::BlockHash> blocks;
    for (const auto& node : network.nodes) {
        if (node->is_up) {
            ASSERT_TRUE(node->accepted) << node->number;
            blocks.insert(*node->accepted);
        }
    }
    EXPECT_THAT(blocks, SizeIs(1));
}

const ledger::Block& accepted_block(const TestNetwork& network, std::size_t node) {
    return *network.nodes.at(node)->candidates.at(*network.nodes.at(node)->accepted);
}

template <class Body>
std::size_t count_sent(const TestNetwork::Node& node, const std::function<bool(const Body&)>& what) {
    return std::ranges::count_if(node.sent, [&](const MessagePtr& message) {
        const auto* body = std::get_if<Body>(&message->payload);
        return body != nullptr && what(*body);
    });
}

ledger::RatificationResult failed(const Vote& vote) { return {false, vote}; }

TEST(Consensus, AgreesOnTheFirstCandidateWhenItsTimeHasCome) {
    for (const std::size_t nodes : {4U, 7U, 10U}) {
        TestNetwork network({.nodes = nodes, .followers = 1, .seed = nodes});
        network.start_all();
        network.run_for(9900ms);
        for (const auto& node : network.nodes) {
            EXPECT_THAT(node->candidates, SizeIs(1)) << "it is sent before its time";
            EXPECT_EQ(count_sent<ledger::ValidationMessage>(*node, [](const auto&) { return true; }), 0U);
        }
        ASSERT_TRUE(network.run_until_accepted(1s)) << nodes;
        expect_same_block(network);
        EXPECT_GE(network.elapsed(), 10s);
        const ledger::Block& block = accepted_block(network, 0);
        EXPECT_EQ(block.header.iteration, 0);
        EXPECT_EQ(block.header.timestamp, network.tip.timestamp + 10);
        for (const auto& node : network.nodes) {
            EXPECT_EQ(node->last_iteration, 0);
            EXPECT_THAT(node->verdicts[MessageVerdict::rejected], 0U);
            for (const auto& agreement : node->agreements) {
                const auto voters = verify_attestation(
                    agreement.attestation, {network.tip.hash, network.tip.height.value + 1, 0}, *network.committees,
                    ledger::RatificationResult::of(Vote::valid(block.header.hash)), network.signatures);
                ASSERT_TRUE(voters);
            }
        }
    }
}

// So that it holds what came in until then.
TEST(Consensus, ACandidateIsMadeShortlyBeforeItsTime) {
    TestNetwork network({.nodes = 7, .seed = 7});
    std::optional<std::chrono::milliseconds> asked;
    const auto build = network.build;
    network.build = [&](TestNetwork::Node& node, const BuildCandidate& wanted) {
        asked = network.elapsed();
        return build(node, wanted);
    };
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(11s));
    EXPECT_EQ(asked, 8s);
    EXPECT_LE(network.elapsed(), 10'200ms);
    EXPECT_EQ(network.nodes.at(network.generator(0))->built.size(), 1U);

    // One that took long is begun earlier the next time, by what making and judging it takes.
    network.run_for(1s);
    network.build_time = 1500ms;
    const auto generator = network.generator(0);
    for (int round = 0; round < 2; ++round) {
        asked.reset();
        const auto began = network.elapsed();
        network.tip.timestamp = static_cast<std::uint64_t>(
            std::chrono::floor<std::chrono::seconds>(network.now().wall.time_since_epoch()).count());
        network.start(generator);
        network.run_for(9900ms);
        ASSERT_TRUE(asked);
        const auto slot = began + 10s;
        const auto lead = round == 0 ? 2s + 2 * 30ms : 2s + 2 * 1500ms;
        EXPECT_GE(*asked, slot - lead - 1s) << "times of blocks are whole seconds";
        EXPECT_LE(*asked, slot - lead);
    }
}

TEST(Consensus, ACandidateIsMadeAtOnceWhereItsTimeHasCome) {
    TestNetwork network({.nodes = 4});
    network.tip.timestamp -= 9;
    const auto generator = network.generator(0);
    network.start(generator);
    EXPECT_THAT(network.nodes.at(generator)->built, SizeIs(1));
}

// A generator whose clock is behind would wait for a time that is long over for the others.
TEST(Consensus, AClockThatIsBehindDoesNotMakeACandidateLate) {
    TestNetwork network({.nodes = 4});
    const auto generator = network.generator(0);
    Consensus machine({}, network.signatures, network.nodes.at(generator)->signer.get());
    Now now{network.now().wall - 20s, network.now().steady};
    machine.start(network.round_start(), now);
    ASSERT_TRUE(machine.wakeup());
    EXPECT_EQ(*machine.wakeup() - now.steady, 8s);
    now.wall += 8s;
    now.steady += 8s;
    machine.on_time(now);
    const auto actions = machine.take_actions();
    EXPECT_TRUE(std::ranges::any_of(
        actions, [](const Action& action) { return std::holds_alternative<BuildCandidate>(action); }));
}

TEST(Consensus, ASingleProvisionerVotesForItself) {
    TestNetwork network({.nodes = 1, .followers = 1});
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(11s));
    expect_same_block(network);
}

// With two of them there are voters only where one proposes twice in a row; the released node ends where there are
// none.
TEST(Consensus, TwoProvisionersGetThereInTheEnd) {
    TestNetwork network({.nodes = 2, .seed = 2});
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(1h));
    expect_same_block(network);
}

TEST(Consensus, MeasuresStepsThatMessagesEnd) {
    TestNetwork network({.nodes = 7});
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(12s));
    for (const auto& node : network.nodes) {
        std::map<ledger::Step, std::chrono::milliseconds> times;
        for (const StepTook& took : node->took) EXPECT_TRUE(times.emplace(took.step, took.time).second);
        const bool is_generator = node->number == network.generator(0);
        EXPECT_EQ(times.contains(ledger::Step::proposal), !is_generator);
        if (!is_generator) {
            EXPECT_EQ(times[ledger::Step::proposal], 0ms) << "the candidate came before its time";
        }
        ASSERT_TRUE(times.contains(ledger::Step::validation));
        EXPECT_GE(times[ledger::Step::validation], 10ms);
        EXPECT_LT(times[ledger::Step::validation], 200ms);
    }
}

TEST(Consensus, SkipsAGeneratorThatIsSilent) {
    TestNetwork network({.nodes = 6, .seed = 3});
    const std::size_t silent = network.generator(0);
    const auto build = network.build;
    network.build = [&](TestNetwork::Node& node, const BuildCandidate& wanted) {
        return node.number == silent && wanted.header.iteration == 0 ? std::nullopt : build(node, wanted);
    };
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(30s));
    expect_same_block(network);
    EXPECT_GE(network.elapsed(), 17s) << "the slot and the timeout of the proposal";
    EXPECT_LE(network.elapsed(), 18s) << "the iteration ends by its quorum";

    const ledger::BlockHeader& header = accepted_block(network, 0).header;
    EXPECT_EQ(header.iteration, 1);
    ASSERT_THAT(header.failed_iterations.iterations, SizeIs(1));
    const auto& first = header.failed_iterations.iterations[0];
    ASSERT_TRUE(first);
    EXPECT_EQ(first->generator.bytes, network.nodes.at(silent)->signer->key().to_bytes());
    EXPECT_EQ(first->attestation.result, failed(Vote::no_candidate()));
    EXPECT_TRUE(verify_attestation(first->attestation, {network.tip.hash, header.height.value, 0}, *network.committees,
                                   failed(Vote::no_quorum()), network.signatures));
}

TEST(Consensus, RefusesACandidateThatIsInvalid) {
    TestNetwork network({.nodes = 6, .seed = 4});
    network.judge = [](TestNetwork::Node&, const ledger::Block& block) {
        return block.header.iteration == 0 ? Verdict::invalid : Verdict::valid;
    };
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(30s));
    expect_same_block(network);
    EXPECT_LE(network.elapsed(), 11s) << "no timeout is needed";
    const ledger::BlockHeader& header = accepted_block(network, 0).header;
    EXPECT_EQ(header.iteration, 1);
    ASSERT_TRUE(header.failed_iterations.iterations.at(0));
    EXPECT_EQ(header.failed_iterations.iterations[0]->attestation.result.vote.kind(), Vote::Kind::invalid);
}

TEST(Consensus, GivesNoVoteWhereNothingCanBeSaid) {
    TestNetwork network({.nodes = 6, .seed = 4});
    network.judge = [](TestNetwork::Node&, const ledger::Block& block) {
        return block.header.iteration == 0 ? Verdict::unknown : Verdict::valid;
    };
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(40s));
    const ledger::BlockHeader& header = accepted_block(network, 0).header;
    EXPECT_EQ(header.iteration, 1);
    ASSERT_TRUE(header.failed_iterations.iterations.at(0));
    EXPECT_EQ(header.failed_iterations.iterations[0]->attestation.result, failed(Vote::no_quorum()));
}

TEST(Consensus, TimeoutsGrowWhileNothingArrives) {
    TestNetwork network({.nodes = 4, .followers = 1});
    network.link = [](std::size_t, std::size_t, const ledger::Message&) { return std::nullopt; };
    network.start_all();
    const Consensus& machine = *network.nodes.back()->machine;  // never a generator
    network.run_for(10s + 21s + 1s);  // the slot, and 7 s for each step of the first iteration
    EXPECT_EQ(machine.status()->iteration, 1);
    EXPECT_THAT(machine.status()->timeouts, Each(9s));
    network.run_for(27s);
    EXPECT_EQ(machine.status()->iteration, 2);
    EXPECT_THAT(machine.status()->timeouts, Each(11s));
    network.run_for(30min);
    EXPECT_THAT(machine.status()->timeouts, Each(40s));
}

TEST(Consensus, WaitsForItsDeadlineEvenWhenItsClockIsSetBack) {
    TestNetwork network({.nodes = 4});
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(11s));
    // A tip of the future, as after a correction of the clock.
    network.tip.timestamp += 100;
    Consensus machine({}, network.signatures, nullptr);
    machine.start(network.round_start(), network.now());
    ASSERT_TRUE(machine.wakeup());
    EXPECT_GT(*machine.wakeup() - network.now().steady, 100s);
}

// Whoever is behind has what it needs in its queue when it gets there.
TEST(Consensus, LateNodeTakesUpWhatCameEarly) {
    TestNetwork network({.nodes = 7, .seed = 5});
    const std::size_t late = (network.generator(0) + 1) % 7;
    TestNetwork::Node& node = *network.nodes.at(late);
    const ledger::BlockHeader earlier = test_tip(network.tip.height.value - 1, network.tip.timestamp - 10, 77);
    node.is_up = true;
    node.machine->start(
        {.tip = earlier,
         .tip_voters = {},
         .committees = std::make_shared<RoundCommittees>(test_provisioners(7), earlier.seed, network.tip.height),
         .timeouts = {7s, 7s, 7s}},
        network.now());
    (void)node.machine->take_actions();
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        if (i != late) network.start(i);
    }
    network.run_for(12s);
    EXPECT_GE(node.machine->status()->queued, 5U);
    EXPECT_THAT(node.agreements, IsEmpty());

    network.link = [](std::size_t, std::size_t, const ledger::Message&) { return std::nullopt; };
    network.start(late);
    ASSERT_TRUE(network.run_until_accepted(1s));
    expect_same_block(network);
    EXPECT_EQ(node.last_iteration, 0);
}

// The released node never builds this quorum itself (spec/consensus.md §8.7).
TEST(Consensus, BuildsTheQuorumFromRatificationsAlone) {
    TestNetwork network({.nodes = 7, .seed = 6});
    const std::size_t deaf = network.generator(1);
    network.link = [&](std::size_t, std::size_t to,
                       const ledger::Message& message) -> std::optional<std::chrono::milliseconds> {
        const bool is_lost = std::holds_alternative<ledger::ValidationMessage>(message.payload) ||
                             std::holds_alternative<ledger::QuorumMessage>(message.payload);
        if (to == deaf && is_lost) return {};
        return 20ms;
    };
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(12s));
    expect_same_block(network);
    EXPECT_EQ(network.nodes.at(deaf)->last_iteration, 0);
}

TEST(Consensus, EmergencyEndsARoundThatNobodyCouldEnd) {
    TestNetwork network({.nodes = 6, .seed = 8});
    bool is_cut = true;
    network.link = [&](std::size_t, std::size_t, const ledger::Message&) -> std::optional<std::chrono::milliseconds> {
        if (is_cut) return {};
        return 50ms;
    };
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        network.start(i);
        network.run_for(13s);  // they are in different steps
    }
    const auto all_in_emergency = [&] {
        return std::ranges::all_of(network.nodes, [](const auto& node) { return node->last_iteration >= 16; });
    };
    ASSERT_TRUE(network.run_until(all_in_emergency, 1h));
    for (const auto& node : network.nodes) {
        EXPECT_EQ(
            count_sent<ledger::ValidationMessage>(
                *node,
                [](const auto& vote) { return vote.header.iteration >= 16 && vote.vote.kind() != Vote::Kind::valid; }),
            0U);
        EXPECT_EQ(count_sent<ledger::RatificationMessage>(*node,
                                                          [](const auto& vote) { return vote.header.iteration >= 16; }),
                  0U);
    }
    is_cut = false;
    ASSERT_TRUE(network.run_until_accepted(10min));
    std::set<ledger::BlockHash> blocks;
    for (const auto& node : network.nodes) {
        EXPECT_GE(accepted_block(network, node->number).header.iteration, 16);
        EXPECT_THAT(accepted_block(network, node->number).header.failed_iterations.iterations, SizeIs(8));
    }
    EXPECT_THAT(network.nodes.front()->asked, ::testing::Not(IsEmpty()));
}

// Everything that was said in the round was lost: the released node would wait for ever.
TEST(Consensus, OpenIterationIsEndedByWhatIsSaidAgain) {
    TestNetwork network({.nodes = 6, .seed = 9});
    bool is_cut = true;
    network.link = [&](std::size_t, std::size_t, const ledger::Message&) -> std::optional<std::chrono::milliseconds> {
        if (is_cut) return {};
        return 50ms;
    };
    network.start_all();
    const auto all_open = [&] {
        return std::ranges::all_of(network.nodes, [](const auto& node) { return node->machine->status()->is_open; });
    };
    ASSERT_TRUE(network.run_until(all_open, 3h));
    for (const auto& node : network.nodes) EXPECT_EQ(node->machine->status()->iteration, 49);
    network.run_for(10min);
    EXPECT_TRUE(all_open());
    is_cut = false;
    ASSERT_TRUE(network.run_until_accepted(1h));
}

TEST(Consensus, RestartWithinARoundSaysTheSameAgain) {
    TestNetwork network({.nodes = 6, .seed = 10});
    network.start_all();
    const std::size_t restarted = network.generator(2);
    TestNetwork::Node& node = *network.nodes.at(restarted);
    const auto has_voted = [&] {
        return count_sent<ledger::ValidationMessage>(
                   node, [&](const auto& vote) { return vote.sign_info.signer == node.signer->key(); }) > 0;
    };
    ASSERT_TRUE(network.run_until(has_voted, 12s));
    network.crash(restarted);
    network.run_for(5ms);
    network.start(restarted, 0);
    network.run_until_accepted(60s);
    // It has lost the candidate, so that it would say something else: the journal does not let it.
    EXPECT_THAT(node.signer->journal, ::testing::Not(IsEmpty()));
    std::map<SigningSlot, std::set<Bytes>> said;
    for (const auto& message : node.sent) {
        const auto* vote = std::get_if<ledger::ValidationMessage>(&message->payload);
        if (vote == nullptr || vote->sign_info.signer != node.signer->key()) continue;
        said[{vote->header, ledger::Step::validation}].insert(vote->signed_bytes());
    }
    for (const auto& [slot, what] : said) EXPECT_THAT(what, SizeIs(1));
}

TEST(Consensus, SaysWhyItCannotSignAndGoesOn) {
    TestNetwork network({.nodes = 7, .seed = 11});
    const std::size_t waiting = network.generator(2);
    TestNetwork::Node& node = *network.nodes.at(waiting);
    node.signer->refusal = SigningError::waiting;
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(60s));
    EXPECT_THAT(node.refusals, ::testing::Not(IsEmpty()));
    for (const CannotSign& refusal : node.refusals) EXPECT_EQ(refusal.error, SigningError::waiting);
    std::set<SigningSlot> slots;
    for (const CannotSign& refusal : node.refusals) EXPECT_TRUE(slots.insert(refusal.slot).second);
    EXPECT_EQ(count_sent<ledger::ValidationMessage>(
                  node, [&](const auto& vote) { return vote.sign_info.signer == node.signer->key(); }),
              0U);
}

TEST(Consensus, NobodyHelpsAnotherBlockOnceOneIsAgreedOn) {
    TestNetwork network({.nodes = 6, .seed = 12});
    for (auto& node : network.nodes) node->takes_blocks = false;
    network.start_all();
    network.run_for(3min);
    for (const auto& node : network.nodes) {
        EXPECT_GT(node->last_iteration, 0) << "the round goes on until the chain has the block";
        EXPECT_EQ(
            count_sent<ledger::ValidationMessage>(*node, [&](const auto& vote) { return vote.header.iteration > 0; }),
            0U);
        for (const auto& agreement : node->agreements) EXPECT_EQ(agreement.iteration, 0);
        EXPECT_GT(node->agreements.size(), 1U) << "the chain is told again";
    }
}

TEST(Consensus, AgreementOfAnEarlierIterationIsPassedOn) {
    TestNetwork network({.nodes = 6, .seed = 13});
    // One node hears nothing of the first iteration.
    const std::size_t deaf = network.generator(1);
    bool is_deaf = true;
    network.link = [&](std::size_t, std::size_t to,
                       const ledger::Message&) -> std::optional<std::chrono::milliseconds> {
        if (is_deaf && to == deaf) return {};
        return 20ms;
    };
    network.start_all();
    TestNetwork::Node& node = *network.nodes.at(deaf);
    ASSERT_TRUE(network.run_until([&] { return node.last_iteration == 1; }, 2min));
    is_deaf = false;
    const auto& agreement = network.nodes.at(network.generator(0))->agreements.at(0);
    const ledger::QuorumMessage quorum{{network.tip.hash, network.tip.height.value + 1, 0}, agreement.attestation};
    EXPECT_EQ(network.inject(deaf, quorum), MessageVerdict::taken);
    ASSERT_THAT(node.agreements, SizeIs(1));
    EXPECT_EQ(node.agreements[0].block, agreement.block);
    EXPECT_EQ(network.inject(deaf, quorum), MessageVerdict::ignored);
    EXPECT_THAT(node.agreements, SizeIs(1));
}

// Whether a quorum is called a success is not signed.
TEST(Consensus, QuorumForABlockIsASuccessWhateverItIsCalled) {
    TestNetwork network({.nodes = 6, .seed = 13});
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(12s));
    auto attestation = network.nodes.front()->agreements.at(0).attestation;
    attestation.result.success = false;

    TestNetwork other({.nodes = 6, .seed = 13});
    other.start(0);
    const ledger::QuorumMessage quorum{{other.tip.hash, other.tip.height.value + 1, 0}, attestation};
    EXPECT_EQ(other.inject(0, quorum), MessageVerdict::taken);
    ASSERT_THAT(other.nodes.front()->agreements, SizeIs(1));
    EXPECT_TRUE(other.nodes.front()->agreements[0].attestation.result.success);
    EXPECT_EQ(other.nodes.front()->machine->status()->iteration, 0);
}

}  // namespace
}  // namespace dusk::consensus
