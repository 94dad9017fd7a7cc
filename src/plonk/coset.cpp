#include "plonk/coset.hpp"

#include <algorithm>

namespace dusk::plonk {

std::array<Coset, kCosets> quotient_cosets(const crypto::FftDomain& domain) {
    std::array<Coset, kCosets> out;
    const Fq step = crypto::root_of_unity(domain.log2_size() + 2);
    Fq shift = Fq::from_u64(crypto::kGeneratorOfFq);
    for (Coset& coset : out) {
        coset.shift = shift;
        coset.shift_n = shift;
        for (unsigned i = 0; i < domain.log2_size(); ++i) coset.shift_n = coset.shift_n.square();
        shift *= step;
    }
    return out;
}

void evaluate_on_coset(std::span<const Fq> polynomial, const crypto::FftDomain& domain, const Coset& coset,
                       std::span<Fq> out, Executor& executor) {
    const std::size_t n = domain.size();
    // Modulo X^n - s^n first.
    const std::size_t low = std::min(n, polynomial.size());
    std::ranges::copy(polynomial.first(low), out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(low), out.end(), Fq{});
    Fq power = coset.shift_n;
    for (std::size_t begin = n; begin < polynomial.size(); begin += n) {
        const std::size_t end = std::min(polynomial.size(), begin + n);
        for (std::size_t i = begin; i < end; ++i) out[i - begin] += power * polynomial[i];
        power *= coset.shift_n;
    }
    domain.forward_coset(out.first(n), coset.shift, executor);
    out[n] = out[0];
}

CosetCache make_coset_cache(const ProverKey& key, Executor& executor) {
    const crypto::FftDomain domain(key.log2_size);
    const auto cosets = quotient_cosets(domain);
    CosetCache out;
    for (std::size_t j = 0; j < kCosets; ++j) {
        for (std::size_t i = 0; i < kKeyColumns; ++i) {
            if (key.polynomials[i].empty()) continue;
            out.values[j][i].resize(domain.size() + 1);
            evaluate_on_coset(key.polynomials[i], domain, cosets[j], out.values[j][i], executor);
        }
    }
    return out;
}

}  // namespace dusk::plonk
