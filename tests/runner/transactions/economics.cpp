// economics.json: what blocks emit, and how it is divided.
#include "execution/reward_schedule.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using ledger::Lux;

void expect_lux(Lux got, const Node& expected, Report& report) {
    report.expect(got.value == expected.u64(), expected, "is another amount");
}

void split(const Node& c, Report& report) {
    const Lux emitted = execution::emission({c["height"].u64()});
    const auto total = checked_add(emitted, Lux{c["spent"].u64()});
    if (!total) c.complain("is more than 64 bits hold");
    const auto shares = execution::reward_shares(*total);
    expect_lux(shares.dusk, c["dusk"], report);
    expect_lux(shares.voters, c["voters_pool"], report);
    expect_lux(shares.generator_fixed, c["generator_fixed"], report);
    expect_lux(shares.generator_extra_max, c["generator_extra_full"], report);
    expect_lux(shares.generator_extra(c["credits"].u64()), c["generator_extra"], report);
    expect_lux(shares.per_credit(), c["per_credit"], report);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node economics = root["economics"];
    for (const Node& c : economics["emission"].items()) {
        report.run(c, [&] { expect_lux(execution::emission({c["height"].u64()}), c["emission"], report); });
    }
    for (const Node& c : economics["split"].items()) {
        report.run(c, [&] { split(c, report); });
    }
}

const Registered registered{{"transactions", "economics", {"economics", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
