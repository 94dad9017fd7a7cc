// One datagram: what is read of it is what is written.
#include <algorithm>

#include "kadcast/packet.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::kadcast;
using fuzz::require;

void read(ByteView datagram) {
    const auto packet = read_packet(datagram);
    if (!packet) {
        require(!to_string(packet.error()).empty());
        return;
    }
    require(packet->size <= datagram.size());
    require(meets_difficulty(packet->header.id, packet->header.nonce));
    const Bytes written = std::visit([&](const auto& body) { return to_bytes(packet->header, body); }, packet->body);
    require(equal(written, datagram.first(packet->size)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read({data, size});
    // Few changed identifiers have a nonce with work in it: what follows is read under one that has.
    static const Header kHeader = header_of(Identity::of({ByteArray<4>{127, 0, 0, 1}, 9000}, 0, kAcceptedDifficulty));
    if (size < 21) return 0;
    Bytes datagram(data, data + size);
    std::ranges::copy(kHeader.id.bytes, datagram.begin() + 1);
    std::ranges::copy(kHeader.nonce, datagram.begin() + 17);
    read(datagram);
    return 0;
}
