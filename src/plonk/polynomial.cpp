#include "plonk/polynomial.hpp"

#include <algorithm>

namespace dusk::plonk {

Fq evaluate(std::span<const Fq> polynomial, const Fq& x) {
    // Four sums side by side: one alone would wait for each multiplication.
    const Fq x2 = x.square();
    const Fq x4 = x2.square();
    std::array<Fq, 4> sums;
    std::size_t i = polynomial.size();
    Fq top;
    while (i % 4 != 0) top = top * x + polynomial[--i];
    sums[0] = top;
    while (i > 0) {
        i -= 4;
        for (std::size_t k = 0; k < 4; ++k) sums[k] = sums[k] * x4 + polynomial[i + k];
    }
    return sums[0] + x * sums[1] + x2 * (sums[2] + x * sums[3]);
}

SecretPolynomial sum(std::span<const ScaledPolynomial> terms, std::size_t size, Executor& executor) {
    constexpr std::size_t kChunk = 2048;
    SecretPolynomial out(size);
    executor.parallel_for((size + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        const std::size_t begin = chunk * kChunk;
        for (const ScaledPolynomial& term : terms) {
            const std::size_t end = std::min(begin + kChunk, term.polynomial.size());
            for (std::size_t i = begin; i < end; ++i) out[i] += term.factor * term.polynomial[i];
        }
    });
    return out;
}

Fq divide_by_root(SecretPolynomial& polynomial, const Fq& x) {
    Fq carry;
    for (std::size_t i = polynomial.size(); i-- > 0;) {
        const Fq value = polynomial[i] + carry * x;
        polynomial[i] = carry;
        carry = value;
    }
    if (!polynomial.empty()) polynomial.pop_back();
    return carry;
}

}  // namespace dusk::plonk
