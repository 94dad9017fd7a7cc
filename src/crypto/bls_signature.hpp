// BLS signatures: keys in G2 (96 bytes), signatures in G1 (48 bytes), single and aggregated. spec/crypto.md §9.
//
// Points of these types are in the prime-order subgroup, because every way to make them checks it; so verification does
// not check it again. They may be the identity: it decodes, and is refused where a key or signature is used.
// Many signatures at once: crypto/bls_batch.hpp. The same keys again and again: crypto/bls_key_cache.hpp.
#pragma once

#include <compare>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "crypto/computed_g2.hpp"
#include "crypto/field.hpp"
#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::crypto {

// Which hash functions: by hard fork. v1 (before the fork) is insecure and serves to check old blocks.
enum class BlsVersion : std::uint8_t { v1, v2 };

enum class BlsError : std::uint8_t {
    no_keys,            // an aggregate of nothing
    invalid_point,      // a key or signature is the identity, or a raw one that the network calls invalid
    invalid_signature,  // not a signature of this message under this key
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(BlsError error);

// What is signed: v2 hashes the message to G1, v1 multiplies the generator by the hashed message.
[[nodiscard]] G1Projective bls_message_point(ByteView message, BlsVersion version);
// The factor of a key in an aggregate, of its 96 bytes.
[[nodiscard]] Fq bls_key_factor(std::span<const std::uint8_t, 96> key, BlsVersion version);

// A signature, or with the factor of the key a share of an aggregate: the same point, other rules. `Role` keeps them
// apart.
template <class Role>
class BlsG1 {
  public:
    static constexpr std::size_t kSize = G1Affine::kCompressedSize;
    static constexpr std::size_t kArchivedSize = G1Affine::kArchivedSize;

    BlsG1() = default;  // the identity
    explicit BlsG1(const G1Affine& point) : point_(point) {}
    // 48 bytes compressed. Errors: those of `G1Affine::from_compressed`.
    [[nodiscard]] static Result<BlsG1, DecodeError> from_bytes(ByteView bytes);
    // Base58 of the bytes, as in JSON. Errors: bad_text, and as above.
    [[nodiscard]] static Result<BlsG1, DecodeError> from_base58(std::string_view text);
    // As a contract hands it over. Errors: invalid_point.
    [[nodiscard]] static Result<BlsG1, BlsError> from_raw(const RawG1& raw);

    [[nodiscard]] ByteArray<kSize> to_bytes() const { return point_.to_compressed(); }
    [[nodiscard]] std::string to_base58() const;
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const { return point_.to_archive(); }
    [[nodiscard]] const G1Affine& point() const { return point_; }
    // Not the identity.
    [[nodiscard]] bool is_valid() const { return !point_.is_identity(); }
    friend bool operator==(const BlsG1&, const BlsG1&) = default;

  private:
    G1Affine point_;
};

using BlsSignature = BlsG1<struct SingleRole>;
using BlsMultisigSignature = BlsG1<struct MultisigRole>;

// The sum of shares; of none, or of shares that cancel, the identity.
[[nodiscard]] BlsMultisigSignature bls_aggregate(std::span<const BlsMultisigSignature> shares);

class BlsPublicKey {
  public:
    static constexpr std::size_t kSize = G2Affine::kCompressedSize;
    static constexpr std::size_t kArchivedSize = G2Affine::kArchivedSize;
    static constexpr std::size_t kRawSize = G2Affine::kRawSize;

    BlsPublicKey() = default;  // the identity
    explicit BlsPublicKey(const G2Affine& point) : point_(point) {}
    // 96 bytes compressed. Errors: those of `G2Affine::from_compressed`.
    [[nodiscard]] static Result<BlsPublicKey, DecodeError> from_bytes(ByteView bytes);
    // Base58 of the bytes: JSON, and the text of a public account. Errors: bad_text, and as above.
    [[nodiscard]] static Result<BlsPublicKey, DecodeError> from_base58(std::string_view text);
    // As a contract hands it over; compared by the point alone, though unreduced limbs stay part of the key:
    // verification and aggregates depend on them. Errors: invalid_point.
    [[nodiscard]] static Result<BlsPublicKey, BlsError> from_raw(const RawG2& raw);

    [[nodiscard]] ByteArray<kSize> to_bytes() const { return point_.to_compressed(); }
    [[nodiscard]] std::string to_base58() const;
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const { return point_.to_archive(); }
    [[nodiscard]] ByteArray<kRawSize> to_raw_bytes() const { return point_.to_raw_bytes(); }
    [[nodiscard]] const G2Affine& point() const { return point_; }
    // Not the identity.
    [[nodiscard]] bool is_valid() const { return !point_.is_identity(); }
    // Whether the key came from limbs whose Miller loop the network gets wrong, so that no signature is valid under it
    // (lines_are_those_of_reduced_limbs in crypto/raw_point.hpp).
    [[nodiscard]] bool has_bent_lines() const { return bent_lines_; }
    // The limbs, when some of them are at or above p; else null.
    [[nodiscard]] const RawG2* unreduced() const { return unreduced_.get(); }

    // Errors: invalid_point, invalid_signature. About 0.8 ms.
    [[nodiscard]] Result<void, BlsError> verify(const BlsSignature& signature, ByteView message,
                                                BlsVersion version = BlsVersion::v2) const;

    friend bool operator==(const BlsPublicKey& a, const BlsPublicKey& b) { return a.point_ == b.point_; }
    // By the compressed bytes.
    friend std::strong_ordering operator<=>(const BlsPublicKey& a, const BlsPublicKey& b) {
        return a.to_bytes() <=> b.to_bytes();
    }

  private:
    G2Affine point_;
    bool bent_lines_ = false;
    std::shared_ptr<const RawG2> unreduced_;  // apart, because hardly any key has it
};

// A sum of weighted keys. It may be the identity, or with unreduced keys among them no point of the subgroup at all;
// then no signature is valid under it.
class BlsMultisigPublicKey {
  public:
    static constexpr std::size_t kSize = G2Affine::kCompressedSize;
    static constexpr std::size_t kArchivedSize = G2Affine::kArchivedSize;

    BlsMultisigPublicKey() = default;  // the identity
    explicit BlsMultisigPublicKey(const G2Affine& point) : sum_(point) {}
    explicit BlsMultisigPublicKey(const ComputedG2& sum) : sum_(sum) {}
    [[nodiscard]] static Result<BlsMultisigPublicKey, DecodeError> from_bytes(ByteView bytes);
    // The sum of H1(key)·key; a key counts as often as it occurs, the order is irrelevant.
    // Errors: no_keys, invalid_point (a key is the identity). Variable time.
    [[nodiscard]] static Result<BlsMultisigPublicKey, BlsError> aggregate(std::span<const BlsPublicKey> keys,
                                                                          BlsVersion version = BlsVersion::v2);

    [[nodiscard]] ByteArray<kSize> to_bytes() const { return sum_.raw().to_compressed(); }
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const { return sum_.raw().to_archive(); }

    // Errors: invalid_point, invalid_signature.
    [[nodiscard]] Result<void, BlsError> verify(const BlsMultisigSignature& signature, ByteView message,
                                                BlsVersion version = BlsVersion::v2) const;

    friend bool operator==(const BlsMultisigPublicKey&, const BlsMultisigPublicKey&) = default;

  private:
    ComputedG2 sum_;
};

// A scalar; zero is allowed, its public key is the identity. Wiped with the object; everything done with it is constant
// time.
class BlsSecretKey {
  public:
    static constexpr std::size_t kSize = 32;

    explicit BlsSecretKey(Secret<Fq> scalar) : scalar_(std::move(scalar)) {}
    // 32 bytes, little-endian, canonical. Errors: bad_length, not_canonical.
    [[nodiscard]] static Result<BlsSecretKey, DecodeError> from_bytes(ByteView bytes);
    // One draw of 64 bytes.
    [[nodiscard]] static BlsSecretKey random(RandomSource& random);

    [[nodiscard]] SecretArray<kSize> to_bytes() const { return SecretArray<kSize>(scalar_.reveal().to_bytes()); }
    // The 32 bytes of the rkyv archive: Montgomery limbs.
    [[nodiscard]] SecretArray<kSize> to_archive() const;
    [[nodiscard]] const Secret<Fq>& scalar() const { return scalar_; }
    [[nodiscard]] BlsPublicKey public_key() const;

    [[nodiscard]] BlsSignature sign(ByteView message, BlsVersion version = BlsVersion::v2) const;
    // The share of `key`, the public key of this one, in a signature under an aggregate of keys.
    [[nodiscard]] BlsMultisigSignature sign_multisig(const BlsPublicKey& key, ByteView message,
                                                     BlsVersion version = BlsVersion::v2) const;

  private:
    Secret<Fq> scalar_;
};

}  // namespace dusk::crypto
