#include <fmt/format.h>

#include "sim/scenario.hpp"
#include "sim/simulation.hpp"

namespace dusk::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr ledger::Lux kStake{1'000'000 * ledger::kLuxPerDusk};

Plan plain(std::string name, std::uint64_t seed, std::size_t nodes, minutes time) {
    Plan out{.seed = seed, .name = std::move(name)};
    out.participants.resize(nodes);
    for (Participant& one : out.participants) one.stake = kStake;
    out.faulty_for = time;
    return out;
}

std::function<std::optional<std::string>(const Simulation&)> at_least(std::uint64_t blocks) {
    return [blocks](const Simulation& simulation) -> std::optional<std::string> {
        const std::uint64_t is = simulation.watch().final_height();
        if (is >= blocks) return {};
        return fmt::format("{} final blocks, and {} were expected", is, blocks);
    };
}

Fault crash(NodeIndex node, seconds at, nanoseconds away, Fault::Kind kind = Fault::Kind::crash) {
    return {.kind = kind, .at = SimTime(at), .until = SimTime(at), .node = node, .time = away};
}

// --- where nothing is wrong ---

Plan calm(std::uint64_t seed) {
    Plan out = plain("calm", seed, 8, minutes(10));
    out.expectation = [](const Simulation& simulation) -> std::optional<std::string> {
        if (simulation.watch().final_height() < 55) return at_least(55)(simulation);
        if (simulation.statistics().reverts > 0) return "blocks were reverted without a reason";
        if (simulation.statistics().accused > 0) return "an honest node was accused";
        return {};
    };
    return out;
}

Plan late_joiner(std::uint64_t seed) {
    Plan out = plain("late-joiner", seed, 7, minutes(10));
    out.participants[6].starts_after = minutes(8);
    out.expectation = at_least(40);
    return out;
}

// --- traps of the released node ---

// §3.2: a carried hash is never compared with the content, so that whoever passes a candidate on can change it and
// honest voters call it invalid.
Plan altered_candidates(std::uint64_t seed) {
    Plan out = plain("altered-candidates", seed, 8, minutes(10));
    out.broadcasting = Broadcasting::tree;
    out.participants[0].byzantine = Misconduct{.alter_relayed = 1};
    out.participants[1].byzantine = Misconduct{.alter_relayed = 1};
    out.expectation = at_least(45);
    return out;
}

// §6: with two eligible provisioners and different generators in a row nobody is left for the committee, and the
// released node ends.
Plan two_provisioners(std::uint64_t seed) {
    Plan out = plain("two-provisioners", seed, 4, minutes(30));
    out.participants[2].stake = {};
    out.participants[2].follows_only = true;
    out.participants[3].stake = {};
    out.participants[3].follows_only = true;
    out.expectation = at_least(5);
    return out;
}

Plan one_provisioner(std::uint64_t seed) {
    Plan out = two_provisioners(seed);
    out.name = "one-provisioner";
    out.participants[1].stake = {};
    out.participants[1].follows_only = true;
    out.faulty_for = minutes(10);
    out.expectation = at_least(50);
    return out;
}

// §8: a restart in a round skips the interrupted iteration. When all restart at once all skip the same one; when they
// restart one after the other they are at different iterations.
Plan restart_in_round(std::uint64_t seed) {
    Plan out = plain("restart-in-round", seed, 5, minutes(6));
    Draws draws(seed, "scenario");
    for (NodeIndex i = 0; i < 5; ++i) {
        out.faults.push_back(crash(i, seconds(62), draws.between(milliseconds(100), milliseconds(900))));
        out.faults.push_back(crash(i, seconds(150 + 11 * i), draws.between(milliseconds(100), milliseconds(900))));
    }
    out.expectation = at_least(20);
    return out;
}

// §8.7: who missed the quorum of the validation step adopts it from a ratification, but never builds the quorum of the
// iteration itself. Here a node gets neither validation votes nor quorums nor blocks.
Plan missed_validation(std::uint64_t seed) {
    Plan out = plain("missed-validation", seed, 7, minutes(5));
    out.passes = [](const Simulation& /*simulation*/, NodeIndex /*from*/, NodeIndex to,
                    const ledger::Message& message) {
        if (to != 0) return true;
        switch (message.topic()) {
            case ledger::ValidationMessage::kTopic:
            case ledger::QuorumMessage::kTopic:
            case ledger::ValidationQuorumMessage::kTopic:
            case ledger::BlockMessage::kTopic:
                return false;
            default:
                return true;
        }
    };
    out.expectation = at_least(20);
    return out;
}

// Quorum messages reach nobody: every node sees the votes and builds them itself.
Plan lost_quorums(std::uint64_t seed) {
    Plan out = plain("lost-quorums", seed, 7, minutes(5));
    out.passes = [](const Simulation& /*simulation*/, NodeIndex /*from*/, NodeIndex /*to*/,
                    const ledger::Message& message) { return message.topic() != ledger::QuorumMessage::kTopic; };
    out.expectation = at_least(24);
    return out;
}

// §8.2: the queue of early messages drops the oldest of 1000, and takes votes that nobody has checked.
Plan early_flood(std::uint64_t seed) {
    Plan out = plain("early-flood", seed, 7, minutes(5));
    out.participants[0].byzantine = Misconduct{.stuffing = 600};
    out.expectation = at_least(20);
    return out;
}

// §15.2: a block from far ahead makes a node leave consensus without any test of plausibility.
Plan false_sync(std::uint64_t seed) {
    Plan out = plain("false-sync", seed, 7, minutes(5));
    out.participants[0].byzantine = Misconduct{.lying = 120};
    out.expectation = at_least(20);
    return out;
}

// §10, §14: nobody is ever punished for signing two things, and the first vote that arrives counts.
Plan equivocation(std::uint64_t seed) {
    Plan out = plain("equivocation", seed, 10, minutes(10));
    for (NodeIndex i = 0; i < 3; ++i) {
        out.participants[i].byzantine = Misconduct{.equivocate_candidate = 1, .equivocate_vote = 1, .vote_for_all = 1};
    }
    out.expectation = at_least(20);
    return out;
}

// §17: one half of the network learns of a quorum only after it went on to another iteration.
Plan lower_iteration_wins(std::uint64_t seed) {
    Plan out = plain("lower-iteration-wins", seed, 9, minutes(8));
    // In every third round what ends an iteration does not reach the second half for half a minute.
    out.passes = [](const Simulation& simulation, NodeIndex from, NodeIndex to, const ledger::Message& message) {
        const bool apart = (from < 5) != (to < 5);
        const auto time = simulation.now().time_since_epoch();
        if (!apart || time > minutes(8) || time % seconds(90) > seconds(30)) return true;
        return message.topic() != ledger::QuorumMessage::kTopic &&
               message.topic() != ledger::RatificationMessage::kTopic &&
               message.topic() != ledger::BlockMessage::kTopic;
    };
    out.expectation = at_least(15);
    return out;
}

// §15.5: nodes that sit on different blocks of one height find together by the stalled detector alone.
Plan halves(std::uint64_t seed) {
    Plan out = plain("halves", seed, 8, minutes(30));
    out.faults.push_back({.kind = Fault::Kind::partition,
                          .at = SimTime(seconds(65)),
                          .until = SimTime(minutes(25)),
                          .groups = {0, 0, 0, 0, 1, 1, 1, 1}});
    out.expectation = at_least(8);
    return out;
}

// §8.6, §11: more than a third is away for so long that the rest is in emergency mode.
Plan emergency(std::uint64_t seed) {
    Plan out = plain("emergency", seed, 6, minutes(50));
    for (const NodeIndex node : {1U, 3U, 4U}) out.faults.push_back(crash(node, seconds(47), minutes(44)));
    out.expectation = at_least(6);
    return out;
}

// §8.1: half of the stake is away until the others are in open consensus.
Plan open_consensus(std::uint64_t seed) {
    Plan out = plain("open-consensus", seed, 6, minutes(150));
    for (const NodeIndex node : {1U, 3U, 4U}) out.faults.push_back(crash(node, seconds(47), minutes(140)));
    out.expectation = at_least(6);
    return out;
}

// §17: a node that ends between the state's commit and the block's write does not start again by itself.
Plan crash_everywhere(std::uint64_t seed) {
    Plan out = plain("crash-everywhere", seed, 5, minutes(20));
    Draws draws(seed, "scenario");
    std::uint64_t place = 0;
    for (seconds at(20); at < minutes(19); at += seconds(10)) {
        out.faults.push_back({.kind = Fault::Kind::crash_at,
                              .at = SimTime(at),
                              .until = SimTime(at + seconds(9)),
                              .node = static_cast<NodeIndex>(draws.below(5)),
                              .time = draws.between(milliseconds(100), milliseconds(3000)),
                              .number = place++ % 60});
    }
    out.expectation = at_least(40);
    return out;
}

// The power of all nodes fails at once, again and again.
Plan power_cuts(std::uint64_t seed) {
    Plan out = plain("power-cuts", seed, 5, minutes(12));
    Draws draws(seed, "scenario");
    for (seconds at(33); at < minutes(11); at += seconds(67)) {
        for (NodeIndex i = 0; i < 5; ++i) {
            out.faults.push_back(
                crash(i, at, draws.between(milliseconds(100), milliseconds(4000)), Fault::Kind::power_cut));
        }
    }
    out.expectation = at_least(15);
    return out;
}

// Databases are lost one after the other, while the journals of what was signed are kept.
Plan lost_databases(std::uint64_t seed) {
    Plan out = plain("lost-databases", seed, 5, minutes(10));
    for (NodeIndex i = 0; i < 5; ++i) {
        out.faults.push_back(crash(i, seconds(60 + 97 * i), milliseconds(700), Fault::Kind::lost_disk));
    }
    out.expectation = at_least(25);
    return out;
}

// Clocks that are wrong by less than blocks may be ahead (3 s), and some by more.
Plan wrong_clocks(std::uint64_t seed) {
    Plan out = plain("wrong-clocks", seed, 9, minutes(10));
    Draws draws(seed, "scenario");
    for (Participant& one : out.participants) one.clock_wrong_by = draws.between(seconds(0), seconds(2)) - seconds(1);
    out.participants[0].clock_wrong_by = seconds(20);
    out.participants[1].clock_wrong_by = -seconds(20);
    out.expectation = at_least(35);
    return out;
}

// A round trip takes as long as a step.
Plan slow_network(std::uint64_t seed) {
    Plan out = plain("slow-network", seed, 7, minutes(10));
    out.weather.mean_delay = milliseconds(1500);
    out.weather.straggling = 0.05;
    out.weather.straggling_by = seconds(5);
    out.expectation = at_least(20);
    return out;
}

Plan many_transactions(std::uint64_t seed) {
    Plan out = plain("many-transactions", seed, 5, minutes(5));
    out.transactions = 10;
    out.expectation = [](const Simulation& simulation) -> std::optional<std::string> {
        const std::uint64_t spent = simulation.statistics().spent;
        if (spent < 1500) return fmt::format("{} transactions came into blocks, and 1500 were expected", spent);
        return at_least(24)(simulation);
    };
    return out;
}

constexpr std::array kScenarios{
    Scenario{"calm", "nothing is wrong: a block every 10 s, none reverted, nobody accused", calm},
    Scenario{"late-joiner", "a provisioner comes in after eight minutes", late_joiner},
    Scenario{"altered-candidates", "content of candidates is changed under their hash on the way", altered_candidates},
    Scenario{"two-provisioners", "two stakes: committees without members", two_provisioners},
    Scenario{"one-provisioner", "one stake", one_provisioner},
    Scenario{"restart-in-round", "all nodes restart within a round, together and one by one", restart_in_round},
    Scenario{"missed-validation", "a node sees candidates and ratifications only", missed_validation},
    Scenario{"lost-quorums", "no quorum message arrives anywhere", lost_quorums},
    Scenario{"early-flood", "votes for steps to come, as many as the adversary likes", early_flood},
    Scenario{"false-sync", "blocks and quorums from far ahead that do not exist", false_sync},
    Scenario{"equivocation", "three of ten sign everything twice", equivocation},
    Scenario{"lower-iteration-wins", "half of the network learns late of quorums", lower_iteration_wins},
    Scenario{"halves", "two halves for 24 minutes", halves},
    Scenario{"emergency", "half of the stake is away for 44 minutes", emergency},
    Scenario{"open-consensus", "half of the stake is away for 140 minutes", open_consensus},
    Scenario{"crash-everywhere", "a node ends at every place where it writes, one after the other", crash_everywhere},
    Scenario{"power-cuts", "the power of all nodes fails, ten times", power_cuts},
    Scenario{"lost-databases", "each node loses its database, but not its journal", lost_databases},
    Scenario{"wrong-clocks", "clocks that are wrong for good", wrong_clocks},
    Scenario{"slow-network", "messages take seconds", slow_network},
    Scenario{"many-transactions", "ten transactions a second", many_transactions},
};

}  // namespace

std::span<const Scenario> scenarios() { return kScenarios; }

const Scenario* scenario_named(std::string_view name) {
    const auto at = std::ranges::find(kScenarios, name, &Scenario::name);
    return at == kScenarios.end() ? nullptr : &*at;
}

}  // namespace dusk::sim
