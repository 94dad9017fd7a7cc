#include "archive_case.hpp"

#include <algorithm>

namespace dusk::vectors {

void check_places(const Node& c, ByteView archive, std::size_t root_size, std::size_t root_alignment,
                  const Marks& marks, Report& report) {
    report.expect(c["rkyv_len"].u64() == archive.size(), c["rkyv_len"], "another length");
    report.expect(c["root_size"].u64() == root_size, c["root_size"], "another size");
    report.expect(c["root_align"].u64() == root_alignment, c["root_align"], "another alignment");
    report.expect(c["root_offset"].u64() == archive.size() - root_size, c["root_offset"], "another place");
    const ByteView root = archive.last(root_size);
    const Node offsets = c["field_offsets"];
    for (const auto& [name, places] : offsets.fields()) {
        if (places.size() == 0) places.describe();  // of a variant that this sample is not
    }
    for (const Mark& field : marks) {
        if (!offsets.has(field.name)) continue;
        for (const Node& offset : offsets[field.name].items()) {
            const std::uint64_t at = offset.u64();
            const bool right =
                at + field.bytes.size() <= root.size() && equal(root.subspan(at, field.bytes.size()), field.bytes);
            report.expect(right, offset, "another field stands there");
        }
    }
}

}  // namespace dusk::vectors
