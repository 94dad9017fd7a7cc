// G1: what decodes, compressed or not, is a point of the subgroup with exactly these bytes; and points decoded together
// get the answers of one by one.
#include "crypto/g1.hpp"
#include "crypto/g1_decode.hpp"
#include "point_decode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::crypto::G1Affine;
    const dusk::ByteView bytes(data, size);
    dusk::fuzz::check_decoders<G1Affine>(bytes);
    constexpr std::size_t kSize = G1Affine::kCompressedSize;
    constexpr std::size_t kMost = 16;
    const auto together = dusk::crypto::decode_g1(bytes.first(std::min(size / kSize, kMost) * kSize));
    for (std::size_t i = 0; i < together.size(); ++i) {
        dusk::fuzz::require(together[i] == G1Affine::from_compressed(bytes.subspan(i * kSize, kSize)));
    }
    return 0;
}
