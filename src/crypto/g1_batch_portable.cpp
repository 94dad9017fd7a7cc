#include "crypto/g1_batch_portable.hpp"

#include "crypto/fp_inline.hpp"
#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

using Point = PortableG1::Point;

bool is_identity(const Point& point) {
    // No point of G1 has y = 0: its order is odd.
    return is_zero(point.y);
}

const Fp& fp_one() { return blst_p1_generator()->z; }

// Table entries come in the order of the scalars' digits: from memory, for a table of 12 MiB, unless they are asked for
// ahead.
constexpr std::size_t kAhead = 12;  // additions
void prefetch(const Point& point) {
    __builtin_prefetch(&point.x);
    __builtin_prefetch(&point.y.l[5]);
}

}  // namespace

void PortableG1::copy(const Point& from, bool negate, Point& to) {
    to = {.x = from.x, .y = negated_if(from.y, negate && !is_identity(from))};
}

G1Projective PortableG1::to_projective(const Point& point) {
    return G1Affine::from_blst_unchecked({.x = point.x, .y = point.y});
}

void PortableG1::load(std::span<const G1Affine> points, Point* out) {
    for (const G1Affine& point : points) {
        for (const blst_p1_affine& affine : {point.blst(), times_x_squared(point).blst()}) {
            *out++ = {.x = affine.x, .y = affine.y};
        }
    }
}

void PortableG1::Adder::add(std::span<const Addition<Point>> additions) {
    if (additions.empty()) return;
    if (steps_.size() < additions.size()) steps_.resize(additions.size());
    Fp product = fp_one();
    for (std::size_t i = 0; i < additions.size(); ++i) {
        if (i + kAhead < additions.size()) {
            prefetch(*additions[i + kAhead].left.point);
            prefetch(*additions[i + kAhead].right.point);
        }
        const Addition<Point>& addition = additions[i];
        Step& step = steps_[i];
        step.denominator = subtract(addition.right.point->x, addition.left.point->x);
        step.kind = Kind::sum;
        // One of them is zero at least wherever there is something special.
        if (step.denominator.l[0] == 0 || addition.left.point->y.l[0] == 0 || addition.right.point->y.l[0] == 0)
            [[unlikely]] {
            step.kind = classify(addition, step.denominator);
        }
        step.product_before = product;
        blst_fp_mul(&product, &product, &step.denominator);
    }
    Fp inverse;
    blst_fp_eucl_inverse(&inverse, &product);
    for (std::size_t i = additions.size(); i-- > 0;) {
        const Step& step = steps_[i];
        Fp own_inverse;
        blst_fp_mul(&own_inverse, &inverse, &step.product_before);
        blst_fp_mul(&inverse, &inverse, &step.denominator);
        if (step.kind == Kind::sum) [[likely]] {
            const Addition<Point>& addition = additions[i];
            const Fp left_y = negated_if(addition.left.point->y, addition.left.negate);
            const Fp right_y = negated_if(addition.right.point->y, addition.right.negate);
            Fp slope = subtract(right_y, left_y);
            blst_fp_mul(&slope, &slope, &own_inverse);
            finish(addition, slope, left_y);
        } else {
            finish_special(additions[i], step.kind, own_inverse);
        }
    }
}

// What is to be done, and the denominator of the slope: 1 where there is no slope.
PortableG1::Adder::Kind PortableG1::Adder::classify(const Addition<Point>& addition, Fp& denominator) {
    const Point& left = *addition.left.point;
    const Point& right = *addition.right.point;
    denominator = fp_one();
    if (is_identity(right)) return Kind::left;
    if (is_identity(left)) return Kind::right;
    const Fp difference = subtract(right.x, left.x);
    if (!is_zero(difference)) {
        denominator = difference;
        return Kind::sum;
    }
    const Fp left_y = negated_if(left.y, addition.left.negate);
    const Fp right_y = negated_if(right.y, addition.right.negate);
    if (!equal(left_y, right_y)) return Kind::identity;
    blst_fp_add(&denominator, &left_y, &left_y);
    return Kind::doubling;
}

void PortableG1::Adder::finish(const Addition<Point>& addition, const Fp& slope, const Fp& left_y) {
    const Fp left_x = addition.left.point->x;
    Point& sum = *addition.sum;
    Fp x;
    blst_fp_sqr(&x, &slope);
    x = subtract(subtract(x, left_x), addition.right.point->x);
    const Fp step = subtract(left_x, x);
    Fp y;
    blst_fp_mul(&y, &step, &slope);
    sum = {.x = x, .y = subtract(y, left_y)};
}

void PortableG1::Adder::finish_special(const Addition<Point>& addition, Kind kind, const Fp& inverse) {
    if (kind == Kind::identity) *addition.sum = {};
    if (kind == Kind::left) copy(*addition.left.point, addition.left.negate, *addition.sum);
    if (kind == Kind::right) copy(*addition.right.point, addition.right.negate, *addition.sum);
    if (kind != Kind::doubling) return;
    Fp slope;
    blst_fp_sqr(&slope, &addition.left.point->x);
    blst_fp_mul_by_3(&slope, &slope);
    blst_fp_mul(&slope, &slope, &inverse);
    finish(addition, slope, negated_if(addition.left.point->y, addition.left.negate));
}

}  // namespace dusk::crypto
