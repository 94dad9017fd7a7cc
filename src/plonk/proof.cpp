#include "plonk/proof.hpp"

#include <algorithm>

#include "crypto/g1_decode.hpp"

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

constexpr std::size_t kPointBytes = Proof::kPoints * G1Affine::kCompressedSize;

Result<Evaluations, ProofError> read_evaluations(ByteView bytes) {
    Evaluations out;
    for (const auto member : kEvaluations) {
        const auto value = Fq::from_bytes(bytes.first(Fq::kSize));
        if (!value) return fail(ProofError::bad_scalar);
        out.*member = *value;
        bytes = bytes.subspan(Fq::kSize);
    }
    return out;
}

}  // namespace

std::vector<Result<Proof, ProofError>> Proof::from_slices(std::span<const ByteView> slices) {
    std::vector<Result<Proof, ProofError>> out;
    out.reserve(slices.size());
    Bytes points;
    for (const ByteView bytes : slices) {
        if (bytes.size() < kSize) {
            out.emplace_back(fail(ProofError::short_input));
            continue;
        }
        // The scalars first: they cost nothing.
        const auto evaluations = read_evaluations(bytes.subspan(kPointBytes));
        if (!evaluations) {
            out.emplace_back(fail(evaluations.error()));
            continue;
        }
        points.insert(points.end(), bytes.begin(), bytes.begin() + kPointBytes);
        out.emplace_back(Proof{}).value().evaluations = *evaluations;
    }
    const auto decoded = crypto::decode_g1(points);
    auto next = decoded.begin();
    for (auto& proof : out) {
        if (!proof) continue;
        bool good = true;
        for_each_point(*proof, [&](G1Affine& point) {
            const auto& answer = *next++;
            if (answer) point = *answer;
            good = good && answer.has_value();
        });
        if (!good) proof = fail(ProofError::bad_point);
    }
    return out;
}

Result<Proof, ProofError> Proof::from_slice(ByteView bytes) { return from_slices({&bytes, 1})[0]; }

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
