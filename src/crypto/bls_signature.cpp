#include "crypto/bls_signature.hpp"

#include <algorithm>
#include <array>

#include "base/base58.hpp"
#include "crypto/hash_to_curve.hpp"
#include "crypto/pairing.hpp"

namespace dusk::crypto {
namespace {

constexpr std::string_view kMessageTag = "BLS_SIG_BLS12381G1_XMD:SHA-256_DUSK_V2";
constexpr std::string_view kKeyTag = "BLS_SIG_BLS12381_SCALAR_SHA256_DUSK_H1_V2";

// e(signature, g2) = e(message, key), as a product with one final exponentiation.
Result<void, BlsError> verify_point(const G2Affine& key, const G1Affine& signature, ByteView message,
                                    BlsVersion version) {
    if (key.is_identity() || signature.is_identity()) return fail(BlsError::invalid_point);
    const G2Prepared prepared_key(key);
    const std::array<PairingTerm, 2> terms{PairingTerm{-signature, &G2Prepared::generator()},
                                           PairingTerm{bls_message_point(message, version).to_affine(), &prepared_key}};
    if (!pairing_product_is_one(terms)) return fail(BlsError::invalid_signature);
    return {};
}

// Constant time, and without a trace of the scalar in the coordinates of the result.
G1Affine multiply_secret(const G1Projective& point, const Fq& scalar) {
    const Secret bytes(scalar.to_bytes());
    Secret<blst_scalar> integer;
    blst_scalar_from_lendian(&integer.reveal(), bytes.reveal().data());
    blst_p1 product;
    blst_sign_pk_in_g2(&product, &point.blst(), &integer.reveal());
    return G1Projective::from_blst_unchecked(product).to_affine();
}

template <class T>
Result<T, DecodeError> decode_base58(std::string_view text) {
    const auto bytes = dusk::from_base58(text, T::kSize);
    if (!bytes) return fail(DecodeError::bad_text);
    return T::from_bytes(*bytes);
}

}  // namespace

std::string_view to_string(BlsError error) {
    switch (error) {
        case BlsError::no_keys:
            return "there is no key to aggregate";
        case BlsError::invalid_point:
            return "the key or the signature is not a valid point";
        case BlsError::invalid_signature:
            return "the signature does not belong to this message and key";
    }
    return "unknown error";
}

G1Projective bls_message_point(ByteView message, BlsVersion version) {
    if (version == BlsVersion::v2) return hash_to_g1(message, as_bytes(kMessageTag));
    return G1Projective::generator() * Fq::hash_to_scalar(message);
}

Fq bls_key_factor(std::span<const std::uint8_t, 96> key, BlsVersion version) {
    if (version == BlsVersion::v1) return Fq::hash_to_scalar(key);
    std::array<std::uint8_t, kKeyTag.size() + 96> tagged;
    std::ranges::copy(kKeyTag, tagged.begin());
    std::ranges::copy(key, tagged.begin() + kKeyTag.size());
    return Fq::hash_to_scalar(tagged);
}

template <class Role>
Result<BlsG1<Role>, DecodeError> BlsG1<Role>::from_bytes(ByteView bytes) {
    return transform(G1Affine::from_compressed(bytes), [](const G1Affine& point) { return BlsG1(point); });
}

template <class Role>
Result<BlsG1<Role>, DecodeError> BlsG1<Role>::from_base58(std::string_view text) {
    return decode_base58<BlsG1>(text);
}

template <class Role>
Result<BlsG1<Role>, BlsError> BlsG1<Role>::from_raw(const RawG1& raw) {
    const auto point = raw.validated();
    if (!point) return fail(BlsError::invalid_point);
    return BlsG1(*point);
}

template <class Role>
std::string BlsG1<Role>::to_base58() const {
    return dusk::to_base58(to_bytes());
}

template class BlsG1<SingleRole>;
template class BlsG1<MultisigRole>;

BlsMultisigSignature bls_aggregate(std::span<const BlsMultisigSignature> shares) {
    std::vector<G1Affine> points;
    points.reserve(shares.size());
    for (const BlsMultisigSignature& share : shares) points.push_back(share.point());
    return BlsMultisigSignature(G1Projective::sum(points).to_affine());
}

Result<BlsPublicKey, DecodeError> BlsPublicKey::from_bytes(ByteView bytes) {
    return transform(G2Affine::from_compressed(bytes), [](const G2Affine& point) { return BlsPublicKey(point); });
}

Result<BlsPublicKey, DecodeError> BlsPublicKey::from_base58(std::string_view text) {
    return decode_base58<BlsPublicKey>(text);
}

Result<BlsPublicKey, BlsError> BlsPublicKey::from_raw(const RawG2& raw) {
    const auto point = raw.validated();
    if (!point) return fail(BlsError::invalid_point);
    BlsPublicKey out(*point);
    if (!raw.is_reduced()) {
        out.bent_lines_ = !lines_are_those_of_reduced_limbs(raw);
        out.unreduced_ = std::make_shared<const RawG2>(raw);
    }
    return out;
}

std::string BlsPublicKey::to_base58() const { return dusk::to_base58(to_bytes()); }

Result<void, BlsError> BlsPublicKey::verify(const BlsSignature& signature, ByteView message, BlsVersion version) const {
    const auto verdict = verify_point(point_, signature.point(), message, version);
    if (verdict && bent_lines_) return fail(BlsError::invalid_signature);
    return verdict;
}

Result<BlsMultisigPublicKey, DecodeError> BlsMultisigPublicKey::from_bytes(ByteView bytes) {
    return transform(G2Affine::from_compressed(bytes),
                     [](const G2Affine& point) { return BlsMultisigPublicKey(point); });
}

Result<BlsMultisigPublicKey, BlsError> BlsMultisigPublicKey::aggregate(std::span<const BlsPublicKey> keys,
                                                                       BlsVersion version) {
    if (keys.empty()) return fail(BlsError::no_keys);
    std::vector<G2Affine> points;
    std::vector<Fq> factors;
    std::vector<ComputedG2> summands(1);  // first the sum of all ordinary keys
    points.reserve(keys.size());
    factors.reserve(keys.size());
    for (const BlsPublicKey& key : keys) {
        if (!key.is_valid()) return fail(BlsError::invalid_point);
        const Fq factor = bls_key_factor(key.to_bytes(), version);
        if (const RawG2* unreduced = key.unreduced()) {
            summands.push_back(ComputedG2::product(*unreduced, factor));
        } else {
            points.push_back(key.point());
            factors.push_back(factor);
        }
    }
    summands[0] = ComputedG2(G2Projective::sum_of_products_vartime(points, factors).to_affine());
    return BlsMultisigPublicKey(ComputedG2::sum(summands));
}

Result<void, BlsError> BlsMultisigPublicKey::verify(const BlsMultisigSignature& signature, ByteView message,
                                                    BlsVersion version) const {
    if (const G2Affine* point = sum_.point()) return verify_point(*point, signature.point(), message, version);
    // Limbs that are no point of the subgroup: the test of a raw key decides.
    const auto key = BlsPublicKey::from_raw(sum_.raw());
    if (!key) return fail(key.error());
    return key->verify(BlsSignature(signature.point()), message, version);
}

Result<BlsSecretKey, DecodeError> BlsSecretKey::from_bytes(ByteView bytes) {
    auto scalar = into_secret(Fq::from_bytes(bytes));
    if (!scalar) return fail(scalar.error());
    return BlsSecretKey(std::move(*scalar));
}

BlsSecretKey BlsSecretKey::random(RandomSource& random) { return BlsSecretKey(Secret<Fq>(Fq::random(random))); }

SecretArray<BlsSecretKey::kSize> BlsSecretKey::to_archive() const {
    return SecretArray<kSize>(scalar_.reveal().to_archive());
}

BlsPublicKey BlsSecretKey::public_key() const {
    const SecretArray<kSize> bytes = to_bytes();
    Secret<blst_scalar> integer;
    blst_scalar_from_lendian(&integer.reveal(), bytes.reveal().data());
    blst_p2 product;
    blst_sk_to_pk_in_g2(&product, &integer.reveal());
    return BlsPublicKey(G2Projective::from_blst_unchecked(product).to_affine());
}

BlsSignature BlsSecretKey::sign(ByteView message, BlsVersion version) const {
    return BlsSignature(multiply_secret(bls_message_point(message, version), scalar_.reveal()));
}

BlsMultisigSignature BlsSecretKey::sign_multisig(const BlsPublicKey& key, ByteView message, BlsVersion version) const {
    const Secret<Fq> factor(scalar_.reveal() * bls_key_factor(key.to_bytes(), version));
    return BlsMultisigSignature(multiply_secret(bls_message_point(message, version), factor.reveal()));
}

}  // namespace dusk::crypto
