// A proof: 11 commitments and 15 evaluations in 1008 bytes (spec/plonk.md §8).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "crypto/g1.hpp"
#include "plonk/proof_error.hpp"

namespace dusk::plonk {

using crypto::Fq;
using crypto::G1Affine;

// Values of polynomials at the challenge z, and of some at z w, the next row. In the order of the bytes.
struct Evaluations {
    Fq a, b, c, d;
    Fq a_next, b_next, d_next;
    Fq q_arith, q_c, q_l, q_r;
    Fq sigma_1, sigma_2, sigma_3;
    Fq z_next;  // of the permutation polynomial, at z w

    friend bool operator==(const Evaluations&, const Evaluations&) = default;
};

struct Proof {
    static constexpr std::size_t kPoints = 11;
    static constexpr std::size_t kScalars = 15;
    static constexpr std::size_t kSize = kPoints * G1Affine::kCompressedSize + kScalars * Fq::kSize;  // 1008

    std::array<G1Affine, 4> wires;     // a, b, c, d
    G1Affine permutation;              // z
    std::array<G1Affine, 4> quotient;  // t: low, mid, high, fourth
    G1Affine opening;                  // W_z
    G1Affine opening_next;             // W_zw
    Evaluations evaluations;

    // The first 1008 bytes; what follows is ignored, as the network does. Errors: short_input, bad_point, bad_scalar.
    [[nodiscard]] static Result<Proof, ProofError> from_slice(ByteView bytes);
    // The same for each; the points of all are decoded together.
    [[nodiscard]] static std::vector<Result<Proof, ProofError>> from_slices(std::span<const ByteView> slices);
    // Exactly 1008 bytes. Errors: also trailing_bytes.
    [[nodiscard]] static Result<Proof, ProofError> from_slice_exact(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;

    friend bool operator==(const Proof&, const Proof&) = default;
};

}  // namespace dusk::plonk
