// The plain hashes: known digests of the standards, and pieces = whole for every way to cut a message.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "base/hex.hpp"
#include "crypto/blake2b.hpp"
#include "crypto/blake3.hpp"
#include "crypto/keccak.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

Bytes counting(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i % 251);
    return out;
}

template <class Hasher>
Bytes in_pieces(ByteView message, std::size_t piece) {
    Hasher hasher;
    for (std::size_t at = 0; at < message.size(); at += piece) {
        hasher.update(message.subspan(at, std::min(piece, message.size() - at)));
    }
    return to_vector(hasher.finish());
}

TEST(Hashes, DigestsOfAbc) {
    const ByteView abc = as_bytes("abc");
    EXPECT_EQ(to_hex(sha256(abc)), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha512(abc)),
              "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    EXPECT_EQ(to_hex(sha3_256(abc)), "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
    EXPECT_EQ(to_hex(keccak256(abc)), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    EXPECT_EQ(to_hex(blake2b_512(abc)),
              "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
              "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    EXPECT_NE(to_hex(blake2b_256(abc)), to_hex(blake2b_512(abc)).substr(0, 64));
}

// The BLAKE3 paper's test input (bytes 0, 1, … 250, 0, …) at the sizes where the tree changes its form.
TEST(Blake3, TreeOfManyChunks) {
    EXPECT_EQ(to_hex(blake3({})), "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    EXPECT_EQ(to_hex(blake3(counting(1024))), "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7");
    EXPECT_EQ(to_hex(blake3(counting(2048))), "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a");
    EXPECT_EQ(to_hex(blake3(counting(102400))), "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085");
}

TEST(Blake3, OneChunkAtATimeEqualsSeveralTogether) {
    const CpuFeatures saved = cpu_features();
    for (const std::size_t size : {1u, 4095u, 4096u, 4097u, 5000u, 8192u, 16384u, 16385u, 20480u, 65536u, 70001u}) {
        const Bytes message = counting(size);
        const Bytes one_at_a_time = in_pieces<Blake3>(message, 1000);
        EXPECT_EQ(to_vector(blake3(message)), one_at_a_time) << size;
        set_cpu_features({});
        EXPECT_EQ(to_vector(blake3(message)), one_at_a_time) << size;
        set_cpu_features(saved);
    }
}

RC_GTEST_PROP(Hashes, PiecesGiveTheDigestOfTheWhole, ()) {
    const Bytes message = counting(*rc::gen::inRange<std::size_t>(0, 9000));
    const std::size_t piece = *rc::gen::inRange<std::size_t>(1, 5000);
    RC_ASSERT(in_pieces<Blake3>(message, piece) == to_vector(blake3(message)));
    RC_ASSERT(in_pieces<Sha3_256>(message, piece) == to_vector(sha3_256(message)));
    RC_ASSERT(in_pieces<Keccak256>(message, piece) == to_vector(keccak256(message)));
    RC_ASSERT(in_pieces<Sha256>(message, piece) == to_vector(sha256(message)));
    RC_ASSERT(in_pieces<Sha512>(message, piece) == to_vector(sha512(message)));
    RC_ASSERT(in_pieces<Blake2b256>(message, piece) == to_vector(blake2b_256(message)));
    RC_ASSERT(in_pieces<Blake2b512>(message, piece) == to_vector(blake2b_512(message)));
}

// `finish` leaves the hasher as it is.
TEST(Blake3, DigestsOnTheWay) {
    Blake3 hasher;
    const Bytes message = counting(40000);
    for (std::size_t at = 0; at < message.size(); at += 4000) {
        EXPECT_EQ(hasher.finish(), blake3(ByteView(message).first(at)));
        hasher.update(ByteView(message).subspan(at, 4000));
    }
    EXPECT_EQ(hasher.finish(), blake3(message));
}

}  // namespace
}  // namespace dusk::crypto
