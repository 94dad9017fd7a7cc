// sortition.json: hashes, scores, generators, who is left out, committees.
#include "consensus/committee.hpp"
#include "consensus/sortition_score.hpp"
#include "fields.hpp"
#include "ledger/consensus_header.hpp"
#include "stakes.hpp"

namespace dusk::vectors {
namespace {

using consensus::Committee;
using consensus::RoundCommittees;
using ledger::Seed;
using ledger::VotingStep;

void score(const Node& c, Report& report) {
    c["iteration"].describe();
    const auto step = static_cast<std::uint8_t>(c["step"].u64());
    const Seed seed{c["seed"].array<48>()};
    const auto hash = consensus::sortition_hash(seed, step, static_cast<std::uint32_t>(c["counter"].u64()));
    report.expect_bytes(hash, c["hash"]);
    const auto score = consensus::sortition_score(hash, c["total"].u64());
    report.expect(score == c["score"].u64(), c["score"], "is another score");
}

// [index in the list, credits] each.
void expect_members(const Committee& committee, const Stakes& stakes, const Node& list, Report& report) {
    const auto expected = list.items();
    report.expect(committee.members().size() == expected.size(), list, "has another number of members");
    for (std::size_t i = 0; i < std::min(committee.members().size(), expected.size()); ++i) {
        const auto& member = committee.members()[i];
        const auto pair = expected[i].items();
        report.expect(member.bytes == stakes.keys.at(pair.at(0).u64()), pair.at(0), "is another member");
        expect_number(member.credits, pair.at(1), report);
    }
}

void committee(const Node& c, const Stakes& stakes, Report& report) {
    const auto iteration = static_cast<std::uint8_t>(c["iteration"].u64());
    const std::uint64_t number = c["step"].u64();
    const auto step = static_cast<ledger::Step>(number - 3ULL * iteration);
    expect_number(step_number(iteration, step), c["step"], report);
    RoundCommittees committees(stakes.provisioners, Seed{c["seed"].array<48>()}, {c["round"].u64()});
    const bool is_proposal = step == ledger::Step::proposal;
    const auto* const generator = committees.generator(iteration);
    // Where the released node ends, there is nobody.
    if (c.has("panic")) {
        report.expect(c["panic"].text() == "No stakes available. Cannot run consensus", c["panic"],
                      "is another reason");
        const bool is_empty =
            is_proposal ? generator == nullptr : committees.voters(iteration, static_cast<VotingStep>(step)).is_empty();
        return report.expect(is_empty, c, "has members");
    }
    if (is_proposal) {
        if (generator == nullptr) c.complain("has no generator");
        report.expect(c["excluded"].items().empty(), c["excluded"], "leaves out somebody");
        return expect_members(Committee({*generator}), stakes, c["members"], report);
    }
    const auto& voters = committees.voters(iteration, static_cast<VotingStep>(step));
    const auto excluded = c["excluded"].items();
    report.expect(excluded.size() == (iteration < 49 ? 2 : 1), c["excluded"], "leaves out another number");
    for (std::size_t i = 0; i < excluded.size(); ++i) {
        const auto* const left_out = committees.generator(static_cast<std::uint8_t>(iteration + i));
        report.expect(left_out != nullptr && left_out->bytes == stakes.keys.at(excluded[i].u64()), excluded[i],
                      "is not left out");
    }
    expect_members(voters, stakes, c["members"], report);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node sortition = root["sortition"];
    for (const Node& c : sortition["scores"].items()) {
        report.run(c, [&] { score(c, report); });
    }
    for (const Node& set : sortition["sets"].items()) {
        Stakes stakes;
        report.run(set, [&] {
            stakes = read_stakes(set["provisioners"]);
            for (const Node& count : set["eligible_counts"].items()) {
                const consensus::Sortition eligible(stakes.provisioners, {count["round"].u64()});
                expect_number(eligible.size(), count["eligible"], report);
            }
        });
        for (const Node& c : set["cases"].items()) {
            report.run(c, [&] { committee(c, stakes, report); });
        }
    }
}

const Registered registered{{"consensus", "sortition", {"seed", "sortition"}, run}};

}  // namespace
}  // namespace dusk::vectors
