// Many proofs at once: one multi-scalar multiplication and one product of pairings for all of them.
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "plonk/verifier.hpp"

namespace dusk::plonk {

// A proof and what it claims to prove. Nothing is owned.
struct Claim {
    const Verifier* verifier;
    const Proof* proof;
    std::span<const Fq> public_inputs;
    Version version = Version::v3;
};

// The numbers of the claims that do not verify, ascending; empty when all do.
//
// The equations are added with random weights of 128 bits from `random`: a bad proof is overlooked with a probability
// below 2^-127, and a good one is never named. When the sum does not hold, halves are tried until the bad ones are
// found: k bad ones among n cost about 2 k log2(n / k) more sums. Claims with the same opening key share pairings,
// those with the same verifier the multiplications of its commitments.
[[nodiscard]] std::vector<std::size_t> find_bad_claims(std::span<const Claim> claims, RandomSource& random,
                                                       Executor& executor);

}  // namespace dusk::plonk
