#include "plonk-sound/proofs.hpp"

#include "crypto/msm.hpp"

namespace dusk::vectors {
namespace {

using crypto::G1Affine;
using crypto::G1Projective;
using plonk::PolynomialScalars;

G1Projective combine(const PolynomialScalars& scalars, const plonk::VerifierData& data, const plonk::Proof& proof) {
    std::vector<G1Affine> points(data.key.commitments.begin(), data.key.commitments.end());
    std::vector<Fq> factors(scalars.key.begin(), scalars.key.end());
    points.insert(points.end(), proof.wires.begin(), proof.wires.end());
    factors.insert(factors.end(), scalars.wires.begin(), scalars.wires.end());
    points.push_back(proof.permutation);
    factors.push_back(scalars.permutation);
    points.insert(points.end(), proof.quotient.begin(), proof.quotient.end());
    factors.insert(factors.end(), scalars.quotient.begin(), scalars.quotient.end());
    SerialExecutor serial;
    return crypto::msm_vartime(points, factors, serial);
}

}  // namespace

Fq field_element(const Node& hex) {
    const auto value = Fq::from_bytes(hex.hex());
    if (!value) hex.complain("is not a field element");
    return *value;
}

std::vector<Fq> field_elements(const Node& list) {
    std::vector<Fq> out;
    for (const Node& item : list.items()) out.push_back(field_element(item));
    return out;
}

void check_trace(const plonk::Verifier& verifier, const plonk::Proof& proof, std::span<const Fq> public_inputs,
                 plonk::Version version, const Node& trace, Report& report) {
    const auto equation = verifier.equation(proof, public_inputs, version);
    if (!equation) trace.complain("the proof has no equation");
    const auto number = [&](std::string_view name, const Fq& value) {
        report.expect_bytes(value.to_bytes(), trace[name]);
    };
    const auto point = [&](std::string_view name, const G1Projective& value) {
        report.expect_bytes(value.to_affine().to_compressed(), trace[name]);
    };
    const plonk::Challenges& c = equation->challenges;
    number("beta", c.beta);
    number("gamma", c.gamma);
    number("alpha", c.alpha);
    number("range_sep", c.range);
    number("logic_sep", c.logic);
    number("fixed_base_sep", c.fixed_base);
    number("variable_base_sep", c.variable_base);
    number("z", c.z);
    number("v", c.v);
    number("v_w", c.v_next);
    number("u", c.u);
    const plonk::VerifierData& data = verifier.data();
    const Fq omega = crypto::root_of_unity(plonk::log2_domain(data.key.rows).value());
    number("omega", omega);
    number("z_h", equation->at.z_h);
    number("l1", equation->at.l1);
    number("pi_eval", equation->at.public_);
    number("r_0", equation->at.r0);
    number("E_scalar", equation->opened);
    point("D", combine(plonk::linearise(proof.evaluations, c, equation->at), data, proof));
    const G1Projective f = combine(equation->scalars, data, proof);
    point("F", f);
    const G1Projective opening = proof.opening;
    const G1Projective opening_next = proof.opening_next;
    // The file has the side that the pairing is given: -(W_z + u W_zw).
    point("left", -(opening + opening_next * c.u));
    point("right",
          opening * c.z + opening_next * (c.u * c.z * omega) + f - G1Projective(data.opening_key.g) * equation->opened);
    report.expect(verifier.verify(proof, public_inputs, version).has_value() == trace["accept"].boolean(),
                  trace["accept"], "differs");
    if (trace.has("version")) {
        report.expect(trace["version"].u64() == static_cast<std::uint64_t>(version), trace["version"], "differs");
    }
}

}  // namespace dusk::vectors
