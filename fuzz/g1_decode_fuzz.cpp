// G1: what decodes, compressed or not, is a point of the subgroup with exactly these bytes.
#include "crypto/g1.hpp"
#include "point_decode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    dusk::fuzz::check_decoders<dusk::crypto::G1Affine>({data, size});
    return 0;
}
