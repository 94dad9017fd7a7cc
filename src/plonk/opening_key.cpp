#include "plonk/opening_key.hpp"

#include <algorithm>

namespace dusk::plonk {

Result<OpeningKey, ProofError> OpeningKey::from_slice(ByteView bytes) {
    if (bytes.size() < kSize) return fail(ProofError::short_input);
    const auto g = G1Affine::from_compressed(bytes.first(G1Affine::kCompressedSize));
    bytes = bytes.subspan(G1Affine::kCompressedSize);
    const auto h = G2Affine::from_compressed(bytes.first(G2Affine::kCompressedSize));
    bytes = bytes.subspan(G2Affine::kCompressedSize);
    const auto x_h = G2Affine::from_compressed(bytes.first(G2Affine::kCompressedSize));
    if (!g || !h || !x_h) return fail(ProofError::bad_point);
    return OpeningKey{.g = *g, .h = *h, .x_h = *x_h};
}

Result<OpeningKey, ProofError> OpeningKey::from_slice_strict(ByteView bytes) {
    const auto key = from_slice(bytes);
    if (key && (key->g.is_identity() || key->h.is_identity() || key->x_h.is_identity())) {
        return fail(ProofError::bad_opening_key);
    }
    return key;
}

ByteArray<OpeningKey::kSize> OpeningKey::to_bytes() const {
    ByteArray<kSize> out;
    auto at = std::ranges::copy(g.to_compressed(), out.begin()).out;
    at = std::ranges::copy(h.to_compressed(), at).out;
    std::ranges::copy(x_h.to_compressed(), at);
    return out;
}

}  // namespace dusk::plonk
