#include "crypto/blake2s.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace dusk::crypto {
namespace {

using Word = std::uint32_t;
static_assert(std::endian::native == std::endian::little, "words of the message are loaded as they are");

constexpr std::array<Word, 8> kIv{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// RFC 7693 §2.7; the first ten rows are those of BLAKE2s.
constexpr std::uint8_t kSigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

// Four columns, or four diagonals, at once: the compiler keeps a row in one register.
using Row = Word __attribute__((vector_size(16)));
using Octets = std::uint8_t __attribute__((vector_size(16)));

template <int Bits>
Row rotate_right(Row x) {
    return (x >> Bits) | (x << (32 - Bits));
}
// Whole bytes move in one step.
template <>
Row rotate_right<16>(Row x) {
    const auto octets = reinterpret_cast<Octets>(x);
    return reinterpret_cast<Row>(
        __builtin_shufflevector(octets, octets, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
}
template <>
Row rotate_right<8>(Row x) {
    const auto octets = reinterpret_cast<Octets>(x);
    return reinterpret_cast<Row>(
        __builtin_shufflevector(octets, octets, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12));
}

struct Matrix {
    Row a, b, c, d;

    [[gnu::always_inline]] void quarter(Row x, Row y) {
        a = a + x;
        a = a + b;
        d = rotate_right<16>(d ^ a);
        c = c + d;
        b = rotate_right<12>(b ^ c);
        a = a + y;
        a = a + b;
        d = rotate_right<8>(d ^ a);
        c = c + d;
        b = rotate_right<7>(b ^ c);
    }
    // The row that is known last, b, stays where it is, so that nothing waits for a shuffle.
    void to_diagonals() {
        a = __builtin_shufflevector(a, a, 3, 0, 1, 2);
        c = __builtin_shufflevector(c, c, 1, 2, 3, 0);
        d = __builtin_shufflevector(d, d, 2, 3, 0, 1);
    }
    void to_columns() {
        a = __builtin_shufflevector(a, a, 1, 2, 3, 0);
        c = __builtin_shufflevector(c, c, 3, 0, 1, 2);
        d = __builtin_shufflevector(d, d, 2, 3, 0, 1);
    }
    template <std::size_t R>
    void round(const Word* m) {
        constexpr const auto& s = kSigma[R];
        quarter(Row{m[s[0]], m[s[2]], m[s[4]], m[s[6]]}, Row{m[s[1]], m[s[3]], m[s[5]], m[s[7]]});
        to_diagonals();
        // The diagonal that begins in the last column comes first.
        quarter(Row{m[s[14]], m[s[8]], m[s[10]], m[s[12]]}, Row{m[s[15]], m[s[9]], m[s[11]], m[s[13]]});
        to_columns();
    }
    // Unrolled, so that which words a round takes is known when it is compiled.
    template <std::size_t... R>
    void rounds(const Word* m, std::index_sequence<R...>) {
        (round<R>(m), ...);
    }
};

}  // namespace

Blake2s256::Blake2s256() : state_(kIv) {
    state_[0] ^= 0x01010000 ^ 32;  // no key, 32 bytes of digest
}

void Blake2s256::compress(const std::uint8_t* block, std::uint32_t bytes, bool is_last) {
    count_ += bytes;
    Word m[16];
    std::memcpy(m, block, sizeof m);
    const Row first{state_[0], state_[1], state_[2], state_[3]};
    const Row second{state_[4], state_[5], state_[6], state_[7]};
    const auto low = static_cast<Word>(count_);
    const auto high = static_cast<Word>(count_ >> 32);
    Matrix v{.a = first,
             .b = second,
             .c = Row{kIv[0], kIv[1], kIv[2], kIv[3]},
             .d = Row{kIv[4] ^ low, kIv[5] ^ high, is_last ? ~kIv[6] : kIv[6], kIv[7]}};
    v.rounds(m, std::make_index_sequence<10>());
    const Row one = first ^ v.a ^ v.c;
    const Row two = second ^ v.b ^ v.d;
    std::memcpy(state_.data(), &one, 16);
    std::memcpy(state_.data() + 4, &two, 16);
}

void Blake2s256::update(ByteView piece) {
    // The last block is compressed by `finish`: one that is full waits until more comes.
    while (!piece.empty()) {
        if (held_ == kBlock) {
            compress(buffer_.data(), kBlock, false);
            held_ = 0;
        }
        if (held_ == 0) {
            for (; piece.size() > kBlock; piece = piece.subspan(kBlock)) compress(piece.data(), kBlock, false);
        }
        const std::size_t taken = std::min(kBlock - held_, piece.size());
        std::memcpy(buffer_.data() + held_, piece.data(), taken);
        held_ += taken;
        piece = piece.subspan(taken);
    }
}

ByteArray<32> Blake2s256::finish() {
    std::fill(buffer_.begin() + static_cast<std::ptrdiff_t>(held_), buffer_.end(), std::uint8_t{0});
    compress(buffer_.data(), static_cast<std::uint32_t>(held_), true);
    ByteArray<32> out;
    for (std::size_t i = 0; i < state_.size(); ++i) store_le(out.data() + 4 * i, state_[i]);
    return out;
}

ByteArray<32> blake2s_256(ByteView message) {
    Blake2s256 hash;
    hash.update(message);
    return hash.finish();
}

}  // namespace dusk::crypto
