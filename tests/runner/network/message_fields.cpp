#include "network/message_fields.hpp"

#include <fmt/core.h>

#include "base/cases.hpp"
#include "consensus/fields.hpp"

namespace dusk::vectors {
namespace {

using namespace ledger;

void expect_text(std::string_view got, const Node& expected, Report& report) {
    report.expect(got == expected.text(), expected, fmt::format("is {} here", got));
}

void attestation(const Attestation& value, const Node& fields, Report& report) {
    report.expect(value.result.success == fields["success"].boolean(), fields, "another result");
    expect_vote(value.result.vote, fields["vote"], report);
    expect_step_votes(value.validation, fields["validation"], report);
    expect_step_votes(value.ratification, fields["ratification"], report);
}

void validation_result(const ValidationResult& value, const Node& fields, Report& report) {
    expect_step_votes(value.votes, fields["step_votes"], report);
    expect_vote(value.vote, fields["vote"], report);
    expect_number(static_cast<std::uint8_t>(value.quorum), fields["quorum"], report);
}

void sign_info(const SignInfo& value, const Node& fields, Report& report) {
    report.expect_bytes(value.signer.to_bytes(), fields["signer"]);
    report.expect_bytes(value.signature.bytes, fields["signature"]);
}

void item(const InventoryItem& value, const Node& fields, Report& report) {
    expect_number(value.index(), fields["type"], report);
    std::visit(Cases{[&](const PooledTransaction& one) { report.expect_bytes(one.id.bytes, fields["hash"]); },
                     [&](const BlockByHash& one) { report.expect_bytes(one.hash.bytes, fields["hash"]); },
                     [&](const BlockByHeight& one) { expect_number(one.height.value, fields["height"], report); },
                     [&](const CandidateByHash& one) { report.expect_bytes(one.hash.bytes, fields["hash"]); },
                     [&](const auto& one) { expect_consensus_header(one.header, fields["iteration"], report); }},
               value);
}

void inventory(const Inventory& value, const Node& fields, Report& report) {
    expect_number(value.max_entries, fields["max_entries"], report);
    const auto expected = fields["items"].items();
    report.expect(expected.size() == value.items.size(), fields, "has another number of items");
    for (std::size_t i = 0; i < std::min(expected.size(), value.items.size()); ++i) {
        item(value.items[i], expected[i], report);
    }
}

std::string_view name_of(TransactionFormat format) {
    switch (format) {
        case TransactionFormat::pre_aegis:
            return "PreAegis";
        case TransactionFormat::aegis:
            return "Aegis";
        case TransactionFormat::boreas:
            return "Boreas";
    }
    return "";
}

void transaction(const LedgerTransaction& value, const Node& fields, Report& report) {
    expect_number(value.version, fields["version"], report);
    expect_number(value.type, fields["type"], report);
    expect_text(name_of(value.format), fields["format"], report);
    report.expect_bytes(value.id().bytes, fields["id"]);
    report.expect_bytes(value.digest().bytes, fields["digest"]);
    report.expect_bytes(value.transaction.encode(value.format), fields["protocol"]);
}

void block_header(const BlockHeader& value, const Node& fields, Report& report) {
    expect_number(value.version, fields["version"], report);
    expect_number(value.height.value, fields["height"], report);
    expect_number(value.timestamp, fields["timestamp"], report);
    report.expect_bytes(value.prev_block_hash.bytes, fields["prev_block_hash"]);
    report.expect_bytes(value.seed.bytes, fields["seed"]);
    report.expect_bytes(value.state_root.bytes, fields["state_hash"]);
    report.expect_bytes(value.event_bloom.bytes(), fields["event_bloom"]);
    report.expect_bytes(value.generator.bytes, fields["generator"]);
    report.expect_bytes(value.transactions_root.bytes, fields["tx_root"]);
    report.expect_bytes(value.faults_root.bytes, fields["fault_root"]);
    expect_number(value.gas_limit.value, fields["gas_limit"], report);
    expect_number(value.iteration, fields["iteration"], report);
    attestation(value.prev_block_certificate, fields["prev_block_cert"], report);
    attestation(value.attestation, fields["attestation"], report);
    report.expect_bytes(value.hash.bytes, fields["hash"]);
    report.expect_bytes(value.signature.bytes, fields["signature"]);
    const auto expected = fields["failed_iterations"].items();
    const auto& iterations = value.failed_iterations.iterations;
    report.expect(iterations.size() == expected.size(), fields, "has another number of failed iterations");
    for (std::size_t i = 0; i < std::min(iterations.size(), expected.size()); ++i) {
        report.expect(iterations[i].has_value() != expected[i].is_null(), expected[i], "is there or not");
        if (!iterations[i] || expected[i].is_null()) continue;
        attestation(iterations[i]->attestation, expected[i]["attestation"], report);
        report.expect_bytes(iterations[i]->generator.bytes, expected[i]["generator"]);
    }
}

void block(const Block& value, const Node& fields, Report& report) {
    block_header(value.header, fields["header"], report);
    const auto transactions = fields["transactions"].items();
    const auto faults = fields["faults"].items();
    report.expect(transactions.size() == value.transactions.size() && faults.size() == value.faults.size(), fields,
                  "has other numbers of transactions or faults");
    for (std::size_t i = 0; i < std::min(transactions.size(), value.transactions.size()); ++i) {
        transaction(value.transactions[i], transactions[i], report);
    }
    for (std::size_t i = 0; i < std::min(faults.size(), value.faults.size()); ++i) {
        report.expect_bytes(encode(value.faults[i]), faults[i]);
    }
}

struct PayloadFields {
    const Node& fields;
    Report& report;

    void operator()(const GetResourceMessage& message) const {
        inventory(message.inventory, fields["inventory"], report);
        expect_text(message.requester.to_text(), fields["requester"], report);
        expect_number(message.ttl, fields["expires"], report);
        expect_number(message.hops_limit, fields["hops"], report);
    }
    void operator()(const GetBlocksMessage& message) const {
        report.expect_bytes(message.locator.bytes, fields["locator"]);
        report.expect_bytes(message.nonce.bytes, fields["nonce"]);
    }
    void operator()(const TransactionMessage& message) const { transaction(message.transaction, fields, report); }
    void operator()(const BlockMessage& message) const { block(message.block, fields, report); }
    void operator()(const GetMempoolMessage& message) const {
        report.expect_bytes(message.nonce.bytes, fields["nonce"]);
    }
    void operator()(const InventoryMessage& message) const { inventory(message.inventory, fields, report); }
    void operator()(const CandidateMessage& message) const { block(message.block, fields, report); }
    void operator()(const ValidationMessage& message) const {
        expect_consensus_header(message.header, fields["header"], report);
        expect_vote(message.vote, fields["vote"], report);
        sign_info(message.sign_info, fields["sign_info"], report);
    }
    void operator()(const RatificationMessage& message) const {
        expect_consensus_header(message.header, fields["header"], report);
        expect_vote(message.vote, fields["vote"], report);
        expect_number(message.timestamp, fields["timestamp"], report);
        validation_result(message.validation_result, fields["validation_result"], report);
        sign_info(message.sign_info, fields["sign_info"], report);
    }
    void operator()(const QuorumMessage& message) const {
        expect_consensus_header(message.header, fields["header"], report);
        attestation(message.attestation, fields["attestation"], report);
    }
    void operator()(const ValidationQuorumMessage& message) const {
        expect_consensus_header(message.header, fields["header"], report);
        validation_result(message.result, fields["result"], report);
    }
};

std::string_view topic_name(std::uint8_t topic) {
    switch (topic) {
        case GetResourceMessage::kTopic:
            return "GetResource";
        case GetBlocksMessage::kTopic:
            return "GetBlocks";
        case TransactionMessage::kTopic:
            return "Tx";
        case BlockMessage::kTopic:
            return "Block";
        case GetMempoolMessage::kTopic:
            return "GetMempool";
        case InventoryMessage::kTopic:
            return "Inv";
        case CandidateMessage::kTopic:
            return "Candidate";
        case ValidationMessage::kTopic:
            return "Validation";
        case RatificationMessage::kTopic:
            return "Ratification";
        case QuorumMessage::kTopic:
            return "Quorum";
        case ValidationQuorumMessage::kTopic:
            return "ValidationQuorum";
        default:
            return "";
    }
}

}  // namespace

void expect_message(const Message& message, const Node& fields, Report& report) {
    expect_text(fmt::format("{}.{}.{}", message.version.major, message.version.minor, message.version.patch),
                fields["version"], report);
    expect_number(message.topic(), fields["topic"], report);
    expect_topic(message, fields["topic_name"], report);
    const Node payload = fields["payload"];
    std::visit(PayloadFields{payload, report}, message.payload);
}

void expect_frame_result(ByteView frame, const Node& result, Report& report) {
    WireReader in(frame);
    const Message message = Message::read(in);
    if (result.has("error") && !result["error"].is_null()) {
        if (in.ok()) result["error"].complain("is a message here");
        const bool is_short = in.error()->fault == WireFault::short_input;
        report.expect(result["error"].text().starts_with(is_short ? "UnexpectedEof" : "InvalidData"), result["error"],
                      "fails in another way: " + describe(*in.error()));
        return;
    }
    if (!in.ok()) result.complain("is no message here: " + describe(*in.error()));
    const std::size_t unread = frame.size() - in.position();
    expect_number(unread, result["unread_bytes"], report);
    report.expect(equal(encode(message), frame.first(in.position())) == result["reencodes_identically"].boolean(),
                  result, "is written again as it was, or not");
    expect_message(message, result["ok"], report);
}

Message message_of(ByteView frame, const Node& node, Report& report) {
    const auto message = decode<Message>(frame);
    if (!message) node.complain("is no message here: " + describe(message.error()));
    report.expect(equal(encode(*message), frame), node, "is written in another way");
    return *message;
}

void expect_frame(ByteView frame, const Node& fields, Report& report) {
    const Message message = message_of(frame, fields, report);
    if (!fields.is_null()) expect_message(message, fields, report);
}

void expect_topic(const Message& message, const Node& name, Report& report) {
    expect_text(topic_name(message.topic()), name, report);
}

}  // namespace dusk::vectors
