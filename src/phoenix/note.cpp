#include "phoenix/note.hpp"

#include <algorithm>

#include "crypto/aes_layer.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/poseidon.hpp"
#include "phoenix/point_pair.hpp"
#include "phoenix/value_commitment.hpp"

namespace dusk::phoenix {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;

namespace {

// What the receiver of an obfuscated note decrypts: value ‖ blinder.
constexpr std::size_t kOpeningSize = 8 + Fr::kSize;
static_assert(kOpeningSize + crypto::kAesLayerOverhead == Note::kValueEncSize);

ByteArray<Note::kValueEncSize> encrypt_opening(const SharedPoint& shared, const StealthAddress& address,
                                               std::uint64_t value, const Fr& blinder, RandomSource& random) {
    SecretArray<kOpeningSize> plaintext;
    store_le(plaintext.reveal().data(), value);
    std::ranges::copy(blinder.to_bytes(), plaintext.reveal().begin() + 8);
    return take<Note::kValueEncSize>(
        crypto::aes_layer_encrypt(shared.reveal(), address.to_bytes(), plaintext.reveal(), random));
}

ByteArray<Note::kValueEncSize> open_value(std::uint64_t value) {
    ByteArray<Note::kValueEncSize> out{};
    store_le(out.data(), value);
    return out;
}

}  // namespace

Note Note::obfuscated(RandomSource& random, const PublicKey& sender, const PublicKey& receiver, std::uint64_t value,
                      const Fr& value_blinder, const std::array<Fr, 2>& sender_blinders, Coordinates coordinates) {
    const Secret<Fr> r(Fr::random(random));
    const SharedPoint shared = receiver.shared_point(r.reveal());
    Note note;
    note.type_ = NoteType::obfuscated;
    note.value_commitment_ = phoenix::value_commitment(value, value_blinder);
    note.stealth_address_ = receiver.stealth_address(r.reveal(), shared, coordinates);
    note.pos_ = kUnplaced;
    note.value_enc_ = encrypt_opening(shared, note.stealth_address_, value, value_blinder, random);
    note.sender_ = Sender::encrypt(sender, note.stealth_address_.note_pk(), sender_blinders);
    return note;
}

Note Note::transparent(RandomSource& random, const PublicKey& sender, const PublicKey& receiver, std::uint64_t value,
                       const std::array<Fr, 2>& sender_blinders, Coordinates coordinates) {
    const Secret<Fr> r(Fr::random(random));
    const StealthAddress address = receiver.stealth_address(r.reveal(), coordinates);
    return transparent_stealth(address, value, Sender::encrypt(sender, address.note_pk(), sender_blinders));
}

Note Note::transparent_stealth(const StealthAddress& address, std::uint64_t value, const Sender& sender) {
    Note note;
    note.type_ = NoteType::transparent;
    note.value_commitment_ = transparent_value_commitment(value);
    note.stealth_address_ = address;
    note.pos_ = kUnplaced;
    note.value_enc_ = open_value(value);
    note.sender_ = sender;
    return note;
}

std::array<Fq, 6> Note::hash_inputs() const {
    const JubJubAffine note_pk = to_affine_vartime(stealth_address_.note_pk());
    return {Fq::from_u64(static_cast<std::uint64_t>(type_)),
            value_commitment_.u(),
            value_commitment_.v(),
            note_pk.u(),
            note_pk.v(),
            Fq::from_u64(pos_)};
}

Fq Note::hash() const { return crypto::poseidon::hash(hash_inputs()); }

Fq Note::nullifier(const SecretKey& receiver) const {
    const Secret<Fr> note_sk = receiver.note_secret_key(stealth_address_);
    const JubJubAffine key = crypto::multiply_generator_nums(note_sk.reveal()).to_affine();
    return crypto::poseidon::hash(std::array{key.u(), key.v(), Fq::from_u64(pos_)});
}

Result<Note::Opening, NoteError> Note::open(const ViewKey* view_key) const {
    if (type_ == NoteType::transparent) {
        return Opening{.value = load_le<std::uint64_t>(value_enc_.data()), .blinder = Secret<Fr>(Fr::zero())};
    }
    if (view_key == nullptr) return fail(NoteError::missing_view_key);
    const SharedPoint shared = view_key->shared_point(stealth_address_);
    const auto plaintext = crypto::aes_layer_decrypt(shared.reveal(), stealth_address_.to_bytes(), value_enc_);
    if (!plaintext) return fail(NoteError::not_authentic);
    auto blinder = into_secret(Fr::from_bytes(plaintext->reveal().subspan(8)));
    if (!blinder) return fail(NoteError::malformed_opening);
    return Opening{.value = load_le<std::uint64_t>(plaintext->reveal().data()), .blinder = std::move(*blinder)};
}

Result<Note::Opening, NoteError> Note::open_checked(const ViewKey* view_key) const {
    auto opening = open(view_key);
    if (!opening) return opening;
    if (phoenix::value_commitment(opening->value, opening->blinder.reveal()) != value_commitment_) {
        return fail(NoteError::commitment_mismatch);
    }
    return opening;
}

Result<std::uint64_t, NoteError> Note::value(const ViewKey* view_key) const {
    const auto opening = open(view_key);
    if (!opening) return fail(opening.error());
    return opening->value;
}

Result<Secret<Fr>, NoteError> Note::value_blinder(const ViewKey* view_key) const {
    auto opening = open(view_key);
    if (!opening) return fail(opening.error());
    return std::move(opening->blinder);
}

bool Note::operator==(const Note& other) const {
    return value_enc_ == other.value_enc_ && sender_ == other.sender_ && hash() == other.hash();
}

}  // namespace dusk::phoenix
