#include "kadcast/octets.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/cpu.hpp"

namespace dusk::kadcast::octets {
namespace {

constexpr std::uint8_t product(std::uint8_t a, std::uint8_t b) {
    unsigned sum = 0;
    unsigned power = a;  // a x^i
    for (unsigned i = 0; i < 8; ++i) {
        if ((b >> i & 1U) != 0) sum ^= power;
        power = (power << 1) ^ ((power & 0x80U) != 0 ? 0x11dU : 0U);
    }
    return static_cast<std::uint8_t>(sum);
}

// A product is the sum of those with the low and the high four bits.
struct Tables {
    ByteArray<16> low{};
    ByteArray<16> high{};
};

constexpr std::array<Tables, 256> kTables = [] {
    std::array<Tables, 256> out{};
    for (unsigned factor = 0; factor < 256; ++factor) {
        for (unsigned four = 0; four < 16; ++four) {
            out[factor].low[four] = product(static_cast<std::uint8_t>(factor), static_cast<std::uint8_t>(four));
            out[factor].high[four] = product(static_cast<std::uint8_t>(factor), static_cast<std::uint8_t>(four << 4));
        }
    }
    return out;
}();

constexpr ByteArray<256> kInverses = [] {
    ByteArray<256> out{};
    for (unsigned a = 1; a < 256; ++a) {
        // a^254: all powers of two from 2 to 128 together.
        auto power = static_cast<std::uint8_t>(a);
        std::uint8_t result = 1;
        for (int i = 1; i < 8; ++i) {
            power = product(power, power);
            result = product(result, power);
        }
        out[a] = result;
    }
    return out;
}();

// Returns how many elements are done.
std::size_t add_multiple_in_vectors(std::uint8_t* row, const std::uint8_t* other, std::size_t size, const Tables& of);
std::size_t scale_in_vectors(std::uint8_t* row, std::size_t size, const Tables& of);

#if defined(__x86_64__)
#define DUSK_TARGET_AVX2 __attribute__((target("avx2")))

DUSK_TARGET_AVX2 __m256i load(const std::uint8_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
DUSK_TARGET_AVX2 void store(std::uint8_t* to, __m256i value) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value);
}
struct VectorTables {
    __m256i low, high, mask;
};
DUSK_TARGET_AVX2 VectorTables broadcast(const Tables& of) {
    return {.low = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(of.low.data()))),
            .high = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(of.high.data()))),
            .mask = _mm256_set1_epi8(0x0f)};
}
DUSK_TARGET_AVX2 __m256i multiply(const VectorTables& of, __m256i value) {
    const __m256i low = _mm256_and_si256(value, of.mask);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi64(value, 4), of.mask);
    return _mm256_xor_si256(_mm256_shuffle_epi8(of.low, low), _mm256_shuffle_epi8(of.high, high));
}
DUSK_TARGET_AVX2 std::size_t add_multiple_avx2(std::uint8_t* row, const std::uint8_t* other, std::size_t size,
                                               const Tables& of) {
    const VectorTables tables = broadcast(of);
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        store(row + i, _mm256_xor_si256(load(row + i), multiply(tables, load(other + i))));
    }
    return i;
}
DUSK_TARGET_AVX2 std::size_t scale_avx2(std::uint8_t* row, std::size_t size, const Tables& of) {
    const VectorTables tables = broadcast(of);
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) store(row + i, multiply(tables, load(row + i)));
    return i;
}

// AVX2 counts as a companion of MULX and ADX, so that DUSK_CPU=portable is without it.
bool has_avx2() {
    static const bool is_offered = __builtin_cpu_supports("avx2") != 0;
    return is_offered && cpu_features().bmi2_adx;
}

std::size_t add_multiple_in_vectors(std::uint8_t* row, const std::uint8_t* other, std::size_t size, const Tables& of) {
    return has_avx2() ? add_multiple_avx2(row, other, size, of) : 0;
}
std::size_t scale_in_vectors(std::uint8_t* row, std::size_t size, const Tables& of) {
    return has_avx2() ? scale_avx2(row, size, of) : 0;
}
#else
std::size_t add_multiple_in_vectors(std::uint8_t*, const std::uint8_t*, std::size_t, const Tables&) { return 0; }
std::size_t scale_in_vectors(std::uint8_t*, std::size_t, const Tables&) { return 0; }
#endif

std::uint8_t look_up(const Tables& of, std::uint8_t value) {
    return static_cast<std::uint8_t>(of.low[value & 0x0fU] ^ of.high[value >> 4U]);
}

}  // namespace

std::uint8_t multiply(std::uint8_t a, std::uint8_t b) { return look_up(kTables[a], b); }

std::uint8_t inverse(std::uint8_t a) { return kInverses[a]; }

void add_multiple(MutableByteView row, ByteView other, std::uint8_t factor) {
    const Tables& of = kTables[factor];
    std::size_t i = add_multiple_in_vectors(row.data(), other.data(), row.size(), of);
    for (; i < row.size(); ++i) row[i] = static_cast<std::uint8_t>(row[i] ^ look_up(of, other[i]));
}

void scale(MutableByteView row, std::uint8_t factor) {
    const Tables& of = kTables[factor];
    std::size_t i = scale_in_vectors(row.data(), row.size(), of);
    for (; i < row.size(); ++i) row[i] = look_up(of, row[i]);
}

}  // namespace dusk::kadcast::octets
