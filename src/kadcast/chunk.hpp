// A part of an object: a symbol of its RaptorQ code (RFC 6330), with what is needed to put it to use
// (spec/network.md §4). It is the frame of a broadcast packet:
//
//     ray id (32) || object transmission information (12) || block (1) || symbol id (3, big-endian) || symbol
#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::kadcast {

// Names an object by its content: BLAKE2s-256 over its length (u32, little-endian) and its bytes.
using RayId = ByteArray<32>;
[[nodiscard]] RayId ray_id_of(ByteView object);

inline constexpr std::size_t kChunkPrefixBytes = 48;
inline constexpr std::size_t kMostObjectBytes = 10'485'759;
inline constexpr std::size_t kMostSymbolBytes = 8192;

// Why a chunk is dropped. Everything is checked before the library of the code sees it.
enum class ChunkError : std::uint8_t {
    short_frame,        // no room for a symbol
    no_blocks,          // Z = 0
    no_symbol_size,     // T = 0
    no_length,          // F = 0
    symbol_too_large,   // T > 8192
    wrong_alignment,    // Al is not 8
    too_many_symbols,   // of a block
    object_too_large,   // F above kMostObjectBytes
    too_many_blocks,    // more than symbols
    wrong_sub_blocks,   // N = 0 or N > T / Al
    wrong_symbol_size,  // T is no multiple of Al, or the symbol is not of size T
    no_such_block,      // its number is not below Z
    no_room,            // the limits for objects that are not complete are used up
};
[[nodiscard]] std::string_view to_string(ChunkError error);

// RFC 6330 §3.3.2 and §3.3.3: what stands on the wire, checked.
struct TransmissionInfo {
    static constexpr std::size_t kSize = 12;

    std::uint64_t length = 0;       // F: bytes of the object, 1 to kMostObjectBytes
    std::uint16_t symbol_size = 0;  // T: 8 to kMostSymbolBytes, a multiple of Al
    std::uint8_t blocks = 0;        // Z: 1 to symbols()
    std::uint16_t sub_blocks = 0;   // N: 1 to T / Al
    std::uint8_t alignment = 0;     // Al: 8
    ByteArray<kSize> bytes{};       // as read

    [[nodiscard]] static Result<TransmissionInfo, ChunkError> from_bytes(const ByteArray<kSize>& bytes);

    // Source symbols of all blocks, at least 1.
    [[nodiscard]] std::uint32_t symbols() const {
        return static_cast<std::uint32_t>((length + symbol_size - 1) / symbol_size);
    }
    // Of one block below Z: 1 to 56403. The first blocks may have one more than the others.
    [[nodiscard]] std::uint32_t symbols_of(std::uint8_t block) const {
        return symbols() / blocks + (block < symbols() % blocks ? 1 : 0);
    }
};

// The identifiers of symbols of a block end below.
inline constexpr std::uint32_t kSymbolIdEnd = std::uint32_t{1} << 24;

struct Chunk {
    RayId ray_id{};
    TransmissionInfo info{};
    std::uint8_t block = 0;
    std::uint32_t symbol_id = 0;
    ByteView symbol{};  // in the frame that was read

    [[nodiscard]] static Result<Chunk, ChunkError> from_frame(ByteView frame);
};

}  // namespace dusk::kadcast
