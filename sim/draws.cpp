#include "sim/draws.hpp"

#include <bit>
#include <cmath>

namespace dusk::sim {

Draws::Draws(std::uint64_t seed, std::string_view purpose, std::uint64_t number) {
    std::uint64_t mixed = scramble(seed);
    for (const char letter : purpose) mixed = scramble(mixed ^ static_cast<std::uint8_t>(letter));
    mixed = scramble(mixed ^ scramble(number));
    for (auto& word : state_) word = mixed = scramble(mixed);
}

std::uint64_t Draws::next() {
    const std::uint64_t out = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return out;
}

void Draws::fill(MutableByteView out) {
    for (std::size_t at = 0; at < out.size(); at += 8) {
        ByteArray<8> word{};
        store_le(word.data(), next());
        std::memcpy(out.data() + at, word.data(), std::min<std::size_t>(8, out.size() - at));
    }
}

std::chrono::nanoseconds Draws::waiting(std::chrono::nanoseconds mean) {
    const double times = std::min(-std::log(1.0 - unit()), 20.0);
    return std::chrono::nanoseconds(static_cast<std::int64_t>(times * static_cast<double>(mean.count())));
}

}  // namespace dusk::sim
