#include "phoenix/keys.hpp"

#include <algorithm>

#include "base/base58.hpp"
#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "phoenix/point_pair.hpp"

namespace dusk::phoenix {

using crypto::DecodeError;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

namespace {

SharedPoint encode_shared(const JubJubExtended& point) {
    const Secret<JubJubAffine> affine(point.to_affine());
    return SharedPoint(affine.reveal().to_bytes());
}

}  // namespace

Secret<Fr> hash_shared_point(const SharedPoint& point) { return Secret<Fr>(Fr::hash_to_scalar(point.reveal())); }

std::string_view to_string(AddressError error) {
    switch (error) {
        case AddressError::bad_text:
            return "the address is not base58 text";
        case AddressError::bad_length:
            return "the address does not have the length of an address";
        case AddressError::bad_point:
            return "the address holds no valid key; a character may be wrong";
    }
    return "unknown error";
}

Result<PublicKey, DecodeError> PublicKey::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto a = JubJubAffine::from_bytes_strict(bytes.first(JubJubAffine::kSize));
    if (!a) return fail(a.error());
    const auto b = JubJubAffine::from_bytes_strict(bytes.subspan(JubJubAffine::kSize));
    if (!b) return fail(b.error());
    return PublicKey(*a, *b);
}

ByteArray<PublicKey::kSize> PublicKey::to_bytes() const { return encode_pair(a_, b_); }

Result<PublicKey, AddressError> PublicKey::from_base58(std::string_view text) {
    const auto bytes = dusk::from_base58(text, kSize);
    if (!bytes) {
        return fail(bytes.error() == Base58Error::too_long ? AddressError::bad_length : AddressError::bad_text);
    }
    if (bytes->size() != kSize) return fail(AddressError::bad_length);
    const auto key = from_bytes(*bytes);
    if (!key) return fail(AddressError::bad_point);
    return *key;
}

std::string PublicKey::to_base58() const { return dusk::to_base58(to_bytes()); }

ByteArray<PublicKey::kArchivedSize> PublicKey::to_archive() const { return archive_pair(a_, b_); }

SharedPoint PublicKey::shared_point(const Fr& r) const {
    const Secret<JubJubExtended> shared(crypto::multiply(a_, r));
    return encode_shared(shared.reveal());
}

StealthAddress PublicKey::stealth_address(const Fr& r, Coordinates coordinates) const {
    return stealth_address(r, shared_point(r), coordinates);
}

StealthAddress PublicKey::stealth_address(const Fr& r, const SharedPoint& shared, Coordinates coordinates) const {
    const Secret<Fr> hash = hash_shared_point(shared);
    if (coordinates == Coordinates::reference) {
        const JubJubExtended generator = crypto::kJubJubGenerator;
        return {crypto::multiply_exact(generator, r), crypto::multiply_exact(generator, hash.reveal()) + b_};
    }
    const std::array points{crypto::multiply_generator(r), crypto::multiply_generator(hash.reveal()) + b_};
    const std::vector<JubJubAffine> affine = crypto::to_affine(points);
    return {affine[0], affine[1]};
}

Result<ViewKey, DecodeError> ViewKey::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto a = into_secret(Fr::from_bytes(bytes.first(Fr::kSize)));
    if (!a) return fail(a.error());
    const auto b = JubJubAffine::from_bytes_strict(bytes.subspan(Fr::kSize));
    if (!b) return fail(b.error());
    return ViewKey(a->reveal(), *b);
}

SecretArray<ViewKey::kSize> ViewKey::to_bytes() const {
    SecretArray<kSize> out;
    std::ranges::copy(SecretArray<Fr::kSize>(a().to_bytes()).reveal(), out.reveal().begin());
    std::ranges::copy(to_affine_vartime(b_).to_bytes(), out.reveal().begin() + Fr::kSize);
    return out;
}

SecretArray<ViewKey::kArchivedSize> ViewKey::to_archive() const {
    SecretArray<kArchivedSize> out;
    std::ranges::copy(SecretArray<Fr::kSize>(a().to_archive()).reveal(), out.reveal().begin());
    std::ranges::copy(b_.to_archive(), out.reveal().begin() + Fr::kSize);
    return out;
}

SharedPoint ViewKey::shared_point(const StealthAddress& address) const {
    const Secret<JubJubExtended> shared(crypto::multiply(address.r(), a()));
    return encode_shared(shared.reveal());
}

bool ViewKey::owns(const StealthAddress& address) const {
    // Who learns H(a R) can tie the address to this key, so its multiplication is constant time as well.
    const Secret<Fr> hash = hash_shared_point(shared_point(address));
    return crypto::multiply_generator(hash.reveal()) + b_ == address.note_pk();
}

SecretKey SecretKey::random(RandomSource& random) {
    const Secret<Fr> a(Fr::random(random));
    const Secret<Fr> b(Fr::random(random));
    return {a.reveal(), b.reveal()};
}

Result<SecretKey, DecodeError> SecretKey::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto a = into_secret(Fr::from_bytes(bytes.first(Fr::kSize)));
    if (!a) return fail(a.error());
    const auto b = into_secret(Fr::from_bytes(bytes.subspan(Fr::kSize)));
    if (!b) return fail(b.error());
    return SecretKey(a->reveal(), b->reveal());
}

SecretArray<SecretKey::kSize> SecretKey::to_bytes() const {
    SecretArray<kSize> out;
    std::ranges::copy(SecretArray<Fr::kSize>(a().to_bytes()).reveal(), out.reveal().begin());
    std::ranges::copy(SecretArray<Fr::kSize>(b().to_bytes()).reveal(), out.reveal().begin() + Fr::kSize);
    return out;
}

SecretArray<SecretKey::kSize> SecretKey::to_archive() const {
    SecretArray<kSize> out;
    std::ranges::copy(SecretArray<Fr::kSize>(a().to_archive()).reveal(), out.reveal().begin());
    std::ranges::copy(SecretArray<Fr::kSize>(b().to_archive()).reveal(), out.reveal().begin() + Fr::kSize);
    return out;
}

PublicKey SecretKey::public_key() const {
    const JubJubExtended generator = crypto::kJubJubGenerator;
    return {crypto::multiply_exact(generator, a()), crypto::multiply_exact(generator, b())};
}

ViewKey SecretKey::view_key() const {
    const JubJubExtended generator = crypto::kJubJubGenerator;
    return {a(), crypto::multiply_exact(generator, b())};
}

Secret<Fr> SecretKey::note_secret_key(const StealthAddress& address) const {
    const Secret<JubJubExtended> shared(crypto::multiply(address.r(), a()));
    const Secret<Fr> hash = hash_shared_point(encode_shared(shared.reveal()));
    return Secret<Fr>(hash.reveal() + b());
}

bool SecretKey::owns(const StealthAddress& address) const {
    const Secret<Fr> note_sk = note_secret_key(address);
    return crypto::multiply_generator(note_sk.reveal()) == address.note_pk();
}

}  // namespace dusk::phoenix
