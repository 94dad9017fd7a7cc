#include "crypto/elgamal.hpp"

#include <algorithm>

#include "crypto/jubjub_map.hpp"

namespace dusk::crypto::elgamal {

namespace {

Encrypted encrypt_to(const JubJubExtended& public_key, const JubJubExtended& plaintext, const Fr& r,
                     const JubJubExtended& c1) {
    const JubJubExtended shared = multiply(public_key, r);
    const auto affine = to_affine(std::array{c1, plaintext + shared, shared});
    return {Encryption(affine[0], affine[1]), affine[2]};
}

}  // namespace

Result<Encryption, DecodeError> Encryption::from_bytes(ByteView bytes) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto c1 = JubJubAffine::from_bytes_strict(bytes.first(JubJubAffine::kSize));
    if (!c1) return fail(c1.error());
    const auto c2 = JubJubAffine::from_bytes_strict(bytes.subspan(JubJubAffine::kSize));
    if (!c2) return fail(c2.error());
    if (c1->is_identity() || c2->is_identity()) return fail(DecodeError::identity);
    return Encryption(*c1, *c2);
}

Result<Encryption, DecodeError> Encryption::from_points(const JubJubExtended& c1, const JubJubExtended& c2) {
    if (c1.is_identity() || c2.is_identity()) return fail(DecodeError::identity);
    const auto affine = to_affine(std::array{c1, c2});
    if (!affine[0].is_torsion_free() || !affine[1].is_torsion_free()) return fail(DecodeError::not_in_subgroup);
    return Encryption(affine[0], affine[1]);
}

ByteArray<Encryption::kSize> Encryption::to_bytes() const {
    ByteArray<kSize> out;
    std::ranges::copy(c1_.to_bytes(), out.begin());
    std::ranges::copy(c2_.to_bytes(), out.begin() + JubJubAffine::kSize);
    return out;
}

JubJubAffine Encryption::decrypt(const Fr& secret_key) const { return decrypt_with_shared(multiply(c1_, secret_key)); }

JubJubAffine Encryption::decrypt_with_shared(const JubJubExtended& shared) const {
    return (JubJubExtended(c2_) - shared).to_affine();
}

Encrypted encrypt(const JubJubExtended& public_key, const JubJubExtended& plaintext, const Fr& r) {
    return encrypt_to(public_key, plaintext, r, multiply_generator(r));
}

Encrypted encrypt(const JubJubExtended& public_key, const JubJubExtended& plaintext, const Fr& r,
                  const JubJubExtended& generator) {
    return encrypt_to(public_key, plaintext, r, multiply(generator, r));
}

Encrypted encrypt_u64(const JubJubExtended& public_key, std::uint64_t value, const Fr& r) {
    return encrypt(public_key, map_to_point(value), r);
}

Encrypted encrypt_u64(const JubJubExtended& public_key, std::uint64_t value, const Fr& r,
                      const JubJubExtended& generator) {
    return encrypt(public_key, map_to_point(value), r, generator);
}

}  // namespace dusk::crypto::elgamal
