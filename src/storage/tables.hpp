// Where things lie in the store: a byte for the table, then what names the thing. Heights and positions are
// big-endian, so that keys are in their order.
#pragma once

#include "base/writer.hpp"
#include "ledger/block.hpp"
#include "storage/key_value.hpp"

namespace dusk::storage {

enum class Table : std::uint8_t {
    format = 0,            // → magic, version
    header = 'b',          // height → StoredHeader
    label = 'l',           // height → hash, label
    height = 'h',          // block hash → height
    transaction = 't',     // height, position → SpentTransaction without the contents of blobs
    place = 'i',           // transaction id → height, position
    fault = 'f',           // height, position → Fault
    events = 'e',          // height, position → piece of what its contracts reported (chain/kept_events.hpp)
    stakes = 'k',          // height → stakes after a final block (chain/kept_stakes.hpp), of some
    blob = 'o',            // height, blob hash → BlobSidecar
    blob_height = 'p',     // blob hash, height →
    candidate = 'c',       // block hash → Block
    candidate_of = 'd',    // round, previous hash, iteration, block hash →
    validation = 'v',      // round, previous hash, iteration → ValidationResult
    last_iteration = 'm',  // → tip, iteration
    step_times = 's',      // step → up to 5 times
    pool = 'x',            // transaction id → StoredPoolTransaction
};

inline void key_part(Writer& out, ledger::Height height) { out.be(height.value); }
inline void key_part(Writer& out, std::uint32_t position) { out.be(position); }
inline void key_part(Writer& out, ledger::Step step) { out.u8(static_cast<std::uint8_t>(step)); }
template <std::size_t N, class Kind>
void key_part(Writer& out, const ledger::WireBytes<N, Kind>& name) {
    out.bytes(name.bytes);
}
template <class Kind>
void key_part(Writer& out, const ledger::Identifier<Kind>& name) {
    out.bytes(name.bytes);
}
inline void key_part(Writer& out, const ledger::ConsensusHeader& header) {
    out.be(header.round).bytes(header.prev_block_hash.bytes).u8(header.iteration);
}

template <class... Parts>
[[nodiscard]] Bytes key_of(Table table, const Parts&... parts) {
    Writer out;
    out.u8(static_cast<std::uint8_t>(table));
    (key_part(out, parts), ...);
    return std::move(out).finish();
}

// All of a table whose keys begin with these parts.
template <class... Parts>
[[nodiscard]] KeyRange keys_of(Table table, const Parts&... parts) {
    return keys_with(key_of(table, parts...));
}

// All of a table whose keys begin with a height of at least, or at most, this one.
[[nodiscard]] inline KeyRange keys_from(Table table, ledger::Height height) {
    return {key_of(table, height), keys_of(table).end};
}
[[nodiscard]] inline KeyRange keys_up_to(Table table, ledger::Height height) {
    return {key_of(table), keys_of(table, height).end};
}

}  // namespace dusk::storage
