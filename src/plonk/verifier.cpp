#include "plonk/verifier.hpp"

#include <algorithm>
#include <tuple>

namespace dusk::plonk {
namespace {

using crypto::G1Projective;
using crypto::OddMultiples;

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

std::vector<OddMultiples> tables_of(const VerifierData& data) {
    std::array<G1Affine, kKeyColumns + 1> points;
    *std::ranges::copy(data.key.commitments, points.begin()).out = data.opening_key.g;
    std::vector<OddMultiples> out(points.size());
    OddMultiples::make(points, out);
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
      tables_(tables_of(data_)),
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
    const std::array<G1Affine, Proof::kPoints> points{
        proof.wires[0],    proof.wires[1],    proof.wires[2],    proof.wires[3], proof.permutation, proof.quotient[0],
        proof.quotient[1], proof.quotient[2], proof.quotient[3], proof.opening,  proof.opening_next};
    using Scalars = std::array<Fq, kKeyColumns + 1 + Proof::kPoints>;  // of the key, of g, of the proof's points
    Scalars scalars;
    const Challenges& c = equation->challenges;
    auto at = std::ranges::copy(equation->scalars.key, scalars.begin()).out;
    *at++ = -equation->opened;
    at = std::ranges::copy(equation->scalars.wires, at).out;
    *at++ = equation->scalars.permutation;
    at = std::ranges::copy(equation->scalars.quotient, at).out;
    *at++ = c.z;
    *at = c.u * c.z * domain_->omega;

    std::array<OddMultiples, Proof::kPoints> multiples;
    OddMultiples::make(points, multiples);
    std::array<const OddMultiples*, std::tuple_size_v<Scalars>> tables;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        tables[i] = i < tables_.size() ? &tables_[i] : &multiples[i - tables_.size()];
    }
    const G1Projective right = crypto::straus_msm_vartime(tables, scalars);
    const G1Projective left =
        G1Projective(proof.opening) + crypto::straus_msm_vartime(std::span(tables).last(1), std::span(&c.u, 1));
    const std::array<crypto::PairingTerm, 2> terms{
        {{.p = (-left).to_affine(), .q = &x_h_}, {.p = right.to_affine(), .q = &h_}}};
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
