// Schnorr keys and signatures. The first byte picks what the rest is: one of the types, as bytes or as an archive; a
// key, a signature and a message to verify, checked or raw; secret keys that sign together. What decodes has the bytes
// it was read from, what a secret key signs is valid, and both ways to verify give one answer.
#include <algorithm>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_exact.hpp"
#include "crypto/schnorr_multisig.hpp"
#include "crypto/schnorr_raw.hpp"
#include "crypto/unreduced.hpp"
#include "round_trip.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using namespace dusk::crypto::schnorr;
using fuzz::require;

template <class T>
void check_bytes(ByteView bytes) {
    const auto decoded = fuzz::check_bytes<T>(bytes);
    if (decoded) require(T::from_bytes(decoded->to_bytes()) == *decoded);
}

// Bytes keep the point, archives its coordinates too.
template <class T>
void check_archive(ByteView archive) {
    const auto decoded = fuzz::check_archive<T>(archive, T::kArchivedSize);
    if (!decoded) return;
    require(T::from_archive(decoded->to_archive()) == *decoded);
    const auto by_bytes = T::from_bytes(decoded->to_bytes());
    // A valid value has points of prime order, which every rule lets in.
    require(by_bytes ? *by_bytes == *decoded : !decoded->is_valid());
}

template <class Key, class Signature>
void check_signed(const Key& key, const Signature& signature, const Fq& message) {
    const auto verified = key.verify(signature, message);
    require(key.is_valid() ? verified.has_value() : verified == fail(VerifyError::invalid_point));
    if (key.is_valid()) require(!key.verify(signature, message + Fq::one()));
    require(Signature::from_bytes(signature.to_bytes()) == signature);
}

void check_secret_key(ByteView bytes) {
    const auto secret = fuzz::check_bytes<SecretKey>(bytes);
    if (!secret) return;
    ChaChaRng random(1);
    const Fq message = Fq::hash_to_scalar(bytes);
    check_signed(PublicKey(*secret), secret->sign(random, message), message);
    check_signed(PublicKeyDouble(*secret), secret->sign_double(random, message), message);
}

void check_secret_key_archive(ByteView bytes) {
    const auto secret = fuzz::check_archive<SecretKey>(bytes, SecretKey::kSize);
    if (secret) require(*SecretKey::from_bytes(fuzz::view(secret->to_bytes())) == *secret);
}

void check_secret_key_var_gen(ByteView bytes) {
    const auto secret = fuzz::check_bytes<SecretKeyVarGen>(bytes);
    if (!secret) return;
    ChaChaRng random(1);
    const Fq message = Fq::hash_to_scalar(bytes);
    const PublicKeyVarGen key(*secret);
    // The nonce times the identity is no R, and a key 0 no key.
    check_signed(key, secret->sign(random, message), message);
    require(PublicKeyVarGen::from_bytes(key.to_bytes()) == key);
}

// pk 32 ‖ signature 64 ‖ message 32.
void check_verify(ByteView bytes) {
    if (bytes.size() != PublicKey::kSize + Signature::kSize + Fq::kSize) return;
    const auto key = PublicKey::from_bytes(bytes.first(PublicKey::kSize));
    const auto signature = Signature::from_bytes(bytes.subspan(PublicKey::kSize, Signature::kSize));
    const auto message = Fq::from_bytes(bytes.last(Fq::kSize));
    if (!key || !signature || !message) return;
    const auto verified = key->verify(*signature, *message);
    const bool valid = key->is_valid() && signature->is_valid();
    const Fr c = challenge(signature->r().affine(), key->point().affine(), *message);
    const bool holds = multiply_exact(kJubJubGenerator, signature->u()) + multiply_exact(key->point().affine(), c) ==
                       signature->r().affine();
    require(verified.has_value() == (valid && holds));
    require(verified || (verified.error() == VerifyError::invalid_point) == !valid);
    const auto raw = verify_raw(key->to_archive(), signature->to_archive(), unreduced(*message).archived());
    require(raw.has_value() == verified.has_value());
    require(raw || (raw.error() == RawVerifyError::invalid_point) == !valid);
}

// pk 160 ‖ signature 192 ‖ message 32, limbs that nobody checked.
void check_verify_raw(ByteView bytes) {
    const auto part = [&](std::size_t begin, std::size_t size) {
        const ByteView rest = bytes.subspan(std::min(begin, bytes.size()));
        return rest.first(std::min(size, rest.size()));
    };
    const ByteView key_archive = part(0, PublicKey::kArchivedSize);
    const ByteView signature_archive = part(PublicKey::kArchivedSize, Signature::kArchivedSize);
    const ByteView message_limbs = part(PublicKey::kArchivedSize + Signature::kArchivedSize, UnreducedFq::kSize);
    const auto verified = verify_raw(key_archive, signature_archive, message_limbs);
    const bool whole = message_limbs.size() == UnreducedFq::kSize;
    require(verified || (verified.error() == RawVerifyError::bad_length) == !whole);
    if (!whole) return;

    const auto key = PublicKey::from_archive(key_archive);
    const auto signature = Signature::from_archive(signature_archive);
    const UnreducedFq message(message_limbs.first<UnreducedFq::kSize>());
    if (!key || !signature || !message.is_reduced()) return;
    const auto checked = key->verify(*signature, reduced(message));
    require(checked.has_value() == verified.has_value());
    if (!checked) require(to_string(checked.error()) == to_string(verified.error()));
}

// Secret keys of 32 bytes, at most four.
void check_multisig(ByteView bytes) {
    std::vector<SecretKey> secrets;
    std::vector<multisig::Nonces> nonces;
    std::vector<PublicKey> keys;
    std::vector<JubJubAffine> r_points;
    std::vector<JubJubAffine> s_points;
    ChaChaRng random(1);
    for (; bytes.size() >= SecretKey::kSize && secrets.size() < 4; bytes = bytes.subspan(SecretKey::kSize)) {
        auto secret = SecretKey::from_bytes(bytes.first(SecretKey::kSize));
        if (!secret) return;
        keys.emplace_back(*secret);
        secrets.push_back(std::move(*secret));
        nonces.push_back(multisig::sign_round_1(random));
        r_points.push_back(nonces.back().r_point);
        s_points.push_back(nonces.back().s_point);
    }
    if (secrets.empty()) return;
    const Fq message = Fq::hash_to_scalar(bytes);
    multisig::Session session{.keys = keys, .r_points = r_points, .s_points = s_points, .message = message};
    std::vector<Fr> shares;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        const auto share = multisig::sign_round_2(secrets[i], nonces[i], session);
        require(share.has_value());
        shares.push_back(*share);
    }
    const auto signature = multisig::combine(shares, session);
    require(signature.has_value());
    check_signed(multisig::aggregate_key(keys), *signature, message);

    session.s_points = session.s_points.subspan(1);
    require(!multisig::combine(shares, session));
    require(!multisig::sign_round_2(secrets[0], nonces[0], session));
}

constexpr void (*checks[])(ByteView) = {
    check_bytes<Signature>,
    check_archive<Signature>,
    check_bytes<SignatureDouble>,
    check_archive<SignatureDouble>,
    check_bytes<PublicKey>,
    check_archive<PublicKey>,
    check_bytes<PublicKeyDouble>,
    check_archive<PublicKeyDouble>,
    check_bytes<PublicKeyVarGen>,
    check_secret_key,
    check_secret_key_archive,
    check_secret_key_var_gen,
    check_verify,
    check_verify_raw,
    check_multisig,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    checks[data[0] % std::size(checks)]({data + 1, size - 1});
    return 0;
}
