// faults.json: bytes, ids, who is accused and what it costs, and whether it holds in a block.
#include "consensus/bls_signatures.hpp"
#include "consensus/fault_rules.hpp"
#include "execution/penalties.hpp"
#include "fields.hpp"

namespace dusk::vectors {
namespace {

using ledger::Fault;

std::string_view reference_error(consensus::FaultError error) {
    switch (error) {
        case consensus::FaultError::other_iteration:
            return "IterationMismatch";
        case consensus::FaultError::other_round:
            return "RoundMismatch";
        case consensus::FaultError::other_parent:
            return "PrevHashMismatch";
        case consensus::FaultError::other_signer:
            return "SignerMismatch";
        case consensus::FaultError::duplicated:
            return "Duplicated";
        case consensus::FaultError::genesis:
            return "Genesis";
        case consensus::FaultError::expired:
            return "Expired";
        case consensus::FaultError::future:
            return "Future";
        case consensus::FaultError::invalid_signature:
            return "InvalidSignature";
        default:
            return "";
    }
}

// The function that gave the results looks neither at the ledger nor at the iteration; the node does.
void expect_verdict(const Fault& fault, const Node& c, Report& report) {
    consensus::BlsSignatures signatures;
    const auto found = consensus::check_fault(fault, {c["height"].u64()}, signatures);
    const Node result = c["result"];
    const bool is_emergency = !found && found.error() == consensus::FaultError::emergency_iteration;
    report.expect((found.has_value() || is_emergency) == result["ok"].boolean(), c, "holds or not");
    if (found || is_emergency) {
        report.expect(is_emergency == (consensus::header_of(fault).iteration >= 16), c, "is an emergency or not");
        return expect_consensus_header(consensus::header_of(fault), result["header"], report);
    }
    // Of a signature the reference says more.
    const std::string error = result["error"].text();
    report.expect(error.substr(0, error.find('(')) == reference_error(found.error()), result["error"],
                  "is another reason: " + std::string(to_string(found.error())));
}

void one_fault(const Node& c, Report& report) {
    c["name"].describe();
    const auto fault = read_back<Fault>(c["hex"], report);
    report.expect_bytes(fault.id().bytes, c["id"]);
    report.expect_bytes(fault.culprit().to_bytes(), c["culprit"]);
    report.expect(fault.size_in_candidate() == c["generation_size"].u64(), c["generation_size"], "is another size");
    const auto penalties = execution::penalties({}, {&fault, 1});
    const std::string slash = "HardWithSeverity(" + std::to_string(execution::Penalty::kFaultSeverity) + ")";
    report.expect(penalties.size() == 1 && slash == c["slash"].text(), c["slash"], "is another penalty");
    expect_verdict(fault, c, report);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node faults = root["faults"];
    for (const Node& c : faults["faults"].items()) {
        report.run(c, [&] { one_fault(c, report); });
    }
    for (const Node& c : faults["same"].items()) {
        report.run(c, [&] {
            const auto a = read_back<Fault>(c["a"], report);
            const auto b = read_back<Fault>(c["b"], report);
            const bool same = c["same"].boolean();
            report.expect(a.is_about_the_same(b) == same, c, "are about the same or not");
            report.expect((consensus::subject_of(a) == consensus::subject_of(b)) == same, c, "have one subject or not");
        });
    }
}

const Registered registered{{"consensus", "faults", {"faults", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
