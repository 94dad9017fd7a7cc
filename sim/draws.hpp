// Random numbers of a simulation: one stream for each purpose, all from one seed, so that a change in one part does not
// shift what the others draw.
#pragma once

#include <array>
#include <chrono>
#include <span>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace dusk::sim {

// xoshiro256** (Blackman and Vigna), fast and not secret. For one thread.
class Draws final : public RandomSource {
  public:
    Draws(std::uint64_t seed, std::string_view purpose, std::uint64_t number = 0);

    [[nodiscard]] std::uint64_t next();
    void fill(MutableByteView out) override;

    // Below `count`, which is not 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t count) { return next() % count; }
    // Both ends included.
    [[nodiscard]] std::uint64_t between(std::uint64_t low, std::uint64_t high) { return low + below(high - low + 1); }
    [[nodiscard]] double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    [[nodiscard]] bool chance(double probability) { return probability > 0 && unit() < probability; }
    [[nodiscard]] std::chrono::nanoseconds between(std::chrono::nanoseconds low, std::chrono::nanoseconds high) {
        return std::chrono::nanoseconds(
            between(static_cast<std::uint64_t>(low.count()), static_cast<std::uint64_t>(high.count())));
    }
    // Exponential with this mean, at most 20 times as long.
    [[nodiscard]] std::chrono::nanoseconds waiting(std::chrono::nanoseconds mean);

    template <class T>
    [[nodiscard]] const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::array<std::uint64_t, 4> state_{};
};

// Scrambles a number (splitmix64).
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

}  // namespace dusk::sim
