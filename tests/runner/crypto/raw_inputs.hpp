// Sections of raw_inputs.json: values as contracts hand them over, unchecked (spec/crypto.md §18).
#pragma once

#include "report.hpp"

namespace dusk::vectors {

void raw_bls(const Node& section, Report& report);
void raw_bls_scalar_ops(const Node& section, Report& report);
void raw_poseidon(const Node& section, Report& report);
void raw_jubjub_scalar(const Node& section, Report& report);
void raw_schnorr(const Node& section, Report& report);

}  // namespace dusk::vectors
