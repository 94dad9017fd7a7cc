#include "base/archive.hpp"

#include <algorithm>

namespace dusk {

std::size_t Archived<std::string>::write_parts(ArchiveSink& sink, const std::string& value) {
    const std::size_t start = sink.position();
    if (value.size() > inline_capacity) sink.write(as_bytes(value));
    return start;
}

void Archived<std::string>::write_self(ArchiveSink& sink, std::size_t at, const std::string& value, Resolver start) {
    if (value.size() > inline_capacity) {
        sink.store<std::uint32_t>(at, static_cast<std::uint32_t>(value.size()));
        sink.store<std::uint32_t>(at + 4, static_cast<std::uint32_t>(start - at));
    } else {
        const MutableByteView to = sink.at(at, size);
        std::ranges::copy(as_bytes(value), to.begin());
        to[inline_capacity] = static_cast<std::uint8_t>(value.size());
    }
}

bool Archived<std::string>::read(ArchiveSource& source, std::size_t at, std::string& out) {
    const auto inline_length = source.load<std::uint8_t>(at + inline_capacity);
    // The top bit is the sign of the offset, which is never positive: then the text stands elsewhere.
    const bool is_inline = inline_length < 0x80;
    if (is_inline && inline_length > inline_capacity) return source.fault(ArchiveFault::bad_text, at);
    ByteView text;
    std::optional<ArchiveSource::Claim> claim;
    if (is_inline) {
        text = source.at(at, inline_length);
    } else {
        claim = source.enter(at, source.pointer(at + 4), source.load<std::uint32_t>(at), 1);
        if (!claim) return false;
        text = source.at(claim->start, claim->size);
    }
    if (!is_utf8(text)) return source.fault(ArchiveFault::bad_text, at);
    out.assign(text.begin(), text.end());
    if (claim) source.leave(*claim);
    return true;
}

}  // namespace dusk
