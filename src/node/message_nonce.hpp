// What makes two requests with the same content different messages: a node hands on and answers the same bytes only
// once within a minute or more (spec/network.md §5).
#pragma once

#include "base/socket_address.hpp"
#include "ledger/message.hpp"
#include "node/seen_messages.hpp"

namespace dusk::node {

// The first value of a node's counter: of IPv4 its octets, the first being the low byte; of IPv6 the sums of the octets
// i and i + 8, byte i.
[[nodiscard]] std::uint64_t first_message_nonce(const SocketAddress& own);

class MessageVariation {
  public:
    explicit MessageVariation(const SocketAddress& own) : next_(first_message_nonce(own)) {}

    // Called for each message to one or some peers. GetMempool and GetBlocks get the counter, which every call moves.
    // A GetResource that never expires and was sent before within the last two minutes expires a second earlier each
    // time: nobody lives to see the difference. One with a real expiry is left as it is.
    void apply(ledger::Message& message, MonotonicTime now);

  private:
    std::uint64_t next_;
    SeenMessages asked_{4096, std::chrono::seconds(120)};
};

}  // namespace dusk::node
