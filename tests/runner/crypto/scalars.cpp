// bls_scalar.json, jubjub_scalar.json
#include "crypto/field.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

template <class Field>
void common_sections(const Node& root, Report& report) {
    for (const Node& c : root["from_bytes_wide"].items()) {
        report.run(c, [&] { report.expect_bytes(Field::from_bytes_wide(c["in"].array<64>()).to_bytes(), c["out"]); });
    }
}

void bls_scalar(const Node& root, Report& report) { common_sections<crypto::Fq>(root, report); }
void jubjub_scalar(const Node& root, Report& report) { common_sections<crypto::Fr>(root, report); }

const Registered bls{{"crypto",
                      "bls_scalar",
                      {"bit_ops", "constants", "decode", "from_bytes_wide", "from_raw", "hash_to_scalar", "modulus_le",
                       "ops", "pow_of_2", "random"},
                      bls_scalar}};
const Registered jubjub{
    {"crypto",
     "jubjub_scalar",
     {"decode", "from_bytes_wide", "from_raw", "hash_to_scalar", "modulus_le", "ops", "random", "to_bls_scalar"},
     jubjub_scalar}};

}  // namespace
}  // namespace dusk::vectors
