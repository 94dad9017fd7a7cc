#include "crypto/chacha_rng.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/os_random.hpp"

namespace dusk::crypto {
namespace {

// A fill takes whole words of the stream, wherever it starts and whatever blocks it crosses.
RC_GTEST_PROP(ChaChaRng, FillsTakeWholeWords, (std::uint64_t seed)) {
    ChaChaRng stream_source(seed);
    Bytes stream(4096);
    stream_source.fill(stream);
    ChaChaRng rng(seed);
    std::size_t at = 0;
    while (at < 3000) {
        Bytes piece(*rc::gen::inRange<std::size_t>(0, 300));
        rng.fill(piece);
        RC_ASSERT(equal(piece, ByteView(stream).subspan(at, piece.size())));
        at += (piece.size() + 3) / 4 * 4;
        RC_ASSERT(rng.next_u64() == load_le<std::uint64_t>(stream.data() + at));
        at += 8;
        RC_ASSERT(rng.next_u32() == load_le<std::uint32_t>(stream.data() + at));
        at += 4;
    }
}

TEST(OsRandom, DrawsDiffer) {
    OsRandom random;
    ByteArray<32> a{};
    ByteArray<32> b{};
    random.fill(a);
    random.fill(b);
    EXPECT_NE(a, b);
}

}  // namespace
}  // namespace dusk::crypto
