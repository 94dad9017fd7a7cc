// Poseidon in circuits: spec/plonk-sound.md §6. Same values as crypto/poseidon.hpp.
#pragma once

#include <span>

#include "crypto/hades.hpp"
#include "crypto/poseidon.hpp"
#include "plonk/composer.hpp"

namespace dusk::plonk {

using WitnessState = std::array<Witness, crypto::hades::kWidth>;

// The Hades permutation. 650 rows.
void permute(Composer& composer, WitnessState& state);

namespace detail {
[[nodiscard]] Witness hash(Composer& composer, crypto::poseidon::Domain domain, std::span<const Witness> input);
[[nodiscard]] Witness hash_truncated(Composer& composer, std::span<const Witness> input);
}  // namespace detail

// The hash of N elements in the domain `other`. 1 + N + 650 ceil(N / 4) rows.
template <std::size_t N>
    requires(N > 0)
[[nodiscard]] Witness hash(Composer& composer, const std::array<Witness, N>& input) {
    return detail::hash(composer, crypto::poseidon::Domain::other, input);
}
// Its integer modulo 2^250. 88 rows more.
template <std::size_t N>
    requires(N > 0)
[[nodiscard]] Witness hash_truncated(Composer& composer, const std::array<Witness, N>& input) {
    return detail::hash_truncated(composer, input);
}

// Nodes of Merkle trees. 655 and 653 rows.
[[nodiscard]] inline Witness hash_merkle4(Composer& composer, const std::array<Witness, 4>& children) {
    return detail::hash(composer, crypto::poseidon::Domain::merkle4, children);
}
[[nodiscard]] inline Witness hash_merkle2(Composer& composer, const std::array<Witness, 2>& children) {
    return detail::hash(composer, crypto::poseidon::Domain::merkle2, children);
}

}  // namespace dusk::plonk
