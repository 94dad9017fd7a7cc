// What makes two requests with the same content different messages: a node hands on and answers the same bytes only
// once within a minute or more (spec/network.md §5). The chain varies what it asks for by itself.
#pragma once

#include "base/socket_address.hpp"
#include "ledger/message.hpp"

namespace dusk::node {

// The first value of a node's counter: of IPv4 its octets, the first being the low byte; of IPv6 the sums of the octets
// i and i + 8, byte i.
[[nodiscard]] std::uint64_t first_message_nonce(const SocketAddress& own);

class MessageNonces {
  public:
    explicit MessageNonces(const SocketAddress& own) : next_(first_message_nonce(own)) {}

    // Called for each message to one or some peers. GetMempool and GetBlocks get the counter, which every call moves.
    void write(ledger::Message& message);

  private:
    std::uint64_t next_;
};

}  // namespace dusk::node
