// Points times the powers of a secret: what a contribution does to the parameters.
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "base/secret.hpp"
#include "crypto/g1.hpp"
#include "plonk/progress.hpp"

namespace dusk::plonk {

using crypto::Fq;
using crypto::G1Affine;

// points[i] becomes s^i points[i]. Constant time in the secret; about 130 us each.
void multiply_by_powers(std::span<G1Affine> points, const Secret<Fq>& secret, Executor& executor,
                        const Progress& progress);

// G, s G, s^2 G … in variable time, 10 us each: for secrets that are no secrets.
[[nodiscard]] std::vector<G1Affine> generator_by_powers_vartime(std::size_t count, const Secret<Fq>& secret,
                                                                Executor& executor);

}  // namespace dusk::plonk
