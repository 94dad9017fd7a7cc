#include "vm/host_text.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace dusk::vm {
namespace {

// Bytes at the end that may be the beginning of a character which goes on in the next piece.
std::size_t unfinished_tail(ByteView bytes) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        const std::uint8_t byte = bytes[bytes.size() - back];
        if ((byte & 0xC0) == 0x80) continue;  // inside a character
        const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

}  // namespace

std::optional<std::string> read_text(ContractMemory& memory, std::uint64_t offset, std::uint64_t size) {
    std::string text;
    Bytes piece;
    while (size > 0) {
        const std::size_t kept = piece.size();
        const std::size_t count = std::min<std::uint64_t>(size, kPageSize - offset % kPageSize);
        piece.resize(kept + count);  // zeros
        if (!memory.reads_zeros(offset)) {
            memory.read(offset, MutableByteView(piece).subspan(kept));
        } else if (kept == 0 && text.size() > kLongestName) {
            offset += count;
            size -= count;
            piece.clear();
            continue;
        }
        offset += count;
        size -= count;
        const std::size_t tail = size > 0 ? unfinished_tail(piece) : 0;
        const ByteView whole = ByteView(piece).first(piece.size() - tail);
        if (!is_utf8(whole)) return std::nullopt;
        const std::size_t room = kLongestName + 1 - text.size();
        text.append(reinterpret_cast<const char*>(whole.data()), std::min(whole.size(), room));
        piece.erase(piece.begin(), piece.end() - static_cast<std::ptrdiff_t>(tail));
    }
    return text;
}

}  // namespace dusk::vm
