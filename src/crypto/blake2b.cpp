#include "crypto/blake2b.hpp"

namespace dusk::crypto {
namespace {

// libsodium chooses its vector code here; without it the portable code runs, with the same results.
[[maybe_unused]] const int sodium_ready = sodium_init();

}  // namespace

template <std::size_t Size>
Blake2b<Size>::Blake2b() {
    crypto_generichash_blake2b_init(&state_, nullptr, 0, Size);
}

template <std::size_t Size>
void Blake2b<Size>::update(ByteView piece) {
    crypto_generichash_blake2b_update(&state_, piece.data(), piece.size());
}

template <std::size_t Size>
ByteArray<Size> Blake2b<Size>::finish() {
    ByteArray<Size> digest;
    crypto_generichash_blake2b_final(&state_, digest.data(), Size);
    return digest;
}

template class Blake2b<32>;
template class Blake2b<64>;

ByteArray<32> blake2b_256(ByteView message) {
    ByteArray<32> digest;
    crypto_generichash_blake2b(digest.data(), digest.size(), message.data(), message.size(), nullptr, 0);
    return digest;
}

ByteArray<64> blake2b_512(ByteView message) {
    ByteArray<64> digest;
    crypto_generichash_blake2b(digest.data(), digest.size(), message.data(), message.size(), nullptr, 0);
    return digest;
}

}  // namespace dusk::crypto
