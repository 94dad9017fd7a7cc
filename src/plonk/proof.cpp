#include "plonk/proof.hpp"

#include <algorithm>

namespace dusk::plonk {
namespace {

// In the order of the bytes.
template <class P, class F>
void for_each_point(P& proof, const F& visit) {
    for (auto& wire : proof.wires) visit(wire);
    visit(proof.permutation);
    for (auto& part : proof.quotient) visit(part);
    visit(proof.opening);
    visit(proof.opening_next);
}

constexpr std::array<Fq Evaluations::*, Proof::kScalars> kEvaluations{
    &Evaluations::a,      &Evaluations::b,       &Evaluations::c,       &Evaluations::d,       &Evaluations::a_next,
    &Evaluations::b_next, &Evaluations::d_next,  &Evaluations::q_arith, &Evaluations::q_c,     &Evaluations::q_l,
    &Evaluations::q_r,    &Evaluations::sigma_1, &Evaluations::sigma_2, &Evaluations::sigma_3, &Evaluations::z_next};

}  // namespace

Result<Proof, ProofError> Proof::from_slice(ByteView bytes) {
    if (bytes.size() < kSize) return fail(ProofError::short_input);
    Proof proof;
    // The scalars first: they cost nothing.
    ByteView scalars = bytes.subspan(kPoints * G1Affine::kCompressedSize);
    for (const auto member : kEvaluations) {
        const auto value = Fq::from_bytes(scalars.first(Fq::kSize));
        if (!value) return fail(ProofError::bad_scalar);
        proof.evaluations.*member = *value;
        scalars = scalars.subspan(Fq::kSize);
    }
    bool good = true;
    for_each_point(proof, [&](G1Affine& point) {
        if (!good) return;
        const auto decoded = G1Affine::from_compressed(bytes.first(G1Affine::kCompressedSize));
        good = decoded.has_value();
        if (good) point = *decoded;
        bytes = bytes.subspan(G1Affine::kCompressedSize);
    });
    if (!good) return fail(ProofError::bad_point);
    return proof;
}

Result<Proof, ProofError> Proof::from_slice_exact(ByteView bytes) {
    if (bytes.size() > kSize) return fail(ProofError::trailing_bytes);
    return from_slice(bytes);
}

ByteArray<Proof::kSize> Proof::to_bytes() const {
    ByteArray<kSize> out;
    auto at = out.begin();
    for_each_point(*this, [&](const G1Affine& point) { at = std::ranges::copy(point.to_compressed(), at).out; });
    for (const auto member : kEvaluations) at = std::ranges::copy((evaluations.*member).to_bytes(), at).out;
    return out;
}

}  // namespace dusk::plonk
