#include "ledger/message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/block_samples.hpp"
#include "ledger/limits.hpp"

namespace dusk::ledger {
namespace {

RC_GTEST_PROP(LedgerMessage, BytesReadBack, (std::uint64_t seed)) {
    const Message made = BlockSamples(seed).message();
    const Bytes bytes = encode(made);
    const auto read = decode<Message>(bytes);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->version == made.version);
    RC_ASSERT(read->payload.index() == made.payload.index());
    RC_ASSERT(encode(*read) == bytes);
    RC_ASSERT(bytes.at(5) == made.topic());
    RC_ASSERT(read->routing_header() == made.routing_header());
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 16) {
        const auto cut = decode<Message>(ByteView(bytes).first(size));
        RC_ASSERT(!cut.has_value());
        RC_ASSERT(cut.error().fault == WireFault::short_input);
    }
}

TEST(LedgerMessage, TopicsThatDoNotExistAreRefused) {
    for (unsigned topic = 0; topic < 256; ++topic) {
        Bytes bytes{1, 0, 0, 0, 0, static_cast<std::uint8_t>(topic)};
        const auto read = decode<Message>(bytes);
        ASSERT_FALSE(read);
        const bool known = (topic >= 8 && topic <= 11) || topic == 13 || topic == 14 || (topic >= 16 && topic <= 20);
        EXPECT_EQ(read.error().fault, known ? WireFault::short_input : WireFault::unknown_topic) << topic;
        EXPECT_EQ(read.error().offset, known ? 6U : 5U);
    }
}

TEST(LedgerMessage, StepsWrap) {
    BlockSamples samples(1);
    ConsensusHeader header = samples.consensus_header();
    header.iteration = 85;
    const auto step = [](MessagePayload payload) { return Message{{}, std::move(payload)}.step(); };
    EXPECT_EQ(step(ValidationMessage{header, {}, {}}), 0);  // 256
    EXPECT_EQ(step(RatificationMessage{header, {}, 0, {}, {}}), 1);
    EXPECT_EQ(step(QuorumMessage{header, {}}), 1);
    EXPECT_EQ(step(ValidationQuorumMessage{header, {}}), 255);
    EXPECT_EQ(step(GetMempoolMessage{}), 0);
    Block block = samples.block();
    block.header.iteration = 3;
    EXPECT_EQ(step(CandidateMessage{block}), 9);
    EXPECT_EQ((Message{{}, CandidateMessage{block}}.routing_header().round), block.header.height.value);
    EXPECT_EQ((Message{{}, BlockMessage{block}}.routing_header()), ConsensusHeader{});
}

TEST(Inventory, IsBounded) {
    Writer out;
    out.le(kMostInventoryItems + 1);
    EXPECT_EQ(decode<Inventory>(std::move(out).finish()).error().fault, WireFault::too_many_items);
    Inventory inventory;
    inventory.items.resize(kMostInventoryItems);
    EXPECT_TRUE(decode<Inventory>(encode(inventory)).has_value());
    inventory.items.emplace_back();
    EXPECT_THROW((void)encode(inventory), std::length_error);
    EXPECT_EQ(decode<Inventory>(Bytes{1, 0, 0, 0, 6}).error().fault, WireFault::bad_item);
}

TEST(GetResource, RequesterOfAnUnknownFamily) {
    Bytes bytes = encode(GetResourceMessage{.requester = {ByteArray<4>{}, 80}});
    bytes[6] = 5;  // after an empty inventory
    EXPECT_EQ(decode<GetResourceMessage>(bytes).error().fault, WireFault::bad_address);
}

}  // namespace
}  // namespace dusk::ledger
