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

// The part of the work that is one coset's, so that somebody else may do it; the buffers serve all cosets. What it
// refers to outlives it.
class CosetQuotient {
  public:
    // `cache` may be null.
    CosetQuotient(const ProverKey& key, const CosetCache* cache, const crypto::FftDomain& domain,
                  const ProofColumns& columns, const Challenges& challenges, Executor& executor);
    // t modulo X^n - s^n for s of coset 0 … 3: n coefficients. Up to 21 transforms of n.
    [[nodiscard]] SecretPolynomial remainder(std::size_t coset);

  private:
    const ProverKey* key_;
    const CosetCache* cache_;
    const crypto::FftDomain* domain_;
    const ProofColumns* columns_;
    const Challenges* challenges_;
    Executor* executor_;
    std::array<SecretPolynomial, kWires + 2> secret_;
    PerColumn<Polynomial> own_;
};

// t of its remainders, as `compute_quotient` gives it.
[[nodiscard]] std::array<SecretPolynomial, 4> quotient_of_cosets(std::array<SecretPolynomial, kCosets> remainders,
                                                                 const ProverKey& key, const crypto::FftDomain& domain,
                                                                 const ProofColumns& columns,
                                                                 const Challenges& challenges, Executor& executor);

// t by its coefficients of degree 0 … n - 1, n … 2n - 1, 2n … 3n - 1 and 3n … 4n + 9. If the columns violate an
// identity there is no quotient: the result is then wrong, which the prover notices at its challenge.
// One coset after the other: with a cache 24 transforms of n, else up to 84; memory for 16 columns, with the key's own
// 15 more.
[[nodiscard]] std::array<SecretPolynomial, 4> compute_quotient(const ProverKey& key, const CosetCache* cache,
                                                               const crypto::FftDomain& domain,
                                                               const ProofColumns& columns,
                                                               const Challenges& challenges, Executor& executor);

}  // namespace dusk::plonk
