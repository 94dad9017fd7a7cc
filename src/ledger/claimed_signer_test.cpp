#include "ledger/claimed_signer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/block_samples.hpp"
#include "ledger/decoded_signer.hpp"

namespace dusk::ledger {
namespace {

RC_GTEST_PROP(ClaimedSigner, IsTheOneThatDecodingFinds, (std::uint64_t seed)) {
    const Message message = BlockSamples(seed).message();
    RC_ASSERT(claimed_signer(encode(message)) == decoded_signer(message));
}

TEST(ClaimedSigner, OfEachKindWithEachVote) {
    BlockSamples samples(1);
    for (const Vote& vote : {Vote::no_candidate(), Vote::valid(samples.name<BlockHash>()),
                             Vote::invalid(samples.name<BlockHash>()), Vote::no_quorum()}) {
        const SignInfo info = samples.sign_info();
        const KeyBytes key{info.signer.to_bytes()};
        EXPECT_EQ(claimed_signer(encode(Message{.payload = ValidationMessage{.vote = vote, .sign_info = info}})), key);
        const RatificationMessage second{
            .vote = vote, .timestamp = 7, .validation_result = {.vote = vote}, .sign_info = info};
        EXPECT_EQ(claimed_signer(encode(Message{.payload = second})), key);
    }
    Block block = samples.block();
    block.header.generator = samples.name<KeyBytes>();
    EXPECT_EQ(claimed_signer(encode(Message{.payload = CandidateMessage{block}})), block.header.generator);
    EXPECT_EQ(claimed_signer(encode(Message{.payload = BlockMessage{block}})), std::nullopt);
}

// What is behind the key is not looked at; bytes that end within it, or before it, have none.
TEST(ClaimedSigner, NeedsTheWholeKeyAndNoMore) {
    BlockSamples samples(2);
    const Message message{.payload = ValidationMessage{.vote = Vote::no_candidate(), .sign_info = samples.sign_info()}};
    const Bytes bytes = encode(message);
    const std::size_t end = 6 + 41 + 1 + KeyBytes::kSize;
    EXPECT_TRUE(claimed_signer(ByteView(bytes).first(end)));
    for (std::size_t size = 0; size < end; ++size) EXPECT_FALSE(claimed_signer(ByteView(bytes).first(size))) << size;
}

TEST(ClaimedSigner, OfAWrongVoteIsNone) {
    Bytes bytes = encode(Message{.payload = ValidationMessage{.vote = Vote::no_candidate()}});
    bytes[6 + 41] = 4;
    EXPECT_FALSE(claimed_signer(bytes));
    EXPECT_EQ(decode<Message>(bytes).error().fault, WireFault::bad_vote);
}

// A key that is no point is claimed as well: to decode the message finds that out.
TEST(ClaimedSigner, NeedNotBeAPoint) {
    Bytes bytes = encode(Message{.payload = ValidationMessage{.vote = Vote::no_candidate()}});
    std::fill_n(bytes.begin() + 6 + 41 + 1, KeyBytes::kSize, std::uint8_t{0xee});
    const auto claimed = claimed_signer(bytes);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->bytes[95], 0xee);
    EXPECT_EQ(decode<Message>(bytes).error().fault, WireFault::bad_key);
}

}  // namespace
}  // namespace dusk::ledger
