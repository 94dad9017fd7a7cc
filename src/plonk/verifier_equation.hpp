// The equation of a proof at its challenge z (spec/plonk.md §9, §7 step 5): which multiple of each commitment, or of
// each polynomial, enters the opening. The verifier combines commitments, the prover polynomials (with u = 0).
#pragma once

#include <array>
#include <span>

#include "plonk/transcript.hpp"

namespace dusk::plonk {

// Where wire columns have their values: the cosets k H of the domain H.
inline constexpr std::array<std::uint64_t, kWires> kWireShifts{1, 7, 13, 17};

// The group of the 2^log2-th roots of unity, without tables: as large as 2^31.
struct EquationDomain {
    explicit EquationDomain(unsigned log2_size);

    unsigned log2_size;
    Fq omega;
    Fq size_inverse;
};

// What the verifier does where 0.22.1 and 0.24.0 differ: a public point at the challenge itself.
enum class Rules : std::uint8_t {
    released,  // counts as zero, as the network does
    sound,     // makes the proof degenerate (spec/plonk-sound.md §4)
};

struct AtChallenge {
    Fq z_n;      // z^N for the domain size N
    Fq z_h;      // z^N - 1
    Fq l1;       // the first Lagrange polynomial
    Fq public_;  // the polynomial of the public inputs
    Fq r0;       // the part of the identity that is known in numbers
};

// `public_points`: w^row of every public input. Error: degenerate_challenge.
[[nodiscard]] Result<AtChallenge, ProofError> at_challenge(const EquationDomain& domain,
                                                           std::span<const Fq> public_points,
                                                           std::span<const Fq> public_inputs,
                                                           const Evaluations& evaluations, const Challenges& challenges,
                                                           Rules rules);

struct PolynomialScalars {
    PerColumn<Fq> key;
    std::array<Fq, kWires> wires;
    Fq permutation;
    std::array<Fq, 4> quotient;
};

// The linearisation D, and u times the permutation.
[[nodiscard]] PolynomialScalars linearise(const Evaluations& evaluations, const Challenges& challenges,
                                          const AtChallenge& at);
// F: D and the polynomials opened at z and, times u, at z w.
void add_openings(PolynomialScalars& scalars, const Challenges& challenges, Version version);
// e: what F must open to.
[[nodiscard]] Fq opened_value(const Evaluations& evaluations, const Challenges& challenges, const AtChallenge& at,
                              Version version);

}  // namespace dusk::plonk
