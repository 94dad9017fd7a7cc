// Points by the limb arithmetic of the network, step by step as in spec/crypto.md §18: the result of unreduced limbs
// depends on the order of operations. Variable time: such points are public.
#pragma once

#include <array>
#include <cstdint>

#include "crypto/unreduced.hpp"

namespace dusk::crypto {

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

// `value` times one, for small numbers.
constexpr UnreducedFp small_number(int value) {
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

// 1/a = conj(a) / (c0² + c1²). Zero when the limbs of that norm are zero.
inline UnreducedFp2 inverse_or_zero(const UnreducedFp2& a) {
    UnreducedFp::Limbs p_minus_2 = FpParams::modulus;
    p_minus_2[0] -= 2;
    const UnreducedFp norm = a.c0.square() + a.c1.square();
    if (norm.is_zero()) return {};
    const UnreducedFp norm_inverse = power(norm, p_minus_2);
    return {a.c0 * norm_inverse, a.c1 * -norm_inverse};
}

struct G1Rule {
    using Number = UnreducedFp;
    static constexpr Number one() { return UnreducedFp::one(); }
    static Number b() { return small_number(4); }
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
    static Number b() { return {small_number(4), small_number(4)}; }
    static Number times_3b(const Number& a) {
        static const Number b3{small_number(12), small_number(12)};
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

    // By the integer of the limbs, double-and-add from the highest bit.
    template <std::size_t kLimbs>
    [[nodiscard]] ExactPoint times(const std::array<std::uint64_t, kLimbs>& scalar) const {
        ExactPoint sum = identity();
        for (std::size_t bit = 64 * kLimbs; bit-- > 0;) {
            sum = sum.doubled();
            if ((scalar[bit / 64] >> (bit % 64) & 1) != 0) sum = sum + *this;
        }
        return sum;
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

}  // namespace dusk::crypto
