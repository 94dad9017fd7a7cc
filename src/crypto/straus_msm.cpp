#include "crypto/straus_msm.hpp"

#include <array>
#include <vector>

#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

constexpr int kOddMultiples = 8;  // P, 3P, … 15P: digits of width 5
constexpr int kDigits = 129;

using NafDigits = std::array<std::int8_t, kDigits>;

// Half = Σ digitᵢ 2ⁱ with odd digits below 16 in size, at most one among five neighbours not zero.
NafDigits non_adjacent_form(__int128 half) {
    NafDigits digits{};
    for (int i = 0; half != 0; ++i) {
        if ((half & 1) != 0) {
            auto digit = static_cast<std::int8_t>(half & 31);
            if (digit >= 16) digit = static_cast<std::int8_t>(digit - 32);
            digits[i] = digit;
            half -= digit;
        }
        half >>= 1;
    }
    return digits;
}

struct Term {
    std::array<G1Affine, kOddMultiples> low_table;
    std::array<G1Affine, kOddMultiples> high_table;
    NafDigits low;
    NafDigits high;
};

void add_digit(G1Projective& sum, const std::array<G1Affine, kOddMultiples>& table, int digit) {
    if (digit > 0) sum += table[digit / 2];
    if (digit < 0) sum -= table[-digit / 2];
}

// P, 3P, … 15P of all points, made affine with one inversion.
std::vector<G1Affine> odd_multiples(std::span<const G1Affine> points) {
    std::vector<G1Projective> multiples;
    multiples.reserve(points.size() * kOddMultiples);
    for (const G1Affine& point : points) {
        G1Projective multiple = point;
        const G1Projective twice = multiple.doubled();
        multiples.push_back(multiple);
        for (int i = 1; i < kOddMultiples; ++i) multiples.push_back(multiple += twice);
    }
    return G1Projective::batch_to_affine(multiples);
}

}  // namespace

G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars) {
    std::vector<G1Affine> used;
    std::vector<Term> terms;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (scalars[i].is_zero() || points[i].is_identity()) continue;
        used.push_back(points[i]);
        const SplitScalar halves = split_scalar_vartime(scalars[i]);
        terms.push_back({.low_table = {},
                         .high_table = {},
                         .low = non_adjacent_form(halves.low),
                         .high = non_adjacent_form(halves.high)});
    }
    const std::vector<G1Affine> multiples = odd_multiples(used);
    for (std::size_t i = 0; i < terms.size(); ++i) {
        for (int j = 0; j < kOddMultiples; ++j) {
            terms[i].low_table[j] = multiples[i * kOddMultiples + j];
            terms[i].high_table[j] = times_x_squared(multiples[i * kOddMultiples + j]);
        }
    }
    G1Projective sum;
    for (int i = kDigits; i-- > 0;) {
        sum = sum.doubled();
        for (const Term& term : terms) {
            add_digit(sum, term.low_table, term.low[i]);
            add_digit(sum, term.high_table, term.high[i]);
        }
    }
    return sum;
}

}  // namespace dusk::crypto
