// Messages between nodes (spec/consensus.md §3.6): version, topic, payload.
#pragma once

#include "ledger/block.hpp"
#include "ledger/inventory.hpp"

namespace dusk::ledger {

// Read and not compared with anything.
struct ProtocolVersion {
    std::uint8_t major = 1;
    std::uint16_t minor = 0;
    std::uint16_t patch = 0;

    [[nodiscard]] static ProtocolVersion read(WireReader& in);
    void write(Writer& out) const;
    bool operator==(const ProtocolVersion&) const = default;
};

// 8 bytes that the network does not interpret.
using MessageNonce = WireBytes<8, struct MessageNonceKind>;

// Payloads. `write` writes what follows the topic.
struct GetResourceMessage {
    static constexpr std::uint8_t kTopic = 8;
    Inventory inventory{};
    SocketAddress requester{};
    std::uint64_t ttl = 0;  // unix seconds after which it is too late
    std::uint16_t hops_limit = 0;

    [[nodiscard]] static GetResourceMessage read(WireReader& in);
    void write(Writer& out) const;
};
struct GetBlocksMessage {
    static constexpr std::uint8_t kTopic = 9;
    BlockHash locator{};
    MessageNonce nonce{};

    [[nodiscard]] static GetBlocksMessage read(WireReader& in);
    void write(Writer& out) const;
};
struct TransactionMessage {
    static constexpr std::uint8_t kTopic = 10;
    LedgerTransaction transaction{};

    [[nodiscard]] static TransactionMessage read(WireReader& in) { return {LedgerTransaction::read(in)}; }
    void write(Writer& out) const { transaction.write(out); }
};
struct BlockMessage {
    static constexpr std::uint8_t kTopic = 11;
    Block block{};

    [[nodiscard]] static BlockMessage read(WireReader& in) { return {Block::read(in)}; }
    void write(Writer& out) const { block.write(out); }
};
struct GetMempoolMessage {
    static constexpr std::uint8_t kTopic = 13;
    MessageNonce nonce{};

    [[nodiscard]] static GetMempoolMessage read(WireReader& in) { return {MessageNonce::read(in)}; }
    void write(Writer& out) const { nonce.write(out); }
};
struct InventoryMessage {
    static constexpr std::uint8_t kTopic = 14;
    Inventory inventory{};

    [[nodiscard]] static InventoryMessage read(WireReader& in) { return {Inventory::read(in)}; }
    void write(Writer& out) const { inventory.write(out); }
};
struct CandidateMessage {
    static constexpr std::uint8_t kTopic = 16;
    Block block{};

    [[nodiscard]] static CandidateMessage read(WireReader& in) { return {Block::read(in)}; }
    void write(Writer& out) const { block.write(out); }
};
struct ValidationMessage {
    static constexpr std::uint8_t kTopic = 17;
    ConsensusHeader header{};
    Vote vote{};
    SignInfo sign_info{};

    [[nodiscard]] Bytes signed_bytes() const { return signed_vote(header, VotingStep::validation, vote); }
    [[nodiscard]] static ValidationMessage read(WireReader& in);
    void write(Writer& out) const;
};
// The signature covers neither the time nor the validation result.
struct RatificationMessage {
    static constexpr std::uint8_t kTopic = 18;
    ConsensusHeader header{};
    Vote vote{};
    std::uint64_t timestamp = 0;  // unix seconds
    ValidationResult validation_result{};
    SignInfo sign_info{};

    [[nodiscard]] Bytes signed_bytes() const { return signed_vote(header, VotingStep::ratification, vote); }
    [[nodiscard]] static RatificationMessage read(WireReader& in);
    void write(Writer& out) const;
};
struct QuorumMessage {
    static constexpr std::uint8_t kTopic = 19;
    ConsensusHeader header{};
    Attestation attestation{};

    [[nodiscard]] static QuorumMessage read(WireReader& in);
    void write(Writer& out) const;
};
struct ValidationQuorumMessage {
    static constexpr std::uint8_t kTopic = 20;
    ConsensusHeader header{};
    ValidationResult result{};

    [[nodiscard]] static ValidationQuorumMessage read(WireReader& in);
    void write(Writer& out) const;
};

using MessagePayload = std::variant<GetResourceMessage, GetBlocksMessage, TransactionMessage, BlockMessage,
                                    GetMempoolMessage, InventoryMessage, CandidateMessage, ValidationMessage,
                                    RatificationMessage, QuorumMessage, ValidationQuorumMessage>;

struct Message {
    ProtocolVersion version{};
    MessagePayload payload{};

    [[nodiscard]] std::uint8_t topic() const;
    // By which the message is routed: that of the votes and quorums, one made of a candidate's block, else zero.
    [[nodiscard]] ConsensusHeader routing_header() const;
    // The step of the round that it belongs to: 3 i, 3 i + 1 or 3 i + 2, modulo 256. A ValidationQuorum counts as of
    // the first step, as on the network, though it ends the second.
    [[nodiscard]] std::uint8_t step() const;

    [[nodiscard]] static Message read(WireReader& in);
    void write(Writer& out) const;
};

}  // namespace dusk::ledger
