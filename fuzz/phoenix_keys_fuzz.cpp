// Phoenix keys, stealth addresses and senders: what decodes has the bytes it was read from, under both point rules
// where there are two, and the strict rule accepts no more than the lax one; addresses read back from their text. The
// keys that follow from a secret key own what is sent to it.
#include <algorithm>

#include "base/base58.hpp"
#include "phoenix/sender.hpp"
#include "round_trip.hpp"

namespace {

using namespace dusk;
using namespace dusk::phoenix;
using crypto::Fr;
using fuzz::require;

template <class T>
void check_both_rules(ByteView bytes) {
    const auto lax = fuzz::check_bytes<T>(bytes, PointRule::lax);
    const auto strict = fuzz::check_bytes<T>(bytes, PointRule::strict);
    if (strict) {
        require(lax == *strict);
    } else if (lax) {
        require(strict.error() == crypto::DecodeError::not_in_subgroup);
    } else {
        // The strict rule may stop earlier, at a point before the one that no rule lets in.
        require(strict.error() == lax.error() || strict.error() == crypto::DecodeError::not_in_subgroup);
    }
    if (lax) require(T::from_archive(lax->to_archive()) == *lax);
    fuzz::check_padded_archive<T>(bytes, T::kArchivedSize);
}

void check_public_key(ByteView bytes) {
    const auto key = fuzz::check_bytes<PublicKey>(bytes);
    if (key) {
        const std::string text = key->to_base58();
        require(PublicKey::from_base58(text) == *key && to_base58(bytes) == text);
        require(key->a().is_torsion_free() && key->b().is_torsion_free());
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto named = PublicKey::from_base58(text);
    if (named) {
        require(named->to_base58() == text);
    } else {
        require(!to_string(named.error()).empty());
    }
}

void check_secret_key(ByteView bytes) {
    const auto secret = fuzz::check_bytes<SecretKey>(bytes);
    if (!secret) return;
    const PublicKey key = secret->public_key();
    const ViewKey view_key = secret->view_key();
    require(PublicKey::from_bytes(key.to_bytes()) == key);
    const auto view_again = ViewKey::from_bytes(fuzz::view(view_key.to_bytes()));
    require(view_again && view_again->a() == secret->a() && view_again->b() == key.b());
    const Fr r = Fr::hash_to_scalar(bytes);
    const StealthAddress address = key.stealth_address(r);
    require(secret->owns(address) && view_key.owns(address));
    require(key.stealth_address(r, Coordinates::reference) == address);
    require(StealthAddress::from_bytes(address.to_bytes()) == address);

    const Sender sender = Sender::encrypt(key, address.note_pk(), {r, r + Fr::one()});
    const auto decrypted = sender.decrypt(secret->note_secret_key(address).reveal());
    // Points of prime order only are decrypted; a key with a zero has others.
    require(decrypted ? *decrypted == key : !key.a().is_prime_order() || !key.b().is_prime_order());
}

void check_view_key(ByteView bytes) {
    const auto key = fuzz::check_bytes<ViewKey>(bytes);
    const auto address = StealthAddress::from_bytes(bytes, PointRule::lax);
    if (key && address) (void)key->owns(*address);
}

void check_sender(ByteView bytes) {
    const auto sender = Sender::from_bytes(bytes, PointRule::lax);
    if (!sender) return;
    require((sender->encrypted() == nullptr) != (sender->contract_info() == nullptr));
    const auto decrypted = sender->decrypt(Fr::hash_to_scalar(bytes));
    if (!decrypted) {
        require((decrypted.error() == NoteError::sender_not_encrypted) == (sender->encrypted() == nullptr));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    check_public_key(bytes);
    check_view_key(bytes);
    check_secret_key(bytes);
    check_both_rules<StealthAddress>(bytes);
    check_both_rules<Sender>(bytes);
    check_sender(bytes);
    return 0;
}
