// One contribution to a ceremony: what its contributor publishes (docs/formats/ceremony.md).
//
// The secret x of the parameters is the product of all contributors' secrets s. A contribution holds P = x G and x h
// after it, and a Schnorr proof that its contributor knew s with P = s P_before: R = r P_before, answer r + c s for
// the challenge c, the digest of everything that the proof is about.
#pragma once

#include <string>

#include "base/random.hpp"
#include "base/reader.hpp"
#include "base/secret.hpp"
#include "base/writer.hpp"
#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "plonk/ceremony_error.hpp"

namespace dusk::plonk {

using crypto::Fq;
using crypto::G1Affine;
using crypto::G2Affine;

// BLAKE2b-512 over a contribution, which holds the digest before it: so over all contributions up to it.
using CeremonyDigest = ByteArray<64>;

inline constexpr std::size_t kLongestName = 64;

// 1 to 64 bytes of UTF-8 without control characters and without those that turn the direction of writing: what is
// printed is what was written.
[[nodiscard]] bool is_contributor_name(std::string_view name);

struct Contribution {
    std::string name;
    CeremonyDigest before;  // of the ceremony that the contributor was given
    G1Affine product;       // P
    G2Affine product_h;     // x h
    G1Affine commitment;    // R
    Fq answer;

    // A length byte, the name, then 64 + 48 + 96 + 48 + 32 bytes.
    static constexpr std::size_t kSmallestSize = 1 + 1 + 64 + 48 + 96 + 48 + 32;
    void write(Writer& out) const;
    // Errors: short_input, bad_name, bad_point, identity, bad_scalar; without an index.
    [[nodiscard]] static Result<Contribution, CeremonyError> read(Reader& in);

    [[nodiscard]] CeremonyDigest digest() const;
};

// What is known before a contribution: the digest, and x G and x h.
struct CeremonyState {
    CeremonyDigest digest;
    G1Affine product;
    G2Affine product_h;
};

// A secret drawn anew while it is zero or of an order that divides 2^32. Errors: bad_randomness after 64 draws.
[[nodiscard]] Result<Secret<Fq>, CeremonyError> draw_ceremony_secret(RandomSource& random);

// The contribution of a secret. One draw. Constant time in the secret. Errors: bad_randomness.
[[nodiscard]] Result<Contribution, CeremonyError> make_contribution(const CeremonyState& before, std::string name,
                                                                    const Secret<Fq>& secret, RandomSource& random);

// Errors: broken_chain, no_change, bad_knowledge, bad_pair; without an index. About 2 ms.
[[nodiscard]] Result<void, CeremonyError> check_contribution(const CeremonyState& before,
                                                             const Contribution& contribution);

}  // namespace dusk::plonk
