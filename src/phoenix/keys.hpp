// The keys of a Phoenix user (spec/crypto.md §11.1).
//
//     SecretKey (a, b)     spends: 64 bytes a ‖ b, canonical scalars
//     ViewKey (a, B)       recognises and opens notes, cannot spend: 64 bytes a ‖ B
//     PublicKey (A, B)     receives: A = a G, B = b G; 64 bytes A ‖ B, in text base58 ("shielded address")
//
// Points in bytes follow the strict rule; the identity passes it. Archives (§17) show projective coordinates: those
// of a key that was derived here are the ones that the reference derives, those of a decoded key have z = 1.
#pragma once

#include <string>

#include "base/secret.hpp"
#include "crypto/jubjub.hpp"
#include "phoenix/stealth_address.hpp"

namespace dusk::phoenix {

// The encoding of the point that sender and receiver of a note share: r A = a R.
using SharedPoint = SecretArray<crypto::JubJubAffine::kSize>;

// H of §11.1: the encoding of a point hashed to a scalar.
[[nodiscard]] Secret<crypto::Fr> hash_shared_point(const SharedPoint& point);

// Why a text is not an address (see also phoenix/address.hpp).
enum class AddressError : std::uint8_t {
    bad_text,    // not base58
    bad_length,  // not the text of as many bytes as an address has
    bad_point,   // bytes that are not points of the prime-order subgroup
};
[[nodiscard]] std::string_view to_string(AddressError error);

class PublicKey {
  public:
    static constexpr std::size_t kSize = 64;
    static constexpr std::size_t kArchivedSize = 320;

    PublicKey() = default;  // both points are the identity
    PublicKey(const crypto::JubJubExtended& a, const crypto::JubJubExtended& b) : a_(a), b_(b) {}

    // Exactly 64 bytes. Errors: bad_length, and those of the strict point decoder.
    [[nodiscard]] static Result<PublicKey, crypto::DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // The text form of a shielded address (§16.1). Nothing is trimmed.
    [[nodiscard]] static Result<PublicKey, AddressError> from_base58(std::string_view text);
    [[nodiscard]] std::string to_base58() const;
    // rkyv, 320 bytes: A, B extended.
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;

    [[nodiscard]] const crypto::JubJubExtended& a() const { return a_; }
    [[nodiscard]] const crypto::JubJubExtended& b() const { return b_; }

    // r A, for the sender's secret r of one note.
    [[nodiscard]] SharedPoint shared_point(const crypto::Fr& r) const;
    // Where the holder of this key receives one note: R = r G, note_pk = H(r A) G + B (§11.2).
    [[nodiscard]] StealthAddress stealth_address(const crypto::Fr& r,
                                                 Coordinates coordinates = Coordinates::affine) const;
    // The same where r A is known already.
    [[nodiscard]] StealthAddress stealth_address(const crypto::Fr& r, const SharedPoint& shared,
                                                 Coordinates coordinates = Coordinates::affine) const;

    bool operator==(const PublicKey&) const = default;  // of the points, whatever their coordinates

  private:
    crypto::JubJubExtended a_, b_;
};

class ViewKey {
  public:
    static constexpr std::size_t kSize = 64;
    static constexpr std::size_t kArchivedSize = 192;

    ViewKey(const crypto::Fr& a, const crypto::JubJubExtended& b) : a_(a), b_(b) {}
    [[nodiscard]] ViewKey clone() const { return {a_.reveal(), b_}; }

    // Exactly 64 bytes. Errors: bad_length, not_canonical, and those of the strict point decoder.
    [[nodiscard]] static Result<ViewKey, crypto::DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] SecretArray<kSize> to_bytes() const;
    // rkyv, 192 bytes: a, then B extended.
    [[nodiscard]] SecretArray<kArchivedSize> to_archive() const;

    [[nodiscard]] const crypto::Fr& a() const { return a_.reveal(); }
    [[nodiscard]] const crypto::JubJubExtended& b() const { return b_; }

    // a R
    [[nodiscard]] SharedPoint shared_point(const StealthAddress& address) const;
    // note_pk = H(a R) G + B: the address belongs to this key. For many addresses see phoenix/note_scanner.hpp.
    [[nodiscard]] bool owns(const StealthAddress& address) const;

  private:
    Secret<crypto::Fr> a_;
    crypto::JubJubExtended b_;
};

class SecretKey {
  public:
    static constexpr std::size_t kSize = 64;

    SecretKey(const crypto::Fr& a, const crypto::Fr& b) : a_(a), b_(b) {}
    [[nodiscard]] SecretKey clone() const { return {a_.reveal(), b_.reveal()}; }
    // Two draws of 64 bytes: a, then b.
    [[nodiscard]] static SecretKey random(RandomSource& random);

    // Exactly 64 bytes; zeros are accepted. Errors: bad_length, not_canonical.
    [[nodiscard]] static Result<SecretKey, crypto::DecodeError> from_bytes(ByteView bytes);
    [[nodiscard]] SecretArray<kSize> to_bytes() const;
    // rkyv, 64 bytes: the Montgomery limbs of a and b.
    [[nodiscard]] SecretArray<kSize> to_archive() const;

    [[nodiscard]] const crypto::Fr& a() const { return a_.reveal(); }
    [[nodiscard]] const crypto::Fr& b() const { return b_.reveal(); }

    [[nodiscard]] PublicKey public_key() const;
    [[nodiscard]] ViewKey view_key() const;

    // What spends the note at this address: note_sk = H(a R) + b.
    [[nodiscard]] Secret<crypto::Fr> note_secret_key(const StealthAddress& address) const;
    // note_pk = note_sk G.
    [[nodiscard]] bool owns(const StealthAddress& address) const;

  private:
    Secret<crypto::Fr> a_, b_;
};

}  // namespace dusk::phoenix
