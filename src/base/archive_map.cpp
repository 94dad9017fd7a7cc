#include "base/archive_map.hpp"

namespace dusk {

MapNode MapNode::load(const ArchiveSource& source, std::size_t at) {
    const std::size_t meta = source.load<std::uint16_t>(at + meta_offset);
    return {.at = at,
            .block_size = source.load<std::uint32_t>(at + block_size_offset),
            .pointer = source.pointer(at + pointer_offset),
            .inner = (meta & inner_flag) != 0,
            .count = meta & (inner_flag - 1)};
}

std::size_t MapNode::write(ArchiveSink& sink, std::size_t block_start, std::size_t block_alignment, bool inner,
                           std::size_t count, std::optional<std::size_t> target) {
    sink.align(block_alignment);
    const std::size_t at = sink.place(size);
    sink.store<std::uint32_t>(at + block_size_offset, static_cast<std::uint32_t>(at - block_start));
    sink.store_pointer(at + pointer_offset, target.value_or(at + pointer_offset));
    sink.store<std::uint16_t>(at + meta_offset, static_cast<std::uint16_t>((inner ? inner_flag : 0) | count));
    return at;
}

}  // namespace dusk
