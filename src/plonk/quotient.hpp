// The quotient t of a proof: all identities divided by X^n - 1 (spec/plonk.md §7 step 3).
#pragma once

#include "plonk/coset.hpp"
#include "plonk/transcript.hpp"

namespace dusk::plonk {

// Coefficients of the blinded columns of a proof.
struct ProofColumns {
    std::array<SecretPolynomial, kWires> wires;
    SecretPolynomial permutation;
    Polynomial public_;  // not blinded; empty when all public inputs are zero
};

// t by its coefficients of degree 0 … n - 1, n … 2n - 1, 2n … 3n - 1 and 3n … 4n + 9. If the columns violate an
// identity there is no quotient: the result is then wrong, which the prover notices at its challenge.
// One coset after the other: with a cache 24 transforms of n, else up to 84; memory for 16 columns, with the key's own
// 15 more.
[[nodiscard]] std::array<SecretPolynomial, 4> compute_quotient(const ProverKey& key, const CosetCache* cache,
                                                               const crypto::FftDomain& domain,
                                                               const ProofColumns& columns,
                                                               const Challenges& challenges, Executor& executor);

}  // namespace dusk::plonk
