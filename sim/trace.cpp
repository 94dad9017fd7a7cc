#include "sim/trace.hpp"

#include <fmt/format.h>

#include "sim/keys.hpp"
#include "sim/watch.hpp"

namespace dusk::sim {
namespace {

std::string name_of(const crypto::BlsPublicKey& key) {
    for (std::size_t i = 0; i < 1024; ++i) {
        if (sim_key(i).key == key) return std::to_string(i);
    }
    return "nobody";
}

std::string name_of(const ledger::KeyBytes& key) {
    const auto decoded = crypto::BlsPublicKey::from_bytes(key.bytes);
    return decoded ? name_of(*decoded) : "nobody";
}

std::string place_of(const ledger::ConsensusHeader& header) {
    return fmt::format("{}/{} on {}", header.round, header.iteration, short_name(header.prev_block_hash.bytes));
}

std::string text_of(const ledger::Attestation& attestation) {
    return fmt::format("{} {}", attestation.result.success ? "success" : "fail",
                       sim::describe(attestation.result.vote));
}

std::string text_of(const ledger::Block& block) {
    const ledger::BlockHeader& header = block.header;
    return fmt::format("{} at {}/{} on {} by {}, {} transactions", short_name(header.hash.bytes), header.height.value,
                       header.iteration, short_name(header.prev_block_hash.bytes), name_of(header.generator),
                       block.transactions.size());
}

std::string text_of(const ledger::Inventory& inventory) {
    std::string out = fmt::format("{} items:", inventory.items.size());
    for (std::size_t i = 0; i < std::min<std::size_t>(3, inventory.items.size()); ++i) {
        const auto& item = inventory.items[i];
        if (const auto* hash = std::get_if<ledger::BlockByHash>(&item)) {
            out += " block " + short_name(hash->hash.bytes);
        } else if (const auto* height = std::get_if<ledger::BlockByHeight>(&item)) {
            out += fmt::format(" block at {}", height->height.value);
        } else if (const auto* candidate = std::get_if<ledger::CandidateByHash>(&item)) {
            out += " candidate " + short_name(candidate->hash.bytes);
        } else if (const auto* of = std::get_if<ledger::CandidateOfIteration>(&item)) {
            out += " candidate of " + place_of(of->header);
        } else if (const auto* result = std::get_if<ledger::ValidationResultOf>(&item)) {
            out += " validation result of " + place_of(result->header);
        } else {
            out += " transaction";
        }
    }
    return out;
}

struct Description {
    std::string operator()(const ledger::GetResourceMessage& message) const {
        return "GetResource " + text_of(message.inventory) + fmt::format(", {} hops", message.hops_limit);
    }
    std::string operator()(const ledger::GetBlocksMessage& message) const {
        return "GetBlocks after " + short_name(message.locator.bytes);
    }
    std::string operator()(const ledger::TransactionMessage& message) const {
        return "Transaction " + short_name(message.transaction.id().bytes);
    }
    std::string operator()(const ledger::BlockMessage& message) const { return "Block " + text_of(message.block); }
    std::string operator()(const ledger::GetMempoolMessage&) const { return "GetMempool"; }
    std::string operator()(const ledger::InventoryMessage& message) const {
        return "Inventory " + text_of(message.inventory);
    }
    std::string operator()(const ledger::CandidateMessage& message) const {
        return "Candidate " + text_of(message.block);
    }
    std::string operator()(const ledger::ValidationMessage& message) const {
        return fmt::format("Validation {} {} by {}", place_of(message.header), sim::describe(message.vote),
                           name_of(message.sign_info.signer));
    }
    std::string operator()(const ledger::RatificationMessage& message) const {
        return fmt::format("Ratification {} {} by {}", place_of(message.header), sim::describe(message.vote),
                           name_of(message.sign_info.signer));
    }
    std::string operator()(const ledger::QuorumMessage& message) const {
        return fmt::format("Quorum {} {}", place_of(message.header), text_of(message.attestation));
    }
    std::string operator()(const ledger::ValidationQuorumMessage& message) const {
        return fmt::format("ValidationQuorum {} {}", place_of(message.header), sim::describe(message.result.vote));
    }
};

}  // namespace

void Trace::line(SimTime at, NodeIndex node, const std::string& text) {
    const double seconds = std::chrono::duration<double>(at.time_since_epoch()).count();
    std::string out = node == kNobody ? fmt::format("{:10.3f}       {}", seconds, text)
                                      : fmt::format("{:10.3f}  {:>3}  {}", seconds, node, text);
    if (file_ != nullptr) fmt::print(file_, "{}\n", out);
    lines_.push_back(std::move(out));
    if (lines_.size() > most_) lines_.pop_front();
}

std::string describe(const ledger::Vote& vote) {
    switch (vote.kind()) {
        case ledger::Vote::Kind::no_candidate:
            return "NoCandidate";
        case ledger::Vote::Kind::valid:
            return "Valid(" + short_name(vote.block()->bytes) + ")";
        case ledger::Vote::Kind::invalid:
            return "Invalid(" + short_name(vote.block()->bytes) + ")";
        case ledger::Vote::Kind::no_quorum:
            return "NoQuorum";
    }
    return {};
}

std::string describe(const ledger::Block& block, const ledger::Label& label) {
    static constexpr std::array kNames{"accepted", "attested", "confirmed", "final"};
    return fmt::format("{}, {}({})", text_of(block), kNames.at(static_cast<std::size_t>(label.kind)), label.value);
}

std::string describe(const ledger::Message& message) { return std::visit(Description{}, message.payload); }

}  // namespace dusk::sim
