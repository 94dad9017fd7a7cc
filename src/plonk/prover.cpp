#include "plonk/prover.hpp"

#include "crypto/msm.hpp"
#include "plonk/staged_proof.hpp"

namespace dusk::plonk {

namespace {

SerialExecutor& this_thread() {
    static SerialExecutor executor;
    return executor;
}

}  // namespace

Prover::Prover(std::shared_ptr<const ProverKey> key) : Prover(std::move(key), this_thread()) {}

Prover::Prover(std::shared_ptr<const ProverKey> key, Executor& executor)
    : key_(std::move(key)), domain_(key_->log2_size), sigmas_(permutation_values(*key_, domain_, executor)) {}

void Prover::cache_cosets(Executor& executor) {
    cache_ = std::make_unique<const CosetCache>(make_coset_cache(*key_, executor));
}

Result<Proof, ProofError> Prover::prove(const CircuitTable& circuit, RandomSource& random, Executor& executor) const {
    auto staged = StagedProof::begin({.key = key_.get(), .domain = &domain_, .sigmas = sigmas_, .cache = cache_.get()},
                                     circuit, random, executor);
    if (!staged) return fail(staged.error());
    std::vector<G1Affine> commitments;
    while (!staged->pending().empty()) {
        commitments.clear();
        for (const auto& polynomial : staged->pending()) {
            commitments.push_back(crypto::msm_vartime(key_->powers, polynomial, executor).to_affine());
        }
        if (const auto done = staged->resume(commitments); !done) return fail(done.error());
    }
    return staged->proof();
}

}  // namespace dusk::plonk
