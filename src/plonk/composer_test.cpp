#include "plonk/composer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "plonk/bits.hpp"
#include "plonk/check.hpp"
#include "plonk/points.hpp"

namespace dusk::plonk {
namespace {

using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

JubJubAffine order_two() { return JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one()); }
JubJubAffine off_curve() { return JubJubAffine::from_coordinates_unchecked(Fq::from_u64(3), Fq::from_u64(5)); }
JubJubExtended degenerate() {
    return JubJubExtended::from_coordinates_unchecked(Fq::one(), Fq::one(), Fq::zero(), Fq::one(), Fq::one());
}

TEST(Composer, StartsWithFourRowsThatHold) {
    const auto table = Composer(Composer::Mode::check).finish().value();
    EXPECT_EQ(table.rows(), 4);
    EXPECT_EQ(table.values.size(), 6);
    EXPECT_EQ(table.value(kZero), Fq::zero());
    EXPECT_EQ(table.value(kOne), Fq::one());
    EXPECT_TRUE(unsatisfied_rows(table).empty());
    EXPECT_TRUE(table.public_inputs.empty());
}

TEST(Composer, KeepsWhatTheModeNeeds) {
    const auto run = [](Composer::Mode mode) {
        Composer composer(mode);
        const Composer::Scope scope(composer, "outer");
        range<64>(composer, composer.public_input(Fq::from_u64(77)));
        return composer;
    };
    const auto keys = run(Composer::Mode::keys).finish().value();
    const auto prove = run(Composer::Mode::prove).finish().value();
    const auto check = run(Composer::Mode::check).finish().value();
    EXPECT_EQ(keys.selectors, check.selectors);
    EXPECT_EQ(keys.wires, check.wires);
    EXPECT_TRUE(keys.values.empty());
    EXPECT_TRUE(prove.selectors.empty());
    EXPECT_EQ(prove.wires, check.wires);
    EXPECT_EQ(prove.values, check.values);
    for (const auto* table : {&keys, &prove, &check}) {
        ASSERT_EQ(table->public_inputs.size(), 1);
        EXPECT_EQ(table->public_inputs[0].row, 4);
        EXPECT_EQ(table->public_inputs[0].value, Fq::from_u64(77));
    }
    EXPECT_TRUE(prove.gadgets.marks().empty());
    EXPECT_TRUE(keys.gadgets.marks().empty());
}

TEST(Composer, APublicZeroIsStillPublic) {
    Composer composer(Composer::Mode::check);
    (void)composer.public_input(Fq::zero());
    EXPECT_EQ(std::move(composer).finish()->public_inputs.size(), 1);
}

TEST(Composer, NamesTheRowsThatFail) {
    Composer composer(Composer::Mode::check);
    {
        const Composer::Scope outer(composer, "transfer");
        const Witness w = composer.constant(Fq::from_u64(256));  // row 4
        const Composer::Scope inner(composer, "input 0");
        range<8>(composer, w);           // rows 5 to 7; the last one ties the number
        composer.assert_equal(w, kOne);  // row 8
    }
    composer.assert_equal(kZero, kOne);  // row 9
    const auto table = std::move(composer).finish().value();
    EXPECT_EQ(unsatisfied_rows(table), (std::vector<std::uint32_t>{7, 8, 9}));
    EXPECT_EQ(describe_row(table, 0), "row 0");
    EXPECT_EQ(describe_row(table, 4), "transfer, row 4");
    EXPECT_EQ(describe_row(table, 7), "transfer/input 0/range, row 7");
    EXPECT_EQ(describe_row(table, 8), "transfer/input 0, row 8");
    EXPECT_EQ(describe_row(table, 9), "row 9");
}

TEST(Composer, TheLastRowOfAFullDomainLooksAtTheFirst) {
    // 8 rows, the last of them a range row: its d_next is wire d of row 0, which is zero, and so are its accumulators.
    Composer composer(Composer::Mode::check);
    for (int i = 0; i < 3; ++i) composer.assert_equal(kZero, kZero);
    composer.range_row({composer.append(Fq::from_u64(1)), kZero, kZero, kZero});
    EXPECT_EQ(unsatisfied_rows(std::move(composer).finish().value()), std::vector<std::uint32_t>{7});
}

TEST(Composer, AnOutputSatisfiesItsRow) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        crypto::ChaChaRng random(seed);
        const auto field = [&] { return Fq::random(random); };
        Composer composer(Composer::Mode::check);
        const Witness a = composer.append(field());
        const Witness b = composer.append(field());
        const Witness d = composer.append(field());
        Arithmetic q{.m = field(), .l = field(), .r = field(), .o = field(), .f = field(), .c = field()};
        const auto c = composer.evaluated_output(q, a, b, d, field());
        RC_ASSERT(c.has_value());
        (void)composer.output(q, a, b, d, field());
        (void)composer.output(q, a, b, d);
        q.o = Fq::zero();
        RC_ASSERT(!composer.evaluated_output(q, a, b, d).has_value());
        const auto table = std::move(composer).finish().value();
        RC_ASSERT(table.rows() == 8U);  // also without an output there is a row, and this one does not hold
        RC_ASSERT(unsatisfied_rows(table) == std::vector<std::uint32_t>{7});
    }));
}

TEST(Composer, TheFirstErrorStays) {
    Composer composer(Composer::Mode::prove);
    (void)append_point(composer, degenerate());
    (void)append_constant_point(composer, order_two());
    EXPECT_EQ(std::move(composer).finish().error(), CircuitError::point_degenerate);
}

struct BuildTimeError {
    const char* name;
    void (*build)(Composer&);
    CircuitError error;
};
constexpr std::array kBuildTimeErrors{
    BuildTimeError{"private point with z = 0", [](Composer& c) { (void)append_point(c, degenerate()); },
                   CircuitError::point_degenerate},
    BuildTimeError{"public point with z = 0", [](Composer& c) { (void)append_public_point(c, degenerate()); },
                   CircuitError::point_degenerate},
    BuildTimeError{"expected point with z = 0",
                   [](Composer& c) { assert_public_point(c, TorsionFreeWitnessPoint(), degenerate()); },
                   CircuitError::point_degenerate},
    BuildTimeError{"constant point with z = 0", [](Composer& c) { (void)append_constant_point(c, degenerate()); },
                   CircuitError::point_degenerate},
    BuildTimeError{"constant point of order two", [](Composer& c) { (void)append_constant_point(c, order_two()); },
                   CircuitError::point_not_torsion_free},
    BuildTimeError{"constant point off the curve", [](Composer& c) { (void)append_constant_point(c, off_curve()); },
                   CircuitError::point_not_torsion_free},
    BuildTimeError{"the order as a factor",
                   [](Composer& c) {
                       const Witness k = c.append(to_fq(-Fr::one()) + Fq::one());
                       (void)mul_generator(c, k, crypto::kJubJubGenerator);
                   },
                   CircuitError::scalar_not_canonical},
    BuildTimeError{"a factor far above the order",
                   [](Composer& c) { (void)mul_generator(c, c.append(-Fq::one()), crypto::kJubJubGeneratorNums); },
                   CircuitError::scalar_not_canonical},
    BuildTimeError{"the identity as generator",
                   [](Composer& c) { (void)mul_generator(c, kOne, JubJubAffine::identity()); },
                   CircuitError::generator_not_prime_order},
    BuildTimeError{"a generator of order two", [](Composer& c) { (void)mul_generator(c, kOne, order_two()); },
                   CircuitError::generator_not_prime_order},
    BuildTimeError{"a generator off the curve", [](Composer& c) { (void)mul_generator(c, kOne, off_curve()); },
                   CircuitError::generator_not_prime_order},
};

TEST(Composer, BuildTimeErrors) {
    for (const auto& [name, build, error] : kBuildTimeErrors) {
        for (const auto mode : {Composer::Mode::keys, Composer::Mode::prove, Composer::Mode::check}) {
            Composer composer(mode);
            build(composer);
            const auto result = std::move(composer).finish();
            ASSERT_FALSE(result.has_value()) << name;
            EXPECT_EQ(result.error(), error) << name;
            EXPECT_NE(to_string(result.error()), "unknown error");
        }
    }
}

TEST(Composer, TheIdentityIsAConstantPointAndAGeneratorMayBeAnyOfPrimeOrder) {
    Composer composer(Composer::Mode::check);
    (void)append_constant_point(composer, JubJubExtended());
    const JubJubAffine generator = crypto::multiply_generator(Fr::from_u64(77)).to_affine();
    const auto product = mul_generator(composer, composer.append(Fq::from_u64(5)), generator);
    EXPECT_EQ(value(composer, product), crypto::multiply_generator(Fr::from_u64(5 * 77)).to_affine());
    EXPECT_TRUE(unsatisfied_rows(std::move(composer).finish().value()).empty());
}

// Whatever the values, a circuit is built, and its rows are the same.
RC_GTEST_PROP(Composer, NoWitnessValueStopsAGadget, (std::uint64_t seed)) {
    crypto::ChaChaRng random(seed);
    const auto build = [&](bool wild) {
        Composer composer(Composer::Mode::check);
        const auto any = [&] { return wild ? Fq::random(random) : Fq::from_u64(seed % 3); };
        const Witness x = composer.append(any());
        const Witness y = composer.append(any());
        const WitnessPoint p{composer.append(any()), composer.append(any())};
        const auto typed = TorsionFreeWitnessPoint::unchecked(p);
        range<3>(composer, x);
        decompose<256>(composer, x);
        truncate<250>(composer, y);
        logic_xor<127>(composer, x, y);
        assert_nonzero(composer, x);
        assert_canonical_jubjub(composer, y);
        (void)assert_torsion_free(composer, p);
        (void)select_identity(composer, x, typed);
        (void)add(composer, typed, typed);
        (void)mul_point(composer, y, typed);
        return std::move(composer).finish().value();
    };
    const auto wild = build(true);
    const auto tame = build(false);
    RC_ASSERT(wild.wires == tame.wires);
    RC_ASSERT(wild.selectors == tame.selectors);
}

// Two points whose sum has no affine form: the witness is the identity, the rows fail.
TEST(Points, ASumThatDoesNotExistBreaksRows) {
    // 1 + d u1 u2 v1 v2 = 0 with v1 = v2 = 1.
    const Fq u = Fq::from_u64(7);
    const Fq other = -(crypto::kJubJubD * u).invert().value();
    Composer composer(Composer::Mode::check);
    const auto p = TorsionFreeWitnessPoint::unchecked({composer.append(u), kOne});
    const auto q = TorsionFreeWitnessPoint::unchecked({composer.append(other), kOne});
    const auto sum = add(composer, p, q);
    EXPECT_TRUE(value(composer, sum).is_identity());
    EXPECT_EQ(unsatisfied_rows(std::move(composer).finish().value()), std::vector<std::uint32_t>{4});
}

}  // namespace
}  // namespace dusk::plonk
