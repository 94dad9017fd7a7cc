// circuits.json: rows, witnesses, keys and proofs of the small circuits.
#include "circuits.hpp"
#include "proofs.hpp"
#include "report.hpp"
#include "table_checks.hpp"

namespace dusk::vectors {
namespace {

// The file was made with parameters of this degree.
constexpr std::size_t kDegree = std::size_t{1} << 13;

void circuits_file(const Node& root, Report& report) {
    const std::uint64_t seed = root["seed"].u64();
    const plonk::PublicParameters& parameters = development_parameters(seed, kDegree);
    for (const Node& c : root["circuits"].items()) {
        report.run(c, [&] {
            const BuildCircuit build = small_circuit(c["name"].text(), seed);
            const auto table = build_table(build);
            check_rows(table, c, report);
            check_modes(table, build, c, report);
            report.expect_bytes(values_digest(table), c["witness_sha256"]);
            if (c.has("listing")) check_listing(table, c["listing"], report);
            if (c.has("witness_values")) check_values(table.values, c["witness_values"], report);
            check_proof(c["proof"], check_keys(c, table, parameters, report), table, c["verifier_data"], report);
        });
    }
}

const Registered registered{{"plonk-sound", "circuits", {"circuits", "seed"}, circuits_file}};

}  // namespace
}  // namespace dusk::vectors
