#include "sim/adversary.hpp"

#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

using consensus::MessagePtr;
using ledger::Vote;

MessagePtr message_of(ledger::MessagePayload payload) {
    return std::make_shared<const ledger::Message>(ledger::Message{{}, std::move(payload)});
}

}  // namespace

Adversary::Adversary(const Plan& plan, Hands hands)
    : plan_(plan), hands_(std::move(hands)), draws_(plan.seed, "adversary") {
    for (NodeIndex i = 0; i < plan.participants.size(); ++i) {
        if (plan.participants[i].byzantine) nodes_.push_back(i);
    }
}

void Adversary::on_broadcast(NodeIndex node, const MessagePtr& message) {
    if (!is_own(node, *message)) return on_relayed(node, message);
    if (std::holds_alternative<ledger::CandidateMessage>(message->payload)) return on_own_candidate(node, message);
    on_own_vote(node, message);
}

bool Adversary::is_own(NodeIndex node, const ledger::Message& message) const {
    const crypto::BlsPublicKey& key = sim_key(node).key;
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message.payload)) {
        return vote->sign_info.signer == key;
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&message.payload)) {
        return vote->sign_info.signer == key;
    }
    if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&message.payload)) {
        return candidate->block.header.generator.bytes == key.to_bytes();
    }
    return false;
}

void Adversary::on_own_candidate(NodeIndex node, const MessagePtr& message) {
    const Misconduct& what = conduct(node);
    const ledger::Block& block = std::get<ledger::CandidateMessage>(message->payload).block;
    if (draws_.chance(what.withhold_candidate)) return;
    if (draws_.chance(what.invalid_candidate)) return say(node, signed_candidate(node, broken(block)));
    if (!draws_.chance(what.equivocate_candidate)) return say(node, message);
    // As good as the other one: only the time differs.
    ledger::Block second = block;
    ++second.header.timestamp;
    const MessagePtr other = signed_candidate(node, std::move(second));
    saw(other);
    const double both = draws_.unit() * 0.3;
    for (NodeIndex to = 0; to < plan_.participants.size(); ++to) {
        const bool first = draws_.chance(0.5);
        const bool each = draws_.chance(both);
        if (first || each) hands_.send(node, to, message, {});
        if (!first || each) hands_.send(node, to, other, {});
    }
}

void Adversary::on_own_vote(NodeIndex node, const MessagePtr& message) {
    const Misconduct& what = conduct(node);
    if (draws_.chance(what.withhold_vote)) return;
    if (draws_.chance(what.equivocate_vote)) {
        if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message->payload)) {
            say_to_some(node, validation(node, vote->header, some_vote()), draws_.unit());
        } else if (const auto* second = std::get_if<ledger::RatificationMessage>(&message->payload)) {
            ledger::ValidationResult result = second->validation_result;
            result.vote = some_vote();
            say_to_some(node, ratification(node, second->header, result.vote, result), draws_.unit());
        }
    }
    say(node, message);
}

void Adversary::on_relayed(NodeIndex node, const MessagePtr& message) {
    const Misconduct& what = conduct(node);
    if (draws_.chance(what.withhold_relay)) return;
    const auto* candidate = std::get_if<ledger::CandidateMessage>(&message->payload);
    if (candidate == nullptr || !draws_.chance(what.alter_relayed)) return hands_.broadcast(node, message);
    ledger::Block altered = candidate->block;
    switch (draws_.below(3)) {
        case 0:
            draws_.fill(altered.header.state_root.bytes);
            break;
        case 1:
            if (!altered.transactions.empty()) altered.transactions.pop_back();
            ++altered.header.timestamp;
            break;
        default:
            altered.header.failed_iterations.iterations.resize(1);
    }
    say_to_some(node, message_of(ledger::CandidateMessage{std::move(altered)}), 1);
}

void Adversary::say(NodeIndex node, const MessagePtr& message) {
    const Misconduct& what = conduct(node);
    if (draws_.chance(what.delay_own)) {
        const auto later = draws_.waiting(std::chrono::seconds(15));
        for (NodeIndex to = 0; to < plan_.participants.size(); ++to) hands_.send(node, to, message, later);
    } else if (draws_.chance(what.send_to_few)) {
        say_to_some(node, message, draws_.unit());
    } else {
        hands_.broadcast(node, message);
    }
}

void Adversary::say_to_some(NodeIndex node, const MessagePtr& message, double part) {
    for (NodeIndex to = 0; to < plan_.participants.size(); ++to) {
        if (draws_.chance(part)) hands_.send(node, to, message, {});
    }
}

void Adversary::say_something(NodeIndex node, const MessagePtr& message) {
    if (draws_.chance(0.3)) return hands_.broadcast(node, message);
    say_to_some(node, message, draws_.unit());
}

MessagePtr Adversary::signed_candidate(NodeIndex node, ledger::Block block) const {
    block.header.hash = block.header.content_hash();
    block.header.signature = hands_.sign(node, block.header.hash.bytes);
    return message_of(ledger::CandidateMessage{std::move(block)});
}

ledger::Block Adversary::broken(ledger::Block block) {
    ledger::BlockHeader& header = block.header;
    switch (draws_.below(13)) {
        case 0:
            draws_.fill(header.state_root.bytes);
            break;
        case 1:
            header.timestamp -= 20;
            break;
        case 2:
            header.timestamp += 1000;
            break;
        case 3:
            draws_.fill(header.seed.bytes);
            break;
        case 4:
            header.prev_block_certificate = {};
            break;
        case 5:
            header.failed_iterations.iterations.assign(8, ledger::FailedIteration{});
            break;
        case 6:
            header.generator = {sim_key(draws_.pick(nodes_)).key.to_bytes()};
            break;
        case 7:
            ++header.iteration;
            break;
        case 8:
            header.gas_limit = {~std::uint64_t{0}};
            break;
        case 9:
            header.version = 2;
            break;
        case 10:
            draws_.fill(header.transactions_root.bytes);
            break;
        case 11:
            ++header.height.value;
            break;
        default:
            if (!block.transactions.empty()) block.transactions.push_back(block.transactions.front());
            header.transactions_root = ledger::transactions_root(block.transactions);
            header.event_bloom = {};
    }
    return block;
}

MessagePtr Adversary::validation(NodeIndex node, const ledger::ConsensusHeader& header, const Vote& vote) const {
    const Bytes signs = ledger::signed_vote(header, ledger::VotingStep::validation, vote);
    return message_of(ledger::ValidationMessage{header, vote, {sim_key(node).key, hands_.sign(node, signs)}});
}

MessagePtr Adversary::ratification(NodeIndex node, const ledger::ConsensusHeader& header, const Vote& vote,
                                   const ledger::ValidationResult& result) const {
    const Bytes signs = ledger::signed_vote(header, ledger::VotingStep::ratification, vote);
    return message_of(
        ledger::RatificationMessage{header, vote, 0, result, {sim_key(node).key, hands_.sign(node, signs)}});
}

Vote Adversary::some_vote() {
    ledger::BlockHash hash{};
    if (!hashes_.empty() && draws_.chance(0.8)) {
        hash = hashes_[draws_.below(hashes_.size())];
    } else {
        draws_.fill(hash.bytes);
    }
    switch (draws_.below(5)) {
        case 0:
            return Vote::no_candidate();
        case 1:
            return Vote::no_quorum();
        case 2:
            return Vote::invalid(hash);
        default:
            return Vote::valid(hash);
    }
}

ledger::ConsensusHeader Adversary::some_header() {
    ledger::ConsensusHeader out = last_header_;
    if (draws_.chance(0.3)) out.round += draws_.below(13);
    if (draws_.chance(0.1)) out.round -= std::min<std::uint64_t>(out.round, 2);
    if (draws_.chance(0.4)) out.iteration = static_cast<std::uint8_t>(draws_.below(256));
    if (draws_.chance(0.4)) out.iteration = static_cast<std::uint8_t>(out.iteration + draws_.below(4));
    if (draws_.chance(0.1)) draws_.fill(out.prev_block_hash.bytes);
    return out;
}

ledger::StepVotes Adversary::forged_votes(NodeIndex node, const ledger::ConsensusHeader& header,
                                          ledger::VotingStep step, const Vote& vote) {
    ledger::StepVotes out{.voters = draws_.chance(0.5) ? ~std::uint64_t{0} : draws_.next(), .signature = {}};
    if (draws_.chance(0.7)) {
        out.signature = hands_.sign(node, ledger::signed_vote(header, step, vote));
    } else if (draws_.chance(0.5)) {
        draws_.fill(out.signature.bytes);
    }
    return out;
}

void Adversary::saw(const MessagePtr& message) {
    if (nodes_.empty()) return;
    recent_.push_back(message);
    if (recent_.size() > 128) {
        if (old_.size() < 128) {
            old_.push_back(recent_.front());
        } else if (draws_.chance(0.02)) {
            old_[draws_.below(old_.size())] = recent_.front();
        }
        recent_.pop_front();
    }
    if (message->topic() < ledger::CandidateMessage::kTopic) return;
    last_header_ = message->routing_header();
    const auto* candidate = std::get_if<ledger::CandidateMessage>(&message->payload);
    if (candidate == nullptr) return;
    const ledger::BlockHash hash = candidate->block.header.hash;
    hashes_.push_back(hash);
    if (hashes_.size() > 8) hashes_.pop_front();
    const ledger::ConsensusHeader header = message->routing_header();
    for (const NodeIndex node : nodes_) {
        if (!draws_.chance(conduct(node).vote_for_all)) continue;
        const auto result = ledger::ValidationResult{
            .votes = forged_votes(node, header, ledger::VotingStep::validation, Vote::valid(hash)),
            .vote = Vote::valid(hash),
            .quorum = ledger::QuorumType::valid};
        for (NodeIndex to = 0; to < plan_.participants.size(); ++to) {
            hands_.send(node, to, validation(node, header, Vote::valid(hash)), {});
            hands_.send(node, to, ratification(node, header, Vote::valid(hash), result),
                        draws_.waiting(std::chrono::seconds(2)));
        }
    }
}

MessagePtr Adversary::remembered() {
    if (recent_.empty()) return {};
    if (!old_.empty() && draws_.chance(0.5)) return draws_.pick(old_);
    return recent_[draws_.below(recent_.size())];
}

template <class Payload>
MessagePtr Adversary::remembered_of() {
    for (std::size_t i = recent_.size(); i > 0; --i) {
        if (std::holds_alternative<Payload>(recent_[i - 1]->payload)) return recent_[i - 1];
    }
    return {};
}

std::optional<std::chrono::nanoseconds> Adversary::pause(NodeIndex node) {
    const Misconduct& what = conduct(node);
    const double a_minute =
        what.stuffing + what.forging + what.replaying + what.malformed + what.lying + what.pestering;
    if (a_minute <= 0) return {};
    return draws_.waiting(std::chrono::nanoseconds(static_cast<std::int64_t>(60e9 / a_minute)));
}

void Adversary::act(NodeIndex node) {
    const Misconduct& what = conduct(node);
    double left =
        draws_.unit() * (what.stuffing + what.forging + what.replaying + what.malformed + what.lying + what.pestering);
    const auto is = [&](double rate) {
        left -= rate;
        return left < 0;
    };
    if (is(what.stuffing)) return stuff(node);
    if (is(what.forging)) return forge(node);
    if (is(what.replaying)) {
        if (const MessagePtr old = remembered()) say_to_some(node, old, draws_.unit());
        return;
    }
    if (is(what.malformed)) return garble(node);
    if (is(what.lying)) return lie(node);
    pester(node);
}

void Adversary::stuff(NodeIndex node) {
    for (std::uint64_t i = draws_.between(1, 10); i > 0; --i) {
        const ledger::ConsensusHeader header = some_header();
        const Vote vote = some_vote();
        if (draws_.chance(0.5)) {
            say_something(node, validation(node, header, vote));
        } else {
            const ledger::ValidationResult result{
                .votes = forged_votes(node, header, ledger::VotingStep::validation, vote),
                .vote = draws_.chance(0.9) ? vote : some_vote(),
                .quorum = ledger::QuorumType::valid};
            say_something(node, ratification(node, header, vote, result));
        }
    }
}

void Adversary::forge(NodeIndex node) {
    const ledger::ConsensusHeader header = some_header();
    const Vote vote = some_vote();
    const auto validated = forged_votes(node, header, ledger::VotingStep::validation, vote);
    const auto ratified = forged_votes(node, header, ledger::VotingStep::ratification, vote);
    const ledger::Attestation attestation{{draws_.chance(0.5), vote}, validated, ratified};
    switch (draws_.below(3)) {
        case 0:
            return say_something(node, message_of(ledger::QuorumMessage{header, attestation}));
        case 1:
            return say_something(node, message_of(ledger::ValidationQuorumMessage{
                                           header, {validated, vote, ledger::QuorumType::valid}}));
        default: {
            const MessagePtr candidate = remembered_of<ledger::CandidateMessage>();
            if (!candidate) return;
            ledger::Block block = std::get<ledger::CandidateMessage>(candidate->payload).block;
            block.header.attestation = attestation;
            block.header.attestation.result = {true, Vote::valid(block.header.hash)};
            say_something(node, message_of(ledger::BlockMessage{std::move(block)}));
        }
    }
}

void Adversary::garble(NodeIndex node) {
    const MessagePtr original = remembered();
    if (!original) return;
    Bytes encoded = ledger::encode(*original);
    for (std::uint64_t i = draws_.between(1, 4); i > 0; --i) {
        encoded[draws_.below(encoded.size())] ^= static_cast<std::uint8_t>(draws_.between(1, 255));
    }
    if (draws_.chance(0.2)) encoded.resize(draws_.below(encoded.size()));
    // What does not decode never gets beyond the transport.
    if (auto decoded = ledger::decode<ledger::Message>(encoded)) {
        say_something(node, std::make_shared<const ledger::Message>(*std::move(decoded)));
    }
}

void Adversary::lie(NodeIndex node) {
    const std::uint64_t ahead = draws_.between(2, 300);
    const MessagePtr candidate = remembered_of<ledger::CandidateMessage>();
    if (candidate && draws_.chance(0.5)) {
        ledger::Block block = std::get<ledger::CandidateMessage>(candidate->payload).block;
        block.header.height.value += ahead;
        block.header.timestamp += draws_.chance(0.5) ? 10 * ahead : 0;
        draws_.fill(block.header.prev_block_hash.bytes);
        const auto vote = Vote::valid(block.header.content_hash());
        block.header.attestation = {{true, vote},
                                    forged_votes(node, last_header_, ledger::VotingStep::validation, vote),
                                    forged_votes(node, last_header_, ledger::VotingStep::ratification, vote)};
        block.header.hash = block.header.content_hash();
        block.header.signature = hands_.sign(node, block.header.hash.bytes);
        return say_something(node, message_of(ledger::BlockMessage{std::move(block)}));
    }
    ledger::ConsensusHeader header = last_header_;
    header.round += ahead;
    const Vote vote = some_vote();
    say_something(
        node, message_of(ledger::QuorumMessage{header,
                                               {ledger::RatificationResult::of(vote),
                                                forged_votes(node, header, ledger::VotingStep::validation, vote),
                                                forged_votes(node, header, ledger::VotingStep::ratification, vote)}}));
}

void Adversary::pester(NodeIndex node) {
    ledger::Inventory inventory{.items = {}, .max_entries = static_cast<std::uint16_t>(draws_.below(3) * 30'000)};
    for (std::uint64_t i = draws_.between(1, 1500); i > 0; --i) {
        ledger::BlockHash hash{};
        draws_.fill(hash.bytes);
        switch (draws_.below(6)) {
            case 0:
                inventory.items.emplace_back(ledger::PooledTransaction{{hash.bytes}});
                break;
            case 1:
                inventory.items.emplace_back(ledger::BlockByHash{hash});
                break;
            case 2:
                inventory.items.emplace_back(ledger::BlockByHeight{{draws_.below(100)}});
                break;
            case 3:
                inventory.items.emplace_back(ledger::CandidateByHash{hash});
                break;
            case 4:
                inventory.items.emplace_back(ledger::CandidateOfIteration{some_header()});
                break;
            default:
                inventory.items.emplace_back(ledger::ValidationResultOf{some_header()});
        }
    }
    const auto to = static_cast<NodeIndex>(draws_.below(plan_.participants.size()));
    switch (draws_.below(4)) {
        case 0:
            return hands_.send(node, to, message_of(ledger::InventoryMessage{std::move(inventory)}), {});
        case 1: {
            // Answers go to somebody else.
            const auto other = static_cast<std::uint8_t>(draws_.below(plan_.participants.size()));
            return hands_.send(node, to,
                               message_of(ledger::GetResourceMessage{
                                   std::move(inventory), {ByteArray<4>{10, 0, 0, other}, 9000}, ~std::uint64_t{0}, 16}),
                               {});
        }
        case 2: {
            ledger::GetBlocksMessage ask{};
            if (!hashes_.empty()) ask.locator = hashes_.front();
            draws_.fill(ask.nonce.bytes);
            return hands_.send(node, to, message_of(ask), {});
        }
        default: {
            ledger::GetMempoolMessage ask{};
            draws_.fill(ask.nonce.bytes);
            return hands_.send(node, to, message_of(ask), {});
        }
    }
}

}  // namespace dusk::sim
