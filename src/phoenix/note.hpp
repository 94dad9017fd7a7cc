// A note: a value that belongs to a stealth address (spec/crypto.md §11.3, §11.4).
#pragma once

#include "phoenix/sender.hpp"

namespace dusk::phoenix {

enum class NoteType : std::uint8_t {
    transparent = 0,  // everybody reads the value
    obfuscated = 1,   // only the receiver does
};

class Note {
  public:
    static constexpr std::size_t kSize = 302;
    static constexpr std::size_t kArchivedSize = 728;
    static constexpr std::size_t kValueEncSize = 68;
    // Of a note that has no place in the tree yet.
    static constexpr std::uint64_t kUnplaced = ~std::uint64_t{0};

    // The empty note: transparent, every point the identity, position and bytes zero. Not a note of value 0.
    Note() = default;

    // A note with a hidden value. Draws from `random`: r (64 bytes), then the nonce of the AES layer (12 bytes).
    // `value_blinder` and `sender_blinders` are secrets that the caller drew; two equal sender blinders would show
    // the difference of the sender's two points. The position is kUnplaced.
    [[nodiscard]] static Note obfuscated(RandomSource& random, const PublicKey& sender, const PublicKey& receiver,
                                         std::uint64_t value, const crypto::Fr& value_blinder,
                                         const std::array<crypto::Fr, 2>& sender_blinders,
                                         Coordinates coordinates = Coordinates::affine);
    // A note with an open value and an encrypted sender. Draws r (64 bytes).
    [[nodiscard]] static Note transparent(RandomSource& random, const PublicKey& sender, const PublicKey& receiver,
                                          std::uint64_t value, const std::array<crypto::Fr, 2>& sender_blinders,
                                          Coordinates coordinates = Coordinates::affine);
    // The same for an address that exists already; no randomness.
    [[nodiscard]] static Note transparent_stealth(const StealthAddress& address, std::uint64_t value,
                                                  const Sender& sender);

    // Exactly 302 bytes: type 1 ‖ value commitment 32 ‖ stealth address 64 ‖ pos u64 ‖ value_enc 68 ‖ sender 129.
    // The tail of value_enc of a transparent note is not checked.
    // Errors: bad_length, bad_tag, and those of the point decoder.
    [[nodiscard]] static Result<Note, crypto::DecodeError> from_bytes(ByteView bytes,
                                                                      PointRule rule = PointRule::strict);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // rkyv, 728 bytes: sender 0, value commitment 264, stealth address 328, pos 648, value_enc 656, type 724 (§17).
    // The address shows the coordinates it was made with (trap); those of a decoded note are affine.
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // Errors: bad_length, bad_tag, not_canonical, not_on_curve.
    [[nodiscard]] static Result<Note, crypto::DecodeError> from_archive(ByteView archive);

    [[nodiscard]] NoteType type() const { return type_; }
    [[nodiscard]] const crypto::JubJubAffine& value_commitment() const { return value_commitment_; }
    [[nodiscard]] const StealthAddress& stealth_address() const { return stealth_address_; }
    [[nodiscard]] std::uint64_t pos() const { return pos_; }
    void set_pos(std::uint64_t pos) { pos_ = pos; }
    [[nodiscard]] const ByteArray<kValueEncSize>& value_enc() const { return value_enc_; }
    [[nodiscard]] const Sender& sender() const { return sender_; }

    // What the hash absorbs: type, commitment u, v, note_pk u, v, pos. R, value_enc and sender are not in it.
    [[nodiscard]] std::array<crypto::Fq, 6> hash_inputs() const;
    // The leaf of the notes tree.
    [[nodiscard]] crypto::Fq hash() const;
    // What marks the note as spent: Poseidon of note_sk G' and pos. The key must be the receiver's.
    [[nodiscard]] crypto::Fq nullifier(const SecretKey& receiver) const;

    // `view_key` may be null for a transparent note. Whether the note commits to the value is not checked.
    // Errors: missing_view_key, not_authentic, malformed_opening.
    [[nodiscard]] Result<std::uint64_t, NoteError> value(const ViewKey* view_key) const;
    [[nodiscard]] Result<Secret<crypto::Fr>, NoteError> value_blinder(const ViewKey* view_key) const;

    // Value and blinder at once.
    struct Opening {
        std::uint64_t value = 0;
        Secret<crypto::Fr> blinder;  // 0 for a transparent note
    };
    // Errors: as of `value`.
    [[nodiscard]] Result<Opening, NoteError> open(const ViewKey* view_key) const;
    // An opening that the commitment of the note confirms: what a spender needs (spec/plonk-sound.md §9).
    // Errors: as of `value`; commitment_mismatch.
    [[nodiscard]] Result<Opening, NoteError> open_checked(const ViewKey* view_key) const;

    // The rule of the reference: hash, value_enc and sender agree. R is not compared.
    [[nodiscard]] bool operator==(const Note& other) const;

  private:
    NoteType type_ = NoteType::transparent;
    crypto::JubJubAffine value_commitment_;
    StealthAddress stealth_address_;
    std::uint64_t pos_ = 0;
    ByteArray<kValueEncSize> value_enc_{};
    Sender sender_;
};

// A note in the state, with the height of the block that put it there.
struct NoteLeaf {
    static constexpr std::size_t kArchivedSize = 736;

    std::uint64_t block_height = 0;
    Note note;

    // rkyv, 736 bytes: note at 0, block height at 728.
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // Errors: as of Note.
    [[nodiscard]] static Result<NoteLeaf, crypto::DecodeError> from_archive(ByteView archive);

    bool operator==(const NoteLeaf&) const = default;
};

}  // namespace dusk::phoenix
