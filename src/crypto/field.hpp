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

namespace dusk::crypto {

using Limbs4 = std::array<std::uint64_t, 4>;  // least significant first

namespace detail {

using u128 = unsigned __int128;

// a + b + carry; carry becomes the carry out.
constexpr std::uint64_t add_carry(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) {
    const u128 sum = static_cast<u128>(a) + b + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
}

// a - b - borrow; borrow becomes the borrow out.
constexpr std::uint64_t sub_borrow(std::uint64_t a, std::uint64_t b, std::uint64_t& borrow) {
    const u128 difference = static_cast<u128>(a) - b - borrow;
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    return static_cast<std::uint64_t>(difference);
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

}  // namespace detail

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
    // 64 bytes, little-endian, reduced.
    [[nodiscard]] static Field from_bytes_wide(std::span<const std::uint8_t, 64> bytes);
    // BLAKE2b-512 of the bytes, as a little-endian integer, reduced.
    [[nodiscard]] static Field hash_to_scalar(ByteView bytes);
    // One draw of 64 bytes, reduced.
    [[nodiscard]] static Field random(RandomSource& random);

    [[nodiscard]] ByteArray<32> to_bytes() const;     // little-endian
    [[nodiscard]] ByteArray<32> to_be_bytes() const;  // big-endian
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
        const std::uint64_t mask = 0 - borrow;
        std::uint64_t carry = 0;
        for (int i = 0; i < 4; ++i) out[i] = detail::add_carry(out[i], kModulus[i] & mask, carry);
        return from_montgomery(out);
    }
    constexpr friend Field operator*(const Field& a, const Field& b) { return montgomery_mul(a.limbs_, b.limbs_); }
    constexpr Field operator-() const { return zero() - *this; }
    constexpr Field& operator+=(const Field& b) { return *this = *this + b; }
    constexpr Field& operator-=(const Field& b) { return *this = *this - b; }
    constexpr Field& operator*=(const Field& b) { return *this = *this * b; }
    [[nodiscard]] constexpr Field doubled() const { return *this + *this; }
    [[nodiscard]] constexpr Field square() const { return *this * *this; }
    // this^exponent; variable time in the exponent, which is public.
    [[nodiscard]] constexpr Field pow_vartime(std::span<const std::uint64_t> exponent) const {
        Field out = one();
        for (std::size_t i = exponent.size(); i-- > 0;) {
            for (int bit = 63; bit >= 0; --bit) {
                out = out.square();
                if ((exponent[i] >> bit) & 1) out = out * *this;
            }
        }
        return out;
    }
    // None for zero.
    [[nodiscard]] std::optional<Field> invert() const;
    // One of the two roots; which one is unspecified. None for a non-residue.
    [[nodiscard]] std::optional<Field> sqrt() const;

    [[nodiscard]] constexpr bool is_zero() const { return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0; }
    // Least significant bit of the integer.
    [[nodiscard]] constexpr bool is_odd() const { return (to_integer()[0] & 1) != 0; }
    constexpr friend bool operator==(const Field& a, const Field& b) { return a.limbs_ == b.limbs_; }

  private:
    static constexpr Limbs4 kR = detail::power_of_two_mod(Params::modulus, 256);
    static constexpr Limbs4 kR2 = detail::power_of_two_mod(Params::modulus, 512);
    static constexpr std::uint64_t kInverse = detail::negative_inverse(Params::modulus[0]);

    static constexpr Limbs4 reduce_once(const Limbs4& x) {
        Limbs4 reduced{};
        std::uint64_t borrow = 0;
        for (int i = 0; i < 4; ++i) reduced[i] = detail::sub_borrow(x[i], kModulus[i], borrow);
        const std::uint64_t keep = 0 - borrow;
        Limbs4 out{};
        for (int i = 0; i < 4; ++i) out[i] = (x[i] & keep) | (reduced[i] & ~keep);
        return out;
    }
    // a * b / 2^256 mod m, for b below m. Both moduli leave the top bit of the last word free, so that the
    // interleaved reduction never carries out of it.
    static constexpr Field montgomery_mul(const Limbs4& a, const Limbs4& b) {
        using detail::u128;
        std::uint64_t t0 = 0, t1 = 0, t2 = 0, t3 = 0;
        for (int i = 0; i < 4; ++i) {
            const std::uint64_t x = a[i];
            u128 c = static_cast<u128>(b[0]) * x + t0;
            std::uint64_t high = static_cast<std::uint64_t>(c >> 64);
            const std::uint64_t k = static_cast<std::uint64_t>(c) * kInverse;
            u128 d = static_cast<u128>(k) * kModulus[0] + static_cast<std::uint64_t>(c);
            std::uint64_t carry = static_cast<std::uint64_t>(d >> 64);
            c = static_cast<u128>(b[1]) * x + t1 + high;
            high = static_cast<std::uint64_t>(c >> 64);
            d = static_cast<u128>(k) * kModulus[1] + static_cast<std::uint64_t>(c) + carry;
            carry = static_cast<std::uint64_t>(d >> 64);
            t0 = static_cast<std::uint64_t>(d);
            c = static_cast<u128>(b[2]) * x + t2 + high;
            high = static_cast<std::uint64_t>(c >> 64);
            d = static_cast<u128>(k) * kModulus[2] + static_cast<std::uint64_t>(c) + carry;
            carry = static_cast<std::uint64_t>(d >> 64);
            t1 = static_cast<std::uint64_t>(d);
            c = static_cast<u128>(b[3]) * x + t3 + high;
            high = static_cast<std::uint64_t>(c >> 64);
            d = static_cast<u128>(k) * kModulus[3] + static_cast<std::uint64_t>(c) + carry;
            carry = static_cast<std::uint64_t>(d >> 64);
            t2 = static_cast<std::uint64_t>(d);
            t3 = high + carry;
        }
        return from_montgomery(reduce_once({t0, t1, t2, t3}));
    }

    Limbs4 limbs_{};
};

struct FqParams {
    static constexpr Limbs4 modulus{0xffffffff00000001, 0x53bda402fffe5bfe, 0x3339d80809a1d805, 0x73eda753299d7d48};
};
struct FrParams {
    static constexpr Limbs4 modulus{0xd0970e5ed6f72cb7, 0xa6682093ccc81082, 0x06673b0101343b00, 0x0e7db4ea6533afa9};
};

using Fq = Field<FqParams>;
using Fr = Field<FrParams>;

// The order that the protocol calls "order of scalars": Montgomery limbs, most significant first (spec §2.1,
// trap).
template <class Params>
[[nodiscard]] constexpr std::strong_ordering montgomery_order(const Field<Params>& a, const Field<Params>& b) {
    for (int i = 3; i >= 0; --i) {
        if (a.montgomery()[i] != b.montgomery()[i]) return a.montgomery()[i] <=> b.montgomery()[i];
    }
    return std::strong_ordering::equal;
}

extern template class Field<FqParams>;
extern template class Field<FrParams>;

}  // namespace dusk::crypto
