#include <algorithm>

#include "chain/service_core.hpp"

namespace dusk::chain {

using ledger::Block;
using ledger::BlockHash;
using Kind = Branches::Outcome::Kind;

void ServiceCore::on_payload(const Address& peer, const MessagePtr& message, const ledger::BlockMessage& one, Now now) {
    if (const auto broken = find_broken(one.block)) {
        blame(peer, Misdeed::broken_block, std::string(to_string(*broken)));
        sync_.on_refused(peer, now.steady);
        return;
    }
    take_block({peer, BlockPtr(message, &one.block)}, now);
}

BlockPtr ServiceCore::attested(const BlockPtr& block) const {
    if (!block->header.attestation.is_default() || is_emergency(block->header)) return block;
    const ledger::Attestation* attestation = attestations_.find(block->header.hash);
    if (attestation == nullptr) return nullptr;
    Block out = *block;
    out.header.attestation = *attestation;
    return std::make_shared<const Block>(std::move(out));
}

void ServiceCore::take_block(Incoming incoming, Now now) {
    queue_.push_back(std::move(incoming));
    while (!queue_.empty() && !broken_) {
        const Incoming next = std::move(queue_.front());
        queue_.pop_front();
        take_one(next, now);
        if (!queue_.empty()) continue;
        if (auto waiting = sync_.next()) queue_.push_back({waiting->peer, std::move(waiting->block)});
    }
    queue_.clear();
}

void ServiceCore::take_one(const Incoming& incoming, Now now) {
    const BlockPtr block = attested(incoming.block);
    if (block == nullptr || branches_.is_forbidden(block->header.hash)) return;
    const Incoming whole{incoming.peer, block};
    const ledger::BlockHeader& tip = chain_->tip();
    if (block->header.height.value <= tip.height.value) {
        take_aside(whole, now);
    } else if (block->header.height.value > tip.height.value + 1) {
        if (!incoming.peer) return;
        claim(*incoming.peer, block->header.height.value, now);
        sync_.on_early_block({*incoming.peer, block}, now.steady);
    } else if (block->header.prev_block_hash == tip.hash) {
        extend(whole, now);
    } else {
        if (incoming.peer) sync_.on_stranger(*incoming.peer, now.steady);
        take_aside(whole, now);
    }
}

void ServiceCore::extend(const Incoming& incoming, Now now) {
    const BlockPtr& block = incoming.block;
    if (const auto accepted = chain_->accept(block, now, actions_); !accepted) {
        return on_refusal(incoming, accepted.error(), now);
    }
    if (is_emergency(block->header)) {
        actions_.emplace_back(Broadcast{
            std::make_shared<const ledger::Message>(ledger::Message{.payload = ledger::BlockMessage{*block}})});
    }
    attestations_.drop(block->header.hash);
    if (incoming.peer) sync_.on_accepted(*incoming.peer, block->header.height, now.steady);
    on_new_tip(now);
}

void ServiceCore::on_new_tip(Now now) {
    const ledger::BlockHeader& tip = chain_->tip();
    wanted_ = false;
    stall_.on_tip(now.steady);
    sync_.on_tip(tip.height, now.steady);
    branches_.on_tip();
    if (tip.height.value > 0) attestations_.drop_to(tip.height.value - 1);
    good_quorums_.clear();
    relayed_quorums_.clear();
    early_.reset();
    for (PooledBlock& child : branches_.take_children(tip.hash)) queue_.push_back({child.peer, std::move(child.block)});
}

// A block that does not stand on the tip.
void ServiceCore::take_aside(const Incoming& incoming, Now now) {
    const Address peer = incoming.peer.value_or(Address{});
    const auto outcome = branches_.on_block({peer, incoming.block}, now, stall_.is_desperate(now.steady), actions_);
    if (!outcome) return on_refusal(incoming, outcome.error(), now);
    if (outcome->kind == Kind::adopted) {
        attestations_.drop(incoming.block->header.hash);
        on_new_tip(now);
        sync_.welcome_strangers(now.steady);
    }
    if (!incoming.peer) return;
    if (outcome->kind == Kind::needs_block) {
        request(peer, {.items = {ledger::BlockByHash{outcome->wanted}}, .max_entries = 1});
    } else if (outcome->kind == Kind::kept) {
        const ledger::Height next{outcome->height.value + 1};
        request(peer, {.items = {ledger::BlockByHeight{next}}, .max_entries = 1});
        if (!outcome->better) return;
        const auto ours = ports_.blocks->block(*outcome->better);
        if (ours && *ours) send(peer, ledger::BlockMessage{**ours});
    }
}

void ServiceCore::on_refusal(const Incoming& incoming, const BlockRefusal& refusal, Now now) {
    if (const std::string* broken = chain_->broken()) return break_down(*broken);
    if (is_of_the_node(refusal)) return break_down(describe(refusal));
    if (is_of_the_block(refusal)) {
        blame(incoming.peer, Misdeed::invalid_block, describe(refusal));
        if (incoming.peer) sync_.on_refused(*incoming.peer, now.steady);
        return;
    }
    const auto* header = std::get_if<HeaderFailure>(&refusal);
    if (header == nullptr || header->error != HeaderError::too_far_ahead || incoming.block == nullptr) return;
    const bool follows = incoming.block->header.prev_block_hash == chain_->tip().hash;
    if (follows && consensus::until(incoming.block->header.timestamp, now) <= kMostAhead) early_ = incoming;
}

std::chrono::nanoseconds ServiceCore::until_early_block(Now now) const {
    constexpr auto kMargin = static_cast<std::uint64_t>(consensus::kTimestampMargin.count());
    const std::uint64_t time = early_->block->header.timestamp;
    return consensus::until(time - std::min(time, kMargin), now);
}

void ServiceCore::retry_early_block(Now now) {
    if (!early_ || until_early_block(now) > std::chrono::seconds(0)) return;
    const Incoming block = *std::exchange(early_, std::nullopt);
    take_block(block, now);
}

void ServiceCore::on_agreed(const std::optional<Address>& peer, const ledger::QuorumMessage& quorum, Now now) {
    const auto hash = quorum.attestation.result.vote.block();
    if (!quorum.attestation.result.success || !hash) return;
    const auto known = ports_.blocks->has_block(*hash);
    if (!known) return break_down(known.error().text);
    if (*known) return;
    auto candidate = ports_.blocks->candidate(*hash);
    if (!candidate) return break_down(candidate.error().text);
    if (*candidate) {
        (*candidate)->header.attestation = quorum.attestation;
        take_block({{}, std::make_shared<const Block>(**std::move(candidate))}, now);
        return;
    }
    if (!attestations_.put(*hash, quorum.header, quorum.attestation, now.steady)) return;
    if (peer) request(*peer, {.items = {ledger::CandidateByHash{*hash}}, .max_entries = 1});
    flood({.items = {ledger::CandidateByHash{*hash}}, .max_entries = 1});
}

}  // namespace dusk::chain
