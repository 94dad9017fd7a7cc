// Montgomery multiplication where a product has at most 64 bits, as in WebAssembly: of numbers of 64-bit words, by way
// of smaller limbs.
//
// A number of W words becomes L limbs of B bits, with L B >= 64 W: sums of products of such limbs fit into a word, so
// that carries are done once for each column of the product. The radix of Montgomery stays 2^(64 W), whatever L B is:
// one operand is taken 2^(L B - 64 W) times.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace dusk::crypto::narrow {

// a b, whole: compilers for such machines call a function that multiplies 128 by 128 bits.
[[gnu::always_inline]] constexpr unsigned __int128 wide_product(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t kLow = 0xffffffff;
    const std::uint64_t low = (a & kLow) * (b & kLow);
    const std::uint64_t cross = (a >> 32) * (b & kLow) + (low >> 32);
    const std::uint64_t middle = (a & kLow) * (b >> 32) + (cross & kLow);
    const std::uint64_t high = (a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32);
    return static_cast<unsigned __int128>(high) << 64 | (middle << 32 | (low & kLow));
}

template <std::size_t N>
using Words = std::array<std::uint64_t, N>;

// `Modulus` has `limbs`, its words, least significant first.
template <class Modulus, std::size_t kWords, std::size_t kLimbs, unsigned kBits>
class Multiplier {
    static_assert(kLimbs * kBits >= 64 * kWords && kLimbs * kBits < 64 * kWords + kBits);
    // The columns of each of the two products, with what is carried into them.
    static_assert(kLimbs < (std::uint64_t{1} << (64 - 2 * kBits)), "a column does not fit into a word");
    static constexpr unsigned kShift = static_cast<unsigned>(kLimbs * kBits - 64 * kWords);
    static constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
    using Limbs = std::array<std::uint64_t, kLimbs>;

    // Limb i of x 2^shift.
    template <std::size_t i, unsigned shift>
    [[gnu::always_inline]] static constexpr std::uint64_t limb(const std::uint64_t* x) {
        constexpr int at = static_cast<int>(i * kBits) - static_cast<int>(shift);
        if constexpr (at < 0) {
            return (x[0] << -at) & kMask;
        } else {
            constexpr std::size_t word = at / 64;
            constexpr unsigned bit = at % 64;
            std::uint64_t out = x[word] >> bit;
            if constexpr (bit + kBits > 64 && word + 1 < kWords) out |= x[word + 1] << (64 - bit);
            return out & kMask;
        }
    }
    template <unsigned shift>
    [[gnu::always_inline]] static constexpr Limbs split(const std::uint64_t* x) {
        return [x]<std::size_t... i>(std::index_sequence<i...>) {
            return Limbs{limb<i, shift>(x)...};
        }(std::make_index_sequence<kLimbs>{});
    }
    template <std::size_t i>
    [[gnu::always_inline]] static constexpr std::uint64_t word(const Limbs& limbs) {
        constexpr std::size_t first = 64 * i / kBits;
        std::uint64_t out = limbs[first] >> (64 * i % kBits);
        for (std::size_t j = first + 1; j < kLimbs && j * kBits < 64 * (i + 1); ++j)
            out |= limbs[j] << (j * kBits - 64 * i);
        return out;
    }

    static constexpr Limbs kModulus = split<0>(Modulus::limbs.data());
    // -1 / m modulo 2^B.
    static constexpr std::uint64_t kNegativeInverse = [] {
        std::uint64_t x = 1;
        for (int i = 0; i < 6; ++i) x *= 2 - Modulus::limbs[0] * x;
        return (0 - x) & kMask;
    }();

    // Sum of a[i] b[column - i] for all i from `first` to `last`.
    template <std::size_t column, std::size_t first, std::size_t... i>
    [[gnu::always_inline]] static constexpr std::uint64_t column_sum(const Limbs& a, const Limbs& b,
                                                                     std::index_sequence<i...> /*terms*/) {
        return (std::uint64_t{0} + ... + (a[first + i] * b[column - first - i]));
    }
    template <std::size_t column>
    static constexpr std::size_t kFirst = column < kLimbs ? 0 : column + 1 - kLimbs;
    template <std::size_t column>
    static constexpr std::size_t kTerms = column < kLimbs ? column + 1 : 2 * kLimbs - 1 - column;

    // One column of a b + k m, which ends in zeros up to column kLimbs - 1 by the choice of k. Gives the sum without
    // carries for higher columns.
    template <std::size_t column>
    [[gnu::always_inline]] static constexpr void add_column(const Limbs& a, const Limbs& b, Limbs& k, Limbs& out,
                                                            std::uint64_t& carry) {
        constexpr std::size_t first = kFirst<column>;
        const std::uint64_t product =
            column_sum<column, first>(a, b, std::make_index_sequence<kTerms<column>>{}) + carry;
        if constexpr (column < kLimbs) {
            std::uint64_t multiple = column_sum<column, 0>(k, kModulus, std::make_index_sequence<column>{});
            k[column] = ((product + multiple) * kNegativeInverse) & kMask;
            multiple += k[column] * kModulus[0];
            carry = (product >> kBits) + (multiple >> kBits) + (((product & kMask) + (multiple & kMask)) >> kBits);
        } else {
            const std::uint64_t multiple =
                column_sum<column, first>(k, kModulus, std::make_index_sequence<kTerms<column>>{});
            const std::uint64_t low = (product & kMask) + (multiple & kMask);
            out[column - kLimbs] = low & kMask;
            carry = (product >> kBits) + (multiple >> kBits) + (low >> kBits);
        }
    }

  public:
    // a b / 2^(64 W) modulo m, below m + a b / 2^(64 W), which must be below 2^(64 W).
    [[gnu::always_inline]] static constexpr Words<kWords> multiply(const std::uint64_t* a, const std::uint64_t* b) {
        const Limbs left = split<kShift>(a);
        const Limbs right = split<0>(b);
        Limbs k{};
        Limbs out{};
        std::uint64_t carry = 0;
        [&]<std::size_t... column>(std::index_sequence<column...>) {
            (add_column<column>(left, right, k, out, carry), ...);
        }(std::make_index_sequence<2 * kLimbs - 1>{});
        out[kLimbs - 1] = carry;
        return [&]<std::size_t... i>(std::index_sequence<i...>) {
            return Words<kWords>{word<i>(out)...};
        }(std::make_index_sequence<kWords>{});
    }
};

// For four words, 9 limbs of 29 bits; for six, 13 of 30.
template <class Modulus>
using FourWords = Multiplier<Modulus, 4, 9, 29>;
template <class Modulus>
using SixWords = Multiplier<Modulus, 6, 13, 30>;

}  // namespace dusk::crypto::narrow
