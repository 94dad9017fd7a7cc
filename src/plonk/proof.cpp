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

// All but the points. The scalars come first: they cost nothing.
Result<Proof, ProofError> read_scalars(ByteView bytes) {
    if (bytes.size() < Proof::kSize) return fail(ProofError::short_input);
    Proof proof;
    ByteView scalars = bytes.subspan(kPointBytes);
    for (const auto member : kEvaluations) {
        const auto value = Fq::from_bytes(scalars.first(Fq::kSize));
        if (!value) return fail(ProofError::bad_scalar);
        proof.evaluations.*member = *value;
        scalars = scalars.subspan(Fq::kSize);
    }
    return proof;
}

using DecodedPoint = Result<G1Affine, crypto::DecodeError>;

// Whether all are good.
bool take_points(Proof& proof, std::span<const DecodedPoint, Proof::kPoints> decoded) {
    bool good = true;
    auto next = decoded.begin();
    for_each_point(proof, [&](G1Affine& point) {
        const DecodedPoint& answer = *next++;
        if (answer) point = *answer;
        good = good && answer.has_value();
    });
    return good;
}

}  // namespace

Result<Proof, ProofError> Proof::from_slice(ByteView bytes) {
    auto proof = read_scalars(bytes);
    if (!proof) return proof;
    std::array<DecodedPoint, kPoints> decoded;
    crypto::decode_g1(bytes.first(kPointBytes), decoded);
    if (!take_points(*proof, decoded)) return fail(ProofError::bad_point);
    return proof;
}

std::vector<Result<Proof, ProofError>> Proof::from_slices(std::span<const ByteView> slices) {
    std::vector<Result<Proof, ProofError>> out;
    out.reserve(slices.size());
    Bytes points;
    for (const ByteView bytes : slices) {
        out.push_back(read_scalars(bytes));
        if (out.back()) points.insert(points.end(), bytes.begin(), bytes.begin() + kPointBytes);
    }
    const std::vector<DecodedPoint> decoded = crypto::decode_g1(points);
    std::span<const DecodedPoint> rest = decoded;
    for (auto& proof : out) {
        if (!proof) continue;
        if (!take_points(*proof, rest.first<kPoints>())) proof = fail(ProofError::bad_point);
        rest = rest.subspan(kPoints);
    }
    return out;
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
