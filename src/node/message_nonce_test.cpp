#include "node/message_nonce.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

const SocketAddress kFour{.ip = ByteArray<4>{10, 1, 2, 3}, .port = 9000};

// spec/network.md §5.
TEST(MessageNonce, BeginsWithTheAddress) {
    EXPECT_EQ(first_message_nonce(kFour), 0x0302'010aU);
    const SocketAddress six{.ip = ByteArray<16>{0x20, 1, 2, 3, 4, 5, 6, 0xff, 1, 1, 1, 1, 1, 1, 1, 2}, .port = 1};
    EXPECT_EQ(first_message_nonce(six), 0x0107'0605'0403'0221U);
}

TEST(MessageNonces, CountsEveryMessageAndWritesTheCountIntoTwoKinds) {
    MessageNonces nonces(kFour);
    ledger::Message pool{.payload = ledger::GetMempoolMessage{}};
    nonces.write(pool);
    EXPECT_EQ(load_le<std::uint64_t>(std::get<ledger::GetMempoolMessage>(pool.payload).nonce.bytes.data()),
              0x0302'010aU);
    ledger::Message other{.payload = ledger::InventoryMessage{}};
    const Bytes before = ledger::encode(other);
    nonces.write(other);
    EXPECT_EQ(ledger::encode(other), before);
    ledger::Message blocks{.payload = ledger::GetBlocksMessage{}};
    nonces.write(blocks);
    EXPECT_EQ(load_le<std::uint64_t>(std::get<ledger::GetBlocksMessage>(blocks.payload).nonce.bytes.data()),
              0x0302'010cU);
}

}  // namespace
}  // namespace dusk::node
