#include "sim/schedule.hpp"

#include <numeric>

namespace dusk::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::uint64_t kDusk = ledger::kLuxPerDusk;

class Drawing {
  public:
    Drawing(std::uint64_t seed, const PlanWishes& wishes) : draws_(seed, "plan"), wishes_(wishes) {
        plan_.seed = seed;
        plan_.faulty_for = wishes.minutes;
        plan_.real_signatures = wishes.real_signatures;
    }

    Plan run() {
        harshness_ = draws_.chance(0.15) ? 1.5 + draws_.unit() * 3 : draws_.unit() * draws_.unit() * 1.5;
        plan_.broadcasting = draws_.chance(0.5) ? Broadcasting::tree : Broadcasting::direct;
        plan_.transactions = 0.05 + draws_.unit() * draws_.unit() * 0.6;
        plan_.weather.mean_delay = draws_.between(milliseconds(2), milliseconds(200));
        draw_participants();
        draw_adversary();
        draw_faults();
        return std::move(plan_);
    }

  private:
    void draw_participants() {
        const std::size_t nodes = wishes_.nodes ? *wishes_.nodes : draws_.between(4, 20);
        const bool equal = draws_.chance(0.5);
        const bool some_follow = nodes >= 6 && draws_.chance(0.3);
        for (std::size_t i = 0; i < nodes; ++i) {
            Participant one;
            one.stake = {equal ? 1'000'000 * kDusk : draws_.between(500'000, 2'000'000) * kDusk};
            if (i >= 4 && draws_.chance(0.1)) one.eligible_since = {draws_.between(2, 40)};  // comes in later
            one.follows_only = some_follow && i >= 4 && draws_.chance(0.2);
            if (one.follows_only) one.stake = {};
            one.clock_drift = static_cast<std::int64_t>(draws_.below(200)) - 100;
            one.clock_wrong_by = draws_.between(milliseconds(0), milliseconds(800)) - milliseconds(400);
            one.starts_after = draws_.between(milliseconds(0), milliseconds(draws_.chance(0.1) ? 20'000 : 1500));
            plan_.participants.push_back(one);
        }
    }

    [[nodiscard]] double rate(double most) { return draws_.chance(0.4) ? most * draws_.unit() : 0; }

    [[nodiscard]] Misconduct draw_misconduct() {
        Misconduct out;
        out.withhold_candidate = rate(1);
        out.withhold_vote = rate(1);
        out.withhold_relay = rate(1);
        out.send_to_few = rate(1);
        out.delay_own = rate(0.5);
        out.equivocate_candidate = rate(1);
        out.equivocate_vote = rate(1);
        out.vote_for_all = rate(1);
        out.invalid_candidate = rate(1);
        out.alter_relayed = rate(0.5);
        out.stuffing = rate(20);
        out.forging = rate(20);
        out.replaying = rate(20);
        out.malformed = rate(20);
        out.lying = rate(6);
        out.pestering = rate(6);
        return out;
    }

    void draw_adversary() {
        if (draws_.chance(0.4)) return;
        std::vector<NodeIndex> order(plan_.participants.size());
        std::iota(order.begin(), order.end(), NodeIndex{0});
        draws_.shuffle(order);
        // Of the stake that counts from the beginning.
        std::uint64_t all = 0;
        for (const auto& one : plan_.participants) all += one.eligible_since.value == 0 ? one.stake.value : 0;
        std::uint64_t bad = 0;
        const std::size_t most = draws_.between(1, plan_.participants.size() / 3);
        std::size_t count = 0;
        for (const NodeIndex node : order) {
            Participant& one = plan_.participants[node];
            if (count == most || one.follows_only || one.eligible_since.value > 0) continue;
            if ((bad + one.stake.value) * 10 >= all * 3) continue;  // room for stakes that change
            bad += one.stake.value;
            one.byzantine = draw_misconduct();
            ++count;
        }
    }

    [[nodiscard]] NodeIndex some_node() { return static_cast<NodeIndex>(draws_.below(plan_.participants.size())); }

    void add(Fault fault, seconds least, seconds most) {
        const auto end = SimTime(plan_.faulty_for);
        fault.at = SimTime(draws_.between(seconds(5), plan_.faulty_for - seconds(1)));
        fault.until = std::min(fault.at + draws_.between(least, most), end);
        plan_.faults.push_back(std::move(fault));
    }

    void add_some(double a_minute, const std::function<void()>& one) {
        const double minutes = std::chrono::duration<double, std::ratio<60>>(plan_.faulty_for).count();
        double expected = a_minute * minutes * harshness_;
        if (draws_.chance(0.4)) return;  // not every kind in every run
        for (; draws_.chance(expected); expected -= 1) one();
    }

    void draw_faults() {
        add_some(0.4, [&] { add(stormy(), seconds(5), seconds(90)); });
        add_some(0.3, [&] { add(partition(), seconds(5), seconds(150)); });
        add_some(0.6, [&] {
            add({.kind = Fault::Kind::cut, .node = some_node(), .other = some_node()}, seconds(5), seconds(120));
        });
        add_some(0.3, [&] {
            add({.kind = Fault::Kind::clock,
                 .node = some_node(),
                 .time = draws_.between(milliseconds(0), milliseconds(60'000)) - milliseconds(30'000)},
                seconds(10), seconds(120));
        });
        add_some(1.0, [&] { add(crash(), seconds(1), seconds(2)); });
        add_some(0.1, [&] { crash_all(); });
        add_some(0.05, [&] {
            add({.kind = Fault::Kind::lost_disk,
                 .node = some_node(),
                 .time = draws_.between(milliseconds(100), milliseconds(20'000))},
                seconds(1), seconds(2));
        });
        add_some(0.3, [&] {
            add({.kind = Fault::Kind::slow_jobs, .node = some_node(), .time = draws_.between(seconds(1), seconds(15))},
                seconds(10), seconds(60));
        });
    }

    [[nodiscard]] Fault stormy() {
        Fault out{.kind = Fault::Kind::weather, .weather = plan_.weather};
        if (draws_.chance(0.6)) out.weather.loss = draws_.unit() * 0.4;
        if (draws_.chance(0.5)) out.weather.duplication = draws_.unit() * 0.3;
        if (draws_.chance(0.5)) out.weather.mean_delay = draws_.between(milliseconds(50), milliseconds(3000));
        if (draws_.chance(0.5)) out.weather.straggling = draws_.unit() * 0.2;
        out.weather.straggling_by = draws_.between(seconds(1), seconds(20));
        return out;
    }

    [[nodiscard]] Fault partition() {
        Fault out{.kind = Fault::Kind::partition};
        const std::uint64_t parts = draws_.between(2, 3);
        const bool alone = draws_.chance(0.3);  // one against the rest
        const NodeIndex lonely = some_node();
        for (NodeIndex i = 0; i < plan_.participants.size(); ++i) {
            out.groups.push_back(static_cast<std::uint8_t>(alone ? (i == lonely ? 1U : 0U) : draws_.below(parts)));
        }
        return out;
    }

    [[nodiscard]] Fault crash() {
        constexpr std::array kKinds{Fault::Kind::crash, Fault::Kind::crash_at, Fault::Kind::crash_at,
                                    Fault::Kind::power_cut, Fault::Kind::disk_fails};
        const bool long_away = draws_.chance(0.2);
        return {.kind = kKinds.at(draws_.below(kKinds.size())),
                .node = some_node(),
                .time = draws_.between(milliseconds(100), milliseconds(long_away ? 120'000 : 8000)),
                .number = draws_.below(40)};
    }

    void crash_all() {
        const auto at = SimTime(draws_.between(seconds(5), plan_.faulty_for - seconds(1)));
        for (NodeIndex i = 0; i < plan_.participants.size(); ++i) {
            plan_.faults.push_back({.kind = Fault::Kind::power_cut,
                                    .at = at,
                                    .until = at,
                                    .node = i,
                                    .time = draws_.between(milliseconds(100), milliseconds(20'000))});
        }
    }

    Draws draws_;
    PlanWishes wishes_;
    Plan plan_;
    double harshness_ = 0;
};

}  // namespace

Plan draw_plan(std::uint64_t seed, const PlanWishes& wishes) { return Drawing(seed, wishes).run(); }

}  // namespace dusk::sim
