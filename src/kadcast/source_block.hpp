// How the bytes of an object are cut into symbols, and what repairs them (RFC 6330 §4.4.1.2; spec/network.md §4).
//
// The symbols of a block lie one behind the other. With one sub-block, as in all objects of up to 8030 symbols of 1296
// bytes, that is the object itself; with more, a symbol has a part of each sub-block.
#pragma once

#include <optional>
#include <span>

#include "kadcast/chunk.hpp"

namespace dusk::kadcast {

// The symbols of all blocks in their order, the last one filled up with zeros: T bytes for each of info.symbols().
[[nodiscard]] Bytes symbols_of_object(ByteView object, const TransmissionInfo& info);
// The other way. `symbols` has T bytes for each symbol of the object.
[[nodiscard]] Bytes object_of_symbols(Bytes symbols, const TransmissionInfo& info);

// The repair symbols `ids` (each from the number of source symbols of the block up to kSymbolIdEnd), one behind the
// other. `symbols`: of the block, at most 56403. The cost is linear in the block, but for the first block of a size.
[[nodiscard]] Bytes repair_symbols(ByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> ids);
// The same, never as sums of the symbols (repair_coefficients.hpp).
[[nodiscard]] Bytes repair_symbols_by_library(ByteView symbols, std::uint16_t symbol_size,
                                              std::span<const std::uint32_t> ids);

struct RepairSymbol {
    std::uint32_t id = 0;  // above the source symbols
    ByteView symbol{};
};
// Puts the symbols that are missing into `symbols`, a block in which they are zeros. False where the repair symbols do
// not determine them: two symbols more than are missing nearly always do.
[[nodiscard]] bool restore(MutableByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> missing,
                           std::span<const RepairSymbol> repair);

}  // namespace dusk::kadcast
