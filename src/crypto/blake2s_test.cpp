#include "crypto/blake2s.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "base/hex.hpp"

namespace dusk::crypto {
namespace {

ByteArray<32> by_openssl(ByteView message) {
    ByteArray<32> out;
    unsigned size = 0;
    EXPECT_EQ(EVP_Digest(message.data(), message.size(), out.data(), &size, EVP_blake2s256(), nullptr), 1);
    return out;
}

Bytes counted(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return out;
}

// RFC 7693, appendix B.
TEST(Blake2s, OfTheStandard) {
    EXPECT_EQ(to_hex(blake2s_256(as_bytes("abc"))), "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
}

TEST(Blake2s, EveryLengthAroundTheBlocks) {
    for (std::size_t size = 0; size <= 260; ++size) {
        const Bytes message = counted(size);
        EXPECT_EQ(blake2s_256(message), by_openssl(message)) << size;
    }
    const Bytes large = counted(100'003);
    EXPECT_EQ(blake2s_256(large), by_openssl(large));
}

TEST(Blake2s, InPieces) {
    const Bytes message = counted(1000);
    for (std::size_t piece = 1; piece < 200; ++piece) {
        Blake2s256 hash;
        for (std::size_t at = 0; at < message.size(); at += piece) {
            hash.update(ByteView(message).subspan(at, std::min(piece, message.size() - at)));
        }
        EXPECT_EQ(hash.finish(), blake2s_256(message)) << piece;
    }
}

}  // namespace
}  // namespace dusk::crypto
