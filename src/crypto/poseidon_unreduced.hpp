// Poseidon of limbs that contracts hand over unchecked: spec/crypto.md §18.
#pragma once

#include <array>
#include <span>

#include "base/result.hpp"
#include "crypto/hades.hpp"
#include "crypto/poseidon.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto::hades {

using UnreducedState = std::array<UnreducedFq, kWidth>;

// The permutation in the exact steps of the network, whatever the limbs are. Slow: for limbs that are not reduced.
void permute(UnreducedState& state);

}  // namespace dusk::crypto::hades

namespace dusk::crypto::poseidon {

// The digest of one element in the domain `other` (host query `poseidon_hash`). Limbs that are all reduced take the
// fast path, which gives the same limbs. Errors: empty_input, too_long.
[[nodiscard]] Result<UnreducedFq, Error> digest_unreduced(std::span<const UnreducedFq> input);

}  // namespace dusk::crypto::poseidon
