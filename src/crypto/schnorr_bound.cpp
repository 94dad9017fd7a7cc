#include "crypto/schnorr_bound.hpp"

#include <algorithm>

#include "base/declassify.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/poseidon.hpp"

namespace dusk::crypto::schnorr::bound {
namespace {

enum class NonceTag : std::uint8_t { single = 1, paired = 2 };

template <std::size_t N>
Secret<Fr> nonce_of(const Secret<std::array<Fq, N>>& input) {
    const SecretArray<32> hash(poseidon::hash(input.reveal()).to_bytes());
    SecretArray<64> wide;
    std::ranges::copy(hash.reveal(), wide.reveal().begin());
    return Secret<Fr>(Fr::from_bytes_wide(wide.reveal()));
}

Secret<Fr> nonce(const SecretKey& key, RandomSource& random, NonceTag tag, const Fq& message) {
    const Secret<Fr> fresh(Fr::random(random));
    return nonce_of(Secret(std::array{to_fq(fresh.reveal()), to_fq(key.reveal()),
                                      Fq::from_u64(static_cast<std::uint64_t>(tag)), message}));
}

// Public points computed from secrets.
template <std::size_t N>
std::array<CheckedPoint, N> public_points(const std::array<JubJubExtended, N>& points) {
    const auto affine = to_affine(points);
    std::array<CheckedPoint, N> out;
    for (std::size_t i = 0; i < N; ++i) {
        declassify(affine[i]);
        out[i] = CheckedPoint::torsion_free(affine[i], affine[i]);
    }
    return out;
}

}  // namespace

Fr challenge_double(const JubJubAffine& r, const JubJubAffine& r_prime, const JubJubAffine& pk,
                    const JubJubAffine& pk_prime, const Fq& message) {
    return poseidon::hash_truncated(std::array{Fq::from_u64(kDoubleTag), r.u(), r.v(), r_prime.u(), r_prime.v(), pk.u(),
                                               pk.v(), pk_prime.u(), pk_prime.v(), message});
}

Fr challenge_var_gen(const JubJubAffine& r, const JubJubAffine& pk, const JubJubAffine& generator, const Fq& message) {
    return poseidon::hash_truncated(std::array{r.u(), r.v(), pk.u(), pk.v(), generator.u(), generator.v(), message});
}

Signature sign(const SecretKey& key, RandomSource& random, const Fq& message) {
    const Secret<Fr> secret = nonce(key, random, NonceTag::single, message);
    const auto points =
        public_points(std::array{multiply_generator(secret.reveal()), multiply_generator(key.reveal())});
    const Fr c = challenge(points[0].affine(), points[1].affine(), message);
    return {secret.reveal() - c * key.reveal(), points[0]};
}

SignatureDouble sign_double(const SecretKey& key, RandomSource& random, const Fq& message) {
    const Secret<Fr> secret = nonce(key, random, NonceTag::paired, message);
    const auto points =
        public_points(std::array{multiply_generator(secret.reveal()), multiply_generator_nums(secret.reveal()),
                                 multiply_generator(key.reveal()), multiply_generator_nums(key.reveal())});
    const Fr c =
        challenge_double(points[0].affine(), points[1].affine(), points[2].affine(), points[3].affine(), message);
    return {secret.reveal() - c * key.reveal(), points[0], points[1]};
}

Signature sign_var_gen(const SecretKeyVarGen& key, RandomSource& random, const Fq& message) {
    const JubJubAffine& generator = key.generator().affine();
    const Fr& scalar = key.secret().reveal();
    const Secret<Fr> fresh(Fr::random(random));
    const Secret<Fr> secret =
        nonce_of(Secret(std::array{to_fq(fresh.reveal()), to_fq(scalar), generator.u(), generator.v(), message}));
    const auto points = public_points(std::array{multiply(generator, secret.reveal()), multiply(generator, scalar)});
    const Fr c = challenge_var_gen(points[0].affine(), points[1].affine(), generator, message);
    return {secret.reveal() - c * scalar, points[0]};
}

Result<void, VerifyError> verify_double(const PublicKeyDouble& key, const SignatureDouble& signature,
                                        const Fq& message) {
    if (!key.is_valid() || !signature.is_valid()) return fail(VerifyError::invalid_point);
    const JubJubAffine& r = signature.r().affine();
    const JubJubAffine& r_prime = signature.r_prime().affine();
    const JubJubAffine& pk = key.pk().affine();
    const JubJubAffine& pk_prime = key.pk_prime().affine();
    const Fr c = challenge_double(r, r_prime, pk, pk_prime, message);
    if (multiply_add_vartime(generator_multiples(), signature.u(), pk, c) != r ||
        multiply_add_vartime(generator_nums_multiples(), signature.u(), pk_prime, c) != r_prime) {
        return fail(VerifyError::invalid_signature);
    }
    return {};
}

Result<void, VerifyError> verify_var_gen(const PublicKeyVarGen& key, const Signature& signature, const Fq& message) {
    if (!key.is_valid() || !signature.is_valid()) return fail(VerifyError::invalid_point);
    const JubJubAffine& r = signature.r().affine();
    const JubJubAffine& pk = key.pk().affine();
    const JubJubAffine& generator = key.generator().affine();
    const Fr c = challenge_var_gen(r, pk, generator, message);
    if (multiply_add_vartime(generator, signature.u(), pk, c) != r) return fail(VerifyError::invalid_signature);
    return {};
}

}  // namespace dusk::crypto::schnorr::bound
