#include "node/fork_watch.hpp"

namespace dusk::node {
namespace {

// The block that the message builds on, where it is about the one at this height.
std::optional<ledger::BlockHash> parent_in(const ledger::Message& message, std::uint64_t height) {
    if (const auto* block = std::get_if<ledger::BlockMessage>(&message.payload)) {
        const ledger::BlockHeader& header = block->block.header;
        return header.height.value == height ? std::optional(header.prev_block_hash) : std::nullopt;
    }
    const ledger::ConsensusHeader header = message.routing_header();
    return header.round == height ? std::optional(header.prev_block_hash) : std::nullopt;
}

}  // namespace

std::optional<ForkWatch::Finding> ForkWatch::on_message(const ledger::Message& message, const ledger::BlockHeader& tip,
                                                        MonotonicTime now) {
    const auto parent = parent_in(message, tip.height.value + 1);
    if (!parent) return {};
    if (*parent == tip.hash) {
        misfits_ = 0;
        return {};
    }
    if (misfits_++ == 0) since_ = now;
    if (misfits_ < kMany || now - since_ < kLong || (said_ && now - *said_ < kAgain)) return {};
    said_ = now;
    return Finding{.other = *parent, .messages = misfits_};
}

}  // namespace dusk::node
