// What must hold of every type of one size that is decoded: only its size is accepted, and what is accepted is written
// with exactly the bytes it was read from.
#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "crypto/error.hpp"
#include "require.hpp"

namespace dusk::fuzz {

template <std::size_t N>
ByteView view(const ByteArray<N>& bytes) {
    return bytes;
}
template <std::size_t N>
ByteView view(const SecretArray<N>& bytes) {
    return bytes.reveal();
}

// `decoded` is the decoder's answer, `size` that of the type.
template <class T>
void check_length(const Result<T, crypto::DecodeError>& decoded, ByteView bytes, std::size_t size) {
    const bool says_length = !decoded && decoded.error() == crypto::DecodeError::bad_length;
    require(says_length == (bytes.size() != size));
    if (!decoded) require(!crypto::to_string(decoded.error()).empty());
}

// `rule` is whatever else the decoder of T takes.
template <class T, class... Rule>
Result<T, crypto::DecodeError> check_bytes(ByteView bytes, Rule... rule) {
    auto decoded = T::from_bytes(bytes, rule...);
    check_length(decoded, bytes, T::kSize);
    if (decoded) require(equal(view(decoded->to_bytes()), bytes));
    return decoded;
}

template <class T>
Result<T, crypto::DecodeError> check_archive(ByteView archive, std::size_t size) {
    auto decoded = T::from_archive(archive);
    check_length(decoded, archive, size);
    if (decoded) require(equal(view(decoded->to_archive()), archive));
    return decoded;
}

// The same of archives with padding, which is not looked at: the bytes settle when they are written.
template <class T>
void check_padded_archive(ByteView archive, std::size_t size) {
    const auto decoded = T::from_archive(archive);
    check_length(decoded, archive, size);
    if (!decoded) return;
    const auto written = decoded->to_archive();
    const auto again = T::from_archive(written);
    require(again.has_value() && *again == *decoded && again->to_archive() == written);
}

}  // namespace dusk::fuzz
