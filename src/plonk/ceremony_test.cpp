#include "plonk/ceremony.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"
#include "plonk/development.hpp"
#include "plonk/parameters_pin.hpp"
#include "plonk/powers_check.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;
using crypto::G2Projective;
using Fault = CeremonyFault;

// The file: 24 bytes of header, the contributions, the powers.
constexpr std::size_t kHeader = 8 + 4 + 8 + 4;

class CeremonyTest : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"Ada", "Blaise", "Carl"}) {
            before.push_back(ceremony);
            ASSERT_TRUE(ceremony.contribute(name, random, executor));
        }
    }
    // Decoded and verified.
    Result<void, CeremonyError> check(const Bytes& bytes) {
        const auto read = Ceremony::from_bytes(bytes, executor);
        return read ? read->verify(random, executor) : fail(read.error());
    }
    Fault fault(const Bytes& bytes) {
        const auto result = check(bytes);
        EXPECT_FALSE(result);
        return result ? Fault::bad_randomness : result.error().fault;
    }
    // Where a contribution begins. Offsets in it: name, before, P, x h, R, answer.
    [[nodiscard]] std::size_t record(std::size_t index) const {
        std::size_t at = kHeader;
        for (std::size_t i = 0; i < index; ++i) at += size_of(i);
        return at;
    }
    [[nodiscard]] std::size_t size_of(std::size_t index) const {
        return Contribution::kSmallestSize - 1 + ceremony.contributions()[index].name.size();
    }
    // Offset of a field behind the name.
    [[nodiscard]] std::size_t field(std::size_t index, std::size_t offset) const {
        return record(index) + 1 + ceremony.contributions()[index].name.size() + offset;
    }
    // The file with other bytes at an offset.
    [[nodiscard]] Bytes with(std::size_t offset, ByteView bytes) const {
        Bytes out = ceremony.to_bytes();
        std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(offset));
        return out;
    }
    // With contributions in this order, and this number of them in the header.
    [[nodiscard]] Bytes with_contributions(std::initializer_list<std::size_t> order) const {
        const Bytes all = ceremony.to_bytes();
        Bytes out(all.begin(), all.begin() + kHeader);
        store_le<std::uint32_t>(out.data() + kHeader - 4, static_cast<std::uint32_t>(order.size()));
        for (const std::size_t index : order) append(out, ByteView(all).subspan(record(index), size_of(index)));
        append(out, ByteView(all).subspan(record(3)));
        return out;
    }
    [[nodiscard]] static G1Affine some_point() { return (G1Projective::generator() * Fq::from_u64(77)).to_affine(); }

    static constexpr std::size_t kBefore = 0;
    static constexpr std::size_t kProduct = 64;
    static constexpr std::size_t kProductH = kProduct + 48;
    static constexpr std::size_t kCommitment = kProductH + 96;
    static constexpr std::size_t kAnswer = kCommitment + 48;

    SerialExecutor executor;
    crypto::ChaChaRng random{5};
    Ceremony ceremony = *Ceremony::start(4);
    std::vector<Ceremony> before;
};

TEST_F(CeremonyTest, VerifiesAndReadsBack) {
    EXPECT_TRUE(ceremony.verify(random, executor));
    const Bytes bytes = ceremony.to_bytes();
    const auto read = Ceremony::from_bytes(bytes, executor);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->to_bytes(), bytes);
    EXPECT_TRUE(read->verify(random, executor));
    EXPECT_EQ(read->contributions()[1].name, "Blaise");
    EXPECT_EQ(read->contributions()[2].before, before[2].digest());
    EXPECT_EQ(read->contributions()[1].digest(), before[2].digest());
    const auto parameters = read->parameters();
    ASSERT_TRUE(parameters);
    EXPECT_EQ(parameters->powers().size(), 26U);
    EXPECT_TRUE(check_powers(*parameters, random, executor));
}

TEST_F(CeremonyTest, EveryContributionMultipliesTheSecret) {
    // The same draws as a hidden and as a public secret.
    const Ceremony start = *Ceremony::start(5);
    Ceremony hidden = start;
    Ceremony open = start;
    std::vector<std::size_t> calls;
    crypto::ChaChaRng first(8);
    crypto::ChaChaRng second(8);
    ASSERT_TRUE(
        hidden.contribute("A", first, executor, CeremonySecret::hidden, [&](std::size_t done, std::size_t total) {
            calls.push_back(done);
            EXPECT_EQ(total, 42U);
        }));
    ASSERT_TRUE(open.contribute("A", second, executor, CeremonySecret::known_to_all));
    EXPECT_EQ(hidden.to_bytes(), open.to_bytes());
    EXPECT_EQ(calls, std::vector<std::size_t>{42});

    crypto::ChaChaRng draws(8);
    const auto s = draw_ceremony_secret(draws);
    ASSERT_TRUE(s);
    EXPECT_EQ(hidden.powers()[2], (G1Projective::generator() * (s->reveal() * s->reveal())).to_affine());
    crypto::ChaChaRng more(9);
    crypto::ChaChaRng again(9);
    ASSERT_TRUE(hidden.contribute("B", more, executor, CeremonySecret::known_to_all));
    const auto t = draw_ceremony_secret(again);
    EXPECT_EQ(hidden.powers()[1], (G1Projective::generator() * (s->reveal() * t->reveal())).to_affine());
    EXPECT_EQ(hidden.opening_key().x_h, (G2Projective::generator() * (s->reveal() * t->reveal())).to_affine());
}

TEST_F(CeremonyTest, TheStartIsNoParameters) {
    const Ceremony start = *Ceremony::start(4);
    EXPECT_TRUE(start.verify_so_far(random, executor));
    EXPECT_EQ(start.verify(random, executor).error().fault, Fault::no_contributions);
    EXPECT_EQ(start.parameters().error(), ProofError::root_of_unity_secret);
    EXPECT_EQ(Ceremony::start(0).error().fault, Fault::bad_count);
    EXPECT_EQ(Ceremony::start(22).error().fault, Fault::bad_count);
    // Other powers than those of 1.
    Bytes bytes = start.to_bytes();
    std::ranges::copy(some_point().to_compressed(), bytes.end() - 48);
    EXPECT_EQ(Ceremony::from_bytes(bytes, executor)->verify_so_far(random, executor).error().fault, Fault::not_powers);
}

TEST_F(CeremonyTest, ChangedHeadersAreRefused) {
    const Bytes bytes = ceremony.to_bytes();
    EXPECT_EQ(fault({}), Fault::not_a_ceremony);
    EXPECT_EQ(fault(with(0, ByteArray<1>{'D'})), Fault::not_a_ceremony);
    EXPECT_EQ(fault(with(8, ByteArray<1>{2})), Fault::unknown_version);
    for (const std::uint8_t count : ByteArray<5>{0, 11, 13, 25, 27})
        EXPECT_EQ(fault(with(12, ByteArray<1>{count})), Fault::bad_count);
    EXPECT_EQ(fault(with(12, ByteArray<1>{42})), Fault::short_input);
    EXPECT_EQ(fault(with(12, ByteArray<1>{18})), Fault::trailing_bytes);
    EXPECT_EQ(fault(with(20, ByteArray<2>{0x01, 0x04})), Fault::too_many);
    EXPECT_EQ(fault(with(20, ByteArray<2>{0x00, 0x04})), Fault::short_input);
    for (std::size_t size = 8; size < bytes.size(); size += 7) {
        EXPECT_EQ(fault(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))), Fault::short_input)
            << size;
    }
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(fault(longer), Fault::trailing_bytes);
}

TEST_F(CeremonyTest, ChangedContributionsAreNamed) {
    for (std::size_t i = 0; i < 3; ++i) {
        const auto refused = [&](const Bytes& bytes, Fault expected) {
            const auto result = check(bytes);
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().fault, expected) << to_string(result.error());
            EXPECT_EQ(result.error().contribution, i);
        };
        const Contribution& made = ceremony.contributions()[i];
        refused(with(record(i) + 1, ByteArray<1>{'Z'}), Fault::bad_knowledge);
        refused(with(record(i) + 1, ByteArray<1>{'\n'}), Fault::bad_name);
        refused(with(record(i) + 1, ByteArray<1>{0xff}), Fault::bad_name);
        refused(with(record(i), ByteArray<1>{0}), Fault::bad_name);
        refused(with(record(i), ByteArray<1>{65}), Fault::bad_name);
        refused(with(field(i, kBefore), ByteArray<1>{static_cast<std::uint8_t>(made.before[0] ^ 1)}),
                Fault::broken_chain);
        refused(with(field(i, kProduct), some_point().to_compressed()), Fault::bad_knowledge);
        refused(with(field(i, kProduct), (-made.product).to_compressed()), Fault::bad_knowledge);
        refused(with(field(i, kProductH), (-made.product_h).to_compressed()), Fault::bad_knowledge);
        refused(with(field(i, kCommitment), some_point().to_compressed()), Fault::bad_knowledge);
        refused(with(field(i, kAnswer), (made.answer + Fq::one()).to_bytes()), Fault::bad_knowledge);
        Bytes modulus(32, 0xff);
        refused(with(field(i, kAnswer), modulus), Fault::bad_scalar);
        for (const std::size_t point : {kProduct, kProductH, kCommitment}) {
            refused(with(field(i, point), ByteArray<1>{0}), Fault::bad_point);
        }
        for (const std::size_t point : {kProduct, kCommitment}) {
            refused(with(field(i, point), G1Affine::identity().to_compressed()), Fault::identity);
        }
        refused(with(field(i, kProductH), G2Affine::identity().to_compressed()), Fault::identity);
    }
    EXPECT_EQ(to_string(CeremonyError{.fault = Fault::bad_pair, .contribution = 1, .name = "Blaise"}),
              "contribution 2 of \"Blaise\": the points of the two groups do not hold the same secret");
}

TEST_F(CeremonyTest, PointsOutsideTheSubgroupAreRefused) {
    for (std::uint8_t x = 1; x < 255; ++x) {
        ByteArray<48> bytes{0x80};
        bytes[47] = x;
        const auto point = G1Affine::from_compressed_unchecked(bytes);
        if (!point || point->is_in_subgroup()) continue;
        EXPECT_EQ(fault(with(field(1, kProduct), bytes)), Fault::bad_point);
        EXPECT_EQ(fault(with(field(1, kCommitment), bytes)), Fault::bad_point);
        EXPECT_EQ(fault(with(record(3) + 5 * 48, bytes)), Fault::bad_point);
        return;
    }
    FAIL() << "no such point";
}

TEST_F(CeremonyTest, ChangedPowersAreRefused) {
    const std::size_t powers = record(3);
    EXPECT_EQ(fault(with(powers, some_point().to_compressed())), Fault::wrong_generator);
    EXPECT_EQ(fault(with(powers + 48, some_point().to_compressed())), Fault::wrong_product);
    for (const std::size_t i : {2U, 3U, 24U, 25U}) {
        EXPECT_EQ(fault(with(powers + i * 48, some_point().to_compressed())), Fault::not_powers) << i;
        EXPECT_EQ(fault(with(powers + i * 48, (-ceremony.powers()[i]).to_compressed())), Fault::not_powers) << i;
        EXPECT_EQ(fault(with(powers + i * 48, ByteArray<1>{0})), Fault::bad_point) << i;
        EXPECT_EQ(fault(with(powers + i * 48, G1Affine::identity().to_compressed())), Fault::identity) << i;
    }
    // Two that are exchanged.
    Bytes exchanged = with(powers + 5 * 48, ceremony.powers()[6].to_compressed());
    std::ranges::copy(ceremony.powers()[5].to_compressed(),
                      exchanged.begin() + static_cast<std::ptrdiff_t>(powers + 6 * 48));
    EXPECT_EQ(fault(exchanged), Fault::not_powers);
}

TEST_F(CeremonyTest, OrderAndNumberOfContributionsAreFixed) {
    EXPECT_TRUE(check(with_contributions({0, 1, 2})));
    EXPECT_EQ(fault(with_contributions({1, 0, 2})), Fault::broken_chain);
    EXPECT_EQ(fault(with_contributions({0, 2, 1})), Fault::broken_chain);
    EXPECT_EQ(fault(with_contributions({1, 2})), Fault::broken_chain);
    EXPECT_EQ(fault(with_contributions({0, 2})), Fault::broken_chain);
    EXPECT_EQ(fault(with_contributions({0, 1})), Fault::wrong_product);
    EXPECT_EQ(fault(with_contributions({0, 1, 1, 2})), Fault::broken_chain);
    EXPECT_EQ(fault(with_contributions({})), Fault::no_contributions);
    // The contributions of another ceremony.
    Ceremony other = before[2];
    ASSERT_TRUE(other.contribute("Eve", random, executor));
    Bytes mixed = other.to_bytes();
    const Bytes mine = ceremony.to_bytes();
    std::ranges::copy(ByteView(mine).last(26 * 48), mixed.end() - 26 * 48);
    EXPECT_EQ(fault(mixed), Fault::wrong_product);
}

TEST_F(CeremonyTest, DegenerateSecretsAreRefused) {
    // A contribution with a proof that holds, of a secret that nobody should have.
    const auto forged = [&](const Fq& s) {
        const Ceremony start = *Ceremony::start(2);
        const CeremonyState state{
            .digest = start.digest(), .product = G1Affine::generator(), .product_h = G2Affine::generator()};
        const auto contribution = make_contribution(state, "M", Secret<Fq>(s), random);
        Bytes out = start.to_bytes();
        out.resize(kHeader);
        out[kHeader - 4] = 1;
        Writer tail;
        contribution->write(tail);
        Fq power = Fq::one();
        for (std::size_t i = 0; i < 14; ++i, power *= s) {
            tail.bytes((G1Projective::generator() * power).to_affine().to_compressed());
        }
        append(out, tail.view());
        return out;
    };
    EXPECT_TRUE(check(forged(Fq::from_u64(3))));
    EXPECT_EQ(fault(forged(Fq::one())), Fault::no_change);
    EXPECT_EQ(fault(forged(Fq::zero())), Fault::identity);
    for (unsigned log2_order = 1; log2_order <= 3; ++log2_order) {
        EXPECT_EQ(fault(forged(crypto::root_of_unity(log2_order))), Fault::root_of_unity_secret) << log2_order;
    }
}

TEST_F(CeremonyTest, ThePairOfBothGroupsIsChecked) {
    const CeremonyState state{.digest = Ceremony::start(2)->digest(),
                              .product = G1Affine::generator(),
                              .product_h = G2Projective(G2Affine::generator()).doubled().to_affine()};
    CeremonyState honest = state;
    honest.product_h = G2Affine::generator();
    const auto contribution = make_contribution(state, "M", Secret<Fq>(Fq::from_u64(3)), random);
    EXPECT_EQ(check_contribution(honest, *contribution).error().fault, Fault::bad_pair);
}

TEST_F(CeremonyTest, NamesAndBrokenRandomness) {
    class Zeros final : public RandomSource {
        void fill(MutableByteView out) override { std::ranges::fill(out, std::uint8_t{0}); }
    } zeros;
    const Bytes untouched = ceremony.to_bytes();
    EXPECT_EQ(ceremony.contribute("D", zeros, executor).error().fault, Fault::bad_randomness);
    for (const std::string& name :
         {std::string(), std::string(65, 'a'), std::string("a\nb"), std::string("a\x1b[2J"), std::string("\xc2\x9b"),
          std::string("\xd8\x9c"), std::string{'\xe2', '\x80', '\xae'}, std::string{'\xe2', '\x81', '\xa7'},
          std::string("\xff"), std::string("\x7f")}) {
        EXPECT_EQ(ceremony.contribute(name, random, executor).error().fault, Fault::bad_name);
    }
    EXPECT_EQ(ceremony.to_bytes(), untouched);
    EXPECT_TRUE(is_contributor_name("Ænne Müller, 東京 ₿"));
    EXPECT_TRUE(is_contributor_name(std::string(64, 'a')));
}

TEST_F(CeremonyTest, ParametersOfAnyoneAreChecked) {
    const auto good = ceremony.parameters();
    ASSERT_TRUE(good);
    EXPECT_TRUE(check_powers(*PublicParameters::from_raw_bytes(good->to_raw_bytes(), executor), random, executor));
    std::vector<G1Affine> powers(good->powers().begin(), good->powers().end());
    powers[7] = some_point();
    EXPECT_EQ(check_powers(*PublicParameters::from_points(good->opening_key(), powers), random, executor).error(),
              ProofError::not_powers);
    OpeningKey other = good->opening_key();
    other.g = some_point();
    EXPECT_EQ(check_powers(*PublicParameters::from_points(other, {good->powers().begin(), good->powers().end()}),
                           random, executor)
                  .error(),
              ProofError::not_powers);
    other.g = G1Affine::identity();
    EXPECT_EQ(PublicParameters::from_points(other, powers).error(), ProofError::bad_opening_key);
}

TEST(DevelopmentParameters, AreThoseOfThePins) {
    SerialExecutor executor;
    const PublicParameters parameters = development_parameters(executor);
    EXPECT_EQ(parameters.powers().size(), 131082U);
    EXPECT_EQ(to_hex(crypto::sha256(parameters.to_bytes())), to_hex(development_digest()));
    EXPECT_EQ(to_hex(crypto::sha256(parameters.to_raw_bytes())), to_hex(development_raw_digest()));
}

TEST(DevelopmentParameters, SmallerOnesArePrefixesAndVerify) {
    SerialExecutor executor;
    crypto::ChaChaRng random(1);
    const Ceremony large = *development_ceremony(5, executor);
    const Ceremony small = *development_ceremony(3, executor);
    EXPECT_TRUE(large.verify(random, executor));
    EXPECT_TRUE(std::ranges::equal(large.powers().first(18), small.powers()));
    EXPECT_EQ(development_ceremony(22, executor).error().fault, Fault::bad_count);
}

// Whatever operators pin: by another format, fewer powers, other generators or another opening key, the secret stays.
TEST(ParametersPin, OnlyDevnetTakesTheDevelopmentParameters) {
    SerialExecutor executor;
    crypto::ChaChaRng random(3);
    const NetworkPin rusk = *pin_of("rusk");
    const NetworkPin devnet = *pin_of("devnet");
    EXPECT_FALSE(pin_of("moon"));
    const auto admit = [](const NetworkPin& pin, const ParametersDigest& digest, const PublicParameters& parameters) {
        return admit_parameters(pin, digest, parameters.opening_key(), parameters.powers());
    };
    // As an operator who pins just these.
    const auto admit_careless = [&](const PublicParameters& parameters) {
        const ParametersDigest digest = crypto::sha256(parameters.to_bytes());
        return admit({.network = "moon", .digest = digest}, digest, parameters);
    };
    const PublicParameters development = *development_ceremony(3, executor)->parameters();
    const PublicParameters safe = PublicParameters::setup(8, random, executor);
    EXPECT_TRUE(admit(devnet, development_digest(), development));
    EXPECT_EQ(admit(rusk, development_digest(), development).error(), PinError::development_parameters);
    EXPECT_EQ(admit(rusk, rusk.digest, development).error(), PinError::development_parameters);
    EXPECT_EQ(admit(rusk, {}, safe).error(), PinError::other_parameters);
    EXPECT_EQ(admit(devnet, rusk.digest, safe).error(), PinError::other_parameters);
    EXPECT_TRUE(admit(rusk, rusk.digest, safe));
    EXPECT_TRUE(admit_careless(safe));

    EXPECT_EQ(admit_careless(development).error(), PinError::development_parameters);
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{17}}) {
        EXPECT_EQ(admit_careless(*development.prefix(count)).error(), PinError::development_parameters) << count;
    }
    const Fq factor = Fq::random(random);
    const auto scaled = [&](const auto& point) { return (point * factor).to_affine(); };
    OpeningKey key = development.opening_key();
    key.h = scaled(crypto::G2Projective(key.h));
    key.x_h = scaled(crypto::G2Projective(key.x_h));
    std::vector<G1Affine> powers;
    for (const G1Affine& power : development.powers()) powers.push_back(scaled(crypto::G1Projective(power)));
    key.g = powers[0];
    const PublicParameters other_generators = *PublicParameters::from_points(key, powers);
    ASSERT_TRUE(check_powers(other_generators, random, executor));
    EXPECT_EQ(admit_careless(other_generators).error(), PinError::development_parameters);
    EXPECT_TRUE(has_development_secret(key));
    // Points that do not belong together, as before they are checked.
    const PublicParameters mixed = *PublicParameters::from_points(safe.opening_key(), powers);
    EXPECT_EQ(admit_careless(mixed).error(), PinError::development_parameters);
    EXPECT_FALSE(has_development_secret(mixed.opening_key()));

    EXPECT_EQ(pin_with(development_digest())->network, "devnet");
    EXPECT_FALSE(pin_with({}));
}

// One more contribution, of a secret that nobody knows, and they are as good as any.
TEST(DevelopmentParameters, AreMendedByAContribution) {
    SerialExecutor executor;
    crypto::ChaChaRng random(5);
    Ceremony ceremony = *development_ceremony(3, executor);
    EXPECT_TRUE(has_development_secret(ceremony.opening_key(), ceremony.powers()));
    ASSERT_TRUE(ceremony.contribute("Ada", random, executor));
    EXPECT_FALSE(has_development_secret(ceremony.opening_key(), ceremony.powers()));
}

}  // namespace
}  // namespace dusk::plonk
