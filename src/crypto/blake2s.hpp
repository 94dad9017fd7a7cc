// BLAKE2s-256 without key, salt or personalisation (RFC 7693): what names nodes and objects of the Kadcast network.
#pragma once

#include "base/bytes.hpp"

namespace dusk::crypto {

// A message that comes in pieces.
class Blake2s256 {
  public:
    Blake2s256();
    void update(ByteView piece);
    // The digest of all pieces. Called once, last.
    [[nodiscard]] ByteArray<32> finish();

  private:
    static constexpr std::size_t kBlock = 64;
    void compress(const std::uint8_t* block, std::uint32_t bytes, bool is_last);

    std::array<std::uint32_t, 8> state_;
    std::uint64_t count_ = 0;  // bytes compressed
    ByteArray<kBlock> buffer_{};
    std::size_t held_ = 0;
};

[[nodiscard]] ByteArray<32> blake2s_256(ByteView message);

}  // namespace dusk::crypto
