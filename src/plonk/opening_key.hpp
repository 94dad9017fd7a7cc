// The part of the public parameters that verification needs: g, h and x h for the secret x (spec/plonk.md §3).
#pragma once

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "plonk/proof_error.hpp"

namespace dusk::plonk {

using crypto::G1Affine;
using crypto::G2Affine;

struct OpeningKey {
    static constexpr std::size_t kSize = G1Affine::kCompressedSize + 2 * G2Affine::kCompressedSize;  // 240

    G1Affine g;
    G2Affine h;
    G2Affine x_h;

    // The first 240 bytes: points of the subgroup, the identity included, as the network reads them.
    // Errors: short_input, bad_point.
    [[nodiscard]] static Result<OpeningKey, ProofError> from_slice(ByteView bytes);
    // The same without the identity, under which any proof is accepted (spec/plonk-sound.md §3).
    // Errors: also bad_opening_key.
    [[nodiscard]] static Result<OpeningKey, ProofError> from_slice_strict(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;

    friend bool operator==(const OpeningKey&, const OpeningKey&) = default;
};

}  // namespace dusk::plonk
