// phoenix-1 … 4.json: proofs of the transfer circuits, verified.
#include "plonk-sound/proofs.hpp"

namespace dusk::vectors {
namespace {

void run(const Node& root, Report& report) {
    for (const std::string_view field : {"seed", "crs_seed"}) {
        if (root.has(field)) root[field].describe();
    }
    for (const Node& circuit : root["phoenix"].items()) {
        // Rows and values by the composer.
        for (const std::string_view field : {"domain", "gate_digests", "gates", "inputs", "label", "outputs",
                                             "parts_name_first_rows_sha256", "pi_rows", "seed", "witnesses"}) {
            circuit[field].describe();
        }
        for (const Node& proof : circuit["proofs"].items()) {
            report.run(proof, [&] {
                for (const std::string_view field : {"request", "witness_sha256"}) proof[field].describe();
                check_verification(proof, circuit["verifier_data"], report);
            });
        }
    }
}

const Registered phoenix_1{{"plonk-sound", "phoenix-1", {"phoenix", "seed", "crs_seed"}, run}};
const Registered phoenix_2{{"plonk-sound", "phoenix-2", {"phoenix", "seed", "crs_seed"}, run}};
const Registered phoenix_3{{"plonk-sound", "phoenix-3", {"phoenix", "seed", "crs_seed"}, run}};
const Registered phoenix_4{{"plonk-sound", "phoenix-4", {"phoenix", "seed", "crs_seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
