#include "crypto/modular_inverse.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace dusk::crypto {
namespace {

using s64 = std::int64_t;
using s128 = __int128;

constexpr int kBits = 62;
constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;

// A signed number: sum of limb[i] 2^(62 i). The lower limbs are in [0, 2^62), the top one carries the sign.
struct Signed62 {
    s64 limb[5];
};

Signed62 to_signed62(const Limbs4& x) {
    return {{static_cast<s64>(x[0] & kMask), static_cast<s64>(((x[0] >> 62) | (x[1] << 2)) & kMask),
             static_cast<s64>(((x[1] >> 60) | (x[2] << 4)) & kMask),
             static_cast<s64>(((x[2] >> 58) | (x[3] << 6)) & kMask), static_cast<s64>(x[3] >> 56)}};
}

Limbs4 from_signed62(const Signed62& x) {  // of a number in [0, 2^256)
    std::uint64_t v[5];
    for (int i = 0; i < 5; ++i) v[i] = static_cast<std::uint64_t>(x.limb[i]);
    return {v[0] | (v[1] << 62), (v[1] >> 2) | (v[2] << 60), (v[2] >> 4) | (v[3] << 58), (v[3] >> 6) | (v[4] << 56)};
}

// All ones for a negative number, else zero; hidden from the compiler, which would make a branch of it.
s64 sign_mask(s64 x) {
    s64 mask = x >> 63;
    asm("" : "+r"(mask));
    return mask;
}

// (f, g) becomes ((u f + v g) / 2^62, (q f + r g) / 2^62).
struct Transition {
    s64 u, v, q, r;
};

// 59 division steps in constant time; the matrix is scaled by 2^62 all the same. theta is -(delta + 1/2).
s64 divsteps_constant(s64 theta, std::uint64_t f, std::uint64_t g, Transition& out) {
    std::uint64_t u = 8;  // 2^(62 - 59)
    std::uint64_t v = 0;
    std::uint64_t q = 0;
    std::uint64_t r = 8;
    for (int i = 3; i < kBits; ++i) {
        // Masks: delta > 0, g odd.
        std::uint64_t swap = static_cast<std::uint64_t>(theta >> 63);
        asm("" : "+r"(swap));
        std::uint64_t odd = 0 - (g & 1);
        asm("" : "+r"(odd));
        // g += +-f where g is odd.
        g += ((f ^ swap) - swap) & odd;
        q += ((u ^ swap) - swap) & odd;
        r += ((v ^ swap) - swap) & odd;
        swap &= odd;
        theta = static_cast<s64>(static_cast<std::uint64_t>(theta) ^ swap) - 1;
        // f becomes the old g where both conditions hold.
        f += g & swap;
        u += q & swap;
        v += r & swap;
        g >>= 1;
        u <<= 1;
        v <<= 1;
    }
    out = {static_cast<s64>(u), static_cast<s64>(v), static_cast<s64>(q), static_cast<s64>(r)};
    return theta;
}

// 62 division steps, runs of zeros at once. eta is -delta.
s64 divsteps_variable(s64 eta, std::uint64_t f, std::uint64_t g, Transition& out) {
    std::uint64_t u = 1;
    std::uint64_t v = 0;
    std::uint64_t q = 0;
    std::uint64_t r = 1;
    int left = kBits;
    for (;;) {
        const int zeros = std::countr_zero(g | (~std::uint64_t{0} << left));
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= zeros;
        left -= zeros;
        if (left == 0) break;
        std::uint64_t multiple = 0;
        if (eta < 0) {
            eta = -eta;
            f = std::exchange(g, 0 - f);
            u = std::exchange(q, 0 - u);
            v = std::exchange(r, 0 - v);
            // -g/f modulo 2^6 cancels up to 6 bits of g, as far as the next exchange.
            const int bits = std::min({static_cast<int>(std::min<s64>(eta + 1, 64)), left, 6});
            multiple = (f * g * (f * f - 2)) & ((std::uint64_t{1} << bits) - 1);
        } else {
            // Here a 4-bit inverse is cheaper than the bits that it misses.
            const int bits = std::min({static_cast<int>(std::min<s64>(eta + 1, 64)), left, 4});
            multiple = (0 - (f + (((f + 1) & 4) << 1)) * g) & ((std::uint64_t{1} << bits) - 1);
        }
        g += f * multiple;
        q += u * multiple;
        r += v * multiple;
    }
    out = {static_cast<s64>(u), static_cast<s64>(v), static_cast<s64>(q), static_cast<s64>(r)};
    return eta;
}

// f and g by the matrix; the division by 2^62 is exact.
void apply(Signed62& f, Signed62& g, const Transition& t) {
    s128 cf = static_cast<s128>(t.u) * f.limb[0] + static_cast<s128>(t.v) * g.limb[0];
    s128 cg = static_cast<s128>(t.q) * f.limb[0] + static_cast<s128>(t.r) * g.limb[0];
    cf >>= kBits;
    cg >>= kBits;
    for (int i = 1; i < 5; ++i) {
        cf += static_cast<s128>(t.u) * f.limb[i] + static_cast<s128>(t.v) * g.limb[i];
        cg += static_cast<s128>(t.q) * f.limb[i] + static_cast<s128>(t.r) * g.limb[i];
        f.limb[i - 1] = static_cast<s64>(cf) & static_cast<s64>(kMask);
        g.limb[i - 1] = static_cast<s64>(cg) & static_cast<s64>(kMask);
        cf >>= kBits;
        cg >>= kBits;
    }
    f.limb[4] = static_cast<s64>(cf);
    g.limb[4] = static_cast<s64>(cg);
}

// d and e by the matrix modulo m, both kept in (-2m, m). Multiples of m make the division by 2^62 exact.
void apply_modulo(Signed62& d, Signed62& e, const Transition& t, const Signed62& m, std::uint64_t inverse_of_m) {
    const s64 d_sign = sign_mask(d.limb[4]);
    const s64 e_sign = sign_mask(e.limb[4]);
    s64 md = (t.u & d_sign) + (t.v & e_sign);
    s64 me = (t.q & d_sign) + (t.r & e_sign);
    s128 cd = static_cast<s128>(t.u) * d.limb[0] + static_cast<s128>(t.v) * e.limb[0];
    s128 ce = static_cast<s128>(t.q) * d.limb[0] + static_cast<s128>(t.r) * e.limb[0];
    const auto fit = [&](s64 multiple, s128 c) {
        const std::uint64_t excess =
            (inverse_of_m * static_cast<std::uint64_t>(c) + static_cast<std::uint64_t>(multiple)) & kMask;
        return multiple - static_cast<s64>(excess);
    };
    md = fit(md, cd);
    me = fit(me, ce);
    cd += static_cast<s128>(m.limb[0]) * md;
    ce += static_cast<s128>(m.limb[0]) * me;
    cd >>= kBits;
    ce >>= kBits;
    for (int i = 1; i < 5; ++i) {
        cd +=
            static_cast<s128>(t.u) * d.limb[i] + static_cast<s128>(t.v) * e.limb[i] + static_cast<s128>(m.limb[i]) * md;
        ce +=
            static_cast<s128>(t.q) * d.limb[i] + static_cast<s128>(t.r) * e.limb[i] + static_cast<s128>(m.limb[i]) * me;
        d.limb[i - 1] = static_cast<s64>(cd) & static_cast<s64>(kMask);
        e.limb[i - 1] = static_cast<s64>(ce) & static_cast<s64>(kMask);
        cd >>= kBits;
        ce >>= kBits;
    }
    d.limb[4] = static_cast<s64>(cd);
    e.limb[4] = static_cast<s64>(ce);
}

void propagate(Signed62& x) {
    for (int i = 0; i < 4; ++i) {
        x.limb[i + 1] += x.limb[i] >> kBits;
        x.limb[i] &= static_cast<s64>(kMask);
    }
}

// From (-2m, m) to [0, m), negated first where `sign` is negative.
void normalise(Signed62& x, s64 sign, const Signed62& m) {
    const auto add_m_if_negative = [&] {
        const s64 negative = sign_mask(x.limb[4]);
        for (int i = 0; i < 5; ++i) x.limb[i] += m.limb[i] & negative;
    };
    add_m_if_negative();
    const s64 negate = sign_mask(sign);
    for (s64& limb : x.limb) limb = (limb ^ negate) - negate;
    propagate(x);
    add_m_if_negative();
    propagate(x);
}

bool is_zero(const Signed62& x) { return (x.limb[0] | x.limb[1] | x.limb[2] | x.limb[3] | x.limb[4]) == 0; }

}  // namespace

template <Timing kTiming>
Limbs4 modular_inverse(const Limbs4& x, const Limbs4& m) {
    const Signed62 modulus = to_signed62(m);
    const std::uint64_t inverse_of_m = 0 - detail::negative_inverse(m[0]);
    Signed62 d{};
    Signed62 e{{1, 0, 0, 0, 0}};
    Signed62 f = modulus;
    Signed62 g = to_signed62(x);
    Transition t{};
    s64 delta = -1;
    const auto step = [&](auto divsteps) {
        delta = divsteps(delta, static_cast<std::uint64_t>(f.limb[0]), static_cast<std::uint64_t>(g.limb[0]), t);
        apply_modulo(d, e, t, modulus, inverse_of_m);
        apply(f, g, t);
    };
    if constexpr (kTiming == Timing::constant) {
        // 590 steps reach g = 0 for all inputs below 2^256.
        for (int batch = 0; batch < 10; ++batch) step(divsteps_constant);
    } else {
        while (!is_zero(g)) step(divsteps_variable);
    }
    // f is now the gcd or its negative.
    normalise(d, f.limb[4], modulus);
    return from_signed62(d);
}

template Limbs4 modular_inverse<Timing::constant>(const Limbs4& x, const Limbs4& m);
template Limbs4 modular_inverse<Timing::variable>(const Limbs4& x, const Limbs4& m);

}  // namespace dusk::crypto
