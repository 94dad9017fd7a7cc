// The test of a raw point by the limb arithmetic of the network, step by step as in spec/crypto.md §18: the result of
// unreduced limbs depends on the order of operations.
#include "crypto/raw_point.hpp"

namespace dusk::crypto {
namespace {

struct UnreducedFp2 {
    UnreducedFp c0, c1;

    friend constexpr UnreducedFp2 operator+(const UnreducedFp2& a, const UnreducedFp2& b) {
        return {a.c0 + b.c0, a.c1 + b.c1};
    }
    friend constexpr UnreducedFp2 operator-(const UnreducedFp2& a, const UnreducedFp2& b) {
        return {a.c0 - b.c0, a.c1 - b.c1};
    }
    constexpr UnreducedFp2 operator-() const { return {-c0, -c1}; }
    friend constexpr UnreducedFp2 operator*(const UnreducedFp2& a, const UnreducedFp2& b) {
        return {UnreducedFp::sum_of_products(a.c0, b.c0, -a.c1, b.c1),
                UnreducedFp::sum_of_products(a.c0, b.c1, a.c1, b.c0)};
    }
    [[nodiscard]] constexpr UnreducedFp2 square() const { return {(c0 + c1) * (c0 - c1), (c0 + c0) * c1}; }
    [[nodiscard]] constexpr UnreducedFp2 conjugate() const { return {c0, -c1}; }
    [[nodiscard]] constexpr bool is_zero() const { return c0.is_zero() && c1.is_zero(); }
    static constexpr UnreducedFp2 one() { return {UnreducedFp::one(), UnreducedFp::zero()}; }
    friend constexpr bool operator==(const UnreducedFp2&, const UnreducedFp2&) = default;
};

constexpr UnreducedFp small(int value) {
    UnreducedFp out;
    for (int i = 0; i < value; ++i) out = out + UnreducedFp::one();
    return out;
}

constexpr UnreducedFp power(UnreducedFp base, const UnreducedFp::Limbs& exponent) {
    UnreducedFp out = UnreducedFp::one();
    for (std::size_t bit = 64 * exponent.size(); bit-- > 0;) {
        out = out.square();
        if ((exponent[bit / 64] >> (bit % 64) & 1) != 0) out = out * base;
    }
    return out;
}
constexpr UnreducedFp2 power(UnreducedFp2 base, const UnreducedFp::Limbs& exponent) {
    UnreducedFp2 out = UnreducedFp2::one();
    for (std::size_t bit = 64 * exponent.size(); bit-- > 0;) {
        out = out.square();
        if ((exponent[bit / 64] >> (bit % 64) & 1) != 0) out = out * base;
    }
    return out;
}

// (p - 1) / divisor, which leaves no remainder for 2 and 3.
constexpr UnreducedFp::Limbs p_minus_1_over(std::uint64_t divisor) {
    UnreducedFp::Limbs out{};
    detail::u128 remainder = 0;
    for (std::size_t i = 6; i-- > 0;) {
        const std::uint64_t limb = FpParams::modulus[i] - (i == 0 ? 1 : 0);
        const detail::u128 dividend = remainder << 64 | limb;
        out[i] = static_cast<std::uint64_t>(dividend / divisor);
        remainder = dividend % divisor;
    }
    return out;
}

// 1/a = conj(a) / (c0^2 + c1^2) for the constants below; p - 2 is the exponent of the inverse in Fp.
UnreducedFp2 inverse(const UnreducedFp2& a) {
    UnreducedFp::Limbs p_minus_2 = FpParams::modulus;
    p_minus_2[0] -= 2;
    const UnreducedFp norm_inverse = power(a.c0.square() + a.c1.square(), p_minus_2);
    return {a.c0 * norm_inverse, -a.c1 * norm_inverse};
}

struct G1Rule {
    using Number = UnreducedFp;
    static constexpr Number one() { return UnreducedFp::one(); }
    static Number b() { return small(4); }
    // 12 a by additions.
    static Number times_3b(const Number& a) {
        const Number a2 = a + a;
        const Number a4 = a2 + a2;
        return (a4 + a4) + a4;
    }
};

struct G2Rule {
    using Number = UnreducedFp2;
    static constexpr Number one() { return UnreducedFp2::one(); }
    static Number b() { return {small(4), small(4)}; }
    static Number times_3b(const Number& a) {
        static const Number b3{small(12), small(12)};
        return a * b3;
    }
};

// Homogeneous coordinates (x/z, y/z), complete formulas of eprint 2015/1060 for a = 0.
template <class Rule>
struct ExactPoint {
    using Number = typename Rule::Number;
    Number x, y, z;

    static ExactPoint identity() { return {{}, Rule::one(), {}}; }

    [[nodiscard]] ExactPoint doubled() const {
        if (z.is_zero()) return identity();
        Number t0 = y.square();
        Number z3 = t0 + t0;
        z3 = z3 + z3;
        z3 = z3 + z3;
        Number t1 = y * z;
        Number t2 = z.square();
        t2 = Rule::times_3b(t2);
        Number x3 = t2 * z3;
        Number y3 = t0 + t2;
        z3 = t1 * z3;
        t1 = t2 + t2;
        t2 = t1 + t2;
        t0 = t0 - t2;
        y3 = t0 * y3;
        y3 = x3 + y3;
        t1 = x * y;
        x3 = t0 * t1;
        x3 = x3 + x3;
        return {x3, y3, z3};
    }

    friend ExactPoint operator+(const ExactPoint& p, const ExactPoint& q) {
        Number t0 = p.x * q.x;
        Number t1 = p.y * q.y;
        Number t2 = p.z * q.z;
        Number t3 = p.x + p.y;
        Number t4 = q.x + q.y;
        t3 = t3 * t4;
        t4 = t0 + t1;
        t3 = t3 - t4;
        t4 = p.y + p.z;
        Number x3 = q.y + q.z;
        t4 = t4 * x3;
        x3 = t1 + t2;
        t4 = t4 - x3;
        x3 = p.x + p.z;
        Number y3 = q.x + q.z;
        x3 = x3 * y3;
        y3 = t0 + t2;
        y3 = x3 - y3;
        x3 = t0 + t0;
        t0 = x3 + t0;
        t2 = Rule::times_3b(t2);
        Number z3 = t1 + t2;
        t1 = t1 - t2;
        y3 = Rule::times_3b(y3);
        x3 = t4 * y3;
        t2 = t3 * t1;
        x3 = t2 - x3;
        y3 = y3 * t0;
        t1 = t1 * z3;
        y3 = t1 + y3;
        t0 = t0 * t3;
        z3 = z3 * t4;
        z3 = z3 + t0;
        return {x3, y3, z3};
    }

    friend bool operator==(const ExactPoint& p, const ExactPoint& q) {
        if (p.z.is_zero() || q.z.is_zero()) return p.z.is_zero() && q.z.is_zero();
        return p.x * q.z == q.x * p.z && p.y * q.z == q.y * p.z;
    }

    // By the parameter x of the curve, which is negative.
    [[nodiscard]] ExactPoint times_x() const {
        ExactPoint sum = identity();
        ExactPoint power = *this;
        for (std::uint64_t n = 0xd201000000010000 >> 1; n > 0; n >>= 1) {
            power = power.doubled();
            if ((n & 1) != 0) sum = sum + power;
        }
        sum.y = -sum.y;
        return sum;
    }

    [[nodiscard]] bool is_on_curve() const { return y.square() - x.square() * x == Rule::b(); }
};

bool is_torsion_free(const ExactPoint<G1Rule>& p) {
    constexpr UnreducedFp kBeta(UnreducedFp::Limbs{0x30f1361b798a64e8, 0xf3b8ddab7ece5a2a, 0x16a8ca3ac61577f7,
                                                   0xc26a2ff874fd029b, 0x3636b76660701c6e, 0x051ba4ab241b6160});
    ExactPoint<G1Rule> minus_x_squared = p.times_x().times_x();
    minus_x_squared.y = -minus_x_squared.y;
    return minus_x_squared == ExactPoint<G1Rule>{p.x * kBeta, p.y, UnreducedFp::one()};
}

bool is_torsion_free(const ExactPoint<G2Rule>& p) {
    static const UnreducedFp2 one_plus_i{UnreducedFp::one(), UnreducedFp::one()};
    static const UnreducedFp2 cx = inverse(power(one_plus_i, p_minus_1_over(3)));
    static const UnreducedFp2 cy = inverse(power(one_plus_i, p_minus_1_over(2)));
    const ExactPoint<G2Rule> psi{p.x.conjugate() * cx, p.y.conjugate() * cy, p.z.conjugate()};
    return psi == p.times_x();
}

template <class Rule>
bool is_valid_affine(const typename Rule::Number& x, const typename Rule::Number& y) {
    const ExactPoint<Rule> p{x, y, Rule::one()};
    return is_torsion_free(p) && p.is_on_curve();
}

// The lines of the Miller loop through the multiples of one point, in Jacobian coordinates (eprint 2010/354, algorithms
// 26 and 27), in the network's order of operations.
class ExactLines {
  public:
    struct Line {
        UnreducedFp2 of_y, of_x, constant;
    };

    ExactLines(const UnreducedFp2& x, const UnreducedFp2& y) : base_x_(x), base_y_(y), x_(x), y_(y) {}

    Line tangent() {
        const UnreducedFp2 xx = x_.square();
        const UnreducedFp2 yy = y_.square();
        UnreducedFp2 eight_yyyy = yy.square();
        const UnreducedFp2 half_s = (yy + x_).square() - xx - eight_yyyy;
        const UnreducedFp2 s = half_s + half_s;
        const UnreducedFp2 slope = xx + xx + xx;
        const UnreducedFp2 x_plus_slope = x_ + slope;
        const UnreducedFp2 slope_squared = slope.square();
        const UnreducedFp2 zz = z_.square();
        x_ = slope_squared - s - s;
        z_ = (z_ + y_).square() - yy - zz;
        y_ = (s - x_) * slope;
        for (int doubling = 0; doubling < 3; ++doubling) eight_yyyy = eight_yyyy + eight_yyyy;
        y_ = y_ - eight_yyyy;
        const UnreducedFp2 slope_zz = slope * zz;
        const UnreducedFp2 twice_yy = yy + yy;
        const UnreducedFp2 z_zz = z_ * zz;
        return {z_zz + z_zz, -(slope_zz + slope_zz),
                x_plus_slope.square() - xx - slope_squared - (twice_yy + twice_yy)};
    }

    Line chord() {
        const UnreducedFp2 zz = z_.square();
        const UnreducedFp2 base_yy = base_y_.square();
        const UnreducedFp2 dx = zz * base_x_ - x_;
        const UnreducedFp2 twice_y = ((base_y_ + z_).square() - base_yy - zz) * zz;
        const UnreducedFp2 dx_squared = dx.square();
        const UnreducedFp2 twice_dx_squared = dx_squared + dx_squared;
        const UnreducedFp2 four = twice_dx_squared + twice_dx_squared;
        const UnreducedFp2 cubed = four * dx;
        const UnreducedFp2 dy = twice_y - y_ - y_;
        const UnreducedFp2 dy_x = dy * base_x_;
        const UnreducedFp2 scaled_x = four * x_;
        x_ = dy.square() - cubed - scaled_x - scaled_x;
        z_ = (z_ + dx).square() - zz - dx_squared;
        const UnreducedFp2 y_plus_z = base_y_ + z_;
        const UnreducedFp2 new_y = (scaled_x - x_) * dy;
        const UnreducedFp2 y_cubed = y_ * cubed;
        y_ = new_y - (y_cubed + y_cubed);
        const UnreducedFp2 y_z = y_plus_z.square() - base_yy - z_.square();
        const UnreducedFp2 minus_dy = -dy;
        return {z_ + z_, minus_dy + minus_dy, dy_x + dy_x - y_z};
    }

  private:
    UnreducedFp2 base_x_, base_y_;
    UnreducedFp2 x_, y_, z_ = UnreducedFp2::one();
};

bool are_congruent(const UnreducedFp2& a, const UnreducedFp2& b) {
    return a.c0.to_integer() == b.c0.to_integer() && a.c1.to_integer() == b.c1.to_integer();
}

bool are_congruent(const ExactLines::Line& a, const ExactLines::Line& b) {
    return are_congruent(a.of_y, b.of_y) && are_congruent(a.of_x, b.of_x) && are_congruent(a.constant, b.constant);
}

UnreducedFp reduced(const UnreducedFp& number) { return number * UnreducedFp::one(); }

}  // namespace

bool lines_are_those_of_reduced_limbs(const RawG2& point) {
    const auto& [x0, x1, y0, y1] = point.numbers();
    ExactLines lines({x0, x1}, {y0, y1});
    ExactLines reduced_lines({reduced(x0), reduced(x1)}, {reduced(y0), reduced(y1)});
    constexpr std::uint64_t kHalfX = 0xd201000000010000 >> 1;
    for (int bit = 61; bit >= 0; --bit) {
        if (!are_congruent(lines.tangent(), reduced_lines.tangent())) return false;
        if ((kHalfX >> bit & 1) != 0 && !are_congruent(lines.chord(), reduced_lines.chord())) return false;
    }
    return are_congruent(lines.tangent(), reduced_lines.tangent());
}

bool is_valid_by_exact_arithmetic(const RawG1& point) {
    const auto& [x, y] = point.numbers();
    return point.infinity() == 0 && is_valid_affine<G1Rule>(x, y);
}

bool is_valid_by_exact_arithmetic(const RawG2& point) {
    const auto& [x0, x1, y0, y1] = point.numbers();
    return point.infinity() == 0 && is_valid_affine<G2Rule>({x0, x1}, {y0, y1});
}

}  // namespace dusk::crypto
