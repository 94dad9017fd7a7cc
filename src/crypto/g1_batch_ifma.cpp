#include "crypto/g1_batch_ifma.hpp"

#if defined(__x86_64__)

#include <algorithm>

#include "crypto/fp8_blst.hpp"
#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

using Point = IfmaG1::Point;
using Rows = std::array<std::array<std::uint64_t, 8>, 8>;
using Eight = std::array<Addition<Point>, 8>;

constexpr std::uint64_t kIdentityMark = std::uint64_t{1} << 63;
constexpr FpLimbs52 kBeta52 = row_of(kBeta);

bool is_identity(const Point& point) { return point.x[7] == kIdentityMark; }

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

inline Fp8 load_columns(const Rows& rows) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_load_si512(rows[i].data());
    return out;
}

inline void store_columns(const Fp8& a, Rows& rows) {
    for (int i = 0; i < 8; ++i) _mm512_store_si512(rows[i].data(), a.limb[i]);
}

inline Fp8 load_x(const Addition<Point>* additions, Operand<Point> Addition<Point>::* side) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_load_si512((additions[i].*side).point->x.data());
    transpose(out.limb);
    return out;
}

// With the sign of the operands, between 0 and 2 p.
inline Fp8Sum load_y(const Addition<Point>* additions, Operand<Point> Addition<Point>::* side) {
    Fp8 out;
    unsigned negate = 0;
    for (int i = 0; i < 8; ++i) {
        const Operand<Point>& operand = additions[i].*side;
        out.limb[i] = _mm512_load_si512(operand.point->y.data());
        negate |= static_cast<unsigned>(operand.negate) << i;
    }
    transpose(out.limb);
    return negated_where(static_cast<__mmask8>(negate), out);
}

// As is_zero_residue, by the lowest limb alone and for p, 2 p and 3 p: may name lanes in error, about one of 2^50.
inline __mmask8 may_be_zero_residue(const Fp8& a) {
    unsigned equal = 0;
    for (std::uint64_t m = 1; m <= 3; ++m) {
        const __m512i low = detail::broadcast_word(m * detail::kP52[0] & detail::kMask52);
        equal |= _mm512_cmpeq_epi64_mask(a.limb[0], low);
    }
    return static_cast<__mmask8>(equal);
}

// Lane i gets lane i + kLanes mod 8.
template <int kLanes>
inline Fp8 rotated(const Fp8& a) {
    Fp8 out;
    for (int i = 0; i < 8; ++i) out.limb[i] = _mm512_alignr_epi64(a.limb[i], a.limb[i], kLanes);
    return out;
}

// The inverses of eight elements that are not zero, by one inversion.
inline Fp8 inverted(const Fp8& a) {
    const Fp8 other1 = rotated<4>(a);
    const Fp8 pairs = a * other1;
    const Fp8 other2 = rotated<2>(pairs);
    const Fp8 quads = pairs * other2;
    const Fp8 other4 = rotated<1>(quads);
    const Fp8 all = quads * other4;
    FpLimbs52 product{};
    for (int i = 0; i < 8; ++i) {
        product[i] = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_castsi512_si128(all.limb[i])));
    }
    blst_fp inverse = to_blst(product);
    blst_fp_eucl_inverse(&inverse, &inverse);
    return broadcast(from_blst(inverse)) * (other1 * (other2 * other4));
}

#pragma clang attribute pop

}  // namespace

IfmaG1::Point IfmaG1::identity() {
    Point out{};
    out.x[7] = kIdentityMark;
    return out;
}

void IfmaG1::copy(const Point& from, bool negate, Point& to) {
    to = from;
    if (!negate || is_identity(from)) return;
    static constexpr FpLimbs52 kOffset = detail::multiple_of_p(2);
    for (std::size_t i = 0; i < 8; ++i) to.y[i] = kOffset[i] - to.y[i];
    to.y = reduced_once(carried(to.y));
}

G1Projective IfmaG1::to_projective(const Point& point) {
    if (is_identity(point)) return {};
    return G1Affine::from_blst_unchecked({.x = to_blst(point.x), .y = to_blst(point.y)});
}

DUSK_TARGET_IFMA void IfmaG1::load(std::span<const G1Affine> points, Point* out) {
    const Fp8 scale = broadcast(kFpFromBlst52);
    const Fp8 beta = broadcast(kBeta52);
    for (std::size_t begin = 0; begin < points.size(); begin += 8) {
        const std::size_t count = std::min<std::size_t>(8, points.size() - begin);
        Fp8 x;
        Fp8 y;
        for (std::size_t i = 0; i < 8; ++i) {
            const blst_p1_affine& point = points[begin + std::min(i, count - 1)].blst();
            x.limb[i] = split_blst(point.x);
            y.limb[i] = split_blst(point.y);
        }
        transpose(x.limb);
        transpose(y.limb);
        x = x * scale;
        y = y * scale;
        Fp8 beta_x = x * beta;
        Fp8 minus_y = folded(-y);
        transpose(x.limb);
        transpose(y.limb);
        transpose(beta_x.limb);
        transpose(minus_y.limb);
        for (std::size_t i = 0; i < count; ++i) {
            Point& plain = *out++;
            Point& times_x_squared = *out++;
            _mm512_store_si512(plain.x.data(), x.limb[i]);
            _mm512_store_si512(plain.y.data(), y.limb[i]);
            _mm512_store_si512(times_x_squared.x.data(), beta_x.limb[i]);
            _mm512_store_si512(times_x_squared.y.data(), minus_y.limb[i]);
        }
    }
}

DUSK_TARGET_IFMA void IfmaG1::Adder::add(std::span<const Addition<Point>> additions) {
    if (additions.empty()) return;
    const std::size_t steps = (additions.size() + 7) / 8;
    if (steps_.size() < steps) steps_.resize(steps);

    // The last step is filled up with sums of nothing.
    const Point nothing = identity();
    std::array<Point, 8> dummies;
    Eight last;
    for (std::size_t i = 0; i < 8; ++i) {
        const std::size_t k = 8 * (steps - 1) + i;
        last[i] = {.left = {&nothing}, .right = {&nothing}, .sum = &dummies[i]};
        if (k < additions.size()) last[i] = additions[k];
    }
    const auto eight = [&](std::size_t s) { return s + 1 < steps ? &additions[8 * s] : last.data(); };
    constexpr auto kLeft = &Addition<Point>::left;
    constexpr auto kRight = &Addition<Point>::right;

    Fp8 product = broadcast(kFpOne52);
    for (std::size_t s = 0; s < steps; ++s) {
        if (8 * s + 24 <= additions.size()) {
            for (const Addition<Point>& later : additions.subspan(8 * s + 16, 8)) {
                __builtin_prefetch(later.left.point->x.data());
                __builtin_prefetch(later.left.point->y.data());
                __builtin_prefetch(later.right.point->x.data());
                __builtin_prefetch(later.right.point->y.data());
            }
        }
        Step& step = steps_[s];
        const Addition<Point>* batch = eight(s);
        const Fp8 left_x = load_x(batch, kLeft);
        const Fp8 right_x = load_x(batch, kRight);
        store_columns(left_x, step.left_x);
        Fp8 denominator = normalised(plus_p<2>(as_sum(right_x) - as_sum(left_x)));
        const unsigned left_identity = _mm512_movepi64_mask(left_x.limb[7]);
        const unsigned right_identity = _mm512_movepi64_mask(right_x.limb[7]);
        step.left_only = static_cast<std::uint8_t>(right_identity);
        step.right_only = static_cast<std::uint8_t>(left_identity & ~right_identity);
        step.doublings = 0;
        step.cancelled = 0;
        const unsigned present = ~(left_identity | right_identity);
        if (const unsigned perhaps = may_be_zero_residue(denominator) & present; perhaps != 0) {
            const unsigned same_x = is_zero_residue(denominator) & perhaps;
            const Fp8Sum left_y = load_y(batch, kLeft);
            const Fp8 difference = normalised(plus_p<2>(load_y(batch, kRight) - left_y));
            const unsigned same_y = is_zero_residue(difference);
            step.doublings = static_cast<std::uint8_t>(same_x & same_y);
            step.cancelled = static_cast<std::uint8_t>(same_x & ~same_y);
            denominator = blend(step.doublings, denominator, normalised(left_y + left_y));
        }
        const auto without_slope = static_cast<__mmask8>(left_identity | right_identity | step.cancelled);
        if (without_slope != 0) denominator = blend(without_slope, denominator, broadcast(kFpOne52));
        store_columns(denominator, step.denominator);
        store_columns(product, step.product_before);
        product = product * denominator;
    }

    Fp8 inverse = inverted(product);
    for (std::size_t s = steps; s-- > 0;) {
        const Step& step = steps_[s];
        const Addition<Point>* batch = eight(s);
        const Fp8 own_inverse = inverse * load_columns(step.product_before);
        Fp8 denominator = load_columns(step.denominator);
        inverse = inverse * denominator;
        const Fp8 left_x = load_columns(step.left_x);
        const Fp8Sum left_y = load_y(batch, kLeft);
        Fp8 numerator = normalised(plus_p<2>(load_y(batch, kRight) - left_y));
        if (step.doublings != 0) {
            const Fp8Sum square = squared(left_x);
            numerator = blend(step.doublings, numerator, normalised(square + square + square));
            denominator = blend(step.doublings, denominator, broadcast(detail::multiple_of_p(2)));
        }
        const Fp8 slope = numerator * own_inverse;
        // For right_x = left_x + denominator − 2 p.
        const Fp8Sum both_x = as_sum(left_x) + as_sum(left_x) + as_sum(denominator);
        Fp8 x = folded(plus_p<2>(squared(slope) - both_x));
        const Fp8 drop = normalised(plus_p<2>(as_sum(left_x) - as_sum(x)));
        Fp8 y = folded(multiply(slope, drop) - left_y);

        std::array<Point, 8> replaced;
        const unsigned special = step.left_only | step.right_only | step.cancelled;
        for (unsigned lanes = special; lanes != 0; lanes &= lanes - 1) {
            const int i = __builtin_ctz(lanes);
            const bool use_left = (step.left_only >> i & 1) != 0;
            const bool use_right = (step.right_only >> i & 1) != 0;
            replaced[i] = identity();
            if (use_left) copy(*batch[i].left.point, batch[i].left.negate, replaced[i]);
            if (use_right) copy(*batch[i].right.point, batch[i].right.negate, replaced[i]);
        }
        transpose(x.limb);
        transpose(y.limb);
        for (int i = 0; i < 8; ++i) {
            _mm512_store_si512(batch[i].sum->x.data(), x.limb[i]);
            _mm512_store_si512(batch[i].sum->y.data(), y.limb[i]);
        }
        for (unsigned lanes = special; lanes != 0; lanes &= lanes - 1) {
            const int i = __builtin_ctz(lanes);
            *batch[i].sum = replaced[i];
        }
    }
}

}  // namespace dusk::crypto

#endif
