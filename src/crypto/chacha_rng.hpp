// The generator that the reference calls StdRng: ChaCha with 12 rounds, its key stream in order
// (spec/crypto.md §14). Same seed, same draws, on every machine.
#pragma once

#include "base/random.hpp"

namespace dusk::crypto {

class ChaChaRng final : public RandomSource {
  public:
    // The 32 bytes are the key; block counter and stream start at 0.
    explicit ChaChaRng(const ByteArray<32>& key);
    [[nodiscard]] static ByteArray<32> key_from_u64(std::uint64_t seed);
    // The generator that `seed_from_u64(seed)` makes.
    explicit ChaChaRng(std::uint64_t seed) : ChaChaRng(key_from_u64(seed)) {}
    ~ChaChaRng() override;  // wipes the state

    // Draws whole 32-bit words: what is left of the last word of a fill is dropped.
    void fill(MutableByteView out) override;
    [[nodiscard]] std::uint32_t next_u32();
    [[nodiscard]] std::uint64_t next_u64();  // two words, the low one first

  private:
    void next_block();

    std::array<std::uint32_t, 16> input_;
    std::array<std::uint32_t, 16> words_;
    std::size_t used_ = 16;  // words of `words_` that are drawn
};

}  // namespace dusk::crypto
