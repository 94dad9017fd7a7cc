// The tables of the chronicle: the same in both databases.
//
// Heights, positions and counts are BIGINT; hashes, ids, keys, topics and data are byte strings as they are (a key in
// its 96 compressed bytes).
#pragma once

#include "chronicle/database.hpp"
#include "ledger/block_names.hpp"

namespace dusk::chronicle {

inline constexpr std::int64_t kSchemaVersion = 1;

// Makes the tables where there are none, in one transaction, for the chain with this first block. Errors: other_chain,
// unknown_version, damaged.
[[nodiscard]] Outcome<void> make_schema(Database& database, const ledger::BlockHash& genesis);
// Whether a chronicle is there that this program reads. Errors: unknown_version; unreachable where there is none.
[[nodiscard]] Outcome<void> check_schema(Database& database);

// How an event is looked up by contract and topic: the first 16 bytes of BLAKE3(source ‖ topic), so that an index holds
// topics of any length.
[[nodiscard]] ByteArray<16> kind_of(ByteView source, std::string_view topic);
// The same for a memo: all of BLAKE3(memo).
[[nodiscard]] ByteArray<32> memo_digest(ByteView memo);

}  // namespace dusk::chronicle
