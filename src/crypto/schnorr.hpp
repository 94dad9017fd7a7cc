// Schnorr signatures on JubJub over one field element: single, double and with a generator of the key's own.
// spec/crypto.md §7; archives §17.
//
// Signing is constant time in the keys and nonces and draws 64 bytes of randomness per signature. Verification is of
// public data: variable time. A key or signature carries whether its points have prime order, found out once when it
// was decoded (keys of the lax rule, archives) or known from the rule (strict); `verify` asks it, in the order of the
// network: the key, then the signature, then the equation.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "crypto/jubjub_checked.hpp"

namespace dusk::crypto::schnorr {

enum class VerifyError : std::uint8_t {
    invalid_point,      // a point of the key or the signature is the identity or outside the subgroup
    invalid_signature,  // the equation does not hold
};
[[nodiscard]] std::string_view to_string(VerifyError error);

// u ‖ R: 64 bytes, R strict; archive 192 bytes. Also the signature for a key with its own generator.
class Signature {
  public:
    static constexpr std::size_t kSize = 64;
    static constexpr std::size_t kArchivedSize = 192;

    Signature(const Fr& u, const CheckedPoint& r) : u_(u), r_(r) {}
    // Errors: bad_length; of u: not_canonical; of R: as of `JubJubAffine::from_bytes_strict`.
    [[nodiscard]] static Result<Signature, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // Errors: bad_length, not_canonical, not_on_curve. R may be any point of the curve.
    [[nodiscard]] static Result<Signature, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;

    [[nodiscard]] const Fr& u() const { return u_; }
    [[nodiscard]] const CheckedPoint& r() const { return r_; }
    [[nodiscard]] bool is_valid() const { return r_.is_prime_order(); }
    friend bool operator==(const Signature&, const Signature&) = default;

  private:
    Fr u_;
    CheckedPoint r_;
};

// u ‖ R ‖ R': 96 bytes, both strict; archive 352 bytes. Errors as of `Signature`.
class SignatureDouble {
  public:
    static constexpr std::size_t kSize = 96;
    static constexpr std::size_t kArchivedSize = 352;

    SignatureDouble(const Fr& u, const CheckedPoint& r, const CheckedPoint& r_prime)
        : u_(u), r_(r), r_prime_(r_prime) {}
    [[nodiscard]] static Result<SignatureDouble, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    [[nodiscard]] static Result<SignatureDouble, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;

    [[nodiscard]] const Fr& u() const { return u_; }
    [[nodiscard]] const CheckedPoint& r() const { return r_; }
    [[nodiscard]] const CheckedPoint& r_prime() const { return r_prime_; }
    [[nodiscard]] bool is_valid() const { return r_.is_prime_order() && r_prime_.is_prime_order(); }
    friend bool operator==(const SignatureDouble&, const SignatureDouble&) = default;

  private:
    Fr u_;
    CheckedPoint r_, r_prime_;
};

class SecretKey;
class SecretKeyVarGen;

// sk G: 32 bytes, LAX rule (a torsion point decodes and then fails `verify`); archive 160 bytes.
class PublicKey {
  public:
    static constexpr std::size_t kSize = 32;
    static constexpr std::size_t kArchivedSize = 160;

    explicit PublicKey(const SecretKey& secret);
    explicit PublicKey(const CheckedPoint& point) : point_(point) {}
    // Errors as of `JubJubAffine::from_bytes_lax`.
    [[nodiscard]] static Result<PublicKey, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const { return point_.to_bytes(); }
    // Errors as of `JubJubExtended::from_archive`.
    [[nodiscard]] static Result<PublicKey, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const { return point_.to_archive(); }

    [[nodiscard]] const CheckedPoint& point() const { return point_; }
    [[nodiscard]] bool is_valid() const { return point_.is_prime_order(); }
    [[nodiscard]] Result<void, VerifyError> verify(const Signature& signature, const Fq& message) const;
    friend bool operator==(const PublicKey&, const PublicKey&) = default;

  private:
    CheckedPoint point_;
};

// sk G ‖ sk G': 64 bytes, both strict; archive 320 bytes.
class PublicKeyDouble {
  public:
    static constexpr std::size_t kSize = 64;
    static constexpr std::size_t kArchivedSize = 320;

    explicit PublicKeyDouble(const SecretKey& secret);
    PublicKeyDouble(const CheckedPoint& pk, const CheckedPoint& pk_prime) : pk_(pk), pk_prime_(pk_prime) {}
    // Errors: bad_length, and as of `JubJubAffine::from_bytes_strict`.
    [[nodiscard]] static Result<PublicKeyDouble, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    [[nodiscard]] static Result<PublicKeyDouble, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;

    [[nodiscard]] const CheckedPoint& pk() const { return pk_; }
    [[nodiscard]] const CheckedPoint& pk_prime() const { return pk_prime_; }
    [[nodiscard]] bool is_valid() const { return pk_.is_prime_order() && pk_prime_.is_prime_order(); }
    [[nodiscard]] Result<void, VerifyError> verify(const SignatureDouble& signature, const Fq& message) const;
    friend bool operator==(const PublicKeyDouble&, const PublicKeyDouble&) = default;

  private:
    CheckedPoint pk_, pk_prime_;
};

// sk gen ‖ gen: 64 bytes, both strict.
class PublicKeyVarGen {
  public:
    static constexpr std::size_t kSize = 64;

    explicit PublicKeyVarGen(const SecretKeyVarGen& secret);
    PublicKeyVarGen(const CheckedPoint& pk, const CheckedPoint& generator) : pk_(pk), generator_(generator) {}
    // Errors: bad_length, and as of `JubJubAffine::from_bytes_strict`.
    [[nodiscard]] static Result<PublicKeyVarGen, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;

    [[nodiscard]] const CheckedPoint& pk() const { return pk_; }
    [[nodiscard]] const CheckedPoint& generator() const { return generator_; }
    [[nodiscard]] bool is_valid() const { return pk_.is_prime_order() && generator_.is_prime_order(); }
    [[nodiscard]] Result<void, VerifyError> verify(const Signature& signature, const Fq& message) const;
    friend bool operator==(const PublicKeyVarGen&, const PublicKeyVarGen&) = default;

  private:
    CheckedPoint pk_, generator_;
};

// A scalar: 32 bytes, canonical; zero is allowed. Archive 32 bytes (Montgomery limbs).
class SecretKey {
  public:
    static constexpr std::size_t kSize = 32;

    explicit SecretKey(const Fr& scalar) : scalar_(scalar) {}
    explicit SecretKey(Secret<Fr> scalar) : scalar_(std::move(scalar)) {}
    [[nodiscard]] static SecretKey random(RandomSource& random);  // one draw of 64 bytes
    // Errors: bad_length, not_canonical.
    [[nodiscard]] static Result<SecretKey, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] SecretArray<kSize> to_bytes() const;
    // Errors: bad_length, not_canonical.
    [[nodiscard]] static Result<SecretKey, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] SecretArray<kSize> to_archive() const;

    [[nodiscard]] const Fr& reveal() const { return scalar_.reveal(); }
    [[nodiscard]] SecretKey clone() const { return SecretKey(scalar_.reveal()); }
    // Constant time.
    [[nodiscard]] bool operator==(const SecretKey& other) const { return scalar_ == other.scalar_; }

    [[nodiscard]] Signature sign(RandomSource& random, const Fq& message) const;
    [[nodiscard]] SignatureDouble sign_double(RandomSource& random, const Fq& message) const;

  private:
    Secret<Fr> scalar_;
};

// A scalar and the generator that the key uses instead of G: sk ‖ gen, 64 bytes, gen strict.
class SecretKeyVarGen {
  public:
    static constexpr std::size_t kSize = 64;

    SecretKeyVarGen(SecretKey secret, const CheckedPoint& generator)
        : secret_(std::move(secret)), generator_(generator) {}
    // The generator k G for a random k, after the secret key: two draws of 64 bytes.
    [[nodiscard]] static SecretKeyVarGen random(RandomSource& random);
    // Errors: bad_length; of sk: not_canonical; of the generator: as of `JubJubAffine::from_bytes_strict`.
    [[nodiscard]] static Result<SecretKeyVarGen, DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] SecretArray<kSize> to_bytes() const;

    [[nodiscard]] const SecretKey& secret() const { return secret_; }
    [[nodiscard]] const CheckedPoint& generator() const { return generator_; }
    [[nodiscard]] Signature sign(RandomSource& random, const Fq& message) const;

  private:
    SecretKey secret_;
    CheckedPoint generator_;
};

// The challenge of the single signature and of that with an own generator (which is not hashed).
[[nodiscard]] Fr challenge(const JubJubAffine& r, const JubJubAffine& pk, const Fq& message);
// The challenge of the double signature (PK' is not hashed).
[[nodiscard]] Fr challenge_double(const JubJubAffine& r, const JubJubAffine& r_prime, const JubJubAffine& pk,
                                  const Fq& message);

}  // namespace dusk::crypto::schnorr
