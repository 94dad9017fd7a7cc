// Fields of the files of consensus against decoded values.
#pragma once

#include "ledger/block.hpp"
#include "report.hpp"

namespace dusk::vectors {

void expect_number(std::uint64_t got, const Node& expected, Report& report);
void expect_consensus_header(const ledger::ConsensusHeader& header, const Node& fields, Report& report);
void expect_vote(const ledger::Vote& vote, const Node& fields, Report& report);
void expect_step_votes(const ledger::StepVotes& votes, const Node& fields, Report& report);
void expect_attestation(const ledger::Attestation& attestation, const Node& fields, Report& report);
void expect_header(const ledger::BlockHeader& header, const Node& fields, Report& report);

// The value of the bytes, which it writes again; a failure ends the case.
template <class T>
T read_back(const Node& hex, Report& report) {
    const auto value = ledger::decode<T>(hex.hex());
    if (!value) hex.complain(describe(value.error()));
    report.expect_bytes(ledger::encode(*value), hex);
    return *value;
}

}  // namespace dusk::vectors
