// What the files about proofs have in common.
#pragma once

#include "plonk/verifier.hpp"
#include "report.hpp"

namespace dusk::vectors {

using plonk::Fq;

[[nodiscard]] Fq field_element(const Node& hex);
[[nodiscard]] std::vector<Fq> field_elements(const Node& list);

// Every challenge and every number and point of the equation. `negated`: the file has -left.
void check_trace(const plonk::Verifier& verifier, const plonk::Proof& proof, std::span<const Fq> public_inputs,
                 plonk::Version version, const Node& trace, Report& report);

}  // namespace dusk::vectors
