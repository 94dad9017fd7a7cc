// Montgomery multiplication in Fp with MULX, ADCX and ADOX, without the final subtraction, for loops that keep track of
// how large values are. Only where cpu_features().bmi2_adx.
//
// p leaves three bits of the top word free. So the running sum never needs a seventh word between the steps, where a
// multiplication for any modulus of six words carries an eighth.
#pragma once

#if defined(__x86_64__)

#include "crypto/fp_inline.hpp"

namespace dusk::crypto::mulx {

namespace detail {

struct Accumulator {
    std::uint64_t t0, t1, t2, t3, t4, t5, t6;
};

inline constexpr std::array<std::uint64_t, 6> kP = FpParams::modulus;
inline constexpr std::uint64_t kNegativeInverse = crypto::detail::negative_inverse(kP[0]);

// One word times m, added to t at a position with both carry chains.
#define DUSK_MULX_ADD(m, p, next) \
    "mulxq %[" m                  \
    "], %[low], %[high]\n\t"      \
    "adoxq %[low], %[" p          \
    "]\n\t"                       \
    "adcxq %[high], %[" next "]\n\t"

// t = x b.
[[gnu::always_inline]] inline void first_row(Accumulator& t, std::uint64_t x, const Fp& b) {
    std::uint64_t low = 0;
    asm("mulxq %[m0], %[t0], %[t1]\n\t"
        "mulxq %[m1], %[low], %[t2]\n\t"
        "addq %[low], %[t1]\n\t"
        "mulxq %[m2], %[low], %[t3]\n\t"
        "adcq %[low], %[t2]\n\t"
        "mulxq %[m3], %[low], %[t4]\n\t"
        "adcq %[low], %[t3]\n\t"
        "mulxq %[m4], %[low], %[t5]\n\t"
        "adcq %[low], %[t4]\n\t"
        "mulxq %[m5], %[low], %[t6]\n\t"
        "adcq %[low], %[t5]\n\t"
        "adcq $0, %[t6]"
        : [t0] "=&r"(t.t0), [t1] "=&r"(t.t1), [t2] "=&r"(t.t2), [t3] "=&r"(t.t3), [t4] "=&r"(t.t4), [t5] "=&r"(t.t5),
          [t6] "=&r"(t.t6), [low] "=&r"(low)
        : [m0] "m"(b.l[0]), [m1] "m"(b.l[1]), [m2] "m"(b.l[2]), [m3] "m"(b.l[3]), [m4] "m"(b.l[4]), [m5] "m"(b.l[5]),
          "d"(x)
        : "cc");
}

// t += x m, where t has six words before.
[[gnu::always_inline]] inline void add_row(Accumulator& t, std::uint64_t x, const std::uint64_t* m) {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    asm("xorl %k[t6], %k[t6]\n\t"  // clears both carries
        DUSK_MULX_ADD("m0", "t0", "t1") DUSK_MULX_ADD("m1", "t1", "t2") DUSK_MULX_ADD("m2", "t2", "t3")
            DUSK_MULX_ADD("m3", "t3", "t4") DUSK_MULX_ADD("m4", "t4", "t5") DUSK_MULX_ADD("m5", "t5", "t6")
        "movl $0, %k[low]\n\t"
        "adoxq %[low], %[t6]"
        : [t0] "+&r"(t.t0), [t1] "+&r"(t.t1), [t2] "+&r"(t.t2), [t3] "+&r"(t.t3), [t4] "+&r"(t.t4), [t5] "+&r"(t.t5),
          [t6] "=&r"(t.t6), [low] "=&r"(low), [high] "=&r"(high)
        : [m0] "m"(m[0]), [m1] "m"(m[1]), [m2] "m"(m[2]), [m3] "m"(m[3]), [m4] "m"(m[4]), [m5] "m"(m[5]), "d"(x)
        : "cc");
}

// t = (t + k p) / 2^64 with the k that makes it exact.
[[gnu::always_inline]] inline void reduce_step(Accumulator& t) {
    const std::uint64_t k = t.t0 * kNegativeInverse;
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    asm("xorl %k[low], %k[low]\n\t"
        DUSK_MULX_ADD("m0", "t0", "t1") DUSK_MULX_ADD("m1", "t1", "t2") DUSK_MULX_ADD("m2", "t2", "t3")
            DUSK_MULX_ADD("m3", "t3", "t4") DUSK_MULX_ADD("m4", "t4", "t5") DUSK_MULX_ADD("m5", "t5", "t6")
        "movl $0, %k[low]\n\t"
        "adoxq %[low], %[t6]"
        : [t0] "+&r"(t.t0), [t1] "+&r"(t.t1), [t2] "+&r"(t.t2), [t3] "+&r"(t.t3), [t4] "+&r"(t.t4), [t5] "+&r"(t.t5),
          [t6] "+&r"(t.t6), [low] "=&r"(low), [high] "=&r"(high)
        : [m0] "m"(kP[0]), [m1] "m"(kP[1]), [m2] "m"(kP[2]), [m3] "m"(kP[3]), [m4] "m"(kP[4]), [m5] "m"(kP[5]), "d"(k)
        : "cc");
    t = {t.t1, t.t2, t.t3, t.t4, t.t5, t.t6, 0};
}

#undef DUSK_MULX_ADD

}  // namespace detail

// a b / 2^384, below (1 + 0.1016 A B) p for operands below A p and B p; B at most 8.
[[nodiscard, gnu::always_inline]] inline Fp multiply(const Fp& a, const Fp& b) {
    detail::Accumulator t;
    detail::first_row(t, a.l[0], b);
    detail::reduce_step(t);
    for (std::size_t word = 1; word < 6; ++word) {
        detail::add_row(t, a.l[word], b.l);
        detail::reduce_step(t);
    }
    return {{t.t0, t.t1, t.t2, t.t3, t.t4, t.t5}};
}

}  // namespace dusk::crypto::mulx

#endif
