// Public parameters (CRS): g, x g, x^2 g … in G1 and h, x h in G2 for a secret x (spec/plonk.md §3, plonk-sound.md §3).
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "base/random.hpp"
#include "plonk/opening_key.hpp"

namespace dusk::plonk {

using crypto::Fq;

// A circuit whose domain has n rows needs the first n + 10 powers: masks raise degrees to n + 9.
inline constexpr std::size_t kSpareDegree = 9;

// Whether for some k = 2^i below their number the k-th power is the 0th: then x is a root of unity, and everything can
// be proven.
[[nodiscard]] bool secret_is_root_of_unity(std::span<const G1Affine> powers);

// Raw points as prover files hold them, all checked: limbs below p, infinity byte 0 or 1, on the curve, in the
// subgroup. `bytes` holds 97 bytes per point and nothing else. Errors: bad_point.
[[nodiscard]] Result<std::vector<G1Affine>, ProofError> read_raw_points(ByteView bytes, Executor& executor);

// Compressed points of the subgroup, the identity included. `bytes` holds 48 bytes per point and nothing else. Errors:
// bad_point.
[[nodiscard]] Result<std::vector<G1Affine>, ProofError> read_compressed_points(ByteView bytes, Executor& executor);

// Immutable. A point takes 96 bytes in memory.
class PublicParameters {
  public:
    // Development parameters: whoever knows the draws can prove anything. Three draws, each repeated while zero: x, and
    // the factors of g and h. `degree` is at least 1; there are degree + 10 powers, and those of a smaller degree from
    // the same draws are a prefix. About 10 us per power.
    [[nodiscard]] static PublicParameters setup(std::size_t degree, RandomSource& random, Executor& executor);

    // The checked format: 240 bytes of opening key, then compressed points to the end of the bytes. About 70 us per
    // point. Errors: short_input, bad_point, bad_opening_key, bad_header (a partial point), empty,
    // root_of_unity_secret.
    [[nodiscard]] static Result<PublicParameters, ProofError> from_bytes(ByteView bytes, Executor& executor);
    // Points of the subgroup that are already here. Errors: bad_opening_key, empty, root_of_unity_secret.
    [[nodiscard]] static Result<PublicParameters, ProofError> from_points(const OpeningKey& opening_key,
                                                                          std::vector<G1Affine> powers);
    // The raw format of anybody's file: every point is checked, 25 us per point. Errors: those of from_bytes,
    // trailing_bytes.
    [[nodiscard]] static Result<PublicParameters, ProofError> from_raw_bytes(ByteView bytes, Executor& executor);
    // The raw format, of a file that this program wrote: the points must be on the curve, but that they are in the
    // subgroup is not checked. 1 us per point. Errors: those of from_bytes, trailing_bytes.
    [[nodiscard]] static Result<PublicParameters, ProofError> from_trusted_raw_bytes(ByteView bytes,
                                                                                     Executor& executor);
    [[nodiscard]] Bytes to_bytes() const;
    [[nodiscard]] Bytes to_raw_bytes() const;

    [[nodiscard]] const OpeningKey& opening_key() const { return opening_key_; }
    [[nodiscard]] std::span<const G1Affine> powers() const { return powers_; }

    // What a circuit with this many rows needs: 2^k + 10 powers for its domain. Errors: empty, bad_domain,
    // parameters_too_small.
    [[nodiscard]] Result<std::span<const G1Affine>, ProofError> trim(std::uint64_t rows) const;
    // The first `count` powers: parameters of a smaller degree. Errors: empty, parameters_too_small.
    [[nodiscard]] Result<PublicParameters, ProofError> prefix(std::size_t count) const;

  private:
    PublicParameters(const OpeningKey& opening_key, std::vector<G1Affine> powers)
        : opening_key_(opening_key), powers_(std::move(powers)) {}

    OpeningKey opening_key_;
    std::vector<G1Affine> powers_;
};

}  // namespace dusk::plonk
