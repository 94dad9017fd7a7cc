#include "phoenix/keys.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <type_traits>

#include "base/base58.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::DecodeError;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

// Secrets are copied on purpose only and cannot reach a stream.
template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!Printable<SecretKey> && !Printable<ViewKey>);
static_assert(!std::is_copy_constructible_v<SecretKey> && !std::is_copy_constructible_v<ViewKey>);

// The point of order 2, (0, -1): on the curve, outside the subgroup.
const JubJubAffine kOrder2 = JubJubAffine::from_coordinates_unchecked(crypto::Fq::zero(), -crypto::Fq::one());

template <std::size_t N>
ByteArray<N> with_bytes_at(ByteArray<N> bytes, std::size_t at, ByteView with) {
    std::copy(with.begin(), with.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}

RC_GTEST_PROP(PhoenixKeys, EveryFormReadsBack, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey sk = SecretKey::random(random);
    RC_ASSERT(SecretKey::from_bytes(sk.to_bytes().reveal())->to_bytes() == sk.to_bytes());
    const PublicKey pk = sk.public_key();
    RC_ASSERT(*PublicKey::from_bytes(pk.to_bytes()) == pk);
    RC_ASSERT(*PublicKey::from_base58(pk.to_base58()) == pk);
    const ViewKey vk = sk.view_key();
    RC_ASSERT(ViewKey::from_bytes(vk.to_bytes().reveal())->to_bytes() == vk.to_bytes());
    RC_ASSERT(vk.b() == pk.b());
}

RC_GTEST_PROP(PhoenixKeys, AnAddressBelongsToItsKeyOnly, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey sk = SecretKey::random(random);
    const SecretKey other = SecretKey::random(random);
    const Fr r = Fr::random(random);
    const StealthAddress made = sk.public_key().stealth_address(r, Coordinates::reference);
    const StealthAddress decoded = *StealthAddress::from_bytes(made.to_bytes());
    RC_ASSERT(made == decoded);
    RC_ASSERT(sk.public_key().shared_point(r) == sk.view_key().shared_point(decoded));
    for (const StealthAddress* address : {&made, &decoded}) {
        RC_ASSERT(sk.owns(*address));
        RC_ASSERT(sk.view_key().owns(*address));
        RC_ASSERT(!other.owns(*address));
        RC_ASSERT(!other.view_key().owns(*address));
        RC_ASSERT(crypto::multiply_generator(sk.note_secret_key(*address).reveal()) == address->note_pk());
        RC_ASSERT(!(crypto::multiply_generator(other.note_secret_key(*address).reveal()) == address->note_pk()));
    }
}

// Coordinates, of the key or of the address, show in archives only.
RC_GTEST_PROP(PhoenixKeys, CoordinatesShowInArchivesOnly, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const PublicKey derived = SecretKey::random(random).public_key();
    const PublicKey decoded = *PublicKey::from_bytes(derived.to_bytes());
    const Fr r = Fr::random(random);
    RC_ASSERT(derived == decoded);
    RC_ASSERT(derived.to_archive() != decoded.to_archive());
    const StealthAddress affine = derived.stealth_address(r);
    const StealthAddress reference = derived.stealth_address(r, Coordinates::reference);
    const StealthAddress of_decoded = decoded.stealth_address(r, Coordinates::reference);
    RC_ASSERT(affine == reference);
    RC_ASSERT(affine.to_bytes() == reference.to_bytes());
    RC_ASSERT(affine.to_bytes() == of_decoded.to_bytes());
    RC_ASSERT(affine.to_archive() != reference.to_archive());
    RC_ASSERT(of_decoded.to_archive() != reference.to_archive());
    RC_ASSERT(affine.to_archive() == decoded.stealth_address(r).to_archive());
    RC_ASSERT(affine.to_archive() == StealthAddress::from_bytes(affine.to_bytes())->to_archive());
}

RC_GTEST_PROP(PhoenixKeys, AddressArchivesReadBack, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const StealthAddress address =
        SecretKey::random(random).public_key().stealth_address(Fr::random(random), Coordinates::reference);
    const auto archive = address.to_archive();
    RC_ASSERT(StealthAddress::from_archive(archive)->to_archive() == archive);
    RC_ASSERT(StealthAddress::from_archive(ByteView(archive).first(319)).error() == DecodeError::bad_length);
    const ByteArray<32> ones = with_bytes_at(ByteArray<32>{}, 0, Bytes(32, 0xff));
    RC_ASSERT(StealthAddress::from_archive(with_bytes_at(archive, 64, ones)).error() == DecodeError::not_canonical);
    RC_ASSERT(StealthAddress::from_archive(with_bytes_at(archive, 224, ByteArray<32>{})).error() ==
              DecodeError::not_on_curve);  // z = 0
}

TEST(PhoenixKeys, RejectsWithTheReason) {
    ChaChaRng random(1);
    const SecretKey sk = SecretKey::random(random);
    const Bytes ones(32, 0xff);
    const ByteArray<32> order_2 = kOrder2.to_bytes();

    const ByteArray<64> pk = sk.public_key().to_bytes();
    EXPECT_EQ(PublicKey::from_bytes(ByteView(pk).first(63)).error(), DecodeError::bad_length);
    EXPECT_EQ(PublicKey::from_bytes(Bytes(65)).error(), DecodeError::bad_length);
    for (const std::size_t at : {0U, 32U}) {
        EXPECT_EQ(PublicKey::from_bytes(with_bytes_at(pk, at, ones)).error(), DecodeError::not_canonical);
        EXPECT_EQ(PublicKey::from_bytes(with_bytes_at(pk, at, order_2)).error(), DecodeError::not_in_subgroup);
        EXPECT_EQ(StealthAddress::from_bytes(with_bytes_at(pk, at, order_2)).error(), DecodeError::not_in_subgroup);
        EXPECT_TRUE(StealthAddress::from_bytes(with_bytes_at(pk, at, order_2), PointRule::lax).has_value());
        EXPECT_TRUE(PublicKey::from_bytes(with_bytes_at(pk, at, JubJubAffine::identity().to_bytes())).has_value());
    }

    const ByteArray<64> secret = sk.to_bytes().reveal();
    EXPECT_EQ(SecretKey::from_bytes(ByteView(secret).first(63)).error(), DecodeError::bad_length);
    EXPECT_EQ(SecretKey::from_bytes(with_bytes_at(secret, 0, ones)).error(), DecodeError::not_canonical);
    EXPECT_EQ(SecretKey::from_bytes(with_bytes_at(secret, 32, ones)).error(), DecodeError::not_canonical);
    EXPECT_TRUE(SecretKey::from_bytes(Bytes(64)).has_value());

    const ByteArray<64> view = sk.view_key().to_bytes().reveal();
    EXPECT_EQ(ViewKey::from_bytes(ByteView(view).first(63)).error(), DecodeError::bad_length);
    EXPECT_EQ(ViewKey::from_bytes(with_bytes_at(view, 0, ones)).error(), DecodeError::not_canonical);
    EXPECT_EQ(ViewKey::from_bytes(with_bytes_at(view, 32, order_2)).error(), DecodeError::not_in_subgroup);
}

TEST(PhoenixKeys, AddressTextIsRejectedWithTheReason) {
    ChaChaRng random(2);
    const PublicKey pk = SecretKey::random(random).public_key();
    const std::string text = pk.to_base58();
    EXPECT_EQ(PublicKey::from_base58(" " + text).error(), AddressError::bad_text);
    EXPECT_EQ(PublicKey::from_base58("0" + text.substr(1)).error(), AddressError::bad_text);
    EXPECT_EQ(PublicKey::from_base58(text.substr(1)).error(), AddressError::bad_length);
    EXPECT_EQ(PublicKey::from_base58(text + text).error(), AddressError::bad_length);
    EXPECT_EQ(PublicKey::from_base58("").error(), AddressError::bad_length);
    EXPECT_EQ(PublicKey::from_base58(to_base58(with_bytes_at(pk.to_bytes(), 0, kOrder2.to_bytes()))).error(),
              AddressError::bad_point);
    for (const auto error : {AddressError::bad_text, AddressError::bad_length, AddressError::bad_point}) {
        EXPECT_FALSE(to_string(error).empty());
    }
}

}  // namespace
}  // namespace dusk::phoenix
