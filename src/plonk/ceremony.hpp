// A multi-party ceremony that makes public parameters: a file that goes from hand to hand (docs/formats/ceremony.md,
// docs/crs.md). Every contributor multiplies the secret of the parameters by one of their own and forgets it; nobody
// knows the product unless all contributors conspire.
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "plonk/contribution.hpp"
#include "plonk/progress.hpp"
#include "plonk/public_parameters.hpp"

namespace dusk::plonk {

// Whether a contributor's secret is worth hiding. That of the development parameters is public: its powers are computed
// in variable time, ten times faster.
enum class CeremonySecret : std::uint8_t { hidden, known_to_all };

// Powers 1, x, x^2 … of the product x of all secrets, by G, and the contributions that led there. All points are in
// their subgroup and not the identity; whether they belong together is what `verify` says.
class Ceremony {
  public:
    static constexpr unsigned kSmallestLog2 = 1;
    static constexpr unsigned kLargestLog2 = 21;  // 201 MB of points in memory, 101 MB in the file
    static constexpr std::size_t kMostContributions = 1024;

    // Before the first contribution: x = 1. 2^log2_degree + 10 powers. Errors: bad_count.
    [[nodiscard]] static Result<Ceremony, CeremonyError> start(unsigned log2_degree);

    // Whether the bytes claim to be a ceremony file.
    [[nodiscard]] static bool is_ceremony(ByteView bytes);
    // Nothing is allocated that the bytes do not hold. About 70 us per power. Errors: those of reading.
    [[nodiscard]] static Result<Ceremony, CeremonyError> from_bytes(ByteView bytes, Executor& executor);
    [[nodiscard]] Bytes to_bytes() const;

    [[nodiscard]] std::span<const G1Affine> powers() const { return powers_; }
    [[nodiscard]] std::span<const Contribution> contributions() const { return contributions_; }
    // Of the ceremony so far. With it a contributor recognises the own contribution later.
    [[nodiscard]] CeremonyDigest digest() const { return state().digest; }

    // Every contribution, and that the powers are those of the product of all secrets. Where nobody has contributed,
    // that the powers are those of `start`. About 15 us per power and 2 ms per contribution. Errors: those of checking
    // but no_contributions.
    [[nodiscard]] Result<void, CeremonyError> verify_so_far(RandomSource& random, Executor& executor) const;
    // The same of a ceremony whose parameters are to be used. Errors: also no_contributions.
    [[nodiscard]] Result<void, CeremonyError> verify(RandomSource& random, Executor& executor) const;

    // The next state, of a ceremony that verifies. Errors: bad_name, too_many, bad_randomness. About 130 us per power.
    [[nodiscard]] Result<void, CeremonyError> contribute(std::string name, RandomSource& random, Executor& executor,
                                                         CeremonySecret secrecy = CeremonySecret::hidden,
                                                         const Progress& progress = {});

    // What came out, of a ceremony that verifies. Errors: root_of_unity_secret.
    [[nodiscard]] Result<PublicParameters, ProofError> parameters() const;
    // G, h and x h.
    [[nodiscard]] OpeningKey opening_key() const;

  private:
    Ceremony(std::vector<Contribution> contributions, std::vector<G1Affine> powers)
        : contributions_(std::move(contributions)), powers_(std::move(powers)) {}
    [[nodiscard]] CeremonyState state() const { return state_before(contributions_.size()); }
    [[nodiscard]] CeremonyState state_before(std::size_t contribution) const;

    std::vector<Contribution> contributions_;
    std::vector<G1Affine> powers_;
};

}  // namespace dusk::plonk
