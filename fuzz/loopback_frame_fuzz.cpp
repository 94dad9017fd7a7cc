// What stands on a connection between two nodes of one machine.
#include "node/frame.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const ByteView bytes(data, size);
    if (const auto hello = node::Hello::from_bytes(bytes)) fuzz::require(equal(hello->to_bytes(), bytes));
    if (size < node::kFrameHeaderBytes) return 0;
    const auto header = node::FrameHeader::from_bytes(bytes.first<node::kFrameHeaderBytes>());
    if (!header) return 0;
    fuzz::require(header->length <= node::kMostFrameBytes);
    const ByteView rest = bytes.subspan(node::kFrameHeaderBytes);
    if (rest.size() == header->length) fuzz::require(equal(node::make_frame(header->kind, rest), bytes));
    return 0;
}
