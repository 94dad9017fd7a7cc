#include "stakes.hpp"

#include "fields.hpp"

namespace dusk::vectors {

Stakes read_stakes(const Node& list) {
    Stakes out;
    for (const Node& row : list.items()) {
        const auto fields = row.items();
        const auto key = crypto::BlsPublicKey::from_bytes(fields.at(0).hex());
        if (!key) fields[0].complain("is no key");
        out.keys.push_back({key->to_bytes()});
        out.provisioners.set({*key, {fields.at(1).u64()}, {fields.at(2).u64()}});
    }
    return out;
}

void expect_voters(const std::vector<ledger::Voter>& voters, const Node& list, Report& report) {
    const auto expected = list.items();
    report.expect(voters.size() == expected.size(), list, "are another number of voters");
    for (std::size_t i = 0; i < std::min(voters.size(), expected.size()); ++i) {
        const auto pair = expected[i].items();
        report.expect_bytes(voters[i].account.to_bytes(), pair.at(0));
        expect_number(voters[i].credits, pair.at(1), report);
    }
}

}  // namespace dusk::vectors
