#include "crypto/straus_msm.hpp"

#include <stdexcept>
#include <vector>

#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

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
    const OddMultiples* table;
    NafDigits low;
    NafDigits high;
};

Term make_term(const OddMultiples& table, const Fq& scalar) {
    const SplitScalar halves = split_scalar_vartime(scalar);
    return {.table = &table, .low = non_adjacent_form(halves.low), .high = non_adjacent_form(halves.high)};
}

void add_digit(G1Projective& sum, const std::array<G1Affine, OddMultiples::kCount>& table, int digit) {
    if (digit > 0) sum += table[digit / 2];
    if (digit < 0) sum -= table[-digit / 2];
}

G1Projective sum_terms(std::span<const Term> terms) {
    G1Projective sum;
    for (int i = kDigits; i-- > 0;) {
        sum = sum.doubled();
        for (const Term& term : terms) {
            add_digit(sum, term.table->low(), term.low[i]);
            add_digit(sum, term.table->high(), term.high[i]);
        }
    }
    return sum;
}

}  // namespace

void OddMultiples::make(std::span<const G1Affine> points, std::span<OddMultiples> out) {
    constexpr std::size_t kBatch = 16;
    std::array<blst_p1, kBatch * kCount> multiples;
    std::array<blst_p1_affine, kBatch * kCount> affine;
    for (std::size_t begin = 0; begin < points.size(); begin += kBatch) {
        const std::size_t size = std::min(kBatch, points.size() - begin);
        for (std::size_t i = 0; i < size; ++i) {
            // Multiples of the identity would have no affine form; any point will do in its place.
            const G1Affine& point = points[begin + i];
            G1Projective multiple = point.is_identity() ? G1Affine::generator() : point;
            const G1Projective twice = multiple.doubled();
            multiples[i * kCount] = multiple.blst();
            for (std::size_t k = 1; k < kCount; ++k) multiples[i * kCount + k] = (multiple += twice).blst();
        }
        const std::array<const blst_p1*, 2> contiguous{multiples.data(), nullptr};
        G1Curve::batch_to_affine(affine.data(), contiguous.data(), size * kCount);
        for (std::size_t i = 0; i < size; ++i) {
            OddMultiples& table = out[begin + i];
            table = {};
            if (points[begin + i].is_identity()) continue;
            for (std::size_t k = 0; k < kCount; ++k) {
                table.low_[k] = G1Affine::from_blst_unchecked(affine[i * kCount + k]);
                table.high_[k] = times_x_squared(table.low_[k]);
            }
        }
    }
}

G1Projective straus_msm_vartime(std::span<const OddMultiples* const> tables, std::span<const Fq> scalars) {
    if (tables.size() > kMaxStrausTables) throw std::length_error("more tables than Straus' method takes");
    std::array<Term, kMaxStrausTables> terms;
    std::size_t used = 0;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (!scalars[i].is_zero() && !tables[i]->is_identity()) terms[used++] = make_term(*tables[i], scalars[i]);
    }
    return sum_terms(std::span(terms).first(used));
}

G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars) {
    std::vector<OddMultiples> tables(points.size());
    OddMultiples::make(points, tables);
    std::vector<Term> terms;
    terms.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!scalars[i].is_zero() && !tables[i].is_identity()) terms.push_back(make_term(tables[i], scalars[i]));
    }
    return sum_terms(terms);
}

}  // namespace dusk::crypto
