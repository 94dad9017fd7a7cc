#include "crypto/schnorr.hpp"

#include "base/declassify.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/poseidon.hpp"

namespace dusk::crypto::schnorr {

namespace {

constexpr std::size_t kScalarSize = Fr::kSize;
constexpr std::size_t kPointSize = JubJubAffine::kSize;
constexpr std::size_t kPointArchive = JubJubExtended::kArchivedSize;

template <std::size_t N, class... Parts>
ByteArray<N> join(const Parts&... parts) {
    static_assert((std::tuple_size_v<Parts> + ...) == N);
    ByteArray<N> out;
    auto* to = out.data();
    ((to = std::copy(parts.begin(), parts.end(), to)), ...);
    return out;
}

// Both points by the same reader, which takes `size` bytes.
using PointReader = Result<CheckedPoint, DecodeError> (*)(ByteView);
Result<std::pair<CheckedPoint, CheckedPoint>, DecodeError> two_points(ByteView bytes, std::size_t size,
                                                                      PointReader read) {
    const auto first = read(bytes.first(size));
    if (!first) return fail(first.error());
    const auto second = read(bytes.subspan(size, size));
    if (!second) return fail(second.error());
    return std::pair(*first, *second);
}

// Public points that were computed from secrets, with one inversion for all.
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

std::string_view to_string(VerifyError error) {
    switch (error) {
        case VerifyError::invalid_point:
            return "a point of the key or the signature is not of prime order";
        case VerifyError::invalid_signature:
            return "the signature is not of this key and message";
    }
    return "unknown error";
}

Fr challenge(const JubJubAffine& r, const JubJubAffine& pk, const Fq& message) {
    return poseidon::hash_truncated(std::array{r.u(), r.v(), pk.u(), pk.v(), message});
}

Fr challenge_double(const JubJubAffine& r, const JubJubAffine& r_prime, const JubJubAffine& pk, const Fq& message) {
    return poseidon::hash_truncated(std::array{r.u(), r.v(), r_prime.u(), r_prime.v(), pk.u(), pk.v(), message});
}

// ---- signatures

Result<Signature, DecodeError> Signature::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto u = Fr::from_bytes(bytes.first(kScalarSize));
    if (!u) return fail(u.error());
    return transform(CheckedPoint::from_bytes_strict(bytes.subspan(kScalarSize)),
                     [&](const CheckedPoint& r) { return Signature(*u, r); });
}

ByteArray<Signature::kSize> Signature::to_bytes() const { return join<kSize>(u_.to_bytes(), r_.to_bytes()); }

Result<Signature, DecodeError> Signature::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    const auto u = Fr::from_archive(archive.first(kScalarSize));
    if (!u) return fail(u.error());
    return transform(CheckedPoint::from_archive(archive.subspan(kScalarSize)),
                     [&](const CheckedPoint& r) { return Signature(*u, r); });
}

ByteArray<Signature::kArchivedSize> Signature::to_archive() const {
    return join<kArchivedSize>(u_.to_archive(), r_.to_archive());
}

Result<SignatureDouble, DecodeError> SignatureDouble::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto u = Fr::from_bytes(bytes.first(kScalarSize));
    if (!u) return fail(u.error());
    return transform(two_points(bytes.subspan(kScalarSize), kPointSize, CheckedPoint::from_bytes_strict),
                     [&](const auto& points) { return SignatureDouble(*u, points.first, points.second); });
}

ByteArray<SignatureDouble::kSize> SignatureDouble::to_bytes() const {
    return join<kSize>(u_.to_bytes(), r_.to_bytes(), r_prime_.to_bytes());
}

Result<SignatureDouble, DecodeError> SignatureDouble::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    const auto u = Fr::from_archive(archive.first(kScalarSize));
    if (!u) return fail(u.error());
    return transform(two_points(archive.subspan(kScalarSize), kPointArchive, CheckedPoint::from_archive),
                     [&](const auto& points) { return SignatureDouble(*u, points.first, points.second); });
}

ByteArray<SignatureDouble::kArchivedSize> SignatureDouble::to_archive() const {
    return join<kArchivedSize>(u_.to_archive(), r_.to_archive(), r_prime_.to_archive());
}

// ---- public keys

PublicKey::PublicKey(const SecretKey& secret)
    : point_(public_points(std::array{multiply_generator(secret.reveal())})[0]) {}

Result<PublicKey, DecodeError> PublicKey::from_bytes(ByteView bytes) {
    return transform(CheckedPoint::from_bytes_lax(bytes), [](const CheckedPoint& p) { return PublicKey(p); });
}

Result<PublicKey, DecodeError> PublicKey::from_archive(ByteView archive) {
    return transform(CheckedPoint::from_archive(archive), [](const CheckedPoint& p) { return PublicKey(p); });
}

Result<void, VerifyError> PublicKey::verify(const Signature& signature, const Fq& message) const {
    if (!is_valid() || !signature.is_valid()) return fail(VerifyError::invalid_point);
    const Fr c = challenge(signature.r().affine(), point_.affine(), message);
    const JubJubExtended expected = multiply_add_vartime(generator_multiples(), signature.u(), point_.affine(), c);
    if (expected != signature.r().affine()) return fail(VerifyError::invalid_signature);
    return {};
}

PublicKeyDouble::PublicKeyDouble(const SecretKey& secret) {
    const auto points =
        public_points(std::array{multiply_generator(secret.reveal()), multiply_generator_nums(secret.reveal())});
    pk_ = points[0];
    pk_prime_ = points[1];
}

Result<PublicKeyDouble, DecodeError> PublicKeyDouble::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    return transform(two_points(bytes, kPointSize, CheckedPoint::from_bytes_strict),
                     [](const auto& points) { return PublicKeyDouble(points.first, points.second); });
}

ByteArray<PublicKeyDouble::kSize> PublicKeyDouble::to_bytes() const {
    return join<kSize>(pk_.to_bytes(), pk_prime_.to_bytes());
}

Result<PublicKeyDouble, DecodeError> PublicKeyDouble::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    return transform(two_points(archive, kPointArchive, CheckedPoint::from_archive),
                     [](const auto& points) { return PublicKeyDouble(points.first, points.second); });
}

ByteArray<PublicKeyDouble::kArchivedSize> PublicKeyDouble::to_archive() const {
    return join<kArchivedSize>(pk_.to_archive(), pk_prime_.to_archive());
}

Result<void, VerifyError> PublicKeyDouble::verify(const SignatureDouble& signature, const Fq& message) const {
    if (!is_valid() || !signature.is_valid()) return fail(VerifyError::invalid_point);
    const JubJubAffine& r = signature.r().affine();
    const JubJubAffine& r_prime = signature.r_prime().affine();
    const Fr c = challenge_double(r, r_prime, pk_.affine(), message);
    if (multiply_add_vartime(generator_multiples(), signature.u(), pk_.affine(), c) != r ||
        multiply_add_vartime(generator_nums_multiples(), signature.u(), pk_prime_.affine(), c) != r_prime) {
        return fail(VerifyError::invalid_signature);
    }
    return {};
}

PublicKeyVarGen::PublicKeyVarGen(const SecretKeyVarGen& secret)
    : pk_(public_points(std::array{multiply(secret.generator().extended(), secret.secret().reveal())})[0]),
      generator_(secret.generator()) {}

Result<PublicKeyVarGen, DecodeError> PublicKeyVarGen::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    return transform(two_points(bytes, kPointSize, CheckedPoint::from_bytes_strict),
                     [](const auto& points) { return PublicKeyVarGen(points.first, points.second); });
}

ByteArray<PublicKeyVarGen::kSize> PublicKeyVarGen::to_bytes() const {
    return join<kSize>(pk_.to_bytes(), generator_.to_bytes());
}

Result<void, VerifyError> PublicKeyVarGen::verify(const Signature& signature, const Fq& message) const {
    if (!is_valid() || !signature.is_valid()) return fail(VerifyError::invalid_point);
    const Fr c = challenge(signature.r().affine(), pk_.affine(), message);
    const JubJubExtended expected = multiply_add_vartime(generator_.affine(), signature.u(), pk_.affine(), c);
    if (expected != signature.r().affine()) return fail(VerifyError::invalid_signature);
    return {};
}

// ---- secret keys

SecretKey SecretKey::random(RandomSource& random) { return SecretKey(Secret<Fr>(Fr::random(random))); }

Result<SecretKey, DecodeError> SecretKey::from_bytes(ByteView bytes) {
    auto scalar = into_secret(Fr::from_bytes(bytes));
    if (!scalar) return fail(scalar.error());
    return SecretKey(std::move(*scalar));
}

SecretArray<SecretKey::kSize> SecretKey::to_bytes() const { return SecretArray<kSize>(reveal().to_bytes()); }

Result<SecretKey, DecodeError> SecretKey::from_archive(ByteView archive) {
    auto scalar = into_secret(Fr::from_archive(archive));
    if (!scalar) return fail(scalar.error());
    return SecretKey(std::move(*scalar));
}

SecretArray<SecretKey::kSize> SecretKey::to_archive() const { return SecretArray<kSize>(reveal().to_archive()); }

Signature SecretKey::sign(RandomSource& random, const Fq& message) const {
    const Secret<Fr> nonce(Fr::random(random));
    const auto points = public_points(std::array{multiply_generator(nonce.reveal()), multiply_generator(reveal())});
    const Fr c = challenge(points[0].affine(), points[1].affine(), message);
    return {nonce.reveal() - c * reveal(), points[0]};
}

SignatureDouble SecretKey::sign_double(RandomSource& random, const Fq& message) const {
    const Secret<Fr> nonce(Fr::random(random));
    const auto points = public_points(std::array{
        multiply_generator(nonce.reveal()), multiply_generator_nums(nonce.reveal()), multiply_generator(reveal())});
    const Fr c = challenge_double(points[0].affine(), points[1].affine(), points[2].affine(), message);
    return {nonce.reveal() - c * reveal(), points[0], points[1]};
}

SecretKeyVarGen SecretKeyVarGen::random(RandomSource& random) {
    SecretKey secret = SecretKey::random(random);
    const Secret<Fr> generator(Fr::random(random));
    return {std::move(secret), public_points(std::array{multiply_generator(generator.reveal())})[0]};
}

Result<SecretKeyVarGen, DecodeError> SecretKeyVarGen::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    auto secret = SecretKey::from_bytes(bytes.first(kScalarSize));
    if (!secret) return fail(secret.error());
    const auto generator = CheckedPoint::from_bytes_strict(bytes.subspan(kScalarSize));
    if (!generator) return fail(generator.error());
    return SecretKeyVarGen(std::move(*secret), *generator);
}

SecretArray<SecretKeyVarGen::kSize> SecretKeyVarGen::to_bytes() const {
    return SecretArray<kSize>(join<kSize>(secret_.to_bytes().reveal(), generator_.to_bytes()));
}

Signature SecretKeyVarGen::sign(RandomSource& random, const Fq& message) const {
    const Secret<Fr> nonce(Fr::random(random));
    const auto points = public_points(
        std::array{multiply(generator_.extended(), nonce.reveal()), multiply(generator_.extended(), secret_.reveal())});
    const Fr c = challenge(points[0].affine(), points[1].affine(), message);
    return {nonce.reveal() - c * secret_.reveal(), points[0]};
}

}  // namespace dusk::crypto::schnorr
