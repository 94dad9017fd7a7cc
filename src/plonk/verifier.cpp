#include "plonk/verifier.hpp"

#include <algorithm>

#include "crypto/msm.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;

Result<EquationDomain, ProofError> make_domain(std::uint64_t rows) {
    const auto log2_size = log2_domain(rows);
    if (!log2_size) return fail(log2_size.error());
    return EquationDomain(*log2_size);
}

std::vector<Fq> points_of(const Result<EquationDomain, ProofError>& domain, std::span<const std::uint64_t> rows) {
    std::vector<Fq> out;
    if (!domain) return out;
    out.reserve(rows.size());
    for (const std::uint64_t row : rows) out.push_back(domain->omega.pow_vartime({&row, 1}));
    return out;
}

}  // namespace

Verifier::Verifier(VerifierData data, Rules rules)
    : data_(std::move(data)),
      rules_(rules),
      domain_(make_domain(data_.key.rows)),
      public_points_(points_of(domain_, data_.public_rows)),
      h_(data_.opening_key.h),
      x_h_(data_.opening_key.x_h),
      seeded_(data_.label, data_.rows, data_.key, Version::v3) {}

Result<Equation, ProofError> Verifier::equation(const Proof& proof, std::span<const Fq> public_inputs,
                                                Version version) const {
    if (public_inputs.size() != data_.public_rows.size()) return fail(ProofError::wrong_public_inputs);
    if (!domain_) return fail(domain_.error());
    Equation out;
    out.challenges = version == Version::v3
                         ? replay(seeded_, proof, public_inputs)
                         : replay(Transcript(data_.label, data_.rows, data_.key, version), proof, public_inputs);
    const auto at = at_challenge(*domain_, public_points_, public_inputs, proof.evaluations, out.challenges, rules_);
    if (!at) return fail(at.error());
    out.at = *at;
    out.scalars = linearise(proof.evaluations, out.challenges, out.at);
    add_openings(out.scalars, out.challenges, version);
    out.opened = opened_value(proof.evaluations, out.challenges, out.at, version);
    return out;
}

Result<void, ProofError> Verifier::verify(const Proof& proof, std::span<const Fq> public_inputs,
                                          Version version) const {
    const auto equation = this->equation(proof, public_inputs, version);
    if (!equation) return fail(equation.error());
    constexpr std::size_t kPoints = kKeyColumns + 1 + Proof::kPoints;
    std::array<G1Affine, kPoints> points;
    std::array<Fq, kPoints> scalars;
    std::size_t used = 0;
    const auto term = [&](const G1Affine& point, const Fq& scalar) {
        points[used] = point;
        scalars[used++] = scalar;
    };
    const Challenges& c = equation->challenges;
    for (std::size_t i = 0; i < kKeyColumns; ++i) term(data_.key.commitments[i], equation->scalars.key[i]);
    term(data_.opening_key.g, -equation->opened);
    for (std::size_t i = 0; i < kWires; ++i) term(proof.wires[i], equation->scalars.wires[i]);
    term(proof.permutation, equation->scalars.permutation);
    for (std::size_t i = 0; i < 4; ++i) term(proof.quotient[i], equation->scalars.quotient[i]);
    term(proof.opening, c.z);
    term(proof.opening_next, c.u * c.z * domain_->omega);

    SerialExecutor serial;
    const std::array<G1Projective, 2> sides{
        -(G1Projective(proof.opening) +
          crypto::msm_vartime(std::span(&proof.opening_next, 1), std::span(&c.u, 1), serial)),
        crypto::msm_vartime(points, scalars, serial)};
    const auto affine = G1Projective::batch_to_affine(sides);
    const std::array<crypto::PairingTerm, 2> terms{{{.p = affine[0], .q = &x_h_}, {.p = affine[1], .q = &h_}}};
    if (!crypto::pairing_product_is_one(terms)) return fail(ProofError::not_accepted);
    return {};
}

bool verify_as_network(Version version, ByteView verifier_data, ByteView proof, std::span<const Fq> public_inputs) {
    const auto read_proof = Proof::from_slice(proof);
    if (!read_proof) return false;
    auto data = VerifierData::from_slice_lenient(verifier_data);
    if (!data || public_inputs.size() != data->public_rows.size()) return false;
    return Verifier(std::move(*data), Rules::released).verify(*read_proof, public_inputs, version).has_value();
}

}  // namespace dusk::plonk
