#include "plonk/merlin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk::plonk {
namespace {

Bytes challenge(MerlinTranscript transcript, std::size_t size = 32) {
    Bytes out(size);
    transcript.challenge("c", out);
    return out;
}

TEST(Merlin, EverythingAbsorbedMatters) {
    const MerlinTranscript start(as_bytes("label"));
    MerlinTranscript other(as_bytes("labels"));
    EXPECT_NE(challenge(start), challenge(other));
    MerlinTranscript one = start;
    one.append("m", as_bytes("ab"));
    MerlinTranscript two = start;
    two.append("m", as_bytes("a"));
    two.append("m", as_bytes("b"));
    MerlinTranscript three = start;
    three.append("ma", as_bytes("b"));
    EXPECT_NE(challenge(one), challenge(two));
    EXPECT_NE(challenge(one), challenge(three));
    Bytes longer = challenge(one, 32);
    longer.pop_back();
    EXPECT_NE(challenge(one, 31), longer);
}

TEST(Merlin, ChallengesFollowEachOther) {
    MerlinTranscript transcript(as_bytes("label"));
    Bytes first(64);
    transcript.challenge("c", first);
    EXPECT_NE(first, challenge(transcript, 64));
}

RC_GTEST_PROP(Merlin, ACopyGoesOnFromTheSameHistory, (const std::vector<Bytes>& messages)) {
    MerlinTranscript transcript(as_bytes("label"));
    for (const Bytes& message : messages) transcript.append("m", message);
    const MerlinTranscript copy = transcript;
    RC_ASSERT(challenge(transcript) == challenge(copy));
}

RC_GTEST_PROP(Merlin, AnIntegerIsItsEightBytes, (std::uint64_t value)) {
    MerlinTranscript one(as_bytes("label"));
    MerlinTranscript two = one;
    one.append_u64("n", value);
    ByteArray<8> bytes;
    store_le(bytes.data(), value);
    two.append("n", bytes);
    RC_ASSERT(challenge(one) == challenge(two));
}

}  // namespace
}  // namespace dusk::plonk
