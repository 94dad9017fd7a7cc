#include "crypto/chacha_rng.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>

namespace dusk::crypto {
namespace {

constexpr int kRounds = 12;

void quarter_round(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d) {
    a += b;
    d = std::rotl(d ^ a, 16);
    c += d;
    b = std::rotl(b ^ c, 12);
    a += b;
    d = std::rotl(d ^ a, 8);
    c += d;
    b = std::rotl(b ^ c, 7);
}

}  // namespace

ChaChaRng::ChaChaRng(const ByteArray<32>& key) {
    constexpr std::array<std::uint32_t, 4> kConstants{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    std::ranges::copy(kConstants, input_.begin());
    for (std::size_t i = 0; i < 8; ++i) input_[4 + i] = load_le<std::uint32_t>(key.data() + 4 * i);
    std::fill(input_.begin() + 12, input_.end(), 0u);
}

ChaChaRng::~ChaChaRng() {
    sodium_memzero(input_.data(), sizeof input_);
    sodium_memzero(words_.data(), sizeof words_);
}

// Eight outputs of a PCG-XSH-RR generator, whose state advances before each.
ByteArray<32> ChaChaRng::key_from_u64(std::uint64_t seed) {
    ByteArray<32> key;
    for (std::size_t i = 0; i < 8; ++i) {
        seed = seed * 6364136223846793005u + 11634580027462260723u;
        const auto mixed = static_cast<std::uint32_t>(((seed >> 18) ^ seed) >> 27);
        store_le(key.data() + 4 * i, std::rotr(mixed, static_cast<int>(seed >> 59)));
    }
    return key;
}

void ChaChaRng::next_block() {
    std::array<std::uint32_t, 16>& x = words_;
    x = input_;
    for (int round = 0; round < kRounds; round += 2) {
        for (std::size_t i = 0; i < 4; ++i) quarter_round(x[i], x[4 + i], x[8 + i], x[12 + i]);
        for (std::size_t i = 0; i < 4; ++i) {
            quarter_round(x[i], x[4 + (i + 1) % 4], x[8 + (i + 2) % 4], x[12 + (i + 3) % 4]);
        }
    }
    for (std::size_t i = 0; i < 16; ++i) x[i] += input_[i];
    if (++input_[12] == 0) ++input_[13];
    used_ = 0;
}

std::uint32_t ChaChaRng::next_u32() {
    if (used_ == words_.size()) next_block();
    return words_[used_++];
}

std::uint64_t ChaChaRng::next_u64() {
    const std::uint64_t low = next_u32();
    return low | (static_cast<std::uint64_t>(next_u32()) << 32);
}

void ChaChaRng::fill(MutableByteView out) {
    while (!out.empty()) {
        ByteArray<4> word;
        store_le(word.data(), next_u32());
        const std::size_t taken = std::min(word.size(), out.size());
        std::copy_n(word.begin(), taken, out.begin());
        out = out.subspan(taken);
    }
}

}  // namespace dusk::crypto
