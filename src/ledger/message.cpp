#include "ledger/message.hpp"

#include <concepts>

namespace dusk::ledger {

ProtocolVersion ProtocolVersion::read(WireReader& in) {
    ProtocolVersion out;
    out.major = in.u8();
    out.minor = in.le<std::uint16_t>();
    out.patch = in.le<std::uint16_t>();
    return out;
}

void ProtocolVersion::write(Writer& out) const { out.u8(major).le(minor).le(patch); }

GetResourceMessage GetResourceMessage::read(WireReader& in) {
    GetResourceMessage out;
    out.inventory = Inventory::read(in);
    out.requester = read_socket_address(in);
    out.ttl = in.le<std::uint64_t>();
    out.hops_limit = in.le<std::uint16_t>();
    return out;
}

void GetResourceMessage::write(Writer& out) const {
    inventory.write(out);
    ledger::write(out, requester);
    out.le(ttl).le(hops_limit);
}

GetBlocksMessage GetBlocksMessage::read(WireReader& in) {
    GetBlocksMessage out;
    out.locator = BlockHash::read(in);
    out.nonce = MessageNonce::read(in);
    return out;
}

void GetBlocksMessage::write(Writer& out) const {
    locator.write(out);
    nonce.write(out);
}

ValidationMessage ValidationMessage::read(WireReader& in) {
    ValidationMessage out;
    out.header = ConsensusHeader::read(in);
    out.vote = Vote::read(in);
    out.sign_info = SignInfo::read(in);
    return out;
}

void ValidationMessage::write(Writer& out) const {
    header.write(out);
    vote.write(out);
    sign_info.write(out);
}

RatificationMessage RatificationMessage::read(WireReader& in) {
    RatificationMessage out;
    out.header = ConsensusHeader::read(in);
    out.vote = Vote::read(in);
    out.timestamp = in.le<std::uint64_t>();
    out.validation_result = ValidationResult::read(in);
    out.sign_info = SignInfo::read(in);
    return out;
}

void RatificationMessage::write(Writer& out) const {
    header.write(out);
    vote.write(out);
    out.le(timestamp);
    validation_result.write(out);
    sign_info.write(out);
}

QuorumMessage QuorumMessage::read(WireReader& in) {
    QuorumMessage out;
    out.header = ConsensusHeader::read(in);
    out.attestation = Attestation::read(in);
    return out;
}

void QuorumMessage::write(Writer& out) const {
    header.write(out);
    attestation.write(out);
}

ValidationQuorumMessage ValidationQuorumMessage::read(WireReader& in) {
    ValidationQuorumMessage out;
    out.header = ConsensusHeader::read(in);
    out.result = ValidationResult::read(in);
    return out;
}

void ValidationQuorumMessage::write(Writer& out) const {
    header.write(out);
    result.write(out);
}

namespace {

// The payload whose type has this topic.
template <std::size_t I = 0>
MessagePayload read_payload(std::uint8_t topic, std::size_t at, WireReader& in) {
    if constexpr (I == std::variant_size_v<MessagePayload>) {
        in.refuse(WireFault::unknown_topic, at);
        return {};
    } else {
        using Payload = std::variant_alternative_t<I, MessagePayload>;
        if (topic == Payload::kTopic) return Payload::read(in);
        return read_payload<I + 1>(topic, at, in);
    }
}

template <class Payload>
concept HasHeader = requires(const Payload& payload) {
    { payload.header } -> std::convertible_to<ConsensusHeader>;
};

Step step_in_iteration(const MessagePayload& payload) {
    if (std::holds_alternative<ValidationMessage>(payload)) return Step::validation;
    if (std::holds_alternative<RatificationMessage>(payload) || std::holds_alternative<QuorumMessage>(payload)) {
        return Step::ratification;
    }
    return Step::proposal;
}

}  // namespace

std::uint8_t Message::topic() const {
    return std::visit([]<class Payload>(const Payload&) { return Payload::kTopic; }, payload);
}

ConsensusHeader Message::routing_header() const {
    return std::visit(
        []<class Payload>(const Payload& body) -> ConsensusHeader {
            if constexpr (HasHeader<Payload>) {
                return body.header;
            } else if constexpr (std::same_as<Payload, CandidateMessage>) {
                return consensus_header(body.block.header);
            } else {
                return {};
            }
        },
        payload);
}

std::uint8_t Message::step() const { return step_number(routing_header().iteration, step_in_iteration(payload)); }

Message Message::read(WireReader& in) {
    Message out;
    out.version = ProtocolVersion::read(in);
    const std::size_t at = in.position();
    const std::uint8_t topic = in.u8();
    out.payload = read_payload(topic, at, in);
    return out;
}

void Message::write(Writer& out) const {
    version.write(out);
    out.u8(topic());
    std::visit([&](const auto& body) { body.write(out); }, payload);
}

}  // namespace dusk::ledger
