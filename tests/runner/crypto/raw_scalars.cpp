// raw_inputs.json: bls_scalar_ops, jubjub_scalar
#include "crypto/jubjub_multiply.hpp"
#include "crypto/raw_inputs.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::vectors {

using crypto::UnreducedFq;
using crypto::UnreducedFr;

void raw_bls_scalar_ops(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            const UnreducedFq a(c["a"].array<32>());
            const UnreducedFq b(c["b"].array<32>());
            report.expect_bytes((a + b).archived(), c["add"]);
            report.expect_bytes((a - b).archived(), c["sub"]);
            report.expect_bytes((a * b).archived(), c["mul"]);
            report.expect_bytes((-a).archived(), c["neg_a"]);
            report.expect_bytes(a.square().archived(), c["square_a"]);
            report.expect_bytes(a.doubled().archived(), c["double_a"]);
            report.expect_bytes(a.to_bytes(), c["a_to_bytes"]);
            report.expect((a == b) == c["equal"].boolean(), c["equal"], "equality of limbs differs");
            const auto inverse = crypto::invert(a);
            const Node expected = c["invert_a"];
            report.expect(inverse.has_value() != expected.is_null(), expected, "invertibility differs");
            if (inverse && !expected.is_null()) report.expect_bytes(inverse->archived(), expected);
        });
    }
}

void raw_jubjub_scalar(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            const UnreducedFr scalar(c["limbs"].array<32>());
            report.expect_bytes(scalar.to_bytes(), c["to_bytes"]);
            report.expect_bytes(crypto::reduced(scalar).to_bytes(), c["to_bytes"]);
            report.expect_bytes(crypto::multiply_generator(crypto::reduced(scalar)).to_bytes(), c["times_generator"]);
        });
    }
}

}  // namespace dusk::vectors
