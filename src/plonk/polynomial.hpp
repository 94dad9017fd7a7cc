// Polynomials over Fq by their coefficients, lowest degree first.
#pragma once

#include <span>
#include <vector>

#include "base/executor.hpp"
#include "base/secret.hpp"
#include "crypto/field.hpp"

namespace dusk::plonk {

using crypto::Fq;

using Polynomial = std::vector<Fq>;
// Of a witness: wiped when it goes.
using SecretPolynomial = std::vector<Fq, WipingAllocator<Fq>>;

// p(x).
[[nodiscard]] Fq evaluate(std::span<const Fq> polynomial, const Fq& x);

// A polynomial times a number, the polynomial not owned.
struct ScaledPolynomial {
    std::span<const Fq> polynomial;
    Fq factor;
};
// Their sum, `size` coefficients, which is at least as many as any of them has.
[[nodiscard]] SecretPolynomial sum(std::span<const ScaledPolynomial> terms, std::size_t size, Executor& executor);

// p becomes (p - p(x)) / (X - x), one coefficient shorter; returns p(x).
[[nodiscard]] Fq divide_by_root(SecretPolynomial& polynomial, const Fq& x);

}  // namespace dusk::plonk
