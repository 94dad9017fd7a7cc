// SHA3-256 (FIPS 202) and the original Keccak-256 that Ethereum uses: one sponge over Keccak-f[1600] with a rate of
// 136 bytes, which differ only in the byte that starts the padding (0x06 against 0x01).
#pragma once

#include "base/bytes.hpp"

namespace dusk::crypto {

// The permutation itself: lane (x, y) at x + 5 y.
void keccak_f1600(std::array<std::uint64_t, 25>& lanes);

[[nodiscard]] ByteArray<32> sha3_256(ByteView message);
[[nodiscard]] ByteArray<32> keccak256(ByteView message);

// A message that comes in pieces.
template <std::uint8_t Padding>
class KeccakSponge {
  public:
    void update(ByteView piece);
    // The digest of all pieces. Called once, last.
    [[nodiscard]] ByteArray<32> finish();

  private:
    static constexpr std::size_t kRate = 136;

    std::array<std::uint64_t, 25> lanes_{};
    ByteArray<kRate> block_{};
    std::size_t filled_ = 0;  // bytes of block_ in use, below kRate between calls
};

using Sha3_256 = KeccakSponge<0x06>;
using Keccak256 = KeccakSponge<0x01>;

extern template class KeccakSponge<0x06>;
extern template class KeccakSponge<0x01>;

}  // namespace dusk::crypto
