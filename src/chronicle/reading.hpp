// What readers of a chronicle have in common.
#pragma once

#include <type_traits>

#include "chronicle/numbers.hpp"
#include "chronicle/queries.hpp"

namespace dusk::chronicle {

// Whether the row is one; a database that others have changed may hold anything.
[[nodiscard]] inline bool read_event(const Row& row, EventRecord& out) {
    if (row.bytes(2).size() != 32 || row.bytes(3).size() != 32 || row.bytes(4).size() != 32) return false;
    out = {.id = row.number(0),
           .height = height_of(row.number(1)),
           .block = {take<32>(row.bytes(2))},
           .origin = take<32>(row.bytes(3)),
           .source = {take<32>(row.bytes(4))},
           .topic = to_vector(row.bytes(5)),
           .data = to_vector(row.bytes(6)),
           .reverted = row.number(7) != 0};
    return true;
}

// From this block on all is there up to the highest one: no block is missing, and what was reported in each is known.
// Nothing in an empty chronicle.
[[nodiscard]] Outcome<std::optional<ledger::Height>> complete_from(Database& database);

// What is read in one transaction.
template <class Read>
auto at_one_moment(Database& database, Read&& read) -> std::invoke_result_t<Read> {
    if (auto begun = database.begin_reading(); !begun) return fail(begun.error());
    Transaction transaction(database);
    auto out = read();
    if (auto ended = transaction.commit(); !ended) return fail(ended.error());
    return out;
}

}  // namespace dusk::chronicle
