#include "sim/watch.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "ledger/message.hpp"

namespace dusk::sim {
namespace {

using ledger::BlockHash;
using Kind = ledger::Label::Kind;

constexpr ledger::Label kGenesisLabel{Kind::final, 0};

template <class T>
T value(chain::StoreResult<T> result, std::string_view what) {
    if (!result) throw Violation(fmt::format("the store cannot tell {}: {}", what, result.error().text));
    return *std::move(result);
}

}  // namespace

std::string short_name(ByteView bytes) { return to_hex(bytes.first(4)); }

Watch::Watch(std::size_t nodes, const ledger::Block& genesis)
    : chains_(nodes, SeenChain{.blocks = {genesis.header.hash}, .labels = {kGenesisLabel}}),
      final_{genesis.header.hash},
      finalised_by_{kNobody} {}

void Watch::accepted(NodeIndex node, const ledger::Block& block, const ledger::Label& label) {
    SeenChain& chain = chains_[node];
    const ledger::BlockHeader& header = block.header;
    if (!block.hash_holds()) throw Violation(fmt::format("node {} accepted a block with a wrong hash", node));
    if (header.height.value != chain.height() + 1 || header.prev_block_hash != chain.blocks.back()) {
        throw Violation(fmt::format("node {} accepted block {} at height {} on another than its tip at height {}", node,
                                    short_name(header.hash.bytes), header.height.value, chain.height()));
    }
    // spec/consensus.md §16
    std::uint8_t unshown = std::min<std::uint8_t>(header.iteration, 50);
    for (const auto& failed : header.failed_iterations.iterations) unshown -= failed ? 1 : 0;
    const ledger::Label expected =
        unshown == 0 ? ledger::Label{Kind::attested, 1} : ledger::Label{Kind::accepted, 2ULL * unshown};
    if (label != expected)
        throw Violation(fmt::format("node {} gives block {} another label", node, chain.height() + 1));
    chain.blocks.push_back(header.hash);
    chain.labels.push_back(label);
    if (unshown == 0) roll_finality(chain);
}

// spec/consensus.md §16, step by step.
void Watch::roll_finality(SeenChain& chain) {
    const std::uint64_t tip = chain.height();
    std::uint64_t stable = 1;
    for (std::uint64_t h = tip - 1; chain.labels[h].kind != Kind::final; --h) {
        ledger::Label& label = chain.labels[h];
        if (label.kind != Kind::confirmed) {
            if (stable < label.value) break;
            label = {Kind::confirmed, tip - h};
        }
        ++stable;
    }
    for (std::uint64_t h = chain.due_height + 1; h < tip && chain.labels[h].kind == Kind::confirmed; ++h) {
        chain.labels[h] = {Kind::final, tip - h};
        chain.due_height = h;
    }
}

void Watch::holds_final(NodeIndex node, ledger::Height height) const {
    const SeenChain& chain = chains_[node];
    if (height.value == chain.due_height && height.value == chain.final_height) return;
    throw Violation(fmt::format("node {} holds height {} final, said {}, and the rule has {}", node, height.value,
                                chain.final_height, chain.due_height));
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
    chain.labels.pop_back();
    chain.left.push_back(block.header.height.value);
}

void Watch::finalised(NodeIndex node, ledger::Height height, const BlockHash& hash) {
    const SeenChain& chain = chains_[node];
    if (height.value > chain.height() || chain.blocks[height.value] != hash) {
        throw Violation(
            fmt::format("node {} calls a block at height {} final that is not in its chain", node, height.value));
    }
    if (height.value > chain.due_height) throw Violation(fmt::format("node {} is too early with finality", node));
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
    std::erase_if(chain.left, [&](std::uint64_t h) { return h <= height; });
}

void Watch::restarted(NodeIndex node, chain::BlockStore& store, bool sudden) {
    SeenChain& chain = chains_[node];
    const auto tip = value(store.tip(), "the tip");
    const auto last_final = value(store.last_final(), "the last final block");
    if (!tip || !last_final) throw Violation(fmt::format("node {} lost its chain", node));
    const SeenChain before = std::exchange(chain, {});
    for (std::uint64_t h = 0; h <= tip->height.value; ++h) {
        const auto at = value(store.at({h}), "the block at a height");
        if (!at) throw Violation(fmt::format("node {} has no block at height {} below its tip", node, h));
        chain.blocks.push_back(at->hash);
        chain.labels.push_back(at->label);
    }
    chain.due_height = last_final->value;
    if (chain.height() < before.final_height || last_final->value < before.final_height) {
        throw Violation(fmt::format("node {} lost the final block at height {}", node, before.final_height));
    }
    for (std::uint64_t h = 0; h <= before.final_height; ++h) {
        if (chain.blocks[h] != before.blocks[h]) throw Violation(fmt::format("node {} lost a final block", node));
    }
    if (sudden && (chain.blocks != before.blocks || chain.labels != before.labels)) {
        throw Violation(fmt::format("node {} had accepted height {} and restarted with another chain of height {}",
                                    node, before.height(), chain.height()));
    }
    chain.final_height = before.final_height;
    extend_final(node, last_final->value);
}

void Watch::lost_database(NodeIndex node) { chains_[node] = {.blocks = {final_.front()}, .labels = {kGenesisLabel}}; }

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
