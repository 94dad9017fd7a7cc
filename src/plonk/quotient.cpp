#include "plonk/quotient.hpp"

#include <algorithm>

#include "base/cpu.hpp"
#include "plonk/quotient_rows.hpp"
#include "plonk/quotient_terms.hpp"
#include "plonk/top_series.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kTop = kSpareDegree + 1;  // coefficients of t of degree 4n and more
constexpr std::size_t kRowsPerTask = 1024;

void run_rows(const QuotientPass& pass, std::size_t n, Executor& executor) {
    auto* rows = quotient_rows_portable;
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma && n % 8 == 0) rows = quotient_rows_ifma;
#endif
    executor.parallel_for((n + kRowsPerTask - 1) / kRowsPerTask, [&](std::size_t task) {
        rows(pass, task * kRowsPerTask, std::min(n, (task + 1) * kRowsPerTask));
    });
}

// Coefficients of t of degree 4n … 4n + 9: the numerator has degree 5n + 9 at most, and its coefficient of degree
// 5n + i is t_{4n+i} - t_{5n+i}.
std::array<Fq, kTop> top_coefficients(const ProverKey& key, const crypto::FftDomain& domain,
                                      const ProofColumns& columns, const Challenges& challenges) {
    using F = TopSeries;
    const auto series = [](std::span<const Fq> polynomial) { return F(polynomial); };
    std::array<F, kWires> wires;
    std::ranges::transform(columns.wires, wires.begin(), series);
    PerColumn<F> selectors;
    std::ranges::transform(key.polynomials, selectors.begin(), series);
    const Fq& omega = domain.generator();
    const QuotientPoint<F> point{.row = {.a = wires[0],
                                         .b = wires[1],
                                         .c = wires[2],
                                         .d = wires[3],
                                         .a_next = wires[0].scaled_argument(omega),
                                         .b_next = wires[1].scaled_argument(omega),
                                         .d_next = wires[3].scaled_argument(omega)},
                                 .permutation = F(columns.permutation),
                                 .permutation_next = F(columns.permutation).scaled_argument(omega),
                                 .public_ = F(columns.public_),
                                 .sigma_1 = selectors[KeyColumn::sigma_1],
                                 .sigma_2 = selectors[KeyColumn::sigma_2],
                                 .sigma_3 = selectors[KeyColumn::sigma_3],
                                 .sigma_4 = selectors[KeyColumn::sigma_4],
                                 .x = F::x()};
    const QuotientChallenges<F> numbers{.beta = F(challenges.beta),
                                        .gamma = F(challenges.gamma),
                                        .alpha = F(challenges.alpha),
                                        .range = F(challenges.range),
                                        .logic = F(challenges.logic),
                                        .fixed_base = F(challenges.fixed_base),
                                        .variable_base = F(challenges.variable_base),
                                        .shift_b = detail::small<F>(7),
                                        .shift_c = detail::small<F>(13),
                                        .shift_d = detail::small<F>(17)};
    const F sum = numerator<F, KeyColumn>(
        point, numbers, [&](KeyColumn column) { return !key.polynomials[column].empty(); },
        [&](KeyColumn column) { return selectors[column]; });
    const std::size_t n = domain.size();
    std::array<Fq, kTop> top;
    for (std::size_t i = kTop; i-- > 0;) {
        top[i] = sum.coefficient(static_cast<std::int64_t>(5 * n + i));
        if (n + i < kTop) top[i] += top[n + i];
    }
    return top;
}

// From r_j = t mod (X^n - c_j) on the four cosets to the four parts: with t = sum of t_k X^(k n),
// r_j = sum of t_k c_j^k, and c_j = c_0 i^j for i^2 = -1; the coefficients from 4n on are known.
void combine_cosets(std::array<SecretPolynomial, 4>& parts, std::span<const Coset, kCosets> cosets,
                    std::span<const Fq, kTop> top, Executor& executor) {
    const std::size_t n = parts[0].size();
    for (std::size_t j = 0; j < kCosets; ++j) {
        const Fq& c = cosets[j].shift_n;
        Fq power = c.square().square();
        for (std::size_t i = 0; i < kTop; ++i) {
            if (i > 0 && i % n == 0) power *= c;
            parts[j][i % n] -= top[i] * power;
        }
    }
    const Fq root = cosets[1].shift_n * cosets[0].shift_n.invert_vartime().value();
    const Fq inverse = cosets[0].shift_n.invert_vartime().value();
    std::array<Fq, 4> scale{Fq::from_u64(4).invert_vartime().value()};
    for (std::size_t k = 1; k < 4; ++k) scale[k] = scale[k - 1] * inverse;
    constexpr std::size_t kChunk = 2048;
    executor.parallel_for((n + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        for (std::size_t i = chunk * kChunk; i < std::min(n, (chunk + 1) * kChunk); ++i) {
            const Fq even = parts[0][i] + parts[2][i];
            const Fq odd = parts[1][i] + parts[3][i];
            const Fq even_less = parts[0][i] - parts[2][i];
            const Fq odd_less = (parts[1][i] - parts[3][i]) * root;
            parts[0][i] = scale[0] * (even + odd);
            parts[1][i] = scale[1] * (even_less - odd_less);
            parts[2][i] = scale[2] * (even - odd);
            parts[3][i] = scale[3] * (even_less + odd_less);
        }
    });
}

}  // namespace

CosetQuotient::CosetQuotient(const ProverKey& key, const CosetCache* cache, const crypto::FftDomain& domain,
                             const ProofColumns& columns, const Challenges& challenges, Executor& executor)
    : key_(&key), cache_(cache), domain_(&domain), columns_(&columns), challenges_(&challenges), executor_(&executor) {
    for (SecretPolynomial& buffer : secret_) buffer.resize(domain.size() + 1);
}

SecretPolynomial CosetQuotient::remainder(std::size_t coset) {
    const std::size_t n = domain_->size();
    const Coset on = quotient_cosets(*domain_)[coset];
    QuotientPass pass{.columns = {},
                      .challenges = *challenges_,
                      .shift = on.shift,
                      .omega = domain_->generator(),
                      .divisor = (on.shift_n - Fq::one()).invert_vartime().value(),
                      .out = nullptr};
    const auto values = [&](std::span<const Fq> polynomial, std::span<Fq> out) -> const Fq* {
        if (polynomial.empty()) return nullptr;
        evaluate_on_coset(polynomial, *domain_, on, out, *executor_);
        return out.data();
    };
    for (std::size_t i = 0; i < kWires; ++i) pass.columns.wires[i] = values(columns_->wires[i], secret_[i]);
    pass.columns.permutation = values(columns_->permutation, secret_[kWires]);
    pass.columns.public_ = values(columns_->public_, secret_[kWires + 1]);
    for (std::size_t i = 0; i < kKeyColumns; ++i) {
        if (key_->polynomials[i].empty()) continue;
        if (cache_ == nullptr) own_[i].resize(n + 1);
        pass.columns.key[i] =
            cache_ == nullptr ? values(key_->polynomials[i], own_[i]) : cache_->values[coset][i].data();
    }
    SecretPolynomial out(n);
    pass.out = out.data();
    run_rows(pass, n, *executor_);
    domain_->inverse_coset(out, on.shift, *executor_);
    return out;
}

std::array<SecretPolynomial, 4> quotient_of_cosets(std::array<SecretPolynomial, kCosets> parts, const ProverKey& key,
                                                   const crypto::FftDomain& domain, const ProofColumns& columns,
                                                   const Challenges& challenges, Executor& executor) {
    const std::size_t n = domain.size();
    const std::array<Fq, kTop> top = top_coefficients(key, domain, columns, challenges);
    combine_cosets(parts, quotient_cosets(domain), top, executor);
    parts[3].insert(parts[3].end(), top.begin(), top.end());

    // alpha^2 L1 (z - 1) / (X^n - 1) = alpha^2 / n (z - 1) / (X - 1).
    SecretPolynomial first = columns.permutation;
    first[0] -= Fq::one();
    (void)divide_by_root(first, Fq::one());
    const Fq factor = challenges.alpha.square() * Fq::from_u64(n).invert_vartime().value();
    for (std::size_t i = 0; i < first.size(); ++i) parts[i / n][i % n] += factor * first[i];
    return parts;
}

std::array<SecretPolynomial, 4> compute_quotient(const ProverKey& key, const CosetCache* cache,
                                                 const crypto::FftDomain& domain, const ProofColumns& columns,
                                                 const Challenges& challenges, Executor& executor) {
    std::array<SecretPolynomial, kCosets> remainders;
    {
        CosetQuotient quotient(key, cache, domain, columns, challenges, executor);
        for (std::size_t coset = 0; coset < kCosets; ++coset) remainders[coset] = quotient.remainder(coset);
    }
    return quotient_of_cosets(std::move(remainders), key, domain, columns, challenges, executor);
}

}  // namespace dusk::plonk
