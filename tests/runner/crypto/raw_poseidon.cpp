#include "crypto/poseidon_unreduced.hpp"
#include "crypto/raw_inputs.hpp"

namespace dusk::vectors {

void raw_poseidon(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            std::vector<crypto::UnreducedFq> input;
            for (const Node& limbs : c["in_limbs"].items()) input.emplace_back(limbs.array<32>());
            const auto out = crypto::poseidon::digest_unreduced(input);
            report.expect_bytes(out.value().archived(), c["out_limbs"]);
            report.expect_bytes(out.value().to_bytes(), c["out"]);
        });
    }
}

}  // namespace dusk::vectors
