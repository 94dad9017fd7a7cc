// AES-256 on single blocks without tables: nothing that is looked up, and no branch, depends on key or data (FIPS 197).
// The bytes of a block are elements of GF(2^8) side by side in a vector; the inverse of the S-box is their 254th power.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "base/secret.hpp"

namespace dusk::crypto::aes {

using Vector = std::uint8_t __attribute__((vector_size(16)));
using SignedVector = std::int8_t __attribute__((vector_size(16)));

// All ones where the highest bit is set.
[[gnu::always_inline]] inline Vector high_bits(Vector x) {
    return reinterpret_cast<Vector>(reinterpret_cast<SignedVector>(x) < 0);
}

// x times X modulo X^8 + X^4 + X^3 + X + 1.
[[gnu::always_inline]] inline Vector doubled(Vector x) { return (x + x) ^ (high_bits(x) & 0x1b); }

[[gnu::always_inline]] inline Vector product(Vector a, Vector b) {
    Vector out{};
    for (int bit = 0; bit < 8; ++bit) {
        out = doubled(out) ^ (a & high_bits(b));
        b += b;
    }
    return out;
}

// x^254: 1/x, and 0 of 0.
inline Vector inverse(Vector x) {
    const Vector x2 = product(x, x);
    const Vector x3 = product(x2, x);
    const Vector x6 = product(x3, x3);
    const Vector x12 = product(x6, x6);
    const Vector x15 = product(x12, x3);
    Vector x240 = x15;
    for (int i = 0; i < 4; ++i) x240 = product(x240, x240);
    return product(product(x240, x12), x2);
}

template <int bits>
[[gnu::always_inline]] inline Vector rotated(Vector x) {
    return (x << bits) | (x >> (8 - bits));
}

inline Vector substitute(Vector x) {
    const Vector y = inverse(x);
    return y ^ rotated<1>(y) ^ rotated<2>(y) ^ rotated<3>(y) ^ rotated<4>(y) ^ 0x63;
}
inline Vector unsubstitute(Vector x) { return inverse(rotated<1>(x) ^ rotated<3>(x) ^ rotated<6>(x) ^ 0x05); }

inline Vector shift_rows(Vector x) {
    return __builtin_shufflevector(x, x, 0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11);
}
inline Vector unshift_rows(Vector x) {
    return __builtin_shufflevector(x, x, 0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3);
}

// Each byte of a column becomes the next one.
inline Vector next_in_column(Vector x) {
    return __builtin_shufflevector(x, x, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
}
inline Vector mix_columns(Vector x) {
    const Vector one = next_in_column(x);
    const Vector two = next_in_column(one);
    return doubled(x ^ one) ^ one ^ two ^ next_in_column(two);
}
// The inverse matrix is that of mix_columns after one that has 5 and 4 only.
inline Vector unmix_columns(Vector x) {
    return mix_columns(x ^ doubled(doubled(x ^ next_in_column(next_in_column(x)))));
}

class Aes256 {
  public:
    static constexpr std::size_t kBlock = 16;
    static constexpr std::size_t kRounds = 14;

    explicit Aes256(const SecretArray<32>& key) {
        std::uint8_t* const bytes = keys_.reveal().data();
        std::memcpy(bytes, key.reveal().data(), 32);
        std::uint8_t constant = 1;
        for (std::size_t word = 8; word < 4 * (kRounds + 1); ++word) {
            Vector last{};
            std::memcpy(&last, bytes + 4 * (word - 1), 4);
            if (word % 8 == 0) {
                last = substitute(next_in_column(last));
                last[0] ^= constant;
                constant = static_cast<std::uint8_t>(constant << 1);
            } else if (word % 8 == 4) {
                last = substitute(last);
            }
            for (std::size_t i = 0; i < 4; ++i) {
                bytes[4 * word + i] = static_cast<std::uint8_t>(bytes[4 * (word - 8) + i] ^ last[i]);
            }
        }
    }

    [[nodiscard]] ByteArray<kBlock> encrypt(const ByteArray<kBlock>& plain) const {
        Vector state = load(plain.data()) ^ key(0);
        for (std::size_t round = 1; round < kRounds; ++round) {
            state = mix_columns(shift_rows(substitute(state))) ^ key(round);
        }
        return store(shift_rows(substitute(state)) ^ key(kRounds));
    }

    [[nodiscard]] ByteArray<kBlock> decrypt(const ByteArray<kBlock>& cipher) const {
        Vector state = load(cipher.data()) ^ key(kRounds);
        for (std::size_t round = kRounds; round-- > 1;) {
            state = unmix_columns(unsubstitute(unshift_rows(state)) ^ key(round));
        }
        return store(unsubstitute(unshift_rows(state)) ^ key(0));
    }

  private:
    static Vector load(const std::uint8_t* from) {
        Vector out;
        std::memcpy(&out, from, kBlock);
        return out;
    }
    static ByteArray<kBlock> store(Vector value) {
        ByteArray<kBlock> out;
        std::memcpy(out.data(), &value, kBlock);
        return out;
    }
    [[nodiscard]] Vector key(std::size_t round) const { return load(keys_.reveal().data() + kBlock * round); }

    Secret<ByteArray<kBlock*(kRounds + 1)>> keys_;
};

}  // namespace dusk::crypto::aes
