#include "fields.hpp"

namespace dusk::vectors {

using ledger::Vote;

void expect_number(std::uint64_t got, const Node& expected, Report& report) {
    report.expect(got == expected.u64(), expected, "is another number");
}

void expect_consensus_header(const ledger::ConsensusHeader& header, const Node& fields, Report& report) {
    report.expect_bytes(header.prev_block_hash.bytes, fields["prev_block_hash"]);
    expect_number(header.round, fields["round"], report);
    expect_number(header.iteration, fields["iteration"], report);
}

void expect_vote(const Vote& vote, const Node& fields, Report& report) {
    constexpr std::array<std::string_view, 4> kKinds{"NoCandidate", "Valid", "Invalid", "NoQuorum"};
    report.expect(kKinds.at(static_cast<std::size_t>(vote.kind())) == fields["kind"].text(), fields, "another vote");
    report.expect(vote.block().has_value() == fields.has("hash"), fields, "names a block or not");
    if (vote.block() && fields.has("hash")) report.expect_bytes(vote.block()->bytes, fields["hash"]);
}

void expect_step_votes(const ledger::StepVotes& votes, const Node& fields, Report& report) {
    expect_number(votes.voters, fields["bitset"], report);
    report.expect_bytes(votes.signature.bytes, fields["signature"]);
}

void expect_attestation(const ledger::Attestation& attestation, const Node& fields, Report& report) {
    report.expect(attestation.result.success == (fields["result"].text() == "Success"), fields, "another result");
    expect_vote(attestation.result.vote, fields["vote"], report);
    expect_step_votes(attestation.validation, fields["validation"], report);
    expect_step_votes(attestation.ratification, fields["ratification"], report);
}

void expect_header(const ledger::BlockHeader& header, const Node& fields, Report& report) {
    expect_number(header.version, fields["version"], report);
    expect_number(header.height.value, fields["height"], report);
    expect_number(header.timestamp, fields["timestamp"], report);
    report.expect_bytes(header.prev_block_hash.bytes, fields["prev_block_hash"]);
    report.expect_bytes(header.seed.bytes, fields["seed"]);
    report.expect_bytes(header.state_root.bytes, fields["state_hash"]);
    report.expect_bytes(header.event_bloom.bytes(), fields["event_bloom"]);
    report.expect_bytes(header.generator.bytes, fields["generator"]);
    report.expect_bytes(header.transactions_root.bytes, fields["txroot"]);
    report.expect_bytes(header.faults_root.bytes, fields["faultroot"]);
    expect_number(header.gas_limit.value, fields["gas_limit"], report);
    expect_number(header.iteration, fields["iteration"], report);
    expect_attestation(header.prev_block_certificate, fields["prev_block_cert"], report);
    expect_attestation(header.attestation, fields["att"], report);
    report.expect_bytes(header.hash.bytes, fields["hash"]);
    report.expect_bytes(header.signature.bytes, fields["signature"]);

    const auto expected = fields["failed_iterations"].items();
    const auto& iterations = header.failed_iterations.iterations;
    report.expect(iterations.size() == expected.size(), fields, "has another number of failed iterations");
    for (std::size_t i = 0; i < std::min(iterations.size(), expected.size()); ++i) {
        report.expect(iterations[i].has_value() != expected[i].is_null(), expected[i], "is there or not");
        if (!iterations[i] || expected[i].is_null()) continue;
        expect_attestation(iterations[i]->attestation, expected[i]["attestation"], report);
        report.expect_bytes(iterations[i]->generator.bytes, expected[i]["generator"]);
    }
}

}  // namespace dusk::vectors
