// Eight JubJub points side by side in AVX-512 registers: the formulas of spec/crypto.md §5.4 over Fq8.
//
// Bounds (crypto/fq8.hpp), for operands within them:
//     JubJub8          u, v, z below 2 q, t1 below 6 q, t2 below 3 q
//     Niels8           every coordinate below 4 q, z below 2 q
//     AffineNiels8     every coordinate below 2 q
#pragma once

#if defined(__x86_64__)

#include "crypto/fq8.hpp"
#include "crypto/jubjub.hpp"

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)

namespace dusk::crypto {

struct JubJub8 {
    Fq8 u, v, z, t1, t2;
};
struct Niels8 {
    Fq8 v_plus_u, v_minus_u, z, t2d;
};
struct AffineNiels8 {
    Fq8 v_plus_u, v_minus_u, t2d;
};

namespace detail {

// u t, v z, z t, u, v. For u below 4.6 q, v 3 q, z 5.2 q, t 6.4 q: the products stay below 2 q.
[[nodiscard]] inline JubJub8 complete(const Fq8Sum& u_sum, const Fq8Sum& v_sum, const Fq8Sum& z_sum,
                                      const Fq8Sum& t_sum) {
    const Fq8 u = normalise(u_sum);
    const Fq8 v = normalise(v_sum);
    const Fq8 z = normalise(z_sum);
    const Fq8 t = normalise(t_sum);
    return {u * t, v * z, z * t, u, v};
}

// The lanes of b where the mask says so, else those of a.
[[nodiscard]] inline Fq8 blend(const Fq8& a, const Fq8& b, __mmask8 mask) {
    Fq8 out;
    for (int i = 0; i < 5; ++i) out.limb[i] = _mm512_mask_mov_epi64(a.limb[i], mask, b.limb[i]);
    return out;
}

}  // namespace detail

[[nodiscard]] inline JubJub8 identity8() {
    const Fq8 zero = zero8();
    const Fq8 one = broadcast(to_limbs52(Fq::one()));
    return {zero, one, one, zero, zero};
}

// 2 P. Squares of coordinates are below 1.12 q, that of their sum below 1.46 q.
[[nodiscard]] inline JubJub8 doubled(const JubJub8& p) {
    const Fq8 uu = square(p.u);
    const Fq8 vv = square(p.v);
    const Fq8 zz = square(p.z);
    const Fq8 sum_squared = square(normalise(p.u + p.v));
    const Fq8Sum sum = vv + uu;                                                      // 2.3
    const Fq8Sum difference = subtract<2>(as_sum(vv), as_sum(uu));                   // 3.2
    return detail::complete(subtract<3>(as_sum(sum_squared), sum), sum, difference,  // 4.5, 2.3, 3.2
                            subtract<4>(zz + zz, difference));                       // 6.3
}

// The steps that both additions share, for c below 1.1 q and d below 4 q. a and b are below 1.46 q.
[[nodiscard]] inline JubJub8 add(const JubJub8& p, const Fq8& v_plus_u, const Fq8& v_minus_u, const Fq8Sum& d,
                                 const Fq8& c) {
    const Fq8 a = normalise(subtract<2>(as_sum(p.v), as_sum(p.u))) * v_minus_u;
    const Fq8 b = normalise(p.v + p.u) * v_plus_u;
    return detail::complete(subtract<2>(as_sum(b), as_sum(a)), b + a, d + c, subtract<2>(d, as_sum(c)));
}
[[nodiscard]] inline JubJub8 operator+(const JubJub8& p, const Niels8& n) {
    const Fq8 zz = p.z * n.z;
    return add(p, n.v_plus_u, n.v_minus_u, zz + zz, p.t1 * p.t2 * n.t2d);
}
[[nodiscard]] inline JubJub8 operator+(const JubJub8& p, const AffineNiels8& n) {
    return add(p, n.v_plus_u, n.v_minus_u, p.z + p.z, p.t1 * p.t2 * n.t2d);
}

[[nodiscard]] inline Niels8 to_niels(const JubJub8& p) {
    return {normalise(p.v + p.u), normalise(subtract<2>(as_sum(p.v), as_sum(p.u))), p.z,
            p.t1 * p.t2 * broadcast(to_limbs52(kJubJub2D))};
}

// Either Niels form becomes that of the negated point in the lanes of the mask. For t2d below 2 q.
template <class Niels>
inline void negate_if(Niels& n, __mmask8 mask) {
    const Fq8 plus = n.v_plus_u;
    n.v_plus_u = detail::blend(plus, n.v_minus_u, mask);
    n.v_minus_u = detail::blend(n.v_minus_u, plus, mask);
    n.t2d = detail::blend(n.t2d, normalise(subtract<2>(as_sum(zero8()), as_sum(n.t2d))), mask);
}

// Coordinates below q.
[[nodiscard]] inline JubJub8 load(const std::array<JubJubExtended, 8>& points) {
    std::array<std::array<Fq, 8>, 5> columns;
    for (std::size_t i = 0; i < 8; ++i) {
        columns[0][i] = points[i].u();
        columns[1][i] = points[i].v();
        columns[2][i] = points[i].z();
        columns[3][i] = points[i].t1();
        columns[4][i] = points[i].t2();
    }
    const auto read = [&](std::size_t column) { return canonical(load(columns[column].data())); };
    return {read(0), read(1), read(2), read(3), read(4)};
}
[[nodiscard]] inline std::array<JubJubExtended, 8> store(const JubJub8& p) {
    std::array<std::array<Fq, 8>, 5> columns;
    store(p.u, columns[0].data());
    store(p.v, columns[1].data());
    store(p.z, columns[2].data());
    store(p.t1, columns[3].data());
    store(p.t2, columns[4].data());
    std::array<JubJubExtended, 8> out;
    for (std::size_t i = 0; i < 8; ++i) {
        out[i] = JubJubExtended::from_coordinates_unchecked(columns[0][i], columns[1][i], columns[2][i], columns[3][i],
                                                            columns[4][i]);
    }
    return out;
}

}  // namespace dusk::crypto

#pragma clang attribute pop

#endif
