// The transcript of a proof: what is absorbed, in which order, and the challenges that come out (spec/plonk.md §6).
#pragma once

#include <span>

#include "plonk/merlin.hpp"
#include "plonk/proof.hpp"
#include "plonk/verifier_data.hpp"

namespace dusk::plonk {

// The three protocols that the network has had. Version 3 is the one in force; versions 1 and 2 absorb the first
// commitment of the permutation in place of the fourth, and version 1 opens seven polynomials at z instead of eleven.
enum class Version : std::uint8_t { v1 = 1, v2 = 2, v3 = 3 };

struct Challenges {
    Fq beta, gamma;
    Fq alpha;
    Fq range, logic, fixed_base, variable_base;  // separate the identities of the kinds of rows
    Fq z;
    Fq v, v_next;  // combine the openings at z and at z w
    Fq u;          // combines the two
};

// One call per round, in the order of the functions. A copy after the constructor saves seeding the next proof.
class Transcript {
  public:
    // `rows`: from the header of the verifier data.
    Transcript(ByteView label, std::uint64_t rows, const VerifierKey& key, Version version);

    void public_inputs(std::span<const Fq> values);
    void wires(std::span<const G1Affine, 4> commitments, Challenges& challenges);
    void permutation(const G1Affine& commitment, Challenges& challenges);
    void quotient(std::span<const G1Affine, 4> commitments, Challenges& challenges);
    void evaluations(const Evaluations& values, Challenges& challenges);
    void openings(const G1Affine& opening, const G1Affine& opening_next, Challenges& challenges);

  private:
    void circuit_size(std::uint64_t rows);
    void append(std::string_view label, const G1Affine& commitment);
    void append(std::string_view label, const Fq& value);
    [[nodiscard]] Fq challenge(std::string_view label);

    MerlinTranscript merlin_;
};

// All rounds of a proof at once. `seeded`: fresh from the constructor.
[[nodiscard]] Challenges replay(Transcript seeded, const Proof& proof, std::span<const Fq> public_inputs);

}  // namespace dusk::plonk
