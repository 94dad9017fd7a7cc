// The four cosets of the domain H on which a quotient is computed: s_j H with s_j = 7 w_4n^j, j = 0 … 3, together the
// coset 7 H_4n. On each of them X^n is one number.
#pragma once

#include <array>
#include <span>

#include "crypto/fft.hpp"
#include "plonk/circuit_key.hpp"

namespace dusk::plonk {

inline constexpr std::size_t kCosets = 4;

struct Coset {
    Fq shift;    // s_j
    Fq shift_n;  // X^n: s_j^n
};
[[nodiscard]] std::array<Coset, kCosets> quotient_cosets(const crypto::FftDomain& domain);

// Values of a polynomial of any degree on a coset; out[n] repeats out[0], so that the next row of every row is beside
// it. `out` has n + 1 elements.
void evaluate_on_coset(std::span<const Fq> polynomial, const crypto::FftDomain& domain, const Coset& coset,
                       std::span<Fq> out, Executor& executor);

// Values of the key's polynomials on all four cosets, which spares up to 60 of 84 transforms of a proof: 480 n bytes
// and more. Empty for zero polynomials.
struct CosetCache {
    std::array<PerColumn<Polynomial>, kCosets> values;
};
[[nodiscard]] CosetCache make_coset_cache(const ProverKey& key, Executor& executor);

}  // namespace dusk::plonk
