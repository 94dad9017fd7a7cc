#include "crypto/hash_to_curve.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

constexpr std::string_view kRfcTag = "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";

// RFC 9380 appendix J.9.1.
TEST(HashToCurve, AgreesWithTheRfc) {
    struct Case {
        std::string_view message, x, y;
    };
    const Case cases[] = {
        {"", "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
         "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265"},
        {"abc", "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
         "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d"},
        {"abcdef0123456789",
         "11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a27200a784cbc248e84f357ce82d98",
         "03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517c0889501dc7413753f9599b099ebcbbd2d709"},
    };
    for (const Case& c : cases) {
        const auto point = hash_to_g1(as_bytes(c.message), as_bytes(kRfcTag)).to_affine();
        EXPECT_EQ(to_hex(point.to_uncompressed()), std::string(c.x) + std::string(c.y));
    }
}

// expand_message_xmd as RFC 9380 §5.3.1 writes it down, for a tag of at most 255 bytes.
Bytes expand_by_definition(ByteView message, ByteView tag) {
    Bytes tag_prime = to_vector(tag);
    tag_prime.push_back(static_cast<std::uint8_t>(tag.size()));
    Bytes input(64, 0);
    append(input, message);
    append(input, ByteArray<3>{0, 128, 0});
    append(input, tag_prime);
    const auto b0 = sha256(input);
    ByteArray<32> previous{};
    Bytes out;
    for (std::uint8_t i = 1; i <= 4; ++i) {
        Bytes block(32);
        for (std::size_t j = 0; j < 32; ++j) block[j] = b0[j] ^ previous[j];
        block.push_back(i);
        append(block, tag_prime);
        previous = sha256(block);
        append(out, previous);
    }
    return out;
}

TEST(HashToCurve, ExpandsAsDefinedAtEverySize) {
    for (const std::size_t message_size : {0, 1, 31, 55, 56, 63, 64, 65, 119, 120, 200, 1000}) {
        for (const std::size_t tag_size : {0, 1, 20, 38, 84, 85, 86, 254, 255}) {
            const Bytes message(message_size, 7);
            const Bytes tag(tag_size, 9);
            EXPECT_TRUE(equal(expand_message_128(message, tag), expand_by_definition(message, tag)))
                << message_size << " " << tag_size;
        }
    }
}

TEST(HashToCurve, AnOversizeTagIsHashed) {
    const std::string tag(256, 'a');
    const auto short_tag = sha256(as_bytes("H2C-OVERSIZE-DST-" + tag));
    const auto message = as_bytes("abc");
    EXPECT_EQ(expand_message_128(message, as_bytes(tag)), expand_message_128(message, short_tag));
    EXPECT_EQ(hash_to_g1(message, as_bytes(tag)), hash_to_g1(message, short_tag));
    EXPECT_TRUE(equal(expand_message_128(message, as_bytes(tag)), expand_by_definition(message, short_tag)));
}

TEST(HashToCurve, LandsInTheSubgroup) {
    for (std::uint8_t i = 0; i < 20; ++i) {
        const auto point = hash_to_g1({&i, 1}, as_bytes(kRfcTag)).to_affine();
        EXPECT_TRUE(point.is_on_curve());
        EXPECT_TRUE(point.is_in_subgroup());
        EXPECT_FALSE(point.is_identity());
    }
}

}  // namespace
}  // namespace dusk::crypto
