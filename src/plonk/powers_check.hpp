// Whether points are the powers of one secret, all in two multi-scalar multiplications and one product of pairings.
#pragma once

#include <span>

#include "base/executor.hpp"
#include "base/random.hpp"
#include "plonk/public_parameters.hpp"

namespace dusk::plonk {

// Whether powers[i + 1] = x powers[i] for all i and the x of h and x h: e(sum r_i powers[i + 1], h) =
// e(sum r_i powers[i], x h) with random r_i of 128 bits. Points that are not so pass with probability 2^-128. The
// points lie in their subgroups. About 15 us per power.
[[nodiscard]] bool are_powers_of_secret(std::span<const G1Affine> powers, const G2Affine& h, const G2Affine& x_h,
                                        RandomSource& random, Executor& executor);

// What the decoding of parameters leaves open: that the points are the powers of the secret, and g is the first.
// Errors: not_powers.
[[nodiscard]] Result<void, ProofError> check_powers(const PublicParameters& parameters, RandomSource& random,
                                                    Executor& executor);

}  // namespace dusk::plonk
