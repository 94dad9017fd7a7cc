// SHA-256 and SHA-512 (FIPS 180-4), by OpenSSL with the instructions of the running CPU.
#pragma once

#include <memory>

#include "base/bytes.hpp"

struct evp_md_ctx_st;

namespace dusk::crypto {

[[nodiscard]] ByteArray<32> sha256(ByteView message);
[[nodiscard]] ByteArray<64> sha512(ByteView message);

// A message that comes in pieces. Size is the length of the digest in bytes: 32 or 64.
template <std::size_t Size>
class Sha2 {
  public:
    Sha2();
    void update(ByteView piece);
    // The digest of all pieces. Called once, last.
    [[nodiscard]] ByteArray<Size> finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

using Sha256 = Sha2<32>;
using Sha512 = Sha2<64>;

extern template class Sha2<32>;
extern template class Sha2<64>;

}  // namespace dusk::crypto
