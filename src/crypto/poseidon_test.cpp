#include "crypto/poseidon.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/hades.hpp"

namespace dusk::crypto::poseidon {
namespace {

Fq element(std::uint64_t seed) {
    std::array<std::uint8_t, 8> bytes{};
    store_le(bytes.data(), seed);
    return Fq::hash_to_scalar(bytes);
}

std::vector<Fq> elements(std::size_t count, std::uint64_t seed = 0) {
    std::vector<Fq> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(element(seed * 1000 + i));
    return out;
}

// The digest as the sponge gives it, call by call.
Fq sponge_digest(Domain domain, std::span<const Fq> input) {
    auto sponge =
        safe::Sponge::start({safe::absorb(input.size()), safe::squeeze(1)}, std::to_underlying(domain)).value();
    std::array<Fq, 1> out;
    sponge.absorb(input).value();
    sponge.squeeze(out).value();
    sponge.finish().value();
    return out[0];
}

TEST(Poseidon, DigestIsThatOfTheSponge) {
    for (std::size_t count : {1, 2, 3, 4, 5, 8, 9, 32, 33, 40}) {
        const auto input = elements(count);
        EXPECT_EQ(digest(Domain::other, input).value(), sponge_digest(Domain::other, input)) << count;
        EXPECT_EQ(digest(Domain::encryption, input).value(), sponge_digest(Domain::encryption, input)) << count;
    }
    const auto input = elements(4);
    EXPECT_EQ(digest(Domain::merkle4, input).value(), sponge_digest(Domain::merkle4, input));
    EXPECT_EQ(merkle4_node({input[0], input[1], input[2], input[3]}), digest(Domain::merkle4, input).value());
    EXPECT_EQ(merkle2_node({input[0], input[1]}), digest(Domain::merkle2, std::span(input).first(2)).value());
}

TEST(Poseidon, RefusesWhatItCannotHash) {
    for (Domain domain : {Domain::other, Domain::encryption}) {
        EXPECT_EQ(digest(domain, {}).error(), Error::empty_input);
        EXPECT_EQ(digest_truncated(domain, {}).error(), Error::empty_input);
    }
    for (std::size_t count : {0, 1, 2, 3, 5, 8}) {
        EXPECT_EQ(digest(Domain::merkle4, elements(count)).error(), Error::wrong_input_count) << count;
    }
    for (std::size_t count : {0, 1, 3, 4}) {
        EXPECT_EQ(digest(Domain::merkle2, elements(count)).error(), Error::wrong_input_count) << count;
    }
    EXPECT_EQ(Hash(Domain::other).finalize().error(), Error::empty_input);
    EXPECT_EQ(Hash(Domain::other).update(elements(2)).update({}).finalize().error(), Error::empty_input);
}

TEST(Poseidon, OutputLengthIsHeededInOtherOnly) {
    const auto input = elements(4);
    EXPECT_EQ(Hash(Domain::other).output_len(9).update(input).finalize()->size(), 9U);
    EXPECT_EQ(Hash(Domain::other).output_len(0).update(input).finalize()->size(), 1U);
    EXPECT_EQ(Hash(Domain::merkle4).output_len(2).update(input).finalize().value(),
              std::vector{digest(Domain::merkle4, input).value()});
    EXPECT_EQ(Hash(Domain::encryption).output_len(2).update(input).finalize().value(),
              std::vector{digest(Domain::encryption, input).value()});
}

TEST(Poseidon, TruncationKeeps250Bits) {
    Limbs4 integer = (Fq::zero() - Fq::one()).to_integer();
    integer[3] &= 0x03ffffffffffffff;
    EXPECT_EQ(truncate(Fq::zero() - Fq::one()).to_integer(), integer);
    const auto input = elements(3);
    EXPECT_EQ(digest_truncated(Domain::other, input).value(), truncate(digest(Domain::other, input).value()));
}

// Runs the body on the portable path and, where the CPU has it, on the vector path.
template <class Body>
void on_each_path(const Body& body) {
    const CpuFeatures found = cpu_features();
    body();
    set_cpu_features({});
    body();
    set_cpu_features(found);
}

RC_GTEST_PROP(Poseidon, ABatchIsItsDigests, (std::uint64_t seed)) {
    const auto count = *rc::gen::inRange<std::size_t>(0, 20);
    const auto length = *rc::gen::inRange<std::size_t>(1, 10);
    const auto domain = *rc::gen::element(Domain::other, Domain::encryption);
    const auto inputs = elements(count * length, seed);
    on_each_path([&] {
        std::vector<Fq> out(count);
        RC_ASSERT(digest_batch(domain, length, inputs, out).has_value());
        for (std::size_t i = 0; i < count; ++i) {
            RC_ASSERT(out[i] == digest(domain, std::span(inputs).subspan(i * length, length)).value());
        }
    });
}

RC_GTEST_PROP(Poseidon, ABatchOfNodesIsItsNodes, (std::uint64_t seed)) {
    const auto count = *rc::gen::inRange<std::size_t>(0, 20);
    std::vector<std::array<Fq, 4>> nodes(count);
    std::vector<const std::array<Fq, 4>*> places;
    for (std::size_t i = 0; i < count; ++i) {
        for (Fq& child : nodes[i]) child = *rc::gen::element(Fq::zero(), -Fq::one(), element(seed + i));
        places.push_back(&nodes[i]);
    }
    on_each_path([&] {
        std::vector<Fq> out(count);
        std::vector<Fq> out_of_places(count);
        merkle4_nodes(nodes, out);
        merkle4_nodes(places, out_of_places);
        for (std::size_t i = 0; i < count; ++i) RC_ASSERT(out[i] == merkle4_node(nodes[i]));
        RC_ASSERT(out == out_of_places);
    });
}

TEST(Poseidon, ABatchOfTheWrongSizeIsRefused) {
    const auto inputs = elements(9);
    std::vector<Fq> out(3, Fq::one());
    EXPECT_EQ(digest_batch(Domain::other, 2, inputs, out).error(), Error::wrong_input_count);
    EXPECT_EQ(digest_batch(Domain::other, 4, inputs, out).error(), Error::wrong_input_count);
    EXPECT_EQ(digest_batch(Domain::other, 0, inputs, out).error(), Error::empty_input);
    EXPECT_EQ(digest_batch(Domain::merkle4, 3, inputs, out).error(), Error::wrong_input_count);
    EXPECT_EQ(out, std::vector<Fq>(3, Fq::one()));
    EXPECT_TRUE(digest_batch(Domain::other, 3, inputs, out));
}

RC_GTEST_PROP(Poseidon, PartsHashAsTheWhole, (std::uint64_t seed)) {
    const auto count = *rc::gen::inRange<std::size_t>(2, 20);
    const auto cut = *rc::gen::inRange<std::size_t>(1, count);
    const auto outputs = *rc::gen::inRange<std::size_t>(1, 10);
    const auto input = elements(count, seed);
    Hash whole(Domain::other);
    Hash parts(Domain::other);
    whole.output_len(outputs).update(input);
    parts.output_len(outputs).update(std::span(input).first(cut)).update(std::span(input).subspan(cut));
    RC_ASSERT(whole.finalize().value() == parts.finalize().value());
    RC_ASSERT(whole.finalize()->size() == outputs);
}

RC_GTEST_PROP(Poseidon, DecryptionUndoesEncryptionAndNoticesChanges, (std::uint64_t seed)) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 12);
    const auto message = elements(count, seed);
    const SharedSecret secret{element(seed + 1), element(seed + 2)};
    const Fq nonce = element(seed + 3);
    const auto cipher = encrypt(message, secret, nonce).value();
    RC_ASSERT(cipher.size() == count + 1);
    RC_ASSERT(decrypt(cipher, secret, nonce).value() == message);

    auto changed = cipher;
    changed[*rc::gen::inRange<std::size_t>(0, count + 1)] += Fq::one();
    RC_ASSERT(decrypt(changed, secret, nonce).error() == Error::decryption_failed);
    RC_ASSERT(decrypt(cipher, {secret.v, secret.u}, nonce).error() == Error::decryption_failed);
    RC_ASSERT(decrypt(cipher, secret, nonce + Fq::one()).error() == Error::decryption_failed);
    RC_ASSERT(!decrypt(std::span(cipher).first(count), secret, nonce));
}

TEST(Poseidon, EncryptionNeedsAMessage) {
    EXPECT_EQ(encrypt({}, {Fq::one(), Fq::one()}, Fq::one()).error(), Error::empty_input);
    EXPECT_EQ(decrypt({}, {Fq::one(), Fq::one()}, Fq::one()).error(), Error::empty_input);
    EXPECT_EQ(decrypt(elements(1), {Fq::one(), Fq::one()}, Fq::one()).error(), Error::empty_input);
}

}  // namespace
}  // namespace dusk::crypto::poseidon
