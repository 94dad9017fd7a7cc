#include "crypto/g1_batch_portable.hpp"

#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

// No point of G1 has y = 0: its order is odd.
bool is_identity(const blst_p1_affine& point) { return is_zero(point.y); }

blst_fp y_of(const Operand<blst_p1_affine>& operand) {
    blst_fp y = operand.point->y;
    if (operand.negate) blst_fp_cneg(&y, &y, true);
    return y;
}

const blst_fp& fp_one() { return blst_p1_generator()->z; }

}  // namespace

void PortableG1::copy(const Point& from, bool negate, Point& to) { to = {.x = from.x, .y = y_of({&from, negate})}; }

G1Projective PortableG1::to_projective(const Point& point) { return G1Affine::from_blst_unchecked(point); }

void PortableG1::load(std::span<const G1Affine> points, Point* out) {
    for (const G1Affine& point : points) {
        *out++ = point.blst();
        *out++ = times_x_squared(point).blst();
    }
}

void PortableG1::Adder::add(std::span<const Addition<Point>> additions) {
    if (additions.empty()) return;
    steps_.resize(additions.size());
    blst_fp product = fp_one();
    for (std::size_t i = 0; i < additions.size(); ++i) {
        Step& step = steps_[i];
        step.kind = classify(additions[i], step.denominator);
        step.product_before = product;
        blst_fp_mul(&product, &product, &step.denominator);
    }
    blst_fp inverse;
    blst_fp_eucl_inverse(&inverse, &product);
    for (std::size_t i = additions.size(); i-- > 0;) {
        const Step& step = steps_[i];
        blst_fp own_inverse;
        blst_fp_mul(&own_inverse, &inverse, &step.product_before);
        blst_fp_mul(&inverse, &inverse, &step.denominator);
        finish(additions[i], step.kind, own_inverse);
    }
}

// What is to be done, and the denominator of the slope: 1 where there is no slope.
PortableG1::Adder::Kind PortableG1::Adder::classify(const Addition<Point>& addition, blst_fp& denominator) {
    const Point& left = *addition.left.point;
    const Point& right = *addition.right.point;
    denominator = fp_one();
    if (is_identity(right)) return Kind::left;
    if (is_identity(left)) return Kind::right;
    blst_fp difference;
    blst_fp_sub(&difference, &right.x, &left.x);
    if (!is_zero(difference)) {
        denominator = difference;
        return Kind::sum;
    }
    const blst_fp left_y = y_of(addition.left);
    const blst_fp right_y = y_of(addition.right);
    blst_fp_sub(&difference, &right_y, &left_y);
    if (!is_zero(difference)) return Kind::identity;
    blst_fp_add(&denominator, &left_y, &left_y);
    return Kind::doubling;
}

void PortableG1::Adder::finish(const Addition<Point>& addition, Kind kind, const blst_fp& inverse) {
    if (kind == Kind::identity) *addition.sum = {};
    if (kind == Kind::left) copy(*addition.left.point, addition.left.negate, *addition.sum);
    if (kind == Kind::right) copy(*addition.right.point, addition.right.negate, *addition.sum);
    if (kind != Kind::sum && kind != Kind::doubling) return;

    const blst_fp left_x = addition.left.point->x;
    const blst_fp right_x = addition.right.point->x;
    const blst_fp left_y = y_of(addition.left);
    blst_fp slope;
    if (kind == Kind::doubling) {
        blst_fp_sqr(&slope, &left_x);
        blst_fp_mul_by_3(&slope, &slope);
    } else {
        slope = y_of(addition.right);
        blst_fp_sub(&slope, &slope, &left_y);
    }
    blst_fp_mul(&slope, &slope, &inverse);
    Point& sum = *addition.sum;
    blst_fp x;
    blst_fp_sqr(&x, &slope);
    blst_fp_sub(&x, &x, &left_x);
    blst_fp_sub(&x, &x, &right_x);
    blst_fp_sub(&sum.y, &left_x, &x);
    blst_fp_mul(&sum.y, &sum.y, &slope);
    blst_fp_sub(&sum.y, &sum.y, &left_y);
    sum.x = x;
}

}  // namespace dusk::crypto
