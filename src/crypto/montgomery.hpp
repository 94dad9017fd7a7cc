// Montgomery multiplication of four-limb numbers: one operand scanned word by word, each word followed by one step of
// the reduction. The two steps exist twice: in C++ and with MULX, ADCX, ADOX, whose two carry chains run side by side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/cpu.hpp"

namespace dusk::crypto {

using Limbs4 = std::array<std::uint64_t, 4>;  // least significant first

namespace detail {

using u128 = unsigned __int128;

// a + b + carry; carry becomes the carry out. The builtins become ADC and SBB; constant evaluation lacks them.
constexpr std::uint64_t add_carry(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) {
    if consteval {
        const u128 sum = static_cast<u128>(a) + b + carry;
        carry = static_cast<std::uint64_t>(sum >> 64);
        return static_cast<std::uint64_t>(sum);
    }
    unsigned long long out = 0;
    const std::uint64_t sum = __builtin_addcll(a, b, carry, &out);
    carry = out;
    return sum;
}

// a - b - borrow; borrow becomes the borrow out.
constexpr std::uint64_t sub_borrow(std::uint64_t a, std::uint64_t b, std::uint64_t& borrow) {
    if consteval {
        const u128 difference = static_cast<u128>(a) - b - borrow;
        borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
        return static_cast<std::uint64_t>(difference);
    }
    unsigned long long out = 0;
    const std::uint64_t difference = __builtin_subcll(a, b, borrow, &out);
    borrow = out;
    return difference;
}

// All ones for 1, zero for 0, of which the compiler must not make a branch: what follows may depend on secrets.
constexpr std::uint64_t opaque_mask(std::uint64_t bit) {
    std::uint64_t mask = 0 - bit;
    if !consteval {
        asm("" : "+r"(mask));
    }
    return mask;
}

// x, or x - m where that is not negative. Constant time.
template <class Modulus>
constexpr Limbs4 subtract_once(const Limbs4& x) {
    constexpr const Limbs4& m = Modulus::limbs;
#if defined(__x86_64__)
    if !consteval {
        std::uint64_t r0 = x[0];
        std::uint64_t r1 = x[1];
        std::uint64_t r2 = x[2];
        std::uint64_t r3 = x[3];
        asm("subq %[m0], %[r0]\n\t"
            "sbbq %[m1], %[r1]\n\t"
            "sbbq %[m2], %[r2]\n\t"
            "sbbq %[m3], %[r3]\n\t"
            "cmovcq %[x0], %[r0]\n\t"
            "cmovcq %[x1], %[r1]\n\t"
            "cmovcq %[x2], %[r2]\n\t"
            "cmovcq %[x3], %[r3]"
            : [r0] "+&r"(r0), [r1] "+&r"(r1), [r2] "+&r"(r2), [r3] "+&r"(r3)
            : [x0] "r"(x[0]), [x1] "r"(x[1]), [x2] "r"(x[2]), [x3] "r"(x[3]), [m0] "m"(m[0]), [m1] "m"(m[1]),
              [m2] "m"(m[2]), [m3] "m"(m[3])
            : "cc");
        return {r0, r1, r2, r3};
    }
#endif
    Limbs4 reduced{};
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) reduced[i] = sub_borrow(x[i], m[i], borrow);
    const std::uint64_t keep = opaque_mask(borrow);
    Limbs4 out{};
    for (std::size_t i = 0; i < 4; ++i) out[i] = (x[i] & keep) | (reduced[i] & ~keep);
    return out;
}

// Low word of a b + c + carry; carry becomes the high word.
constexpr std::uint64_t multiply_add(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t& carry) {
    const u128 sum = static_cast<u128>(a) * b + c + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
}

// 2^bits mod m by doubling, for constants.
template <std::size_t N>
constexpr std::array<std::uint64_t, N> power_of_two_mod(const std::array<std::uint64_t, N>& m, std::size_t bits) {
    std::array<std::uint64_t, N> x{1};
    for (std::size_t i = 0; i < bits; ++i) {
        std::uint64_t carry = 0;
        for (auto& limb : x) limb = add_carry(limb, limb, carry);
        std::array<std::uint64_t, N> reduced = x;
        std::uint64_t borrow = 0;
        for (std::size_t j = 0; j < N; ++j) reduced[j] = sub_borrow(x[j], m[j], borrow);
        if (borrow == 0) x = reduced;
    }
    return x;
}

// -m^-1 mod 2^64 for odd m (Newton).
constexpr std::uint64_t negative_inverse(std::uint64_t m) {
    std::uint64_t x = 1;
    for (int i = 0; i < 6; ++i) x *= 2 - m * x;
    return ~x + 1;
}

// The low limb of the modulus of Fq is 1 - 2^32 mod 2^64. So -1/m = -(1 + 2^32), and for the k of one reduction step
// (t + k m0) / 2^64 = k - (k >> 32) + the carry of t + k: no multiplication for the lowest word.
inline constexpr std::uint64_t kLowLimbOfQ = 0xffffffff00000001;

// The running sum: six words, of which the reduction consumes the lowest and hands back five.
struct Accumulator {
    std::uint64_t t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
};

// How large the running sum gets: a single product stays in five words and is below 2^256 after each reduction step
// (t4 is then zero, t5 never used); a sum of products takes all six.
enum class Width : std::uint8_t { product, sum };

// The steps in C++. `Modulus` has `limbs` and `negative_inverse` (-1/m mod 2^64).
template <class Modulus>
struct PortableSteps {
    // t = x b.
    static constexpr void first_row(Accumulator& t, std::uint64_t x, const Limbs4& b) {
        t = {};
        add_row<Width::product>(t, x, b);
    }
    // t += x b.
    template <Width>
    static constexpr void add_row(Accumulator& t, std::uint64_t x, const Limbs4& b) {
        std::uint64_t carry = 0;
        t.t0 = multiply_add(x, b[0], t.t0, carry);
        t.t1 = multiply_add(x, b[1], t.t1, carry);
        t.t2 = multiply_add(x, b[2], t.t2, carry);
        t.t3 = multiply_add(x, b[3], t.t3, carry);
        std::uint64_t top = 0;
        t.t4 = add_carry(t.t4, carry, top);
        t.t5 += top;
    }
    // t = (t + k m) / 2^64 with the k that makes it exact.
    template <Width>
    static constexpr void reduce_step(Accumulator& t) {
        constexpr const Limbs4& m = Modulus::limbs;
        std::uint64_t k = 0;
        std::uint64_t carry = 0;
        if constexpr (m[0] == kLowLimbOfQ) {
            k = 0 - (t.t0 + (t.t0 << 32));
            carry = k - (k >> 32) + static_cast<std::uint64_t>(t.t0 + k < k);
        } else {
            k = t.t0 * Modulus::negative_inverse;
            (void)multiply_add(k, m[0], t.t0, carry);
        }
        t.t0 = multiply_add(k, m[1], t.t1, carry);
        t.t1 = multiply_add(k, m[2], t.t2, carry);
        t.t2 = multiply_add(k, m[3], t.t3, carry);
        std::uint64_t top = 0;
        t.t3 = add_carry(t.t4, carry, top);
        t.t4 = t.t5 + top;
        t.t5 = 0;
    }
};

#if defined(__x86_64__)

// Text of the instructions only. One word times m, added to t at position p with both carry chains; then the ends of
// the chains, for sums that stay in five words and for those that need the sixth.
#define DUSK_MULX_ADD(m, p, next) \
    "mulxq %[" m                  \
    "], %[low], %[high]\n\t"      \
    "adoxq %[low], %[" p          \
    "]\n\t"                       \
    "adcxq %[high], %[" next "]\n\t"
#define DUSK_MULX_ADD_ALL           \
    DUSK_MULX_ADD("m0", "t0", "t1") \
    DUSK_MULX_ADD("m1", "t1", "t2") \
    DUSK_MULX_ADD("m2", "t2", "t3") \
    DUSK_MULX_ADD("m3", "t3", "t4") \
    DUSK_MULX_END
#define DUSK_MULX_END      \
    "movl $0, %k[low]\n\t" \
    "adoxq %[low], %[t4]\n\t"
#define DUSK_MULX_END_WIDE    \
    "adcxq %[low], %[t5]\n\t" \
    "adoxq %[low], %[t5]\n\t"
// Clears both carries.
#define DUSK_MULX_BEGIN(zero) "xorl %k[" zero "], %k[" zero "]\n\t"
#define DUSK_MULX_LOW_WORD_OF_Q                                                               \
    "adcxq %%rdx, %[t0]\n\t"                                                                  \
    "adcxq %[low], %[t1]\n\t" DUSK_MULX_ADD("m1", "t1", "t2") DUSK_MULX_ADD("m2", "t2", "t3") \
        DUSK_MULX_ADD("m3", "t3", "t4") DUSK_MULX_END
#define DUSK_T_TO_3 [t0] "+&r"(t.t0), [t1] "+&r"(t.t1), [t2] "+&r"(t.t2), [t3] "+&r"(t.t3)
#define DUSK_FOUR_WORDS(m) [m0] "m"((m)[0]), [m1] "m"((m)[1]), [m2] "m"((m)[2]), [m3] "m"((m)[3])

// The same steps; only where the CPU has BMI2 and ADX.
template <class Modulus>
struct MulxSteps {
    [[gnu::always_inline]] static void first_row(Accumulator& t, std::uint64_t x, const Limbs4& b) {
        std::uint64_t low = 0;
        asm("mulxq %[m0], %[t0], %[t1]\n\t"
            "mulxq %[m1], %[low], %[t2]\n\t"
            "addq %[low], %[t1]\n\t"
            "mulxq %[m2], %[low], %[t3]\n\t"
            "adcq %[low], %[t2]\n\t"
            "mulxq %[m3], %[low], %[t4]\n\t"
            "adcq %[low], %[t3]\n\t"
            "adcq $0, %[t4]"
            : [t0] "=&r"(t.t0), [t1] "=&r"(t.t1), [t2] "=&r"(t.t2), [t3] "=&r"(t.t3), [t4] "=&r"(t.t4), [low] "=&r"(low)
            : DUSK_FOUR_WORDS(b), "d"(x)
            : "cc");
        t.t5 = 0;
    }
    template <Width kWidth>
    [[gnu::always_inline]] static void add_row(Accumulator& t, std::uint64_t x, const Limbs4& b) {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        if constexpr (kWidth == Width::product) {
            asm(DUSK_MULX_BEGIN("t4") DUSK_MULX_ADD_ALL
                : DUSK_T_TO_3, [t4] "=&r"(t.t4), [low] "=&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(b), "d"(x)
                : "cc");
        } else {
            asm(DUSK_MULX_BEGIN("low") DUSK_MULX_ADD_ALL DUSK_MULX_END_WIDE
                : DUSK_T_TO_3, [t4] "+&r"(t.t4), [t5] "+&r"(t.t5), [low] "=&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(b), "d"(x)
                : "cc");
        }
    }
    template <Width kWidth>
    [[gnu::always_inline]] static void reduce_step(Accumulator& t) {
        const std::uint64_t k = t.t0 * Modulus::negative_inverse;
        std::uint64_t low = k - (k >> 32);
        std::uint64_t high = 0;
        constexpr bool kIsQ = Modulus::limbs[0] == kLowLimbOfQ;
        if constexpr (kIsQ && kWidth == Width::product) {
            asm(DUSK_MULX_BEGIN("high") DUSK_MULX_LOW_WORD_OF_Q
                : DUSK_T_TO_3, [t4] "+&r"(t.t4), [low] "+&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(Modulus::limbs), "d"(k)
                : "cc");
        } else if constexpr (kIsQ) {
            asm(DUSK_MULX_BEGIN("high") DUSK_MULX_LOW_WORD_OF_Q DUSK_MULX_END_WIDE
                : DUSK_T_TO_3, [t4] "+&r"(t.t4), [t5] "+&r"(t.t5), [low] "+&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(Modulus::limbs), "d"(k)
                : "cc");
        } else if constexpr (kWidth == Width::product) {
            asm(DUSK_MULX_BEGIN("high") DUSK_MULX_ADD_ALL
                : DUSK_T_TO_3, [t4] "+&r"(t.t4), [low] "=&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(Modulus::limbs), "d"(k)
                : "cc");
        } else {
            asm(DUSK_MULX_BEGIN("high") DUSK_MULX_ADD_ALL DUSK_MULX_END_WIDE
                : DUSK_T_TO_3, [t4] "+&r"(t.t4), [t5] "+&r"(t.t5), [low] "=&r"(low), [high] "=&r"(high)
                : DUSK_FOUR_WORDS(Modulus::limbs), "d"(k)
                : "cc");
        }
        t = {t.t1, t.t2, t.t3, t.t4, t.t5, 0};
    }
};

#undef DUSK_MULX_ADD
#undef DUSK_MULX_ADD_ALL
#undef DUSK_MULX_END
#undef DUSK_MULX_END_WIDE
#undef DUSK_MULX_BEGIN
#undef DUSK_MULX_LOW_WORD_OF_Q
#undef DUSK_T_TO_3
#undef DUSK_FOUR_WORDS

#endif

// a b / 2^256 plus less than m, in five words. For b below m.
template <class Steps>
[[gnu::always_inline]] constexpr Accumulator montgomery_product(const Limbs4& a, const Limbs4& b) {
    Accumulator t;
    Steps::first_row(t, a[0], b);
    Steps::template reduce_step<Width::product>(t);
    for (std::size_t word = 1; word < 4; ++word) {
        Steps::template add_row<Width::product>(t, a[word], b);
        Steps::template reduce_step<Width::product>(t);
    }
    return t;
}

}  // namespace detail
}  // namespace dusk::crypto
