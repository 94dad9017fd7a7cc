// What somebody who watches a round is told, and that it changes nothing.
#include "consensus/round_events.hpp"

#include <gmock/gmock.h>

#include "base/cases.hpp"
#include "consensus/quorum.hpp"
#include "consensus/test_network.hpp"

namespace dusk::consensus {
namespace {

using namespace std::chrono_literals;
using ledger::Step;
using ledger::Vote;
using ledger::VotingStep;
using ::testing::ElementsAre;

class Notes final : public RoundWatcher {
  public:
    struct Quorum {
        std::uint8_t iteration = 0;
        VotingStep step{};
        Vote vote{};
        std::uint32_t credits = 0;
    };
    struct End {
        std::uint8_t iteration = 0;
        IterationEnded::Outcome outcome{};
        std::optional<Vote> vote{};
    };

    void on_event(const RoundEvent& event) override {
        rounds.insert(event.round);
        const std::uint8_t iteration = event.iteration;
        std::visit(
            Cases{[&](const RoundStarted&) { ++started; },
                  [&](const IterationStarted& one) {
                      iterations.push_back(iteration);
                      EXPECT_EQ(one.validation.credits(), kCommitteeCredits);
                      EXPECT_EQ(one.ratification.credits(), kCommitteeCredits);
                      generators.push_back(one.generator->bytes);
                  },
                  [&](const StepStarted& one) { steps.emplace_back(iteration, one.step); },
                  [&](const CandidateSeen& one) { candidates.push_back(one.block.header.hash); },
                  [&](const CandidateJudged& one) { judged.push_back(one.hash); },
                  [&](const VoteCounted& one) {
                      std::uint32_t& total = totals[{{iteration, one.step}, one.vote}];
                      total += one.committee.members()[one.member].credits;
                      EXPECT_EQ(one.total, total);
                      own_votes += one.is_own ? 1 : 0;
                  },
                  [&](const QuorumReached& one) { quorums.push_back({iteration, one.step, one.vote, one.credits}); },
                  [&](const IterationEnded& one) { ends.push_back({iteration, one.outcome, one.vote}); }},
            event.what);
    }

    std::set<std::uint64_t> rounds{};
    int started = 0;
    std::vector<std::uint8_t> iterations{};
    std::vector<ledger::KeyBytes> generators{};
    std::vector<std::pair<std::uint8_t, Step>> steps{};
    std::vector<ledger::BlockHash> candidates{};
    std::vector<ledger::BlockHash> judged{};
    std::map<std::pair<VotePlace, Vote>, std::uint32_t> totals{};
    int own_votes = 0;
    std::vector<Quorum> quorums{};
    std::vector<End> ends{};
};

TEST(RoundEvents, TellAWholeRound) {
    TestNetwork network({.nodes = 7, .seed = 3});
    Notes notes;
    network.nodes.at(1)->machine->watch(&notes);
    network.start_all();
    ASSERT_TRUE(network.run_until_accepted(30s));
    const ledger::BlockHash block = *network.nodes.at(1)->accepted;

    EXPECT_THAT(notes.rounds, ElementsAre(network.tip.height.value + 1));
    EXPECT_EQ(notes.started, 1);
    EXPECT_THAT(notes.iterations, ElementsAre(0));
    EXPECT_EQ(network.number_of(notes.generators.at(0)), network.generator(0));
    EXPECT_THAT(notes.steps, ElementsAre(std::pair(0, Step::proposal), std::pair(0, Step::validation),
                                         std::pair(0, Step::ratification)));
    EXPECT_THAT(notes.candidates, ElementsAre(block));
    EXPECT_GE(notes.own_votes, 1);
    std::set<VotingStep> reached;
    for (const Notes::Quorum& one : notes.quorums) {
        EXPECT_EQ(one.vote, Vote::valid(block));
        EXPECT_GE(one.credits, quorum_credits(one.vote));
        reached.insert(one.step);
    }
    EXPECT_THAT(reached, ElementsAre(VotingStep::validation, VotingStep::ratification));
    ASSERT_EQ(notes.ends.size(), 1U);
    EXPECT_EQ(notes.ends.front().outcome, IterationEnded::Outcome::agreed);
    EXPECT_EQ(notes.ends.front().vote, Vote::valid(block));
}

TEST(RoundEvents, TellOfAnIterationWithoutACandidate) {
    TestNetwork network({.nodes = 7, .seed = 5});
    Notes notes;
    const std::size_t silent = network.generator(0);
    const std::size_t watching = (silent + 1) % 7;
    network.nodes.at(watching)->machine->watch(&notes);
    for (std::size_t i = 0; i < 7; ++i) {
        if (i != silent) network.start(i);
    }
    ASSERT_TRUE(network.run_until_accepted(120s));
    ASSERT_GE(notes.ends.size(), 2U);
    EXPECT_EQ(notes.ends.front().iteration, 0);
    EXPECT_EQ(notes.ends.front().outcome, IterationEnded::Outcome::failed);
    EXPECT_EQ(notes.ends.front().vote, Vote::no_candidate());
    EXPECT_EQ(notes.ends.back().outcome, IterationEnded::Outcome::agreed);
    EXPECT_THAT(notes.iterations, ElementsAre(0, 1));
}

TEST(RoundEvents, ChangeNothing) {
    std::vector<ledger::BlockHash> blocks;
    for (const bool watched : {false, true}) {
        TestNetwork network({.nodes = 5, .seed = 11});
        std::vector<std::unique_ptr<Notes>> notes;
        if (watched) {
            for (const auto& node : network.nodes) {
                node->machine->watch(notes.emplace_back(std::make_unique<Notes>()).get());
            }
        }
        network.start_all();
        ASSERT_TRUE(network.run_until_accepted(60s));
        blocks.push_back(*network.nodes.at(0)->accepted);
    }
    EXPECT_EQ(blocks.at(0), blocks.at(1));
}

TEST(RoundView, ShowsCommitteesAndVotes) {
    TestNetwork network({.nodes = 7, .seed = 3});
    network.nodes.at(2)->takes_blocks = false;
    network.start_all();
    EXPECT_FALSE(Consensus({}, network.signatures, nullptr).view());
    const auto has_quorum = [&] {
        const auto view = network.nodes.at(2)->machine->view();
        return view && view->is_agreed;
    };
    ASSERT_TRUE(network.run_until(has_quorum, 30s));
    const RoundView view = *network.nodes.at(2)->machine->view();
    EXPECT_EQ(view.round, network.tip.height.value + 1);
    EXPECT_EQ(view.tip, network.tip.hash);
    EXPECT_EQ(network.number_of(*view.generator), network.generator(view.iteration));
    ASSERT_TRUE(view.candidate);
    std::uint32_t credits = 0;
    for (const MemberView& member : view.validation) {
        if (member.vote == Vote::valid(*view.candidate)) credits += member.credits;
    }
    EXPECT_GE(credits, quorum_credits(Vote::valid(*view.candidate)));
}

}  // namespace
}  // namespace dusk::consensus
