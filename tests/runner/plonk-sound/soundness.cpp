// soundness.json: which rows refuse a dishonest prover.
#include <algorithm>
#include <map>

#include "attacks.hpp"
#include "crypto/os_random.hpp"
#include "phoenix_circuit.hpp"
#include "plonk/check.hpp"
#include "proofs.hpp"
#include "table_checks.hpp"

namespace dusk::vectors {
namespace {

// The file was made with parameters of this degree.
constexpr std::size_t kDegree = std::size_t{1} << 13;

void check_failing(const plonk::CircuitTable& table, const Node& expected, Report& report) {
    const auto failing = plonk::unsatisfied_rows(table);
    const auto items = expected.items();
    report.expect(failing.size() == items.size(), expected, "other number of failing rows");
    for (std::size_t i = 0; i < items.size(); ++i) {
        report.expect(i < failing.size() && failing[i] == items[i].u64(), items[i], "another failing row");
    }
}

void check_changed(const plonk::CircuitTable& honest, const plonk::CircuitTable& dishonest, const Node& c,
                   Report& report) {
    std::map<std::uint64_t, ByteArray<32>> changed;
    for (std::size_t i = 0; i < std::min(honest.values.size(), dishonest.values.size()); ++i) {
        if (honest.values[i] != dishonest.values[i]) changed[i] = dishonest.values[i].to_bytes();
    }
    report.expect(changed.size() == c["changed_count"].u64(), c["changed_count"], "other number of changed witnesses");
    const Node list = c["changed"];
    if (list.is_null()) return;
    report.expect(list.size() == changed.size(), list, "other number of changed witnesses");
    for (const Node& item : list.items()) {
        const auto pair = item.items();
        const auto found = changed.find(pair.at(0).u64());
        report.expect(found != changed.end(), pair.at(0), "did not change");
        if (found != changed.end()) report.expect_bytes(found->second, pair.at(1));
    }
}

// No proof leaves: the official prover's answer is the only one there is.
void check_prover(const plonk::CircuitTable& honest, const plonk::CircuitTable& dishonest, std::uint64_t seed,
                  const Node& c, Report& report) {
    const auto& parameters = development_parameters(seed, kDegree);
    auto key = plonk::make_prover_key(as_bytes("soundness"), honest, parameters, threads());
    if (!key) c.complain(plonk::to_string(key.error()));
    report.expect_bytes(key->verifier_data(parameters.opening_key()).to_bytes(), c["verifier_data"]);
    const plonk::Prover prover(std::make_shared<const plonk::ProverKey>(std::move(*key)));
    crypto::OsRandom random;
    const auto proof = prover.prove(dishonest, random, threads());
    report.expect(c["official_prover"].text() == "CircuitUnsatisfied", c["official_prover"], "is not known");
    report.expect(!proof && proof.error() == plonk::ProofError::unsatisfied, c["official_prover"], "a proof was made");
    report.expect(prover.prove(honest, random, threads()).has_value(), c, "the honest circuit is not proven");
}

void gadget_case(const Node& c, std::uint64_t seed, Report& report) {
    const Attack attack = vectors::attack(c["name"].text(), seed);
    const auto honest = build_table(attack.honest);
    report.expect(plonk::unsatisfied_rows(honest).empty(), c, "the honest circuit does not hold");
    auto composer = plonk::Composer::dishonest(attack.forced);
    attack.dishonest(composer);
    const auto dishonest = std::move(composer).finish().value();
    report.expect(dishonest.wires == honest.wires && dishonest.selectors == honest.selectors, c, "another circuit");
    report.expect(dishonest.rows() == c["rows"].u64(), c["rows"], "other number of rows");
    report.expect(dishonest.values.size() == c["witnesses"].u64(), c["witnesses"], "other number of witnesses");
    if (!c["honest_witness_values"].is_null()) check_values(honest.values, c["honest_witness_values"], report);
    check_changed(honest, dishonest, c, report);
    check_failing(dishonest, c["failing_rows"], report);
    check_prover(honest, dishonest, seed, c, report);
}

// A whole transaction with something wrong in it.
void phoenix_case(const Node& c, Report& report) {
    const std::uint64_t inputs = c["inputs"].u64();
    const Bytes bytes = c["request"].hex();
    report.expect(phoenix::TransferRequest::from_bytes(bytes).has_value() == c["request_decodes"].boolean(),
                  c["request_decodes"], "other verdict");
    const auto request = transfer_request(c["request"], inputs, phoenix::PointRule::lax);
    const auto table = build_table(phoenix_circuit(request));
    check_failing(table, c["failing_rows"], report);
    const auto failing = plonk::unsatisfied_rows(table);
    const auto row_in_part = [&](std::uint32_t row, const Node& part) {
        return in_part(table.gadgets.path_of_row(row), part.text());
    };
    const auto parts = c["failing_parts"].items();
    for (const Node& part : parts) {
        report.expect(std::ranges::any_of(failing, [&](std::uint32_t row) { return row_in_part(row, part); }), part,
                      "no row of this part fails");
    }
    for (const std::uint32_t row : failing) {
        report.expect(std::ranges::any_of(parts, [&](const Node& part) { return row_in_part(row, part); }),
                      c["failing_parts"], "fails elsewhere: " + plonk::describe_row(table, row));
    }
}

void soundness_file(const Node& root, Report& report) {
    const std::uint64_t seed = root["seed"].u64();
    for (const Node& c : root["soundness"].items()) {
        if (c.has("what")) c["what"].describe();
        report.run(c, [&] {
            if (c.has("request")) {
                c["name"].describe();
                phoenix_case(c, report);
            } else {
                gadget_case(c, seed, report);
            }
        });
    }
}

const Registered registered{{"plonk-sound", "soundness", {"seed", "soundness"}, soundness_file}};

}  // namespace
}  // namespace dusk::vectors
