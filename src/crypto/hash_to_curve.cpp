#include "crypto/hash_to_curve.hpp"

#include <algorithm>

namespace dusk::crypto {
namespace {

// 64 bytes big-endian, reduced mod p.
Fp fp_from_wide(std::span<const std::uint8_t, 64> bytes) {
    const auto half = [](std::span<const std::uint8_t, 32> integer) {
        ByteArray<kFpSize> padded{};
        std::ranges::copy(integer, padded.begin() + 16);
        Fp out;
        blst_fp_from_bendian(&out, padded.data());
        return out;
    };
    static const Fp two_to_256 = [] {
        ByteArray<kFpSize> integer{};
        integer[15] = 1;
        Fp out;
        blst_fp_from_bendian(&out, integer.data());
        return out;
    }();
    return add(multiply(half(bytes.first<32>()), two_to_256), half(bytes.last<32>()));
}

}  // namespace

ByteArray<128> expand_message_128(ByteView message, ByteView domain_separation_tag) {
    ByteArray<128> out;
    blst_expand_message_xmd(out.data(), out.size(), message.data(), message.size(), domain_separation_tag.data(),
                            domain_separation_tag.size());
    return out;
}

G1Projective hash_to_g1(ByteView message, ByteView domain_separation_tag) {
    const ByteArray<128> uniform = expand_message_128(message, domain_separation_tag);
    const std::span<const std::uint8_t, 128> bytes(uniform);
    const Fp u0 = fp_from_wide(bytes.first<64>());
    const Fp u1 = fp_from_wide(bytes.last<64>());
    blst_p1 out;
    blst_map_to_g1(&out, &u0, &u1);
    return G1Projective::from_blst_unchecked(out);
}

}  // namespace dusk::crypto
