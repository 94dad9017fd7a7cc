// Makes proofs, version 3 (spec/plonk.md §7, plonk-sound.md §2).
#pragma once

#include <memory>

#include "plonk/circuit_key.hpp"
#include "plonk/coset.hpp"
#include "plonk/proof.hpp"

namespace dusk::plonk {

// For one circuit; immutable, many threads may use one. Memory for a proof, besides the key: about 1.4 kB per row of
// the domain.
class Prover {
  public:
    explicit Prover(std::shared_ptr<const ProverKey> key);
    Prover(std::shared_ptr<const ProverKey> key, Executor& executor);
    // Keeps the key's values on the cosets: 480 bytes per row, for up to half of the time beside the commitments.
    void cache_cosets(Executor& executor);

    [[nodiscard]] const ProverKey& key() const { return *key_; }

    // `circuit`: the circuit after a run with the witness; its selectors are not looked at. Draws 17 field elements of
    // 64 bytes: masks of a (3), b (3), c (2), d (3), of the permutation (3) and of the parts of the quotient (3).
    //
    // Column values and masks are wiped before it returns. Time and memory accesses of the commitments depend on them,
    // see crypto/msm.hpp.
    //
    // Errors: wrong_circuit, unsatisfied: no bytes of a proof leave then.
    [[nodiscard]] Result<Proof, ProofError> prove(const CircuitTable& circuit, RandomSource& random,
                                                  Executor& executor) const;

  private:
    std::shared_ptr<const ProverKey> key_;
    crypto::FftDomain domain_;
    std::array<Polynomial, kWires> sigmas_;  // on the domain
    std::unique_ptr<const CosetCache> cache_;
};

}  // namespace dusk::plonk
