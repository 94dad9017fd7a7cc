#include "crypto/sha2.hpp"

#include <openssl/evp.h>

#include <new>

namespace dusk::crypto {
namespace {

// Looked up once: OpenSSL 3 otherwise searches its providers at every digest.
template <std::size_t Size>
const EVP_MD* algorithm() {
    static const EVP_MD* const found = EVP_MD_fetch(nullptr, Size == 32 ? "SHA2-256" : "SHA2-512", nullptr);
    return found;
}

// OpenSSL's digests fail only where memory is short or the algorithm is switched off: neither is an outside input.
void require(int ok) {
    if (ok != 1) throw std::bad_alloc();
}

template <std::size_t Size>
ByteArray<Size> digest_of(ByteView message) {
    ByteArray<Size> digest;
    require(EVP_Digest(message.data(), message.size(), digest.data(), nullptr, algorithm<Size>(), nullptr));
    return digest;
}

}  // namespace

template <std::size_t Size>
void Sha2<Size>::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

template <std::size_t Size>
Sha2<Size>::Sha2() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr) throw std::bad_alloc();
    require(EVP_DigestInit_ex(context_.get(), algorithm<Size>(), nullptr));
}

template <std::size_t Size>
void Sha2<Size>::update(ByteView piece) {
    require(EVP_DigestUpdate(context_.get(), piece.data(), piece.size()));
}

template <std::size_t Size>
ByteArray<Size> Sha2<Size>::finish() {
    ByteArray<Size> digest;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr));
    return digest;
}

template class Sha2<32>;
template class Sha2<64>;

ByteArray<32> sha256(ByteView message) { return digest_of<32>(message); }
ByteArray<64> sha512(ByteView message) { return digest_of<64>(message); }

}  // namespace dusk::crypto
