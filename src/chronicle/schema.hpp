// The tables of the chronicle: the same in both databases.
//
// Heights, positions and counts are BIGINT; hashes, ids, keys, topics and data are byte strings as they are (a key in
// its 96 compressed bytes).
#pragma once

#include <limits>

#include "chronicle/database.hpp"
#include "ledger/block_names.hpp"

namespace dusk::chronicle {

inline constexpr std::int64_t kSchemaVersion = 3;
// The height of what has not happened.
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
// A place in the history of an account: the id of the event, then what it was.
inline constexpr std::int64_t kPlacesOfEvent = 16;
// A place among the blocks of a provisioner: the height, then the iteration.
inline constexpr std::int64_t kPlacesOfHeight = 256;

// Makes the tables where there are none, in one transaction, for the chain with this first block. Those of an earlier
// version give way: they are filled again from the chain. Errors: other_chain, unknown_version, damaged.
[[nodiscard]] Outcome<void> make_schema(Database& database, const ledger::BlockHash& genesis);
// Removes what is in the tables, but not them. Within a transaction that writes.
[[nodiscard]] Outcome<void> clear_tables(Database& database);
// Whether a chronicle is there that this program reads. Errors: unknown_version; unreachable where there is none, or
// one of an earlier version, which the next program that writes replaces.
[[nodiscard]] Outcome<void> check_schema(Database& database);

// How an event is looked up by contract and topic: the first 16 bytes of BLAKE3(source ‖ topic), so that an index holds
// topics of any length.
[[nodiscard]] ByteArray<16> kind_of(ByteView source, std::string_view topic);
// The same for a memo: all of BLAKE3(memo).
[[nodiscard]] ByteArray<32> memo_digest(ByteView memo);

}  // namespace dusk::chronicle
