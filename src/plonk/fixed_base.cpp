#include "plonk/fixed_base.hpp"

#include <algorithm>

namespace dusk::plonk {
namespace {

using crypto::Fq;
using crypto::G1Affine;
using crypto::G1Projective;

constexpr unsigned kMaxDigitBits = 12;
constexpr std::size_t kChunk = 1024;

// Digit `index` of an integer, least significant first.
std::size_t digit(const crypto::Limbs4& integer, unsigned index, unsigned bits) {
    const unsigned at = index * bits;
    if (at >= 256) return 0;
    std::uint64_t word = integer[at / 64] >> (at % 64);
    if (at % 64 + bits > 64 && at / 64 < 3) word |= integer[at / 64 + 1] << (64 - at % 64);
    return word & ((std::size_t{1} << bits) - 1);
}

}  // namespace

std::vector<G1Affine> multiples_vartime(const G1Affine& base, std::span<const Fq> scalars, Executor& executor) {
    unsigned bits = 2;
    while (bits < kMaxDigitBits && (std::size_t{1} << (2 * bits)) < scalars.size()) ++bits;
    const unsigned digits = (255 + bits - 1) / bits;
    const std::size_t row = (std::size_t{1} << bits) - 1;

    // row w: 1 … 2^bits - 1 times 2^(w bits) base.
    std::vector<G1Projective> multiples(digits * row);
    G1Projective step = base;
    for (unsigned w = 0; w < digits; ++w) {
        G1Projective sum;
        for (std::size_t i = 0; i < row; ++i) multiples[w * row + i] = sum += step;
        step = sum + step;
    }
    const std::vector<G1Affine> table = G1Projective::batch_to_affine(multiples);

    std::vector<G1Affine> out(scalars.size());
    executor.parallel_for((scalars.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        const std::size_t begin = chunk * kChunk;
        const std::size_t size = std::min(kChunk, scalars.size() - begin);
        std::vector<G1Projective> sums(size);
        for (std::size_t i = 0; i < size; ++i) {
            const crypto::Limbs4 integer = scalars[begin + i].to_integer();
            for (unsigned w = 0; w < digits; ++w) {
                if (const std::size_t value = digit(integer, w, bits); value != 0)
                    sums[i] += table[w * row + value - 1];
            }
        }
        std::ranges::copy(G1Projective::batch_to_affine(sums), out.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    return out;
}

}  // namespace dusk::plonk
