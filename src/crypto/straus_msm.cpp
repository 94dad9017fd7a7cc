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
    std::array<blst_p1_affine, kOddMultiples> low_table;
    std::array<blst_p1_affine, kOddMultiples> high_table;
    NafDigits low;
    NafDigits high;
};

void add_digit(blst_p1& sum, const std::array<blst_p1_affine, kOddMultiples>& table, int digit) {
    if (digit == 0) return;
    blst_p1_affine point = table[(digit < 0 ? -digit : digit) / 2];
    if (digit < 0) blst_fp_cneg(&point.y, &point.y, true);
    blst_p1_add_or_double_affine(&sum, &sum, &point);
}

// The odd multiples of all points that are not the identity, made affine with one inversion.
std::vector<blst_p1_affine> odd_multiples(const std::vector<const blst_p1_affine*>& points) {
    std::vector<blst_p1> multiples;
    multiples.reserve(points.size() * kOddMultiples);
    for (const blst_p1_affine* point : points) {
        blst_p1 multiple;
        blst_p1 twice;
        blst_p1_from_affine(&multiple, point);
        blst_p1_double(&twice, &multiple);
        multiples.push_back(multiple);
        for (int i = 1; i < kOddMultiples; ++i) {
            blst_p1_add_or_double(&multiple, &multiple, &twice);
            multiples.push_back(multiple);
        }
    }
    std::vector<blst_p1_affine> affine(multiples.size());
    const std::array<const blst_p1*, 2> all{multiples.data(), nullptr};
    if (!multiples.empty()) blst_p1s_to_affine(affine.data(), all.data(), multiples.size());
    return affine;
}

}  // namespace

blst_p1 straus_msm_vartime(std::span<const blst_p1_affine> points, std::span<const Fq> scalars) {
    std::vector<const blst_p1_affine*> used;
    std::vector<Term> terms;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (scalars[i].is_zero() || blst_p1_affine_is_inf(&points[i])) continue;
        used.push_back(&points[i]);
        const SplitScalar halves = split_scalar_vartime(scalars[i]);
        terms.push_back({.low_table = {},
                         .high_table = {},
                         .low = non_adjacent_form(halves.low),
                         .high = non_adjacent_form(halves.high)});
    }
    const std::vector<blst_p1_affine> multiples = odd_multiples(used);
    for (std::size_t i = 0; i < terms.size(); ++i) {
        for (int j = 0; j < kOddMultiples; ++j) {
            terms[i].low_table[j] = multiples[i * kOddMultiples + j];
            terms[i].high_table[j] = times_x_squared(terms[i].low_table[j]);
        }
    }
    blst_p1 sum{};
    for (int i = kDigits; i-- > 0;) {
        blst_p1_double(&sum, &sum);
        for (const Term& term : terms) {
            add_digit(sum, term.low_table, term.low[i]);
            add_digit(sum, term.high_table, term.high[i]);
        }
    }
    return sum;
}

}  // namespace dusk::crypto
