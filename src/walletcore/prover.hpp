// A prover of the transfer circuits that hands out its commitments: the sums of points that make up most of its time
// are computed wherever JavaScript likes, in this instance of the module or in others, and come back as points.
#pragma once

#include <memory>
#include <optional>

#include "crypto/chacha_rng.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/staged_proof.hpp"
#include "plonk/stored_key.hpp"

namespace dusk::walletcore {

// Of devnet: the circuits and parameters are those whose verifier data phoenix/devnet_verifier_data.hpp holds.
class TransferProver {
  public:
    using Refusal = std::string;  // a sentence

    // ---- a key for 1 to 4 inputs, which replaces that of before
    // `rng`: 32 bytes that nobody could foresee who had a hand in the powers.
    [[nodiscard]] Result<void, Refusal> begin_key(std::size_t inputs, const ByteArray<32>& rng);
    // As `stored_key` gave it.
    [[nodiscard]] Result<void, Refusal> load_key(std::size_t inputs, ByteView stored);
    // About 480 bytes per row. None without a key.
    [[nodiscard]] std::optional<Bytes> stored_key() const;

    // ---- a proof, with the key for as many inputs as the request has
    [[nodiscard]] Result<void, Refusal> begin_proof(ByteView request, const ByteArray<32>& rng);
    // Where it waits for the quotient on the four cosets: what whoever has the key computes it from. Else none.
    [[nodiscard]] std::optional<SecretBytes> coset_work() const;
    // The quotient on a coset from 0 to 3, n coefficients, for a proof that anybody makes with this key.
    [[nodiscard]] Result<plonk::SecretPolynomial, Refusal> coset_quotient(ByteView work, std::size_t coset) const;
    // Hands one in; with all four the proof can go on.
    [[nodiscard]] Result<void, Refusal> give_coset(std::size_t coset, ByteView coefficients);
    // Verified. None before it is done.
    [[nodiscard]] std::optional<plonk::Proof> proof() const;

    // ---- what is to be committed to before either goes on
    [[nodiscard]] std::size_t pending_count() const { return pending_.size(); }
    [[nodiscard]] std::span<const crypto::Fq> pending(std::size_t index) const { return pending_[index]; }
    void commit(std::size_t index, const crypto::G1Affine& commitment) { commitments_[index] = commitment; }
    // With a commitment to each. Refused: the request is not true, or the key is not that of the network, as where the
    // powers of the parameters are others.
    [[nodiscard]] Result<void, Refusal> resume();

  private:
    // A key with what follows from it.
    struct Circuit {
        Circuit(plonk::ProverKey made, Executor& executor)
            : key(std::move(made)), domain(key.log2_size), sigmas(plonk::permutation_values(key, domain, executor)) {}
        plonk::ProverKey key;
        crypto::FftDomain domain;
        std::array<plonk::Polynomial, plonk::kWires> sigmas;
    };
    struct Proving {
        phoenix::TransferRequest request;
        crypto::ChaChaRng random;
        std::optional<plonk::StagedProof> staged{};
        std::array<plonk::SecretPolynomial, plonk::kCosets> cosets{};
    };

    void wait_for(std::span<const std::span<const crypto::Fq>> polynomials);
    [[nodiscard]] Result<void, Refusal> finish_key();
    [[nodiscard]] Result<void, Refusal> resume_proof();
    [[nodiscard]] Result<void, Refusal> finish_proof();
    void forget_job();

    std::size_t inputs_ = 0;  // of the key
    std::unique_ptr<const Circuit> circuit_;
    std::unique_ptr<plonk::ProverKey> making_;
    plonk::SecretPolynomial combined_;  // of the key in the making, with the commitment that it must have
    crypto::G1Affine combined_commitment_;
    std::unique_ptr<Proving> proving_;
    std::optional<plonk::Proof> proof_;
    std::vector<std::span<const crypto::Fq>> pending_;
    std::vector<crypto::G1Affine> commitments_;
};

}  // namespace dusk::walletcore
