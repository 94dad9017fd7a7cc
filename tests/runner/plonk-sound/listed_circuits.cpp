// circuits.json: the small circuits, from the rows that the file lists.
#include "plonk-sound/proofs.hpp"

namespace dusk::vectors {
namespace {

using plonk::CircuitTable;
using plonk::Selectors;

// The sound file was made with parameters of this degree.
constexpr std::size_t kDegree = std::size_t{1} << 13;

CircuitTable listed(const Node& circuit, bool with_selectors) {
    const Node listing = circuit["listing"];
    listing["selector_order"].describe();
    const std::vector<Fq> scalars = field_elements(listing["scalars"]);
    CircuitTable out;
    for (const Node& gate : listing["gates"].items()) {
        const auto parts = gate.items();
        const auto selectors = parts.at(0).items();
        const auto wires = parts.at(1).items();
        Selectors row;
        for (std::size_t i = 0; i < plonk::kSelectors; ++i) {
            row.*plonk::kSelectorColumns[i] = scalars.at(selectors.at(i).u64());
        }
        if (with_selectors) out.selectors.push_back(row);
        plonk::Wires& wired = out.wires.emplace_back();
        for (std::size_t i = 0; i < plonk::kWires; ++i) wired[i].index = static_cast<std::uint32_t>(wires.at(i).u64());
    }
    for (const Fq& value : field_elements(circuit["witness_values"])) out.values.push_back(value);
    const std::vector<Fq> public_inputs = field_elements(circuit["proof"]["public_inputs"]);
    const auto rows = circuit["pi_rows"].items();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out.public_inputs.push_back({static_cast<std::uint32_t>(rows[i].u64()), public_inputs.at(i)});
    }
    return out;
}

void run(const Node& root, Report& report) {
    const plonk::PublicParameters& parameters = development_parameters(root["seed"].u64(), kDegree);
    for (const Node& circuit : root["circuits"].items()) {
        report.run(circuit, [&] {
            // Rows and values by the composer.
            for (const std::string_view field : {"name", "gates", "witnesses", "gate_digests", "witness_sha256"}) {
                circuit[field].describe();
            }
            if (circuit.has("listing")) {
                check_circuit(
                    circuit, [&](bool with_selectors) { return listed(circuit, with_selectors); }, parameters, report);
                return;
            }
            for (const std::string_view field : {"label", "pi_rows", "prover_len", "prover_sha256"}) {
                circuit[field].describe();
            }
            check_verification(circuit["proof"], circuit["verifier_data"], report);
        });
    }
}

const Registered registered{{"plonk-sound", "circuits", {"circuits", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
