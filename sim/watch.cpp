#include "sim/watch.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "ledger/message.hpp"

namespace dusk::sim {
namespace {

using ledger::BlockHash;

template <class T>
T value(chain::StoreResult<T> result, std::string_view what) {
    if (!result) throw Violation(fmt::format("the store cannot tell {}: {}", what, result.error().text));
    return *std::move(result);
}

}  // namespace

std::string short_name(ByteView bytes) { return to_hex(bytes.first(4)); }

Watch::Watch(std::size_t nodes, const ledger::Block& genesis)
    : chains_(nodes, SeenChain{.blocks = {genesis.header.hash}}), final_{genesis.header.hash}, finalised_by_{kNobody} {}

void Watch::accepted(NodeIndex node, const ledger::Block& block) {
    SeenChain& chain = chains_[node];
    const ledger::BlockHeader& header = block.header;
    if (!block.hash_holds()) throw Violation(fmt::format("node {} accepted a block with a wrong hash", node));
    if (header.height.value != chain.height() + 1 || header.prev_block_hash != chain.blocks.back()) {
        throw Violation(fmt::format("node {} accepted block {} at height {} on another than its tip at height {}", node,
                                    short_name(header.hash.bytes), header.height.value, chain.height()));
    }
    const auto [at, first] = roots_.try_emplace(load_le<std::uint64_t>(header.hash.bytes.data()), header.state_root);
    if (!first && at->second != header.state_root) {
        throw Violation(fmt::format("node {} has another state after block {}", node, short_name(header.hash.bytes)));
    }
    chain.blocks.push_back(header.hash);
}

void Watch::reverted(NodeIndex node, const ledger::Block& block) {
    SeenChain& chain = chains_[node];
    ++reverts_;
    if (block.header.hash != chain.blocks.back()) {
        throw Violation(fmt::format("node {} reverted a block that is not its tip", node));
    }
    if (block.header.height.value <= chain.final_height) {
        throw Violation(fmt::format("node {} reverted the final block {} at height {}", node,
                                    short_name(block.header.hash.bytes), block.header.height.value));
    }
    chain.blocks.pop_back();
}

void Watch::finalised(NodeIndex node, ledger::Height height, const BlockHash& hash) {
    const SeenChain& chain = chains_[node];
    if (height.value > chain.height() || chain.blocks[height.value] != hash) {
        throw Violation(fmt::format("node {} calls a block at height {} final that is not in its chain", node,
                                    height.value));
    }
    extend_final(node, height.value);
}

void Watch::extend_final(NodeIndex node, std::uint64_t height) {
    SeenChain& chain = chains_[node];
    if (height < chain.final_height) throw Violation(fmt::format("finality of node {} went back", node));
    for (std::uint64_t h = chain.final_height + 1; h <= height; ++h) {
        if (h == final_.size()) {
            final_.push_back(chain.blocks[h]);
            finalised_by_.push_back(node);
        } else if (final_[h] != chain.blocks[h]) {
            throw Violation(fmt::format("two final blocks at height {}: {} of node {}, {} of node {}", h,
                                        short_name(final_[h].bytes), finalised_by_[h],
                                        short_name(chain.blocks[h].bytes), node));
        }
    }
    chain.final_height = height;
}

void Watch::restarted(NodeIndex node, chain::BlockStore& store, bool sudden) {
    SeenChain& chain = chains_[node];
    const auto tip = value(store.tip(), "the tip");
    const auto last_final = value(store.last_final(), "the last final block");
    if (!tip || !last_final) throw Violation(fmt::format("node {} lost its chain", node));
    const SeenChain before = chain;
    chain.blocks.resize(std::min<std::uint64_t>(before.final_height, tip->height.value) + 1);
    for (std::uint64_t h = 0; h <= tip->height.value; ++h) {
        const auto at = value(store.at({h}), "the block at a height");
        if (!at) throw Violation(fmt::format("node {} has no block at height {} below its tip", node, h));
        if (h < chain.blocks.size()) {
            if (chain.blocks[h] != at->hash) throw Violation(fmt::format("node {} lost a final block", node));
        } else {
            chain.blocks.push_back(at->hash);
        }
    }
    if (last_final->value < before.final_height) {
        throw Violation(fmt::format("node {} lost the final block at height {}", node, before.final_height));
    }
    if (sudden && chain.blocks != before.blocks) {
        throw Violation(fmt::format("node {} had accepted height {} and restarted with another chain of height {}",
                                    node, before.height(), chain.height()));
    }
    extend_final(node, last_final->value);
}

void Watch::lost_database(NodeIndex node) { chains_[node] = {.blocks = {final_.front()}}; }

void Watch::sent(NodeIndex node, const crypto::BlsPublicKey& key, const ledger::Message& message) {
    const auto vote = [&](const auto& payload, ledger::Step step) {
        if (payload.sign_info.signer != key) return;
        const auto& header = payload.header;
        signed_once({node, header.round, header.prev_block_hash, header.iteration, step}, payload.signed_bytes());
    };
    if (const auto* validation = std::get_if<ledger::ValidationMessage>(&message.payload)) {
        vote(*validation, ledger::Step::validation);
    } else if (const auto* ratification = std::get_if<ledger::RatificationMessage>(&message.payload)) {
        vote(*ratification, ledger::Step::ratification);
    } else if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&message.payload)) {
        const ledger::BlockHeader& header = candidate->block.header;
        if (header.generator.bytes != key.to_bytes()) return;
        signed_once({node, header.height.value, header.prev_block_hash, header.iteration, ledger::Step::proposal},
                    to_vector(header.hash.bytes));
    }
}

void Watch::signed_once(const Slot& slot, const Bytes& statement) {
    const auto [at, first] = statements_.try_emplace(slot, statement);
    if (!first && at->second != statement) {
        throw Violation(fmt::format("node {} signed two things in round {}, iteration {}, step {}", slot.node,
                                    slot.round, slot.iteration, static_cast<int>(slot.step)));
    }
}

}  // namespace dusk::sim
