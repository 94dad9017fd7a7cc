// Verifies proofs of one circuit.
#pragma once

#include <memory>
#include <span>

#include "crypto/pairing.hpp"
#include "crypto/straus_msm.hpp"
#include "plonk/verifier_equation.hpp"

namespace dusk::plonk {

// All numbers of the equation of one proof:
//     e(left, x h) = e(right, h)  with  left = W_z + u W_zw,
//     right = sum of scalars * commitments + z W_z + u z w W_zw - opened g.
struct Equation {
    Challenges challenges;
    AtChallenge at;
    PolynomialScalars scalars;  // of F
    Fq opened;
};

// Everything about a circuit that does not depend on the proof, computed once: about 70 kB. Immutable: many threads may
// use one.
class Verifier {
  public:
    explicit Verifier(VerifierData data, Rules rules = Rules::sound);

    [[nodiscard]] const VerifierData& data() const { return data_; }

    // Errors: wrong_public_inputs, bad_domain, degenerate_challenge, not_accepted.
    [[nodiscard]] Result<void, ProofError> verify(const Proof& proof, std::span<const Fq> public_inputs,
                                                  Version version = Version::v3) const;

    // The part before points are multiplied. Errors: those of `verify` but not_accepted.
    [[nodiscard]] Result<Equation, ProofError> equation(const Proof& proof, std::span<const Fq> public_inputs,
                                                        Version version = Version::v3) const;
    // Generator of the domain; only where there is an equation.
    [[nodiscard]] const Fq& omega() const { return domain_->omega; }
    [[nodiscard]] const crypto::G2Prepared& h() const { return h_; }
    [[nodiscard]] const crypto::G2Prepared& x_h() const { return x_h_; }

  private:
    VerifierData data_;
    Rules rules_;
    Result<EquationDomain, ProofError> domain_;
    std::vector<Fq> public_points_;
    crypto::G2Prepared h_;
    crypto::G2Prepared x_h_;
    std::vector<crypto::OddMultiples> tables_;  // of the commitments, then of g
    Transcript seeded_;                         // for version 3
};

// What the released network answers to the host query and for a transaction: every error is a no (spec/plonk.md §1).
[[nodiscard]] bool verify_as_network(Version version, ByteView verifier_data, ByteView proof,
                                     std::span<const Fq> public_inputs);

}  // namespace dusk::plonk
