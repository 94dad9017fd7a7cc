// What is counted from block to block.
#pragma once

#include "chronicle/database.hpp"

namespace dusk::chronicle {

// Up to and with a block. Sums of gas and fees wrap around rather than end: the differences of which they are kept
// hold.
struct Totals {
    std::int64_t height = -1;     // of the block; -1: there is none
    std::int64_t next_event = 1;  // the id of the first event above
    std::int64_t public_ones = 0;
    std::int64_t shielded_ones = 0;
    std::int64_t transactions = 0;
    std::int64_t failed = 0;
    std::int64_t calls = 0;
    std::int64_t deployments = 0;
    std::int64_t gas = 0;
    std::int64_t fees = 0;
};

// Up to the highest block.
[[nodiscard]] Outcome<Totals> totals_at_top(Database& database);
// Up to the last final block from before `time`, in unix seconds; where there is none, up to the first block, which
// executes nothing.
[[nodiscard]] Outcome<Totals> totals_before(Database& database, std::uint64_t time);

}  // namespace dusk::chronicle
