// Proofs: what reads is written the same, and verifying it against any key neither crashes nor accepts.
#include <cstdlib>

#include "plonk/verifier.hpp"

namespace {

using namespace dusk;
using namespace dusk::plonk;

void require(bool condition) {
    if (!condition) std::abort();
}

// Commitments that no proof opens: multiples of the generator by unrelated numbers.
const Verifier& verifier() {
    static const Verifier made = [] {
        const auto point = [](std::uint64_t factor) {
            return (crypto::G1Projective::generator() *
                    Fq::hash_to_scalar(ByteArray<1>{static_cast<std::uint8_t>(factor)}))
                .to_affine();
        };
        VerifierData data;
        data.key.rows = data.rows = 5;
        data.size = 8;
        data.public_rows = {1};
        for (std::size_t i = 0; i < kKeyColumns; ++i) data.key.commitments[i] = point(i);
        const auto h = crypto::G2Projective::generator();
        data.opening_key = {.g = point(20), .h = h.to_affine(), .x_h = (h * Fq::from_u64(12345)).to_affine()};
        return Verifier(std::move(data));
    }();
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto proof = Proof::from_slice(bytes);
    const auto exact = Proof::from_slice_exact(bytes);
    require(exact.has_value() == (proof.has_value() && size == Proof::kSize));
    if (!proof) return 0;
    require(equal(proof->to_bytes(), bytes.first(Proof::kSize)));
    const std::array inputs{Fq::from_u64(size)};
    for (const Version version : {Version::v1, Version::v2, Version::v3}) {
        require(!verifier().verify(*proof, inputs, version));
    }
    return 0;
}
