#include "crypto/schnorr_multisig.hpp"

#include "crypto/jubjub_multiply.hpp"
#include "crypto/poseidon.hpp"

namespace dusk::crypto::schnorr::multisig {

namespace {

struct Common {
    Fr a;              // weight of the second nonces
    Fr c;              // challenge
    JubJubAffine rsa;  // sum of R_i + a S_i
};

Common common_values(const Session& session) {
    const JubJubAffine key = aggregate_key(session.keys).point().affine();
    std::vector<Fq> input{key.u(), key.v(), session.message};
    for (std::size_t i = 0; i < session.r_points.size(); ++i) {
        for (const JubJubAffine& point : {session.r_points[i], session.s_points[i]}) {
            input.push_back(point.u());
            input.push_back(point.v());
        }
    }
    Common out;
    out.a = poseidon::digest_truncated(poseidon::Domain::other, input).value();
    JubJubExtended sum;
    for (std::size_t i = 0; i < session.r_points.size(); ++i) {
        sum = sum + session.r_points[i] + multiply_vartime(session.s_points[i], out.a);
    }
    out.rsa = sum.to_affine();
    out.c = challenge(out.rsa, key, session.message);
    return out;
}

bool has_duplicates(std::span<const JubJubAffine> points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            if (points[i] == points[j]) return true;
        }
    }
    return false;
}

}  // namespace

std::string_view to_string(Error error) {
    switch (error) {
        case Error::duplicated_nonce:
            return "two signers sent the same nonce point: start again with fresh nonces";
        case Error::mismatched_lengths:
            return "the numbers of first and second nonce points differ";
    }
    return "unknown error";
}

Nonces sign_round_1(RandomSource& random) {
    Secret<Fr> r(Fr::random(random));
    Secret<Fr> s(Fr::random(random));
    const auto points = to_affine(std::array{multiply_generator(r.reveal()), multiply_generator(s.reveal())});
    return {std::move(r), std::move(s), points[0], points[1]};
}

Result<Fr, Error> sign_round_2(const SecretKey& secret, const Nonces& nonces, const Session& session) {
    if (session.r_points.size() != session.s_points.size()) return fail(Error::mismatched_lengths);
    if (has_duplicates(session.r_points) || has_duplicates(session.s_points)) return fail(Error::duplicated_nonce);
    const Common common = common_values(session);
    return nonces.r.reveal() + nonces.s.reveal() * common.a - common.c * secret.reveal();
}

Result<Signature, Error> combine(std::span<const Fr> shares, const Session& session) {
    if (session.r_points.size() != session.s_points.size()) return fail(Error::mismatched_lengths);
    Fr u;
    for (const Fr& share : shares) u += share;
    return Signature(u, CheckedPoint::of(common_values(session).rsa));
}

PublicKey aggregate_key(std::span<const PublicKey> keys) {
    JubJubExtended sum;
    for (const PublicKey& key : keys) sum += key.point().extended();
    return PublicKey(CheckedPoint::of(sum));
}

}  // namespace dusk::crypto::schnorr::multisig
