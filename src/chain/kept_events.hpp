// What the contracts reported in a block, as the chain keeps it for those who read it later (src/chronicle).
//
// Pieces of about a megabyte, each readable by itself:
//
//     event:  flags u8 ‖ [origin 32] ‖ [source 32] ‖ topic size u32 ‖ topic ‖ data size u32 ‖ data
//     flags:  1 an origin follows   2 the origin is the block itself   4 a source follows   8 reverted
//
// Without origin or source it is that of the event before; the first of a piece has both. Integers are little-endian.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/reader.hpp"
#include "ledger/identifiers.hpp"

namespace dusk::execution {
struct BlockReceipts;
}

namespace dusk::chain {

// The views live until the visit ends.
struct KeptEvent {
    std::optional<ledger::TransactionId> origin{};  // none: the block itself
    ledger::ContractId source{};
    std::string_view topic{};
    ByteView data{};
    bool reverted = false;
};
using VisitEvent = std::function<void(const KeptEvent&)>;

// One piece at least, be it empty: it says that nothing was reported.
void write_events(const execution::BlockReceipts& receipts, const std::function<void(Bytes piece)>& take);

// The events of a piece up to where it cannot be read. Errors: short_input, bad_tag (flags), bad_value (the first has
// no origin or source).
[[nodiscard]] Result<void, ReadError> read_events(ByteView piece, const VisitEvent& visit);

}  // namespace dusk::chain
