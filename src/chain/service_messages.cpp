#include <algorithm>
#include <limits>

#include "chain/service_core.hpp"
#include "chain/sync_rules.hpp"

namespace dusk::chain {
namespace {

using ledger::MessagePayload;
using ledger::QuorumMessage;
using ledger::Vote;

// What a quorum says, whoever signed it.
Bytes key_of(const QuorumMessage& quorum) {
    Writer out;
    quorum.header.write(out);
    quorum.attestation.result.write(out);
    return std::move(out).finish();
}

// Whether it is called a success is not signed: what the votes say counts.
bool agrees_on_a_block(const QuorumMessage& quorum) {
    const ledger::RatificationResult& result = quorum.attestation.result;
    return result.success && result == ledger::RatificationResult::of(result.vote);
}

MessagePtr message_of(MessagePayload payload) {
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(payload)});
}

}  // namespace

void ServiceCore::verify_votes(std::span<const MessagePtr> messages) {
    std::vector<consensus::Signatures::Claim> claims;
    for (const MessagePtr& message : messages) {
        if (auto claim = consensus_.unverified_vote(message)) claims.push_back(*std::move(claim));
    }
    if (claims.size() > 1) ports_.signatures->verify_ahead(claims, *ports_.random);
}

void ServiceCore::on_message(const Address& peer, const MessagePtr& message, Now now) {
    now_ = now;
    if (broken_ || !started_) return;
    std::visit([&](const auto& payload) { on_payload(peer, message, payload, now); }, message->payload);
    settle(now);
}

// --- what others ask for ---

void ServiceCore::on_payload(const Address& /*peer*/, const MessagePtr& message,
                             const ledger::GetResourceMessage& request, Now now) {
    if (unix_seconds(now.wall) > request.ttl) return;
    const auto answers = serving_.answers(request.inventory, request.requester, now.steady);
    for (const MessagePtr& answer : answers) actions_.emplace_back(SendTo{request.requester, answer});
    if (!answers.empty() || request.hops_limit <= 1) return;
    ledger::GetResourceMessage further = request;
    further.hops_limit = std::min<std::uint16_t>(request.hops_limit, kFloodHops) - 1;
    actions_.emplace_back(
        SendToAlive{1, std::make_shared<const ledger::Message>(ledger::Message{message->version, std::move(further)})});
}

void ServiceCore::on_payload(const Address& peer, const MessagePtr& /*message*/,
                             const ledger::GetBlocksMessage& request, Now now) {
    auto blocks = serving_.blocks_after(request.locator, peer, now.steady);
    if (blocks) send(peer, ledger::InventoryMessage{*std::move(blocks)});
}

void ServiceCore::on_payload(const Address& peer, const MessagePtr& /*message*/,
                             const ledger::GetMempoolMessage& /*request*/, Now now) {
    if (auto pooled = serving_.pooled(peer, now.steady)) send(peer, ledger::InventoryMessage{*std::move(pooled)});
}

void ServiceCore::on_payload(const Address& peer, const MessagePtr& /*message*/, const ledger::InventoryMessage& offer,
                             Now /*now*/) {
    if (auto missing = serving_.missing(offer.inventory)) request(peer, *std::move(missing));
}

void ServiceCore::on_payload(const Address& /*peer*/, const MessagePtr& /*message*/,
                             const ledger::TransactionMessage& /*one*/, Now /*now*/) {}

void ServiceCore::send(const Address& peer, MessagePayload payload) {
    actions_.emplace_back(SendTo{peer, message_of(std::move(payload))});
}

// It never expires, at one of many times that are as far away: a node that has seen the same bytes within the last
// minutes does not look at them again, and what is asked twice was not answered (spec/network.md §4).
ledger::GetResourceMessage ServiceCore::resource_request(ledger::Inventory inventory, std::uint16_t hops) {
    ByteArray<4> earlier{};
    ports_.random->fill(earlier);
    std::uint64_t ttl = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t at = 0; at < earlier.size(); ++at) ttl -= std::uint64_t{earlier[at]} << 8 * at;
    return {.inventory = std::move(inventory), .requester = settings_.own_address, .ttl = ttl, .hops_limit = hops};
}

void ServiceCore::request(const Address& peer, ledger::Inventory inventory) {
    send(peer, resource_request(std::move(inventory), 1));
}

void ServiceCore::flood(ledger::Inventory inventory) {
    actions_.emplace_back(Flood{kFloodPeers, message_of(resource_request(std::move(inventory), kFloodHops))});
}

ledger::MessageNonce ServiceCore::nonce() {
    ledger::MessageNonce out;
    ports_.random->fill(out.bytes);
    return out;
}

void ServiceCore::claim(const Address& peer, std::uint64_t height, Now now) {
    if (height <= chain_->tip().height.value) return;
    if (!is_plausible_height({height}, chain_->tip(), now.wall, settings_.consensus.minimum_block_time)) return;
    sync_.on_claim(peer, {height}, now.steady);
}

void ServiceCore::blame(const std::optional<Address>& peer, Misdeed misdeed, std::string text) {
    if (peer) actions_.emplace_back(Misbehaved{*peer, misdeed, std::move(text)});
}

// --- consensus ---

void ServiceCore::to_consensus(const MessagePtr& message, Now now) {
    const std::uint64_t round = message->routing_header().round;
    const std::uint64_t tip = chain_->tip().height.value;
    if (round <= tip || round - tip > consensus::kMostRoundDistance) return;
    // What is rejected says nothing of the peer: it may have been early for it, so that it handed on what it could not
    // look into, or it may have been given the other one of two votes.
    if (running_on_) {
        static_cast<void>(consensus_.on_message(message, now));
    } else if (unverified_.take(now.steady)) {
        static_cast<void>(consensus_.keep(message, *chain_->head().committees));
    }
}

void ServiceCore::on_payload(const Address& peer, const MessagePtr& message, const ledger::CandidateMessage& one,
                             Now now) {
    const ledger::BlockHeader& header = one.block.header;
    if (header.height.value != chain_->tip().height.value + 1) return to_consensus(message, now);
    if (find_broken(one.block)) return;
    const BlockPtr block(message, &one.block);
    if (attestations_.find(header.hash) != nullptr) return take_block({peer, block}, now);
    if (!sync_.in_sync()) {
        // Somebody proposes on top of our tip: this is where the network is.
        const bool fresh = header.timestamp + kFreshCandidate.count() >= unix_seconds(now.wall);
        if (!fresh || header.prev_block_hash != chain_->tip().hash) return to_consensus(message, now);
        const LedgerView ledger(chain_->store());
        if (!check_candidate(one.block, chain_->head(), ledger, now.wall, chain_->check_ports())) return;
        sync_.end();
        run_consensus(now);
    }
    to_consensus(message, now);
}

// --- quorums ---

void ServiceCore::on_payload(const Address& peer, const MessagePtr& message, const QuorumMessage& quorum, Now now) {
    const std::uint64_t round = quorum.header.round;
    const std::uint64_t tip = chain_->tip().height.value;
    if (round == tip + 1) {
        on_next_quorum(peer, message, quorum, now);
    } else if (round <= tip) {
        on_past_quorum(peer, message, quorum, now);
    } else {
        claim(peer, round - 1, now);
    }
}

void ServiceCore::on_next_quorum(const Address& peer, const MessagePtr& message, const QuorumMessage& quorum, Now now) {
    if (quorum.header.prev_block_hash != chain_->tip().hash) {
        // Others build on another block of our height.
        if (!branches_.is_forbidden(quorum.header.prev_block_hash) && unverified_.take(now.steady)) {
            request(peer, {.items = {ledger::BlockByHash{quorum.header.prev_block_hash}}, .max_entries = 1});
        }
        return;
    }
    if (verify_quorum(peer, quorum, *chain_->head().committees) != QuorumState::good) return;
    if (agrees_on_a_block(quorum)) {
        relay_quorum(message, quorum);
        on_agreed(peer, quorum, now);
    }
    if (running_on_ && chain_->tip().height.value < quorum.header.round) to_consensus(message, now);
}

// A block of the tip's height that may have to take its place.
void ServiceCore::on_past_quorum(const Address& peer, const MessagePtr& message, const QuorumMessage& quorum, Now now) {
    const Head& head = chain_->head();
    const auto block = quorum.attestation.result.vote.block();
    const bool may_win = quorum.header.round == head.tip.height.value && head.tip.height > chain_->last_final() &&
                         quorum.header.prev_block_hash == head.tip.prev_block_hash && agrees_on_a_block(quorum) &&
                         block && *block != head.tip.hash && quorum.header.iteration < head.tip.iteration;
    if (!may_win || head.tip_committees == nullptr) return;
    if (verify_quorum(peer, quorum, *head.tip_committees) != QuorumState::good) return;
    relay_quorum(message, quorum);
    on_agreed(peer, quorum, now);
}

ServiceCore::QuorumState ServiceCore::verify_quorum(const Address& peer, const QuorumMessage& quorum,
                                                    consensus::RoundCommittees& committees) {
    const Bytes key = key_of(quorum);
    if (good_quorums_.contains(key)) return QuorumState::known;
    const auto voters =
        consensus::verify_attestation(quorum.attestation, quorum.header, committees, {}, *ports_.signatures);
    if (!voters) {
        blame(peer, Misdeed::invalid_quorum, describe(voters.error()));
        return QuorumState::bad;
    }
    if (good_quorums_.size() >= kMostQuorums) good_quorums_.clear();
    good_quorums_.insert(key);
    return QuorumState::good;
}

void ServiceCore::relay_quorum(const MessagePtr& message, const QuorumMessage& quorum) {
    if (relayed_quorums_.size() >= kMostQuorums) relayed_quorums_.clear();
    if (relayed_quorums_.insert(key_of(quorum)).second) actions_.emplace_back(Broadcast{message});
}

}  // namespace dusk::chain
