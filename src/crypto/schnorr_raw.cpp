#include "crypto/schnorr_raw.hpp"

#include "crypto/poseidon.hpp"
#include "crypto/poseidon_unreduced.hpp"
#include "crypto/schnorr.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto::schnorr {

namespace {

// The formulas of §5.4 on unchecked limbs; the order of operations matters here. `JubJubExtended` has the same
// formulas for points that satisfy its invariants.
struct RawNiels {
    UnreducedFq v_plus_u = UnreducedFq::one();
    UnreducedFq v_minus_u = UnreducedFq::one();
    UnreducedFq z = UnreducedFq::one();
    UnreducedFq t2d;
};

struct RawPoint {
    UnreducedFq u, v = UnreducedFq::one(), z = UnreducedFq::one(), t1, t2;

    [[nodiscard]] bool is_reduced() const {
        return u.is_reduced() && v.is_reduced() && z.is_reduced() && t1.is_reduced() && t2.is_reduced();
    }
    [[nodiscard]] bool is_identity() const { return u.is_zero() && v == z; }
    [[nodiscard]] RawNiels niels() const { return {v + u, v - u, z, t1 * t2 * unreduced(kJubJub2D)}; }
    [[nodiscard]] RawPoint doubled() const {
        const UnreducedFq uu = u.square();
        const UnreducedFq vv = v.square();
        const UnreducedFq zz2 = z.square().doubled();
        const UnreducedFq uv2 = (u + v).square();
        const UnreducedFq sum = vv + uu;
        const UnreducedFq difference = vv - uu;
        return complete(uv2 - sum, sum, difference, zz2 - difference);
    }
    friend RawPoint operator+(const RawPoint& p, const RawNiels& n) {
        const UnreducedFq a = (p.v - p.u) * n.v_minus_u;
        const UnreducedFq b = (p.v + p.u) * n.v_plus_u;
        const UnreducedFq c = p.t1 * p.t2 * n.t2d;
        const UnreducedFq d = (p.z * n.z).doubled();
        return complete(b - a, b + a, d + c, d - c);
    }
    friend bool operator==(const RawPoint& p, const RawPoint& q) {
        return p.u * q.z == q.u * p.z && p.v * q.z == q.v * p.z;
    }

    static RawPoint complete(const UnreducedFq& u, const UnreducedFq& v, const UnreducedFq& z, const UnreducedFq& t) {
        return {u * t, v * z, z * t, u, v};
    }
};

RawPoint operator*(const RawPoint& p, const Limbs4& scalar) {
    const RawNiels n = p.niels();
    RawPoint acc;
    for (std::size_t i = 252; i-- > 0;) {
        acc = acc.doubled();
        acc = acc + (((scalar[i / 64] >> (i % 64)) & 1) != 0 ? n : RawNiels{});
    }
    return acc;
}

RawPoint point_from_archive(ByteView archive) {
    const auto coordinate = [&](std::size_t i) {
        return UnreducedFq(archive.subspan(32 * i).first<UnreducedFq::kSize>());
    };
    return {coordinate(0), coordinate(1), coordinate(2), coordinate(3), coordinate(4)};
}

struct RawAffine {
    UnreducedFq u, v;
};

// None where the network would invert zero.
std::optional<RawAffine> to_affine(const RawPoint& p) {
    const auto inverse = invert(p.z);
    if (!inverse) return std::nullopt;
    return RawAffine{p.u * *inverse, p.v * *inverse};
}

// `checked` is the point where it satisfies the invariants of its type; `outcome` is what the test of its validity
// says.
struct Judged {
    std::optional<CheckedPoint> checked;
    Result<void, RawVerifyError> outcome;
};

Result<void, RawVerifyError> judge_by_limbs(const RawPoint& p) {
    if (!(p * Fr::kModulus).is_identity()) return fail(RawVerifyError::invalid_point);
    const auto affine = to_affine(p);
    if (!affine) return fail(RawVerifyError::aborted);
    const UnreducedFq uu = affine->u.square();
    const UnreducedFq vv = affine->v.square();
    const bool on_curve = (vv - uu) - (unreduced(kJubJubD) * uu) * vv == UnreducedFq::one() &&
                          (affine->u * affine->v) * p.z == p.t1 * p.t2;
    if (!on_curve || p.is_identity()) return fail(RawVerifyError::invalid_point);
    return {};
}

Judged judge(const RawPoint& p, ByteView archive) {
    if (!p.is_reduced() || p.z.is_zero()) return {std::nullopt, judge_by_limbs(p)};
    // Off the curve the outcome is the same whatever the test of the torsion says: z is not zero, nothing aborts.
    const auto point = CheckedPoint::from_archive(archive);
    if (!point || !point->is_prime_order()) return {std::nullopt, fail(RawVerifyError::invalid_point)};
    return {*point, {}};
}

Result<void, RawVerifyError> equation_by_limbs(const RawPoint& key, const RawPoint& r, const UnreducedFr& u,
                                               const UnreducedFq& message) {
    const auto r_affine = to_affine(r);
    const auto key_affine = to_affine(key);
    if (!r_affine || !key_affine) return fail(RawVerifyError::aborted);
    const UnreducedFq digest =
        poseidon::digest_unreduced(std::array{r_affine->u, r_affine->v, key_affine->u, key_affine->v, message}).value();
    const Fr c = poseidon::truncate(reduced(digest));
    const JubJubExtended g = kJubJubGenerator;
    const RawPoint generator{unreduced(g.u()), unreduced(g.v()), unreduced(g.z()), unreduced(g.t1()),
                             unreduced(g.t2())};
    const RawPoint sum = generator * u.to_integer() + (key * c.to_integer()).niels();
    if (!(sum == r)) return fail(RawVerifyError::invalid_signature);
    return {};
}

}  // namespace

std::string_view to_string(RawVerifyError error) {
    switch (error) {
        case RawVerifyError::bad_length:
            return "an archive has the wrong size";
        case RawVerifyError::invalid_point:
            return to_string(VerifyError::invalid_point);
        case RawVerifyError::invalid_signature:
            return to_string(VerifyError::invalid_signature);
        case RawVerifyError::aborted:
            return "a point with z = 0: the network aborts the execution";
    }
    return "unknown error";
}

Result<void, RawVerifyError> verify_raw(ByteView key_archive, ByteView signature_archive, ByteView message_limbs) {
    if (key_archive.size() != PublicKey::kArchivedSize || signature_archive.size() != Signature::kArchivedSize ||
        message_limbs.size() != UnreducedFq::kSize) {
        return fail(RawVerifyError::bad_length);
    }
    const ByteView r_archive = signature_archive.subspan(UnreducedFr::kSize);
    const UnreducedFr u(signature_archive.first<UnreducedFr::kSize>());
    const UnreducedFq message(message_limbs.first<UnreducedFq::kSize>());
    const RawPoint key = point_from_archive(key_archive);
    const RawPoint r = point_from_archive(r_archive);

    const Judged key_judged = judge(key, key_archive);
    if (!key_judged.outcome) return key_judged.outcome;
    const Judged r_judged = judge(r, r_archive);
    if (!r_judged.outcome) return r_judged.outcome;
    if (!key_judged.checked || !r_judged.checked || !message.is_reduced()) {
        return equation_by_limbs(key, r, u, message);
    }
    const Signature signature(reduced(u), *r_judged.checked);
    if (!PublicKey(*key_judged.checked).verify(signature, reduced(message))) {
        return fail(RawVerifyError::invalid_signature);
    }
    return {};
}

}  // namespace dusk::crypto::schnorr
