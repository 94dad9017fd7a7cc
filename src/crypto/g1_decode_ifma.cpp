#include "crypto/g1_decode_ifma.hpp"

#if defined(__x86_64__)

#include "crypto/fp8_blst.hpp"
#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {
namespace {

constexpr FpLimbs52 kBeta52 = row_of(kBeta);
constexpr FpLimbs52 kFour52 = detail::split_fp(detail::double_fp({1}, 418));

// (p + 1) / 4: a to that power is a root of a where there is one.
constexpr detail::FpWords root_exponent() {
    detail::FpWords out = detail::kP;
    ++out[0];
    for (std::size_t i = 0; i < 6; ++i) out[i] = out[i] >> 2U | (i < 5 ? out[i + 1] << 62U : 0);
    return out;
}
constexpr detail::FpWords kRootExponent = root_exponent();
constexpr int kRootDigits = 95;  // of four bits

// (x / z², y / z³). x and y are below 10.1 p, z below 2.1 p; y of a negative one below 16 p.
struct Jacobian8 {
    Fp8 x, y, z;
};

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

inline Fp8 square(const Fp8& a) { return normalised(squared(a)); }
inline Fp8Sum twice(const Fp8Sum& a) { return a + a; }
inline Fp8Sum twice(const Fp8& a) { return twice(as_sum(a)); }

inline Fp8 load(const std::array<Fp, 8>& elements) {
    Fp8 out;
    for (std::size_t i = 0; i < 8; ++i) out.limb[i] = split_blst(elements[i]);
    transpose(out.limb);
    return out * broadcast(kFpFromBlst52);
}

// Of values below 2 p.
inline std::array<Fp, 8> store(Fp8 a) {
    transpose(a.limb);
    std::array<Fp, 8> out;
    for (std::size_t i = 0; i < 8; ++i) {
        alignas(64) FpLimbs52 row;
        _mm512_store_si512(row.data(), a.limb[i]);
        out[i] = to_blst(row);
    }
    return out;
}

#pragma clang attribute pop

[[gnu::noinline]] DUSK_TARGET_IFMA Fp8 to_root_exponent(const Fp8& a) {
    std::array<Fp8, 16> powers;
    powers[0] = broadcast(kFpOne52);
    for (std::size_t i = 1; i < 16; ++i) powers[i] = powers[i - 1] * a;
    const auto digit = [](int i) { return kRootExponent[static_cast<std::size_t>(i) / 16] >> (4 * (i % 16)) & 0xfU; };
    Fp8 out = powers[digit(kRootDigits - 1)];
    for (int i = kRootDigits - 2; i >= 0; --i) {
        for (int k = 0; k < 4; ++k) out = square(out);
        if (digit(i) != 0) out = out * powers[digit(i)];
    }
    return out;
}

// With the slope 3 x² and 2 y z for z.
[[gnu::noinline]] DUSK_TARGET_IFMA void double_times(Jacobian8& p, int times) {
    while (times-- > 0) {
        const Fp8 a = square(p.x);
        const Fp8 b = square(p.y);
        const Fp8Sum c4 = twice(twice(p.x * b));
        const Fp8 slope = normalised(twice(a) + as_sum(a));
        const Fp8Sum b8 = twice(twice(twice(square(b))));
        p.z = normalised(twice(multiply(p.y, p.z)));
        p.x = normalised(plus_p<9>(squared(slope) - twice(c4)));
        const Fp8 drop = normalised(plus_p<11>(c4 - as_sum(p.x)));
        p.y = normalised(plus_p<9>(multiply(slope, drop) - b8));
    }
}

// Of points that are neither equal nor opposite, nor the identity.
[[gnu::noinline]] DUSK_TARGET_IFMA void add(Jacobian8& p, const Jacobian8& q) {
    const Fp8 pzz = square(p.z);
    const Fp8 qzz = square(q.z);
    const Fp8 u = p.x * qzz;
    const Fp8 s = p.y * (q.z * qzz);
    const Fp8 h = normalised(plus_p<2>(multiply(q.x, pzz) - as_sum(u)));
    const Fp8 r = normalised(plus_p<2>(multiply(q.y, p.z * pzz) - as_sum(s)));
    const Fp8 hh = square(h);
    const Fp8 hhh = h * hh;
    const Fp8 v = u * hh;
    p.z = (p.z * q.z) * h;
    p.x = normalised(plus_p<4>(squared(r) - as_sum(hhh) - twice(v)));
    const Fp8 drop = normalised(plus_p<6>(as_sum(v) - as_sum(p.x)));
    p.y = normalised(plus_p<2>(multiply(r, drop) - multiply(s, hhh)));
}

DUSK_TARGET_IFMA void negate(Jacobian8& p) { p.y = normalised(plus_p<16>(-p.y)); }

// By x alone: 2 x / d, both below 6 p.
[[gnu::noinline]] DUSK_TARGET_IFMA void double_x_times(Fp8& x, Fp8& d, int times) {
    while (times-- > 0) {
        const Fp8 u = x * square(x);
        const Fp8 w = d * square(d);
        x = x * normalised(plus_p<5>(as_sum(u) - twice(twice(w))));
        d = d * normalised(twice(twice(u)) + twice(w));
    }
}

// The steps of g1_subgroup.cpp, and as there no sum is an exception.
DUSK_TARGET_IFMA Jacobian8 times_m(const Jacobian8& point) {
    Jacobian8 minus = point;
    negate(minus);
    Jacobian8 out = point;
    double_times(out, 3);
    add(out, minus);  // 7
    Jacobian8 minus_7 = out;
    negate(minus_7);
    double_times(out, 4);
    add(out, minus_7);  // 15 · 7
    double_times(out, 9);
    add(out, point);
    double_times(out, 32);
    add(out, point);
    return out;
}

DUSK_TARGET_IFMA unsigned in_subgroup(const Fp8& x, const Fp8& y) {
    const Jacobian8 product = times_m(times_m({.x = x, .y = y, .z = broadcast(kFpOne52)}));
    Fp8 numerator = product.x;
    Fp8 d = normalised(twice(square(product.z)));
    double_x_times(numerator, d, 32);
    const Fp8 beta_x_d = (broadcast(kBeta52) * x) * d;
    const Fp8 difference = normalised(plus_p<2>(twice(numerator) - as_sum(beta_x_d)));
    // Points with x = 0 have the order three.
    return static_cast<unsigned>(is_zero_residue(difference) & ~is_zero_residue(d) & ~is_zero_residue(x)) & 0xffU;
}

}  // namespace

DUSK_TARGET_IFMA G1Roots g1_roots_ifma(const std::array<Fp, 8>& xs) {
    const Fp8 x = load(xs);
    const Fp8 right = normalised(multiply(x, square(x)) + as_sum(broadcast(kFour52)));
    const Fp8 y = to_root_exponent(right);
    const Fp8 difference = normalised(plus_p<2>(squared(y) - as_sum(right)));
    return {.y = store(y), .on_curve = is_zero_residue(difference), .in_subgroup = in_subgroup(x, y)};
}

}  // namespace dusk::crypto

#endif
