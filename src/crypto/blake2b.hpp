// BLAKE2b without key, salt or personalisation (RFC 7693). The digest length is a parameter of the function:
// BLAKE2b-256 is not a prefix of BLAKE2b-512 (spec/crypto.md §13).
#pragma once

#include <sodium.h>

#include "base/bytes.hpp"

namespace dusk::crypto {

[[nodiscard]] ByteArray<32> blake2b_256(ByteView message);
[[nodiscard]] ByteArray<64> blake2b_512(ByteView message);

// A message that comes in pieces. Size is the length of the digest in bytes.
template <std::size_t Size>
class Blake2b {
  public:
    Blake2b();
    void update(ByteView piece);
    // The digest of all pieces. Called once, last.
    [[nodiscard]] ByteArray<Size> finish();

  private:
    crypto_generichash_blake2b_state state_;
};

using Blake2b256 = Blake2b<32>;
using Blake2b512 = Blake2b<64>;

extern template class Blake2b<32>;
extern template class Blake2b<64>;

}  // namespace dusk::crypto
