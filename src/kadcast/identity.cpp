#include "kadcast/identity.hpp"

#include <bit>

#include "crypto/blake2s.hpp"

namespace dusk::kadcast {
namespace {

unsigned zero_bits_at_the_end(const ByteArray<32>& hash) {
    unsigned out = 0;
    for (std::size_t i = hash.size(); i-- > 0;) {
        if (hash[i] != 0) return out + static_cast<unsigned>(std::countr_zero(hash[i]));
        out += 8;
    }
    return out;
}

}  // namespace

NodeId id_of(const SocketAddress& address) {
    ByteArray<18> hashed{};
    store_le(hashed.data(), address.port);
    const std::size_t octets = std::visit(
        [&](const auto& ip) {
            std::copy(ip.begin(), ip.end(), hashed.begin() + 2);
            return ip.size();
        },
        address.ip);
    return {take<NodeId::kSize>(crypto::blake2s_256(ByteView(hashed).first(2 + octets)))};
}

bool meets_difficulty(const NodeId& id, const Nonce& nonce, unsigned bits) {
    ByteArray<20> hashed;
    std::copy(id.bytes.begin(), id.bytes.end(), hashed.begin());
    std::copy(nonce.begin(), nonce.end(), hashed.begin() + NodeId::kSize);
    return zero_bits_at_the_end(crypto::blake2s_256(hashed)) >= bits;
}

Nonce find_nonce(const NodeId& id, unsigned bits) {
    Nonce nonce{};
    std::uint32_t counter = 0;
    do {
        store_le(nonce.data(), counter);
        if (meets_difficulty(id, nonce, bits)) return nonce;
    } while (++counter != 0);
    return {};
}

std::optional<std::uint8_t> distance(const NodeId& a, const NodeId& b) {
    for (std::size_t i = NodeId::kSize; i-- > 0;) {
        const auto different = static_cast<std::uint8_t>(a.bytes[i] ^ b.bytes[i]);
        if (different != 0) return static_cast<std::uint8_t>(8 * i + std::bit_width(different) - 1);
    }
    return {};
}

NodeId at_distance(const NodeId& id, std::uint8_t height) {
    NodeId out = id;
    out.bytes[height / 8] ^= static_cast<std::uint8_t>(1U << (height % 8));
    return out;
}

SocketAddress unmapped(const SocketAddress& address) {
    constexpr ByteArray<12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const auto* six = std::get_if<ByteArray<16>>(&address.ip);
    if (six == nullptr || !equal(ByteView(*six).first(kMapped.size()), kMapped)) return address;
    return {take<4>(ByteView(*six).subspan(kMapped.size())), address.port};
}

Identity Identity::of(const SocketAddress& address, std::uint8_t network, unsigned bits) {
    const NodeId id = id_of(address);
    return {.address = address, .id = id, .nonce = find_nonce(id, bits), .network = network};
}

}  // namespace dusk::kadcast
