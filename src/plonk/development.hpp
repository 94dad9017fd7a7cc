// The public parameters of local networks: a ceremony with one contribution, whose secret is drawn from a text that
// everybody can read. Whoever knows it can prove anything, so every network but `devnet` refuses them
// (plonk/parameters_pin.hpp, docs/crs.md).
#pragma once

#include "plonk/ceremony.hpp"

namespace dusk::plonk {

inline constexpr std::string_view kDevelopmentSeed = "dusk development parameters; the secret is public";
inline constexpr std::string_view kDevelopmentName = "dusk development";
inline constexpr unsigned kDevelopmentLog2Degree = 17;  // 131082 powers: Phoenix with 3 and 4 inputs needs them

// The key of the ChaCha generator that a contribution from a seed draws from: SHA-256 of the seed.
[[nodiscard]] ByteArray<32> ceremony_seed_key(ByteView seed);

// Smaller ones have other contributions, but the same powers. Errors: bad_count.
[[nodiscard]] Result<Ceremony, CeremonyError> development_ceremony(unsigned log2_degree, Executor& executor);

// About 2 s of computing for 2^17 + 10 powers.
[[nodiscard]] PublicParameters development_parameters(Executor& executor);

// Whether x h is h times the public secret, for any h: so in whatever encoding the parameters come, whatever their
// number of powers and their generators, and in verifier data, which hold no powers. Below 1 ms.
[[nodiscard]] bool has_development_secret(const OpeningKey& opening_key);
// The same of parameters whose points are not yet known to belong together: by the opening key or by the first powers.
[[nodiscard]] bool has_development_secret(const OpeningKey& opening_key, std::span<const G1Affine> powers);

}  // namespace dusk::plonk
