#include "node/message_nonce.hpp"

namespace dusk::node {

std::uint64_t first_message_nonce(const SocketAddress& own) {
    if (const auto* four = std::get_if<ByteArray<4>>(&own.ip)) return load_le<std::uint32_t>(four->data());
    const auto& six = std::get<ByteArray<16>>(own.ip);
    ByteArray<8> sums{};
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = static_cast<std::uint8_t>(six[i] + six[i + 8]);
    return load_le<std::uint64_t>(sums.data());
}

void MessageNonces::write(ledger::Message& message) {
    const std::uint64_t nonce = next_++;
    if (auto* pool = std::get_if<ledger::GetMempoolMessage>(&message.payload)) {
        store_le(pool->nonce.bytes.data(), nonce);
    } else if (auto* blocks = std::get_if<ledger::GetBlocksMessage>(&message.payload)) {
        store_le(blocks->nonce.bytes.data(), nonce);
    }
}

}  // namespace dusk::node
