#include "kadcast/chunk.hpp"

#include "crypto/blake2s.hpp"
#include "dusk_raptorq.h"

namespace dusk::kadcast {

RayId ray_id_of(ByteView object) {
    ByteArray<4> length;
    store_le(length.data(), static_cast<std::uint32_t>(object.size()));
    crypto::Blake2s256 hash;
    hash.update(length);
    hash.update(object);
    return hash.finish();
}

std::string_view to_string(ChunkError error) {
    switch (error) {
        case ChunkError::short_frame:
            return "the frame has no room for a symbol";
        case ChunkError::no_blocks:
            return "no source blocks";
        case ChunkError::no_symbol_size:
            return "symbols of no bytes";
        case ChunkError::no_length:
            return "an object of no bytes";
        case ChunkError::symbol_too_large:
            return "symbols of more than 8192 bytes";
        case ChunkError::wrong_alignment:
            return "an alignment other than 8";
        case ChunkError::too_many_symbols:
            return "too many symbols in a block";
        case ChunkError::object_too_large:
            return "an object of 10 MiB or more";
        case ChunkError::too_many_blocks:
            return "more source blocks than symbols";
        case ChunkError::wrong_sub_blocks:
            return "an impossible number of sub-blocks";
        case ChunkError::wrong_symbol_size:
            return "a symbol of the wrong size";
        case ChunkError::no_such_block:
            return "a block beyond the last";
        case ChunkError::no_room:
            return "no room for more incomplete objects";
    }
    return "unknown";
}

Result<TransmissionInfo, ChunkError> TransmissionInfo::from_bytes(const ByteArray<kSize>& bytes) {
    TransmissionInfo info;
    info.bytes = bytes;
    info.length = (std::uint64_t{bytes[0]} << 32) | load_be<std::uint32_t>(&bytes[1]);
    info.symbol_size = load_be<std::uint16_t>(&bytes[6]);
    info.blocks = bytes[8];
    info.sub_blocks = load_be<std::uint16_t>(&bytes[9]);
    info.alignment = bytes[11];

    if (info.blocks == 0) return fail(ChunkError::no_blocks);
    if (info.symbol_size == 0) return fail(ChunkError::no_symbol_size);
    if (info.length == 0) return fail(ChunkError::no_length);
    if (info.symbol_size > kMostSymbolBytes) return fail(ChunkError::symbol_too_large);
    if (info.alignment != 8) return fail(ChunkError::wrong_alignment);
    const std::uint64_t symbols = (info.length + info.symbol_size - 1) / info.symbol_size;
    if ((symbols + info.blocks - 1) / info.blocks > DUSK_RAPTORQ_MOST_SYMBOLS) {
        return fail(ChunkError::too_many_symbols);
    }
    if (info.length > kMostObjectBytes) return fail(ChunkError::object_too_large);
    // What follows makes the released decoder end its task.
    if (info.blocks > symbols) return fail(ChunkError::too_many_blocks);
    if (info.symbol_size % info.alignment != 0) return fail(ChunkError::wrong_symbol_size);
    if (info.sub_blocks == 0 || info.sub_blocks > info.symbol_size / info.alignment) {
        return fail(ChunkError::wrong_sub_blocks);
    }
    return info;
}

Result<Chunk, ChunkError> Chunk::from_frame(ByteView frame) {
    if (frame.size() <= kChunkPrefixBytes) return fail(ChunkError::short_frame);
    const auto info = TransmissionInfo::from_bytes(take<TransmissionInfo::kSize>(frame.subspan(32)));
    if (!info) return fail(info.error());
    Chunk chunk;
    chunk.ray_id = take<32>(frame);
    chunk.info = *info;
    chunk.block = frame[44];
    chunk.symbol_id = load_be<std::uint32_t>(&frame[44]) & (kSymbolIdEnd - 1);
    chunk.symbol = frame.subspan(kChunkPrefixBytes);
    if (chunk.block >= info->blocks) return fail(ChunkError::no_such_block);
    if (chunk.symbol.size() != info->symbol_size) return fail(ChunkError::wrong_symbol_size);
    return chunk;
}

}  // namespace dusk::kadcast
