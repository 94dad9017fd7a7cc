#include "phoenix/note.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "crypto/chacha_rng.hpp"
#include "phoenix/value_commitment.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::DecodeError;
using crypto::Fr;
using crypto::JubJubAffine;

const JubJubAffine kOrder2 = JubJubAffine::from_coordinates_unchecked(crypto::Fq::zero(), -crypto::Fq::one());
constexpr std::array<std::size_t, 7> kPointsAt{1, 33, 65, 174, 206, 238, 270};

struct Parties {
    ChaChaRng random;
    SecretKey sender, receiver;
    Fr blinder;
    std::array<Fr, 2> sender_blinders;

    explicit Parties(std::uint64_t seed)
        : random(seed),
          sender(SecretKey::random(random)),
          receiver(SecretKey::random(random)),
          blinder(Fr::random(random)),
          sender_blinders{Fr::random(random), Fr::random(random)} {}

    Note obfuscated(std::uint64_t value, Coordinates coordinates = Coordinates::affine) {
        return Note::obfuscated(random, sender.public_key(), receiver.public_key(), value, blinder, sender_blinders,
                                coordinates);
    }
    Note transparent(std::uint64_t value, Coordinates coordinates = Coordinates::affine) {
        return Note::transparent(random, sender.public_key(), receiver.public_key(), value, sender_blinders,
                                 coordinates);
    }
    Note of_type(NoteType type, std::uint64_t value, Coordinates coordinates = Coordinates::affine) {
        return type == NoteType::obfuscated ? obfuscated(value, coordinates) : transparent(value, coordinates);
    }
};

ByteArray<Note::kSize> with_bytes_at(ByteArray<Note::kSize> bytes, std::size_t at, ByteView with) {
    std::ranges::copy(with, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}

RC_GTEST_PROP(PhoenixNote, TheReceiverOwnsAndOpensIt, (std::uint64_t seed, std::uint64_t value, bool hidden)) {
    Parties parties(seed);
    const NoteType type = hidden ? NoteType::obfuscated : NoteType::transparent;
    const Note note = parties.of_type(type, value);
    const ViewKey view_key = parties.receiver.view_key();
    RC_ASSERT(note.type() == type);
    RC_ASSERT(note.pos() == Note::kUnplaced);
    RC_ASSERT(view_key.owns(note.stealth_address()));
    RC_ASSERT(*note.value(&view_key) == value);
    const Fr blinder = hidden ? parties.blinder : Fr::zero();
    RC_ASSERT(note.value_blinder(&view_key)->reveal() == blinder);
    RC_ASSERT(note.open_checked(&view_key)->value == value);
    RC_ASSERT(note.value_commitment() == value_commitment(value, blinder));

    const auto note_sk = parties.receiver.note_secret_key(note.stealth_address());
    RC_ASSERT(*note.sender().decrypt(note_sk.reveal()) == parties.sender.public_key());
}

RC_GTEST_PROP(PhoenixNote, OtherKeysDoNotOpenAnObfuscatedNote, (std::uint64_t seed, std::uint64_t value)) {
    Parties parties(seed);
    const Note note = parties.obfuscated(value);
    const ViewKey wrong = parties.sender.view_key();
    RC_ASSERT(!wrong.owns(note.stealth_address()));
    RC_ASSERT(note.value(&wrong).error() == NoteError::not_authentic);
    RC_ASSERT(note.value_blinder(&wrong).error() == NoteError::not_authentic);
    RC_ASSERT(note.open_checked(&wrong).error() == NoteError::not_authentic);
    RC_ASSERT(note.value(nullptr).error() == NoteError::missing_view_key);
    // Any points of prime order decrypt to some key: a wrong one, not an error.
    const auto wrong_sk = parties.sender.note_secret_key(note.stealth_address());
    RC_ASSERT(!(*note.sender().decrypt(wrong_sk.reveal()) == parties.sender.public_key()));
}

RC_GTEST_PROP(PhoenixNote, ATransparentNoteOpensToEverybody, (std::uint64_t seed, std::uint64_t value)) {
    Parties parties(seed);
    const Note note = parties.transparent(value);
    const ViewKey wrong = parties.sender.view_key();
    RC_ASSERT(*note.value(nullptr) == value);
    RC_ASSERT(*note.value(&wrong) == value);
    RC_ASSERT(note.value_blinder(nullptr)->reveal().is_zero());
    // Only the first eight bytes of value_enc count.
    auto bytes = note.to_bytes();
    bytes[105 + 8] ^= 1;
    RC_ASSERT(*Note::from_bytes(bytes)->value(nullptr) == value);
}

RC_GTEST_PROP(PhoenixNote, BytesReadBack, (std::uint64_t seed, std::uint64_t value, bool hidden, std::uint64_t pos)) {
    Parties parties(seed);
    Note note = parties.of_type(hidden ? NoteType::obfuscated : NoteType::transparent, value, Coordinates::reference);
    note.set_pos(pos);
    const auto bytes = note.to_bytes();
    const Note decoded = *Note::from_bytes(bytes);
    RC_ASSERT(decoded == note);
    RC_ASSERT(decoded.to_bytes() == bytes);
    RC_ASSERT(decoded.pos() == pos);
    RC_ASSERT(decoded.hash() == note.hash());
    RC_ASSERT(decoded.nullifier(parties.receiver) == note.nullifier(parties.receiver));

    const auto archive = note.to_archive();
    RC_ASSERT(Note::from_archive(archive)->to_archive() == archive);
    RC_ASSERT(*Note::from_archive(archive) == note);
    RC_ASSERT(decoded.to_archive() != archive);
    const NoteLeaf leaf{.block_height = pos ^ value, .note = note};
    RC_ASSERT(NoteLeaf::from_archive(leaf.to_archive())->block_height == leaf.block_height);
    RC_ASSERT(*NoteLeaf::from_archive(leaf.to_archive()) == leaf);
}

RC_GTEST_PROP(PhoenixNote, TheHashCoversTypeCommitmentKeyAndPosition, (std::uint64_t seed)) {
    Parties parties(seed);
    Note note = parties.obfuscated(7);
    const auto hash = note.hash();
    const auto nullifier = note.nullifier(parties.receiver);
    auto bytes = note.to_bytes();
    bytes[0] = 0;
    RC_ASSERT(!(Note::from_bytes(bytes)->hash() == hash));
    // R, value_enc and sender are not covered.
    const auto other_r = with_bytes_at(note.to_bytes(), 33, parties.sender.public_key().to_bytes());
    const auto bytes_after_r = with_bytes_at(other_r, 65, ByteView(note.to_bytes()).subspan(65, 32));
    RC_ASSERT(Note::from_bytes(bytes_after_r)->hash() == hash);
    RC_ASSERT(*Note::from_bytes(bytes_after_r) == note);
    auto other_cipher = note.to_bytes();
    other_cipher[105] ^= 1;
    RC_ASSERT(Note::from_bytes(other_cipher)->hash() == hash);
    RC_ASSERT(!(*Note::from_bytes(other_cipher) == note));

    note.set_pos(5);
    RC_ASSERT(!(note.hash() == hash));
    RC_ASSERT(!(note.nullifier(parties.receiver) == nullifier));
}

TEST(PhoenixNote, EveryChangedCiphertextByteIsNoticed) {
    Parties parties(3);
    const ViewKey view_key = parties.receiver.view_key();
    const auto bytes = parties.obfuscated(9).to_bytes();
    for (std::size_t i = 0; i < Note::kValueEncSize; ++i) {
        auto changed = bytes;
        changed[105 + i] ^= 0x10;
        EXPECT_EQ(Note::from_bytes(changed)->value(&view_key).error(), NoteError::not_authentic) << i;
    }
}

TEST(PhoenixNote, AnOpeningThatTheCommitmentDeniesIsNoticed) {
    Parties parties(4);
    const ViewKey view_key = parties.receiver.view_key();
    const auto other = value_commitment(10, parties.blinder).to_bytes();
    const Note note = *Note::from_bytes(with_bytes_at(parties.obfuscated(9).to_bytes(), 1, other));
    EXPECT_EQ(*note.value(&view_key), 9U);
    EXPECT_EQ(note.open_checked(&view_key).error(), NoteError::commitment_mismatch);
}

TEST(PhoenixNote, RejectsWithTheReason) {
    Parties parties(5);
    const auto bytes = parties.obfuscated(1).to_bytes();
    const Bytes ones(32, 0xff);
    for (std::size_t size = 0; size < Note::kSize; ++size) {
        ASSERT_EQ(Note::from_bytes(ByteView(bytes).first(size)).error(), DecodeError::bad_length);
    }
    EXPECT_EQ(Note::from_bytes(Bytes(Note::kSize + 1)).error(), DecodeError::bad_length);
    for (const std::uint8_t tag : std::initializer_list<std::uint8_t>{2, 255}) {
        auto changed = bytes;
        changed[0] = tag;
        EXPECT_EQ(Note::from_bytes(changed).error(), DecodeError::bad_tag);
        changed = bytes;
        changed[173] = tag;
        EXPECT_EQ(Note::from_bytes(changed).error(), DecodeError::bad_tag);
    }
    for (const std::size_t at : kPointsAt) {
        EXPECT_EQ(Note::from_bytes(with_bytes_at(bytes, at, ones)).error(), DecodeError::not_canonical) << at;
        const auto order_2 = with_bytes_at(bytes, at, kOrder2.to_bytes());
        EXPECT_EQ(Note::from_bytes(order_2).error(), DecodeError::not_in_subgroup) << at;
        EXPECT_EQ(Note::from_bytes(order_2, PointRule::lax)->to_bytes(), order_2) << at;
    }

    const auto archive = parties.obfuscated(1).to_archive();
    EXPECT_EQ(Note::from_archive(ByteView(archive).first(727)).error(), DecodeError::bad_length);
    for (const std::size_t tag_at : {0U, 724U}) {
        auto changed = archive;
        changed[tag_at] = 2;
        EXPECT_EQ(Note::from_archive(changed).error(), DecodeError::bad_tag);
    }
    for (const std::size_t limbs_at : {8U, 232U, 264U, 328U, 488U}) {
        auto changed = archive;
        std::fill_n(changed.begin() + limbs_at, 32, std::uint8_t{0xff});
        EXPECT_EQ(Note::from_archive(changed).error(), DecodeError::not_canonical) << limbs_at;
        std::fill_n(changed.begin() + limbs_at, 32, std::uint8_t{0x17});
        EXPECT_EQ(Note::from_archive(changed).error(), DecodeError::not_on_curve) << limbs_at;
    }
}

TEST(PhoenixNote, SenderDecryptionRejectsWithTheReason) {
    Parties parties(6);
    const Note note = parties.transparent(1);
    const auto note_sk = parties.receiver.note_secret_key(note.stealth_address());
    for (const std::size_t at : {174U, 206U, 238U, 270U}) {
        const auto identity = with_bytes_at(note.to_bytes(), at, JubJubAffine::identity().to_bytes());
        EXPECT_EQ(Note::from_bytes(identity)->sender().decrypt(note_sk.reveal()).error(),
                  NoteError::sender_not_prime_order);
        const auto order_2 = with_bytes_at(note.to_bytes(), at, kOrder2.to_bytes());
        EXPECT_EQ(Note::from_bytes(order_2, PointRule::lax)->sender().decrypt(note_sk.reveal()).error(),
                  NoteError::sender_not_prime_order);
    }
    const Note by_contract = Note::transparent_stealth(note.stealth_address(), 1, ContractInfo{});
    EXPECT_EQ(by_contract.sender().decrypt(note_sk.reveal()).error(), NoteError::sender_not_encrypted);
    for (const auto error :
         {NoteError::missing_view_key, NoteError::not_authentic, NoteError::malformed_opening,
          NoteError::commitment_mismatch, NoteError::sender_not_encrypted, NoteError::sender_not_prime_order}) {
        EXPECT_FALSE(to_string(error).empty());
    }
}

RC_GTEST_PROP(PhoenixNote, CommitmentsAdd, (std::uint32_t a, std::uint32_t b, std::uint64_t seed)) {
    ChaChaRng random(seed);
    const Fr x = Fr::random(random);
    const Fr y = Fr::random(random);
    const crypto::JubJubExtended sum = crypto::JubJubExtended(value_commitment(a, x)) + value_commitment(b, y);
    RC_ASSERT(sum.to_affine() == value_commitment(std::uint64_t{a} + b, x + y));
    RC_ASSERT(value_commitment(a, Fr::zero()) == transparent_value_commitment(a));
}

}  // namespace
}  // namespace dusk::phoenix
