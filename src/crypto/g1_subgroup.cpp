#include "crypto/g1_subgroup.hpp"

#include "base/cpu.hpp"
#include "crypto/fp_arithmetic.hpp"
#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

// The parameter of the curve is -z with z = 2^16 m, and m = 2^32 s + 1 for s = 0xd201 = 2^9 · 15 · 7 + 1.
//
// Jacobian coordinates (x / z², y / z³) as blst has them. Bounds are those of MULX, in multiples of p.

// What doubling needs beyond multiplications. Below p all the time.
struct BlstSteps : BlstFp {
    static Fp three_halves(const Fp& a) {
        Fp out;
        blst_fp_mul_by_3(&out, &a);
        return halved(out);
    }
    static Fp square_reduced(const Fp& a) { return multiply(a, a); }
    static Fp x_of_double(const Fp& d, const Fp& c) { return subtract(subtract(d, c), c); }
    static Fp minus_x(const Fp& c, const Fp& x) { return subtract(c, x); }
    static Fp minus_square(const Fp& f, const Fp& b) { return subtract(f, b); }
    static Fp canonical(const Fp& a) { return a; }
    static Fp minus_4(const Fp& u, const Fp& w) {
        Fp out;
        blst_fp_lshift(&out, &w, 2);
        return subtract(u, out);
    }
    static Fp times_4_plus_2(const Fp& u, const Fp& w) {
        Fp out;
        blst_fp_lshift(&out, &u, 1);
        blst_fp_add(&out, &out, &w);
        blst_fp_lshift(&out, &out, 1);
        return out;
    }
};

#if defined(__x86_64__)
struct MulxSteps : MulxFp {
    // 2.40: 4.1.
    static Fp three_halves(const Fp& a) { return halved(sum_unreduced(shifted<1>(a), a)); }
    // 5.4: 2.
    static Fp square_reduced(const Fp& a) { return reduced_by<2>(multiply(a, a)); }
    // 2.71 and 2: 3.71.
    static Fp x_of_double(const Fp& d, const Fp& c) { return reduced_by<3>(difference_plus<4>(d, shifted<1>(c))); }
    // 1.76 and 3.71: 5.76.
    static Fp minus_x(const Fp& c, const Fp& x) { return difference_plus<4>(c, x); }
    // 3.4 and 1.41: 5.4.
    static Fp minus_square(const Fp& f, const Fp& b) { return difference_plus<2>(f, b); }
    // 8: 1.
    static Fp canonical(const Fp& a) { return reduced_by<1>(reduced_by<2>(reduced_by<4>(a))); }
    // 1.23 and 1.23: 4.
    static Fp minus_4(const Fp& u, const Fp& w) { return reduced_by<4>(difference_plus<5>(u, shifted<2>(w))); }
    // 1.23 and 1.23: 4.
    static Fp times_4_plus_2(const Fp& u, const Fp& w) {
        return reduced_by<4>(sum_unreduced(shifted<2>(u), shifted<1>(w)));
    }
};
#endif

// x below 3.71, y below 5.4, z below 2.3, or all below p.
template <class Steps>
[[gnu::noinline]] void double_times(blst_p1& point, int times) {
    Fp x = point.x;
    Fp y = point.y;
    Fp z = point.z;
    while (times-- > 0) {
        const Fp a = Steps::multiply(x, x);
        const Fp b = Steps::square_reduced(y);
        const Fp c = Steps::multiply(x, b);
        const Fp slope = Steps::three_halves(a);
        z = Steps::multiply(z, y);
        x = Steps::x_of_double(Steps::multiply(slope, slope), c);
        y = Steps::minus_square(Steps::multiply(slope, Steps::minus_x(c, x)), Steps::multiply(b, b));
    }
    point = {.x = Steps::canonical(x), .y = Steps::canonical(y), .z = Steps::canonical(z)};
}

// By x alone: 2 x / d, both below 1.7.
template <class Steps>
[[gnu::noinline]] void double_x_times(Fp& x, Fp& d, int times) {
    while (times-- > 0) {
        const Fp u = Steps::multiply(Steps::multiply(x, x), x);
        const Fp w = Steps::multiply(Steps::multiply(d, d), d);
        x = Steps::multiply(x, Steps::minus_4(u, w));
        d = Steps::multiply(d, Steps::times_4_plus_2(u, w));
    }
    x = Steps::canonical(x);
    d = Steps::canonical(d);
}

// m times the point, which `add` adds or subtracts. No sum is one of equal or opposite points, nor is the identity:
// 8 + 1, 8 - 1, 112 + 7 … have no divisor in common with the order of the curve but 3, of a point that is known
// already.
template <class Steps, class Add>
blst_p1 times_m(blst_p1 point, const Add& add) {
    blst_p1 out = point;
    double_times<Steps>(out, 3);
    add(out, true);  // 7
    point = out;
    double_times<Steps>(out, 4);
    blst_p1_cneg(&point, true);
    blst_p1_add(&out, &out, &point);  // 15 · 7
    double_times<Steps>(out, 9);
    add(out, false);  // s
    double_times<Steps>(out, 32);
    add(out, false);
    return out;
}

// Whether z² P = -φ(P), by x alone: z² P = φ(P) holds for the identity and points of order 3 only.
template <class Steps>
bool is_in_g1_with(const blst_p1_affine& point) {
    const blst_p1_affine negative{.x = point.x, .y = negate(point.y)};
    blst_p1 projective;
    blst_p1_from_affine(&projective, &point);
    const blst_p1 once = times_m<Steps>(projective, [&](blst_p1& sum, bool subtract) {
        blst_p1_add_affine(&sum, &sum, subtract ? &negative : &point);
    });
    blst_p1 negative_once = once;
    blst_p1_cneg(&negative_once, true);
    const blst_p1 twice = times_m<Steps>(
        once, [&](blst_p1& sum, bool subtract) { blst_p1_add(&sum, &sum, subtract ? &negative_once : &once); });
    Fp x = twice.x;
    Fp d = add(square(twice.z), square(twice.z));
    double_x_times<Steps>(x, d, 32);
    return !is_zero(d) && equal(add(x, x), multiply(multiply(kBeta, point.x), d));
}

}  // namespace

bool is_in_g1(const blst_p1_affine& point) {
    if (is_zero(point.x)) return is_zero(point.y);  // the identity, or of order 3
#if defined(__x86_64__)
    if (cpu_features().bmi2_adx) return is_in_g1_with<MulxSteps>(point);
#endif
    return is_in_g1_with<BlstSteps>(point);
}

}  // namespace dusk::crypto
