#include "crypto/keccak.hpp"

#include <algorithm>
#include <bit>

namespace dusk::crypto {
namespace {

using Lanes = std::array<std::uint64_t, 25>;  // lane (x, y) at x + 5 y

constexpr int kRounds = 24;

// The constants of step iota, from the linear feedback shift register of FIPS 202 §3.2.5.
constexpr std::array<std::uint64_t, kRounds> round_constants() {
    std::array<std::uint64_t, kRounds> out{};
    std::uint8_t state = 1;
    for (auto& constant : out) {
        for (int j = 0; j <= 6; ++j) {
            if (state & 1) constant |= std::uint64_t{1} << ((1 << j) - 1);
            const bool feedback = (state & 0x80) != 0;
            state = static_cast<std::uint8_t>((state << 1) ^ (feedback ? 0x71 : 0));
        }
    }
    return out;
}

// Steps rho and pi: the lane at `from[i]` is rotated by `by[i]` and moves to `from[i + 1]` (§3.2.2, §3.2.3).
struct Walk {
    std::array<int, 24> lane{};
    std::array<int, 24> by{};
};
constexpr Walk rho_pi_walk() {
    Walk out;
    int x = 1;
    int y = 0;
    for (int t = 0; t < 24; ++t) {
        out.lane[t] = x + 5 * y;
        out.by[t] = ((t + 1) * (t + 2) / 2) % 64;
        const int next_y = (2 * x + 3 * y) % 5;
        x = y;
        y = next_y;
    }
    return out;
}

void permute(Lanes& a) {
    static constexpr auto constants = round_constants();
    static constexpr Walk walk = rho_pi_walk();
    for (const std::uint64_t constant : constants) {
        std::array<std::uint64_t, 5> column;
#pragma clang loop unroll(full)
        for (int x = 0; x < 5; ++x) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
#pragma clang loop unroll(full)
        for (int x = 0; x < 5; ++x) {
            const std::uint64_t parity = column[(x + 4) % 5] ^ std::rotl(column[(x + 1) % 5], 1);
#pragma clang loop unroll(full)
            for (int y = 0; y < 25; y += 5) a[x + y] ^= parity;
        }
        std::uint64_t moving = a[walk.lane[0]];
#pragma clang loop unroll(full)
        for (int t = 0; t < 24; ++t) {
            const int to = walk.lane[(t + 1) % 24];
            const std::uint64_t displaced = a[to];
            a[to] = std::rotl(moving, walk.by[t]);
            moving = displaced;
        }
#pragma clang loop unroll(full)
        for (int y = 0; y < 25; y += 5) {
            const std::array<std::uint64_t, 5> row{a[y], a[y + 1], a[y + 2], a[y + 3], a[y + 4]};
#pragma clang loop unroll(full)
            for (int x = 0; x < 5; ++x) a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
        a[0] ^= constant;
    }
}

void absorb(Lanes& lanes, const std::uint8_t* block, std::size_t rate) {
    for (std::size_t i = 0; i < rate / 8; ++i) lanes[i] ^= load_le<std::uint64_t>(block + 8 * i);
    permute(lanes);
}

}  // namespace

template <std::uint8_t Padding>
void KeccakSponge<Padding>::update(ByteView piece) {
    while (!piece.empty()) {
        if (filled_ == 0 && piece.size() >= kRate) {
            absorb(lanes_, piece.data(), kRate);
            piece = piece.subspan(kRate);
            continue;
        }
        const std::size_t taken = std::min(kRate - filled_, piece.size());
        std::copy_n(piece.begin(), taken, block_.begin() + filled_);
        filled_ += taken;
        piece = piece.subspan(taken);
        if (filled_ == kRate) {
            absorb(lanes_, block_.data(), kRate);
            filled_ = 0;
        }
    }
}

template <std::uint8_t Padding>
ByteArray<32> KeccakSponge<Padding>::finish() {
    std::fill(block_.begin() + filled_, block_.end(), std::uint8_t{0});
    block_[filled_] = Padding;
    block_[kRate - 1] |= 0x80;
    absorb(lanes_, block_.data(), kRate);
    ByteArray<32> digest;
    for (std::size_t i = 0; i < 4; ++i) store_le(digest.data() + 8 * i, lanes_[i]);
    return digest;
}

void keccak_f1600(std::array<std::uint64_t, 25>& lanes) { permute(lanes); }

template class KeccakSponge<0x06>;
template class KeccakSponge<0x01>;

ByteArray<32> sha3_256(ByteView message) {
    Sha3_256 sponge;
    sponge.update(message);
    return sponge.finish();
}

ByteArray<32> keccak256(ByteView message) {
    Keccak256 sponge;
    sponge.update(message);
    return sponge.finish();
}

}  // namespace dusk::crypto
