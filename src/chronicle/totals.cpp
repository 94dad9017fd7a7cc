#include "chronicle/totals.hpp"

#include "chronicle/numbers.hpp"

namespace dusk::chronicle {
namespace {

// `which`: what stands behind the table.
Outcome<Totals> totals(Database& database, std::string_view which, std::initializer_list<Value> values) {
    Totals out;
    const std::string sql =
        std::string(
            "SELECT height, first_event + events, public_total, shielded_total, transactions, failed, calls,"
            " deployments, gas, fees FROM chronicle_blocks ")
            .append(which);
    const auto done = database.run(sql, values, [&](const Row& row) {
        out = {.height = row.number(0),
               .next_event = row.number(1),
               .public_ones = row.number(2),
               .shielded_ones = row.number(3),
               .transactions = row.number(4),
               .failed = row.number(5),
               .calls = row.number(6),
               .deployments = row.number(7),
               .gas = row.number(8),
               .fees = row.number(9)};
        return false;
    });
    if (!done) return fail(done.error());
    return out;
}

}  // namespace

Outcome<Totals> totals_at_top(Database& database) { return totals(database, "ORDER BY height DESC LIMIT 1", {}); }

Outcome<Totals> totals_before(Database& database, std::uint64_t time) {
    auto out = totals(
        database, "WHERE time < $1 AND height <= (SELECT final FROM chronicle) ORDER BY time DESC, height DESC LIMIT 1",
        {number(time)});
    if (out && out->height < 0) out->height = 0;
    return out;
}

}  // namespace dusk::chronicle
