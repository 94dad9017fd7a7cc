// A proof in the making that waits wherever it needs commitments, so that whoever makes it may compute these elsewhere:
// on other threads, on machines, in the workers of a page (spec/plonk.md §7).
#pragma once

#include <span>
#include <vector>

#include "plonk/proof.hpp"
#include "plonk/quotient.hpp"

namespace dusk::plonk {

// The permutation of the wires on the domain, which a key has as polynomials.
[[nodiscard]] std::array<Polynomial, kWires> permutation_values(const ProverKey& key, const crypto::FftDomain& domain,
                                                                Executor& executor);

class StagedProof {
  public:
    // What is known of a circuit before there is a witness; all of it outlives the proof. The powers of the key are not
    // looked at.
    struct Circuit {
        const ProverKey* key;
        const crypto::FftDomain* domain;
        std::span<const Polynomial, kWires> sigmas;  // on the domain
        const CosetCache* cache = nullptr;           // may be null
        bool gives_cosets = false;                   // the remainders of the quotient come from outside
    };
    // Draws the masks of the wires; `random` and `executor` outlive the proof. Error: wrong_circuit.
    [[nodiscard]] static Result<StagedProof, ProofError> begin(const Circuit& of, const CircuitTable& circuit,
                                                               RandomSource& random, Executor& executor);
    StagedProof(StagedProof&&) = default;
    StagedProof(const StagedProof&) = delete;
    StagedProof& operator=(const StagedProof&) = delete;
    StagedProof& operator=(StagedProof&&) = delete;
    ~StagedProof() = default;

    // The polynomials to commit to, at most n + 10 coefficients each: the four wires, the permutation, the four parts
    // of the quotient, the two openings. None when the proof is done. Valid until the proof goes on or moves.
    [[nodiscard]] std::span<const std::span<const Fq>> pending() const { return pending_; }
    // Goes on with a commitment to each of these. Error: unsatisfied; nothing of the proof may leave then.
    [[nodiscard]] Result<void, ProofError> resume(std::span<const G1Affine> commitments);

    // Where the circuit says so: once the permutation has its commitment nothing is pending, and the proof waits for
    // the remainders of the quotient on the four cosets (CosetQuotient), which follow from these.
    [[nodiscard]] bool waits_for_cosets() const { return stage_ == Stage::cosets; }
    [[nodiscard]] const ProofColumns& columns() const { return columns_; }
    [[nodiscard]] const Challenges& challenges() const { return challenges_; }
    // n coefficients each.
    void resume_with_cosets(std::array<SecretPolynomial, kCosets> remainders);

    // When nothing is pending.
    [[nodiscard]] const Proof& proof() const { return proof_; }

  private:
    enum class Stage : std::uint8_t { wires, permutation, cosets, quotient, openings };

    StagedProof(const Circuit& of, RandomSource& random, Executor& executor);
    void absorb_public_inputs(const CircuitTable& circuit);
    void blind_wires(const CircuitTable& circuit);
    void multiply_wires();
    void split_quotient(std::array<SecretPolynomial, 4> quotient);
    void evaluate_columns();
    [[nodiscard]] Result<void, ProofError> open();

    Circuit of_;
    RandomSource* random_;
    Executor* executor_;
    Stage stage_ = Stage::wires;
    Transcript transcript_;
    Challenges challenges_{};  // u stays zero: the verifier's alone
    std::vector<Fq> public_inputs_;
    std::vector<Fq> public_points_;
    std::array<SecretPolynomial, kWires> values_;  // of the wires on the domain, until they are multiplied
    ProofColumns columns_;
    std::array<SecretPolynomial, 4> quotient_;
    SecretPolynomial opened_;
    SecretPolynomial opened_next_;
    std::vector<std::span<const Fq>> pending_;
    Proof proof_;
};

}  // namespace dusk::plonk
