#include "plonk/permutation.hpp"

#include <algorithm>

#include "plonk/verifier_equation.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kChunk = 512;

}  // namespace

std::array<Polynomial, kWires> permutation_columns(std::span<const Wires> rows, const crypto::FftDomain& domain) {
    const std::size_t n = domain.size();
    constexpr std::uint32_t kNone = ~std::uint32_t{0};
    std::uint32_t witnesses = 0;
    for (const Wires& row : rows) {
        for (const Witness& witness : row) witnesses = std::max(witnesses, witness.index + 1);
    }
    // Positions are numbered wire * n + row.
    std::vector<std::uint32_t> next(kWires * n);
    for (std::uint32_t position = 0; position < next.size(); ++position) next[position] = position;
    std::vector<std::uint32_t> first(witnesses, kNone);
    std::vector<std::uint32_t> last(witnesses, kNone);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t wire = 0; wire < kWires; ++wire) {
            const std::uint32_t witness = rows[row][wire].index;
            const auto position = static_cast<std::uint32_t>(wire * n + row);
            if (first[witness] == kNone) {
                first[witness] = position;
            } else {
                next[last[witness]] = position;
            }
            last[witness] = position;
        }
    }
    for (std::uint32_t witness = 0; witness < witnesses; ++witness) {
        if (first[witness] != kNone) next[last[witness]] = first[witness];
    }

    std::array<Polynomial, kWires> numbers;
    for (std::size_t wire = 0; wire < kWires; ++wire) {
        numbers[wire].resize(n);
        Fq number = Fq::from_u64(kWireShifts[wire]);
        for (Fq& out : numbers[wire]) {
            out = number;
            number *= domain.generator();
        }
    }
    std::array<Polynomial, kWires> out;
    for (std::size_t wire = 0; wire < kWires; ++wire) {
        out[wire].resize(n);
        for (std::size_t row = 0; row < n; ++row) {
            const std::uint32_t to = next[wire * n + row];
            out[wire][row] = numbers[to / n][to % n];
        }
    }
    return out;
}

SecretPolynomial grand_product(std::span<const SecretPolynomial, kWires> wires,
                               std::span<const Polynomial, kWires> sigmas, const crypto::FftDomain& domain,
                               const Challenges& challenges, Executor& executor) {
    const std::size_t n = domain.size();
    // The quotients first, each in the place of the row after it.
    SecretPolynomial out(n);
    executor.parallel_for((n + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        const std::size_t begin = chunk * kChunk;
        const std::size_t size = std::min<std::size_t>(kChunk, n - begin);
        const std::array<std::uint64_t, 1> exponent{begin};
        Secret<std::array<Fq, kChunk>> numerators;
        Secret<std::array<Fq, kChunk>> denominators;
        Fq beta_x = challenges.beta * domain.generator().pow_vartime(exponent);
        std::array<Fq, kWires> shifts;
        for (std::size_t wire = 0; wire < kWires; ++wire) shifts[wire] = Fq::from_u64(kWireShifts[wire]);
        for (std::size_t i = 0; i < size; ++i) {
            Fq numerator = Fq::one();
            Fq denominator = Fq::one();
            for (std::size_t wire = 0; wire < kWires; ++wire) {
                const Fq value = wires[wire][begin + i] + challenges.gamma;
                numerator *= value + beta_x * shifts[wire];
                denominator *= value + challenges.beta * sigmas[wire][begin + i];
            }
            numerators.reveal()[i] = numerator;
            denominators.reveal()[i] = denominator;
            beta_x *= domain.generator();
        }
        Secret<std::array<Fq, kChunk>> scratch;
        Fq::invert_all(std::span(denominators.reveal()).first(size), std::span(scratch.reveal()).first(size));
        for (std::size_t i = 0; i < size; ++i) {
            out[(begin + i + 1) % n] = numerators.reveal()[i] * denominators.reveal()[i];
        }
    });
    out[0] = Fq::one();
    for (std::size_t i = 1; i < n; ++i) out[i] *= out[i - 1];
    return out;
}

}  // namespace dusk::plonk
