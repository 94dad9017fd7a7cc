// What a simulation runs: who takes part, which faults come when, and what the adversary does. A plan is drawn from a
// seed (schedule.hpp) or written down by a scenario (scenario.hpp); with it the run is fixed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/quantities.hpp"
#include "sim/network.hpp"

namespace dusk::sim {

// What a Byzantine provisioner does beside what it should; each with its own probability.
struct Misconduct {
    double withhold_candidate = 0;
    double withhold_vote = 0;
    double withhold_relay = 0;
    double send_to_few = 0;           // own messages reach a part of the network only
    double delay_own = 0;             // by up to a minute
    double equivocate_candidate = 0;  // one candidate for some, another for the others
    double equivocate_vote = 0;       // two votes for one step
    double vote_for_all = 0;          // Valid for whatever is proposed, also twice
    double invalid_candidate = 0;     // a rule is broken
    double alter_relayed = 0;         // content of others' candidates changed under their hash
    // Attacks by the clock, so many a minute.
    double stuffing = 0;   // votes for rounds and iterations of all kinds
    double forging = 0;    // quorums and validation results that nobody voted for
    double replaying = 0;  // what others said before
    double malformed = 0;  // encodings with bytes changed
    double lying = 0;      // blocks and quorums that are far ahead
    double pestering = 0;  // requests and lists as long as they may be
};

struct Participant {
    ledger::Lux stake{};
    ledger::Height eligible_since{};
    std::int64_t clock_drift = 0;               // millionths
    std::chrono::nanoseconds clock_wrong_by{};  // for good
    std::chrono::nanoseconds starts_after{};
    std::optional<Misconduct> byzantine{};
    bool follows_only = false;  // no key: never votes
};

struct Fault {
    enum class Kind : std::uint8_t {
        weather,     // `weather` on all links
        partition,   // `groups`
        cut,         // from `node` to `other`
        clock,       // the wall clock of `node` is off by `time`
        crash,       // `node` ends at once and starts after `time`
        crash_at,    // it ends at the `number`-th place where that could hurt
        power_cut,   // as crash, and what was not synced may be gone
        disk_fails,  // the `number`-th write from now on fails, and all after it
        lost_disk,   // as crash, and its database is gone; the signing journal is not
        slow_jobs,   // executing takes up to `time`
    };
    Kind kind{};
    SimTime at{};
    SimTime until{};
    NodeIndex node = kNobody;
    NodeIndex other = kNobody;
    Weather weather{};
    std::vector<std::uint8_t> groups{};
    std::chrono::nanoseconds time{};
    std::uint64_t number = 0;
};
[[nodiscard]] std::string describe(const Fault& fault);

class Simulation;

struct Plan {
    std::uint64_t seed = 0;
    std::string name = "drawn";
    std::vector<Participant> participants{};
    Broadcasting broadcasting = Broadcasting::direct;
    Weather weather{};
    std::vector<Fault> faults{};
    // Faults end here at the latest; then the network has to go on within the bound of liveness.
    std::chrono::nanoseconds faulty_for = std::chrono::minutes(10);
    bool real_signatures = false;
    bool journals = true;       // false: nodes sign without their journals, to see that this is noticed
    double transactions = 0.5;  // a second
    std::chrono::seconds block_time{10};
    double decoded = 1.0 / 64;  // of the messages, that are encoded and decoded on their way

    // Scenarios: whether a message gets through.
    std::function<bool(const Simulation&, NodeIndex from, NodeIndex to, const ledger::Message&)> passes{};
    // Scenarios: looked at after the end; what is wrong, if something is.
    std::function<std::optional<std::string>(const Simulation&)> expectation{};

    [[nodiscard]] std::size_t byzantine() const;
};

}  // namespace dusk::sim
