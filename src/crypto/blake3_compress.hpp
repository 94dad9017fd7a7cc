// The compression function of BLAKE3 over one message (`Word` = std::uint32_t) or over several at once, one per lane
// of a vector (`Word` = a vector of 32-bit integers). Included by blake3.cpp only.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace dusk::crypto::blake3_detail {

inline constexpr std::size_t kBlock = 64;
inline constexpr std::size_t kChunk = 1024;
inline constexpr std::array<std::uint32_t, 8> kInitial{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
enum Flag : std::uint8_t { kChunkStart = 1, kChunkEnd = 2, kParent = 4, kRoot = 8 };

// Which message word each of the seven rounds uses at each place: round 0 in order, then permuted again and again.
inline constexpr auto kSchedule = [] {
    constexpr std::array<std::uint8_t, 16> permutation{2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    std::array<std::array<std::uint8_t, 16>, 7> rounds{};
    for (std::uint8_t i = 0; i < 16; ++i) rounds[0][i] = i;
    for (std::size_t r = 1; r < 7; ++r) {
        for (std::size_t i = 0; i < 16; ++i) rounds[r][i] = rounds[r - 1][permutation[i]];
    }
    return rounds;
}();

template <class Word>
struct Node {
    Word counter_low, counter_high, size, flags;
};

template <class Word, int By>
[[gnu::always_inline]] inline void xor_rotate_right(Word& d, const Word& a) {
    d ^= a;
    d = (d >> By) | (d << (32 - By));
}

template <class Word>
[[gnu::always_inline]] inline void mix(Word& a, Word& b, Word& c, Word& d, const Word& x, const Word& y) {
    a += b + x;
    xor_rotate_right<Word, 16>(d, a);
    c += d;
    xor_rotate_right<Word, 12>(b, c);
    a += b + y;
    xor_rotate_right<Word, 8>(d, a);
    c += d;
    xor_rotate_right<Word, 7>(b, c);
}

template <std::size_t Round, class Word>
[[gnu::always_inline]] inline void round(Word (&v)[16], const Word (&m)[16]) {
    constexpr auto& s = kSchedule[Round];
    mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
    mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
    mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
    mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
    mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
    mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
    mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
    mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
}

// value = the chaining value after one more block.
template <class Word>
[[gnu::always_inline]] inline void compress(Word (&value)[8], const Word (&m)[16], const Node<Word>& node) {
    Word v[16] = {value[0], value[1], value[2], value[3], value[4], value[5], value[6], value[7]};
    for (int i = 0; i < 4; ++i) v[8 + i] = Word{} + kInitial[i];
    v[12] = node.counter_low;
    v[13] = node.counter_high;
    v[14] = node.size;
    v[15] = node.flags;
    [&]<std::size_t... Round>(std::index_sequence<Round...>)
        __attribute__((always_inline)) { (round<Round>(v, m), ...); }(std::make_index_sequence<7>{});
    for (int i = 0; i < 8; ++i) value[i] = v[i] ^ v[8 + i];
}

template <std::size_t Lanes>
using Vector = std::uint32_t __attribute__((vector_size(4 * Lanes)));

// The words of a and b alternating, from the lower (First = 0) or the upper half (First = Lanes / 2) of both.
template <std::size_t Lanes, std::size_t First, std::size_t... I>
[[gnu::always_inline]] inline void interleave(Vector<Lanes>& out, const Vector<Lanes>& a, const Vector<Lanes>& b,
                                              std::index_sequence<I...>) {
    out = __builtin_shufflevector(a, b, (First + I / 2 + (I % 2) * Lanes)...);
}

// Row i, word j becomes row j, word i: a perfect shuffle, log2(Lanes) times.
template <std::size_t Lanes>
[[gnu::always_inline]] inline void transpose(Vector<Lanes>* rows) {
    constexpr auto words = std::make_index_sequence<Lanes>{};
    for (std::size_t step = 1; step < Lanes; step *= 2) {
        Vector<Lanes> shuffled[Lanes];
        for (std::size_t i = 0; i < Lanes / 2; ++i) {
            interleave<Lanes, 0>(shuffled[2 * i], rows[i], rows[i + Lanes / 2], words);
            interleave<Lanes, Lanes / 2>(shuffled[2 * i + 1], rows[i], rows[i + Lanes / 2], words);
        }
        for (std::size_t i = 0; i < Lanes; ++i) rows[i] = shuffled[i];
    }
}

// Words of one block each from `Lanes` places, `stride` bytes apart; m[w] holds word w of every block.
template <std::size_t Lanes>
[[gnu::always_inline]] inline void load_blocks(Vector<Lanes> (&m)[16], const std::uint8_t* from, std::size_t stride) {
    for (std::size_t group = 0; group < 16; group += Lanes) {
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            std::memcpy(&m[group + lane], from + lane * stride + 4 * group, 4 * Lanes);
        }
        transpose<Lanes>(m + group);
    }
}

// The chaining values of `Lanes` whole chunks, then of the parents of neighbours, down to the two halves.
// out[0], out[1]: the left and the right half of the subtree.
template <std::size_t Lanes>
[[gnu::always_inline]] inline void halves_of_chunks(const std::uint8_t* chunks, std::uint64_t first_chunk,
                                                    std::array<std::uint32_t, 8>* out) {
    Vector<Lanes> value[8];
    Vector<Lanes> m[16];
    for (int i = 0; i < 8; ++i) value[i] = Vector<Lanes>{} + kInitial[i];
    Node<Vector<Lanes>> node{};
    for (std::size_t lane = 0; lane < Lanes; ++lane) {
        node.counter_low[lane] = static_cast<std::uint32_t>(first_chunk + lane);
        node.counter_high[lane] = static_cast<std::uint32_t>((first_chunk + lane) >> 32);
    }
    node.size = Vector<Lanes>{} + static_cast<std::uint32_t>(kBlock);
    for (std::size_t at = 0; at < kChunk; at += kBlock) {
        const std::uint32_t flags = (at == 0 ? kChunkStart : 0u) | (at + kBlock == kChunk ? kChunkEnd : 0u);
        node.flags = Vector<Lanes>{} + flags;
        load_blocks<Lanes>(m, chunks + at, kChunk);
        compress(value, m, node);
    }
    // Parents: the values of neighbours side by side are one block. Upper lanes hold values that nobody reads.
    node = {};
    node.size = Vector<Lanes>{} + static_cast<std::uint32_t>(kBlock);
    node.flags = Vector<Lanes>{} + static_cast<std::uint32_t>(kParent);
    for (std::size_t left = Lanes; left > 2; left /= 2) {
        for (int i = 0; i < 8; ++i) {
            for (std::size_t lane = 0; lane < Lanes; ++lane) {
                m[i][lane] = value[i][2 * lane % Lanes];
                m[8 + i][lane] = value[i][(2 * lane + 1) % Lanes];
            }
        }
        for (int i = 0; i < 8; ++i) value[i] = Vector<Lanes>{} + kInitial[i];
        compress(value, m, node);
    }
    for (int i = 0; i < 8; ++i) {
        out[0][i] = value[i][0];
        out[1][i] = value[i][1];
    }
}

}  // namespace dusk::crypto::blake3_detail
