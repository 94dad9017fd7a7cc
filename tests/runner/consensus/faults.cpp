// faults.json: bytes, ids, who is accused and what it costs; whether a fault holds is left for later.
#include "execution/penalties.hpp"
#include "fields.hpp"
#include "later.hpp"

namespace dusk::vectors {
namespace {

using ledger::Fault;

bool both_signed(const Fault& fault) {
    return std::ranges::all_of(
        fault.claims(), [](const Fault::Claim& claim) { return verify(claim.sign_info, claim.message).has_value(); });
}

void one_fault(const Node& c, Report& report) {
    c["name"].describe();
    left_for_consensus(c["height"]);
    const auto fault = read_back<Fault>(c["hex"], report);
    report.expect_bytes(fault.id().bytes, c["id"]);
    report.expect_bytes(fault.culprit().to_bytes(), c["culprit"]);
    report.expect(fault.size_in_candidate() == c["generation_size"].u64(), c["generation_size"], "is another size");
    const auto penalties = execution::penalties({}, {&fault, 1});
    const std::string slash = "HardWithSeverity(" + std::to_string(execution::Penalty::kFaultSeverity) + ")";
    report.expect(penalties.size() == 1 && slash == c["slash"].text(), c["slash"], "is another penalty");

    const Node result = c["result"];
    if (result["ok"].boolean()) {
        expect_consensus_header(fault.claims()[0].header, result["header"], report);
        report.expect(both_signed(fault), c, "should be signed");
    } else {
        left_for_consensus(result["error"]);
        const bool signature = result["error"].text().starts_with("InvalidSignature");
        report.expect(!signature || !both_signed(fault), c, "should not be signed");
    }
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
            report.expect(a.is_about_the_same(b) == c["same"].boolean(), c, "are about the same or not");
        });
    }
}

const Registered registered{{"consensus", "faults", {"faults", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
