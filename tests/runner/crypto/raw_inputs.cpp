// raw_inputs.json
#include "crypto/raw_inputs.hpp"

namespace dusk::vectors {
namespace {

void raw_inputs(const Node& root, Report& report) {
    raw_bls_scalar_ops(root["bls_scalar_ops"], report);
    raw_bls(root["bls"], report);
    raw_poseidon(root["poseidon"], report);
    raw_jubjub_scalar(root["jubjub_scalar"], report);
    raw_schnorr(root["schnorr"], report);
}

const Registered registered{
    {"crypto", "raw_inputs", {"bls", "bls_scalar_ops", "jubjub_scalar", "poseidon", "schnorr"}, raw_inputs}};

}  // namespace
}  // namespace dusk::vectors
