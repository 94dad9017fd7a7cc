#include "crypto/sha2.hpp"

#include <sodium.h>

// The header calls the state by its name in OpenSSL.
struct evp_md_ctx_st {
    union {
        crypto_hash_sha256_state sha256;
        crypto_hash_sha512_state sha512;
    };
};

namespace dusk::crypto {
namespace {

template <std::size_t Size>
ByteArray<Size> digest_of(ByteView message) {
    Sha2<Size> hash;
    hash.update(message);
    return hash.finish();
}

}  // namespace

template <std::size_t Size>
void Sha2<Size>::Free::operator()(evp_md_ctx_st* context) const {
    sodium_memzero(context, sizeof *context);
    delete context;
}

template <std::size_t Size>
Sha2<Size>::Sha2() : context_(new evp_md_ctx_st) {
    if constexpr (Size == 32) crypto_hash_sha256_init(&context_->sha256);
    if constexpr (Size == 64) crypto_hash_sha512_init(&context_->sha512);
}

template <std::size_t Size>
void Sha2<Size>::update(ByteView piece) {
    if constexpr (Size == 32) crypto_hash_sha256_update(&context_->sha256, piece.data(), piece.size());
    if constexpr (Size == 64) crypto_hash_sha512_update(&context_->sha512, piece.data(), piece.size());
}

template <std::size_t Size>
ByteArray<Size> Sha2<Size>::finish() {
    ByteArray<Size> digest;
    if constexpr (Size == 32) crypto_hash_sha256_final(&context_->sha256, digest.data());
    if constexpr (Size == 64) crypto_hash_sha512_final(&context_->sha512, digest.data());
    return digest;
}

template class Sha2<32>;
template class Sha2<64>;

ByteArray<32> sha256(ByteView message) { return digest_of<32>(message); }
ByteArray<64> sha512(ByteView message) { return digest_of<64>(message); }

}  // namespace dusk::crypto
