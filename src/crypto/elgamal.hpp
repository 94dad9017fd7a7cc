// ElGamal encryption of points on JubJub: spec/crypto.md §8.
//
// Constant time in scalars and points, except `from_bytes`, `from_points` and the mapping of integers.
#pragma once

#include <cstdint>

#include "crypto/jubjub_multiply.hpp"

namespace dusk::crypto::elgamal {

// c1 = r gen, c2 = M + r PK.
class Encryption {
  public:
    static constexpr std::size_t kSize = 64;  // c1 ‖ c2

    // Both points have prime order. Errors: bad_length; as of `JubJubAffine::from_bytes_strict`; identity.
    [[nodiscard]] static Result<Encryption, DecodeError> from_bytes(ByteView bytes);
    // The same test. Errors: not_in_subgroup, identity.
    [[nodiscard]] static Result<Encryption, DecodeError> from_points(const JubJubExtended& c1,
                                                                     const JubJubExtended& c2);
    // What `encrypt` makes: the order of the points follows from its input.
    Encryption(const JubJubAffine& c1, const JubJubAffine& c2) : c1_(c1), c2_(c2) {}

    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    [[nodiscard]] const JubJubAffine& c1() const { return c1_; }
    [[nodiscard]] const JubJubAffine& c2() const { return c2_; }

    // c2 - sk c1: the plaintext if the generator was that of the key.
    [[nodiscard]] JubJubAffine decrypt(const Fr& secret_key) const;
    // c2 - shared, with the shared point that `encrypt` gave.
    [[nodiscard]] JubJubAffine decrypt_with_shared(const JubJubExtended& shared) const;
    friend bool operator==(const Encryption&, const Encryption&) = default;

  private:
    JubJubAffine c1_, c2_;
};

struct Encrypted {
    Encryption encryption;
    JubJubAffine shared;  // r PK, secret
};

// Nothing is asked of the points; r is fresh and secret. Without a generator it is G.
[[nodiscard]] Encrypted encrypt(const JubJubExtended& public_key, const JubJubExtended& plaintext, const Fr& r);
[[nodiscard]] Encrypted encrypt(const JubJubExtended& public_key, const JubJubExtended& plaintext, const Fr& r,
                                const JubJubExtended& generator);
// The plaintext is `map_to_point(value)`; `unmap_from_point` of the decrypted point gives it back.
[[nodiscard]] Encrypted encrypt_u64(const JubJubExtended& public_key, std::uint64_t value, const Fr& r);
[[nodiscard]] Encrypted encrypt_u64(const JubJubExtended& public_key, std::uint64_t value, const Fr& r,
                                    const JubJubExtended& generator);

}  // namespace dusk::crypto::elgamal
