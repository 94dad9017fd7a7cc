#include "crypto/g1_batch_portable.hpp"

#include "base/cpu.hpp"
#include "crypto/fp_arithmetic.hpp"
#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

using Point = PortableG1::Point;
using Kind = PortableG1::Kind;

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

// What is to be done, and the denominator of the slope: 1 where there is no slope.
Kind classify(const Addition<Point>& addition, Fp& denominator) {
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

void copy_special(const Addition<Point>& addition, Kind kind) {
    if (kind == Kind::identity) *addition.sum = {};
    if (kind == Kind::left) PortableG1::copy(*addition.left.point, addition.left.negate, *addition.sum);
    if (kind == Kind::right) PortableG1::copy(*addition.right.point, addition.right.negate, *addition.sum);
}

template <class Arithmetic>
void add_with(std::span<const Addition<Point>> additions, std::span<PortableG1::Step> steps) {
    Fp product = fp_one();
    for (std::size_t i = 0; i < additions.size(); ++i) {
        if (i + kAhead < additions.size()) {
            prefetch(*additions[i + kAhead].left.point);
            prefetch(*additions[i + kAhead].right.point);
        }
        const Addition<Point>& addition = additions[i];
        const Point& left = *addition.left.point;
        const Point& right = *addition.right.point;
        PortableG1::Step& step = steps[i];
        step.denominator = Arithmetic::difference(right.x, left.x);
        step.kind = Kind::sum;
        // One of them is zero wherever there is something special.
        if (step.denominator.l[0] == Arithmetic::kZero || left.y.l[0] == 0 || right.y.l[0] == 0) [[unlikely]] {
            step.kind = classify(addition, step.denominator);
        }
        step.product_before = product;
        product = Arithmetic::multiply(product, step.denominator);
    }
    product = Arithmetic::reduced(product);
    Fp inverse;
    blst_fp_eucl_inverse(&inverse, &product);
    for (std::size_t i = additions.size(); i-- > 0;) {
        const Addition<Point>& addition = additions[i];
        const PortableG1::Step& step = steps[i];
        const Fp own_inverse = Arithmetic::multiply(inverse, step.product_before);
        inverse = Arithmetic::multiply(inverse, step.denominator);
        if (step.kind != Kind::sum && step.kind != Kind::doubling) [[unlikely]] {
            copy_special(addition, step.kind);
            continue;
        }
        const Point& left = *addition.left.point;
        const Fp left_x = left.x;
        const Fp left_y = negated_if(left.y, addition.left.negate);
        const Fp right_y = negated_if(addition.right.point->y, addition.right.negate);
        Fp slope = Arithmetic::difference(right_y, left_y);
        if (step.kind == Kind::doubling) [[unlikely]] {
            blst_fp_sqr(&slope, &left_x);
            blst_fp_mul_by_3(&slope, &slope);
        }
        slope = Arithmetic::multiply(slope, own_inverse);
        const Fp square = Arithmetic::reduced(Arithmetic::multiply(slope, slope));
        const Fp x = subtract(subtract(square, left_x), addition.right.point->x);
        const Fp y = Arithmetic::reduced(Arithmetic::multiply(Arithmetic::difference(left_x, x), slope));
        *addition.sum = {.x = x, .y = subtract(y, left_y)};
    }
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

void PortableG1::add(std::span<const Addition<Point>> additions, std::span<Step> steps) {
    if (additions.empty()) return;
#if defined(__x86_64__)
    if (cpu_features().bmi2_adx) return add_with<MulxFp>(additions, steps);
#elif defined(__wasm__)
    return add_with<NarrowFp>(additions, steps);
#endif
    add_with<BlstFp>(additions, steps);
}

void PortableG1::Adder::add(std::span<const Addition<Point>> additions) {
    if (steps_.size() < additions.size()) steps_.resize(additions.size());
    PortableG1::add(additions, steps_);
}

}  // namespace dusk::crypto
