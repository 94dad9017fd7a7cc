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

using Point = PortableG1::Point;

// What is to be added at some digits of all terms. The sum of a digit's points is a binary tree, and one level of all
// trees is a batch of affine additions: a third of the time of adding the points one by one.
class DigitSums {
  public:
    static constexpr int kDigitsAtOnce = kDigits / 3;
    static_assert(kDigits % 3 == 0);

    // Of the digits end - 1 down to end - kDigitsAtOnce.
    DigitSums(std::span<const Term> terms, int end) {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            const std::size_t before = used_;
            for (const Term& term : terms) {
                const auto digit = static_cast<std::size_t>(end - 1) - i;
                push(term.table->low(), term.low[digit]);
                push(term.table->high(), term.high[digit]);
            }
            counts_[i] = used_ - before;
        }
        while (add_pairs()) {
        }
    }

    // sum = 2^kDigitsAtOnce sum + what is here.
    void fold_into(G1Projective& sum) const {
        const Operand<Point>* at = operands_.data();
        for (const std::size_t count : counts_) {
            sum = sum.doubled();
            for (const Operand<Point>* const end = at + count; at != end; ++at) {
                const auto point = G1Affine::from_blst_unchecked({.x = at->point->x, .y = at->point->y});
                sum += at->negate ? -point : point;
            }
        }
    }

  private:
    // Digits of width 5 are at least five apart.
    static constexpr std::size_t kMostOperands = 2 * kMaxStrausTables * ((kDigitsAtOnce + 4) / 5);
    static constexpr std::size_t kMostPairs = kMostOperands / 2;
    // Fewer are not worth an inversion.
    static constexpr std::size_t kFewestPairs = 10;

    void push(const OddMultiples::Points& table, int digit) {
        if (digit == 0) return;
        const auto index = static_cast<std::size_t>(digit < 0 ? -digit : digit) / 2;
        operands_[used_++] = {.point = &table[index], .negate = digit < 0};
    }

    // One level of the trees. False where it was not worth the while.
    bool add_pairs() {
        std::size_t pairs = 0;
        for (const std::size_t count : counts_) pairs += count / 2;
        if (pairs < kFewestPairs) return false;
        const bool first = sums_used_ == 0;
        const Operand<Point>* in = operands_.data();
        Operand<Point>* out = operands_.data();
        std::size_t used = 0;
        for (std::size_t& count : counts_) {
            for (std::size_t i = 0; i + 1 < count; i += 2, in += 2) {
                // Later levels write where their first operand was: only a last one can be a table's still.
                const std::size_t at = first ? sums_used_++ : static_cast<std::size_t>(in->point - sums_.data());
                Point* const sum = &sums_[at];
                additions_[used++] = {.left = in[0], .right = in[1], .sum = sum};
                *out++ = {.point = sum};
            }
            if (count % 2 == 1) *out++ = *in++;
            count = (count + 1) / 2;
        }
        PortableG1::add(std::span(additions_).first(used), steps_);
        return true;
    }

    std::array<std::size_t, kDigitsAtOnce> counts_;
    std::size_t used_ = 0;
    std::array<Operand<Point>, kMostOperands> operands_;
    std::array<Addition<Point>, kMostPairs> additions_;
    std::array<PortableG1::Step, kMostPairs> steps_;
    std::array<Point, kMostPairs> sums_;
    std::size_t sums_used_ = 0;
};

G1Projective sum_terms(std::span<const Term> terms) {
    G1Projective sum;
    for (int end = kDigits; end > 0; end -= DigitSums::kDigitsAtOnce) DigitSums(terms, end).fold_into(sum);
    return sum;
}

}  // namespace

void OddMultiples::make(std::span<const G1Affine> points, std::span<OddMultiples> out) {
    constexpr std::size_t kBatch = 32;
    constexpr std::size_t kDoublings = 4;  // P, 2P, 4P, 8P
    std::array<std::array<Point, kDoublings>, kBatch> powers;
    std::array<Addition<Point>, kBatch*(kCount / 2 + 1)> additions;
    std::array<PortableG1::Step, additions.size()> steps;
    for (std::size_t begin = 0; begin < points.size(); begin += kBatch) {
        const std::size_t size = std::min(kBatch, points.size() - begin);
        for (std::size_t i = 0; i < size; ++i) {
            const blst_p1_affine& point = points[begin + i].blst();
            powers[i][0] = out[begin + i].low_[0] = {.x = point.x, .y = point.y};
        }
        // The odd multiples below 2^k, and 2^k times the point more.
        for (std::size_t k = 0; k < kDoublings; ++k) {
            std::size_t used = 0;
            for (std::size_t i = 0; i < size; ++i) {
                const Operand<Point> power{.point = &powers[i][k]};
                Points& odd = out[begin + i].low_;
                const std::size_t known = k == 0 ? 0 : std::size_t{1} << (k - 1);
                for (std::size_t j = 0; j < known; ++j) {
                    additions[used++] = {.left = {.point = &odd[j]}, .right = power, .sum = &odd[known + j]};
                }
                if (k + 1 < kDoublings) additions[used++] = {.left = power, .right = power, .sum = &powers[i][k + 1]};
            }
            PortableG1::add(std::span(additions).first(used), steps);
        }
        for (OddMultiples& table : out.subspan(begin, size)) {
            if (table.is_identity()) {
                table = {};
                continue;
            }
            for (std::size_t k = 0; k < kCount; ++k) {
                table.high_[k] = {.x = multiply(kBeta, table.low_[k].x), .y = negate(table.low_[k].y)};
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
    std::vector<OddMultiples> tables(std::min(points.size(), kMaxStrausTables));
    std::array<const OddMultiples*, kMaxStrausTables> pointers;
    for (std::size_t i = 0; i < tables.size(); ++i) pointers[i] = &tables[i];
    G1Projective sum;
    for (std::size_t begin = 0; begin < points.size(); begin += kMaxStrausTables) {
        const std::size_t size = std::min(kMaxStrausTables, points.size() - begin);
        OddMultiples::make(points.subspan(begin, size), std::span(tables).first(size));
        sum += straus_msm_vartime(std::span<const OddMultiples* const>(pointers).first(size),
                                  scalars.subspan(begin, size));
    }
    return sum;
}

}  // namespace dusk::crypto
