// Prime fields of four 64-bit limbs in Montgomery form (radix 2^256): spec/crypto.md §2.1 and §2.2.
//
// `Fq` is the scalar field of BLS12-381 and the base field of JubJub ("BlsScalar"); `Fr` is the scalar field
// of JubJub ("JubJubScalar"). One template serves both; `Params` gives the modulus and its constants.
//
// Invariant of every `Field`: the limbs are below the modulus. Only values that contracts hand over may break
// it; they are `Limbs` and go through crypto/unreduced.hpp. Arithmetic is constant time unless a name says
// `vartime`.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "crypto/error.hpp"
#include "crypto/montgomery.hpp"

namespace dusk::crypto {

template <class Params>
class Field {
  public:
    static constexpr std::size_t kSize = 32;
    static constexpr Limbs4 kModulus = Params::modulus;

    constexpr Field() = default;  // zero

    [[nodiscard]] static constexpr Field zero() { return {}; }
    [[nodiscard]] static constexpr Field one() { return from_montgomery(kR); }
    [[nodiscard]] static constexpr Field from_u64(std::uint64_t value) { return from_raw({value, 0, 0, 0}); }
    // Any 256-bit integer, reduced.
    [[nodiscard]] static constexpr Field from_raw(const Limbs4& integer) { return montgomery_mul(integer, kR2); }
    // Limbs that are already in Montgomery form and below the modulus.
    [[nodiscard]] static constexpr Field from_montgomery(const Limbs4& limbs) {
        Field out;
        out.limbs_ = limbs;
        return out;
    }
    // 32 bytes, little-endian, canonical. Errors: bad_length, not_canonical.
    [[nodiscard]] static Result<Field, DecodeError> from_bytes(ByteView bytes);
    // The 32 bytes of an rkyv archive: the Montgomery limbs, little-endian (spec/crypto.md §17). Errors: bad_length,
    // not_canonical (limbs not below the modulus).
    [[nodiscard]] static Result<Field, DecodeError> from_archive(ByteView archive);
    // 64 bytes, little-endian, reduced.
    [[nodiscard]] static Field from_bytes_wide(std::span<const std::uint8_t, 64> bytes);
    // BLAKE2b-512 of the bytes, as a little-endian integer, reduced.
    [[nodiscard]] static Field hash_to_scalar(ByteView bytes);
    // One draw of 64 bytes, reduced.
    [[nodiscard]] static Field random(RandomSource& random);

    [[nodiscard]] ByteArray<32> to_bytes() const;     // little-endian
    [[nodiscard]] ByteArray<32> to_be_bytes() const;  // big-endian
    [[nodiscard]] ByteArray<32> to_archive() const;
    // The integer itself, below the modulus.
    [[nodiscard]] constexpr Limbs4 to_integer() const { return montgomery_mul(limbs_, {1, 0, 0, 0}).limbs_; }
    [[nodiscard]] constexpr const Limbs4& montgomery() const { return limbs_; }

    constexpr friend Field operator+(const Field& a, const Field& b) {
        Limbs4 sum{};
        std::uint64_t carry = 0;
        for (int i = 0; i < 4; ++i) sum[i] = detail::add_carry(a.limbs_[i], b.limbs_[i], carry);
        return from_montgomery(reduce_once(sum));
    }
    constexpr friend Field operator-(const Field& a, const Field& b) {
        Limbs4 out{};
        std::uint64_t borrow = 0;
        for (int i = 0; i < 4; ++i) out[i] = detail::sub_borrow(a.limbs_[i], b.limbs_[i], borrow);
        const std::uint64_t mask = detail::opaque_mask(borrow);
        std::uint64_t carry = 0;
        for (int i = 0; i < 4; ++i) out[i] = detail::add_carry(out[i], kModulus[i] & mask, carry);
        return from_montgomery(out);
    }
    [[gnu::always_inline]] constexpr friend Field operator*(const Field& a, const Field& b) {
        return montgomery_mul(a.limbs_, b.limbs_);
    }
    // a b by the given steps (crypto/montgomery.hpp): for kernels that choose the instructions once.
    template <template <class> class Steps>
    [[nodiscard, gnu::always_inline]] static constexpr Field product(const Field& a, const Field& b) {
        return finish<1>(detail::montgomery_product<Steps<Modulus>>(a.limbs_, b.limbs_));
    }
    // The sum of a[i] b[i] with a single reduction: about 0.7 of the time of N multiplications. N <= 6.
    template <std::size_t N>
    [[nodiscard]] static constexpr Field dot(std::span<const Field, N> a, std::span<const Field, N> b) {
#if defined(__x86_64__)
        if !consteval {
            if (cpu_features().bmi2_adx) [[likely]]
                return dot_with<detail::MulxSteps<Modulus>>(a, b);
        }
#endif
        return dot_with<detail::PortableSteps<Modulus>>(a, b);
    }
    constexpr Field operator-() const { return zero() - *this; }
    constexpr Field& operator+=(const Field& b) { return *this = *this + b; }
    constexpr Field& operator-=(const Field& b) { return *this = *this - b; }
    [[gnu::always_inline]] constexpr Field& operator*=(const Field& b) { return *this = *this * b; }
    [[nodiscard]] constexpr Field doubled() const { return *this + *this; }
    [[nodiscard, gnu::always_inline]] constexpr Field square() const { return *this * *this; }
    // this^exponent; variable time in the exponent (least significant word first), which is public.
    [[nodiscard]] constexpr Field pow_vartime(std::span<const std::uint64_t> exponent) const;
    // 2^n, n the full 64 bits.
    [[nodiscard]] static constexpr Field pow_of_2(std::uint64_t n) { return from_u64(2).pow_vartime({&n, 1}); }

    // None for zero. Constant time, about 2.5 us.
    [[nodiscard]] std::optional<Field> invert() const;
    // None for zero. For public values, about 1.4 us.
    [[nodiscard]] std::optional<Field> invert_vartime() const;
    // Every element becomes its inverse; zeros stay zero. One inversion and three multiplications per element. Constant
    // time but for the number of elements.
    static void invert_all(std::span<Field> elements);
    // The same without allocation; `scratch` has as many elements and is overwritten with secrets.
    static void invert_all(std::span<Field> elements, std::span<Field> scratch);

    // One of the two roots; which one is unspecified. None for a non-residue. Variable time.
    [[nodiscard]] std::optional<Field> sqrt() const;

    // Bit operations on the integers below the modulus; the result is reduced again.
    constexpr friend Field operator&(const Field& a, const Field& b) {
        return combine_integers(a, b, [](std::uint64_t x, std::uint64_t y) { return x & y; });
    }
    constexpr friend Field operator^(const Field& a, const Field& b) {
        return combine_integers(a, b, [](std::uint64_t x, std::uint64_t y) { return x ^ y; });
    }

    [[nodiscard]] constexpr bool is_zero() const { return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0; }
    // Least significant bit of the integer.
    [[nodiscard]] constexpr bool is_odd() const { return (to_integer()[0] & 1) != 0; }
    constexpr friend bool operator==(const Field& a, const Field& b) { return a.limbs_ == b.limbs_; }

  private:
    static constexpr Limbs4 kR = detail::power_of_two_mod(Params::modulus, 256);
    static constexpr Limbs4 kR2 = detail::power_of_two_mod(Params::modulus, 512);

    static constexpr Limbs4 kR3 = detail::power_of_two_mod(Params::modulus, 768);

    template <class Operation>
    static constexpr Field combine_integers(const Field& a, const Field& b, const Operation& operation) {
        const Limbs4 x = a.to_integer();
        const Limbs4 y = b.to_integer();
        return from_raw({operation(x[0], y[0]), operation(x[1], y[1]), operation(x[2], y[2]), operation(x[3], y[3])});
    }
    struct Modulus {
        static constexpr const Limbs4& limbs = Params::modulus;
        static constexpr std::uint64_t negative_inverse = detail::negative_inverse(Params::modulus[0]);
    };
    static constexpr Limbs4 reduce_once(const Limbs4& x) { return detail::subtract_once<Modulus>(x); }

    // From less than (1 + N m / 2^256) m, which is at most 4 m, to less than m.
    template <std::size_t N>
    static constexpr Field finish(const detail::Accumulator& t) {
        static_assert(N <= 6);
        Limbs4 low{t.t0, t.t1, t.t2, t.t3};
        if constexpr (N > 2) {
            constexpr Limbs4 twice = [] {
                Limbs4 out{};
                std::uint64_t carry = 0;
                for (int i = 0; i < 4; ++i) out[i] = detail::add_carry(kModulus[i], kModulus[i], carry);
                return out;
            }();
            Limbs4 less{};
            std::uint64_t borrow = 0;
            for (int i = 0; i < 4; ++i) less[i] = detail::sub_borrow(low[i], twice[i], borrow);
            (void)detail::sub_borrow(t.t4, 0, borrow);
            const std::uint64_t keep = detail::opaque_mask(borrow);
            for (int i = 0; i < 4; ++i) low[i] = (low[i] & keep) | (less[i] & ~keep);
        }
        return from_montgomery(reduce_once(low));
    }
    // a b / 2^256 mod m, for b below m.
    [[gnu::always_inline]] static constexpr Field montgomery_mul(const Limbs4& a, const Limbs4& b) {
#if defined(__x86_64__)
        if !consteval {
            if (cpu_features().bmi2_adx) [[likely]] {
                return finish<1>(detail::montgomery_product<detail::MulxSteps<Modulus>>(a, b));
            }
        }
#endif
        return montgomery_mul_portable(a, b);
    }
    [[gnu::noinline]] static constexpr Field montgomery_mul_portable(const Limbs4& a, const Limbs4& b) {
        return finish<1>(detail::montgomery_product<detail::PortableSteps<Modulus>>(a, b));
    }
    template <class Steps, std::size_t N>
    static constexpr Field dot_with(std::span<const Field, N> a, std::span<const Field, N> b) {
        detail::Accumulator t;
        for (std::size_t word = 0; word < 4; ++word) {
            for (std::size_t i = 0; i < N; ++i)
                Steps::template add_row<detail::Width::sum>(t, a[i].limbs_[word], b[i].limbs_);
            Steps::template reduce_step<detail::Width::sum>(t);
        }
        return finish<N>(t);
    }

    Limbs4 limbs_{};
};

template <class Params>
constexpr Field<Params> Field<Params>::pow_vartime(std::span<const std::uint64_t> exponent) const {
    const auto bit = [&](std::size_t i) { return (exponent[i / 64] >> (i % 64)) & 1; };
    std::size_t left = 64 * exponent.size();  // bits not yet done
    while (left > 0 && bit(left - 1) == 0) --left;
    if (left == 0) return one();

    // Sliding windows of at most five bits that start and end with a one.
    constexpr std::size_t kWindow = 5;
    std::array<Field, 1 << (kWindow - 1)> odd_powers;
    odd_powers[0] = *this;
    if (left > 1) {
        const Field squared = square();
        for (std::size_t i = 1; i < odd_powers.size(); ++i) odd_powers[i] = odd_powers[i - 1] * squared;
    }
    Field out = one();
    bool started = false;
    while (left > 0) {
        if (bit(left - 1) == 0) {
            out = out.square();
            --left;
            continue;
        }
        std::size_t length = left < kWindow ? left : kWindow;
        while (bit(left - length) == 0) --length;
        std::size_t digit = 0;
        for (std::size_t i = 0; i < length; ++i) digit = 2 * digit + bit(left - 1 - i);
        if (started) {
            for (std::size_t i = 0; i < length; ++i) out = out.square();
            out *= odd_powers[digit / 2];
        } else {
            out = odd_powers[digit / 2];
            started = true;
        }
        left -= length;
    }
    return out;
}

struct FqParams {
    static constexpr Limbs4 modulus{0xffffffff00000001, 0x53bda402fffe5bfe, 0x3339d80809a1d805, 0x73eda753299d7d48};
};
struct FrParams {
    static constexpr Limbs4 modulus{0xd0970e5ed6f72cb7, 0xa6682093ccc81082, 0x06673b0101343b00, 0x0e7db4ea6533afa9};
};

using Fq = Field<FqParams>;
using Fr = Field<FrParams>;

// The same integer in the larger field.
[[nodiscard]] constexpr Fq to_fq(const Fr& x) { return Fq::from_raw(x.to_integer()); }

// The order that the protocol calls "order of scalars": Montgomery limbs, most significant first (spec §2.1,
// trap).
template <class Params>
[[nodiscard]] constexpr std::strong_ordering montgomery_order(const Field<Params>& a, const Field<Params>& b) {
    for (int i = 3; i >= 0; --i) {
        if (a.montgomery()[i] != b.montgomery()[i]) return a.montgomery()[i] <=> b.montgomery()[i];
    }
    return std::strong_ordering::equal;
}

// The order of the multiplicative group of Fq is 2^32 t with t odd; 7 generates it (spec/crypto.md §2.1).
inline constexpr unsigned kTwoAdicityOfFq = 32;
inline constexpr std::uint64_t kGeneratorOfFq = 7;

// 7^t squared until its order is 2^log2_order. log2_order <= 32.
[[nodiscard]] Fq root_of_unity(unsigned log2_order);

// A square root of u / v, none where there is none or v is zero. About 7 us; no inversion. Variable time.
[[nodiscard]] std::optional<Fq> sqrt_ratio(const Fq& u, const Fq& v);

template <>
std::optional<Fq> Fq::sqrt() const;
template <>
std::optional<Fr> Fr::sqrt() const;

extern template class Field<FqParams>;
extern template class Field<FrParams>;

}  // namespace dusk::crypto
