#include "node/message_nonce.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
const SocketAddress kFour{.ip = ByteArray<4>{10, 1, 2, 3}, .port = 9000};

// spec/network.md §5.
TEST(MessageNonce, BeginsWithTheAddress) {
    EXPECT_EQ(first_message_nonce(kFour), 0x0302'010aU);
    const SocketAddress six{.ip = ByteArray<16>{0x20, 1, 2, 3, 4, 5, 6, 0xff, 1, 1, 1, 1, 1, 1, 1, 2}, .port = 1};
    EXPECT_EQ(first_message_nonce(six), 0x0107'0605'0403'0221U);
}

TEST(MessageVariation, CountsEveryMessageAndWritesTheCountIntoTwoKinds) {
    MessageVariation variation(kFour);
    const MonotonicTime now{1h};
    ledger::Message pool{.payload = ledger::GetMempoolMessage{}};
    variation.apply(pool, now);
    EXPECT_EQ(load_le<std::uint64_t>(std::get<ledger::GetMempoolMessage>(pool.payload).nonce.bytes.data()),
              0x0302'010aU);
    ledger::Message other{.payload = ledger::InventoryMessage{}};
    const Bytes before = ledger::encode(other);
    variation.apply(other, now);
    EXPECT_EQ(ledger::encode(other), before);
    ledger::Message blocks{.payload = ledger::GetBlocksMessage{}};
    variation.apply(blocks, now);
    EXPECT_EQ(load_le<std::uint64_t>(std::get<ledger::GetBlocksMessage>(blocks.payload).nonce.bytes.data()),
              0x0302'010cU);
}

TEST(MessageVariation, ARequestThatComesAgainHasOtherBytes) {
    MessageVariation variation(kFour);
    MonotonicTime now{1h};
    const auto ttl_of = [&](std::uint64_t ttl, std::uint16_t hops = 1) {
        ledger::Message request{.payload = ledger::GetResourceMessage{.ttl = ttl, .hops_limit = hops}};
        variation.apply(request, now);
        return std::get<ledger::GetResourceMessage>(request.payload).ttl;
    };
    EXPECT_EQ(ttl_of(kNever), kNever);
    EXPECT_EQ(ttl_of(kNever), kNever - 1);
    EXPECT_EQ(ttl_of(kNever), kNever - 2);
    EXPECT_EQ(ttl_of(kNever, 16), kNever);
    // A time that somebody lives to see stays what it is.
    EXPECT_EQ(ttl_of(2'000'000'000), 2'000'000'000U);
    EXPECT_EQ(ttl_of(2'000'000'000), 2'000'000'000U);
    now += 119s;
    EXPECT_EQ(ttl_of(kNever), kNever - 3);
    now += 10min;
    EXPECT_EQ(ttl_of(kNever), kNever);
}

}  // namespace
}  // namespace dusk::node
