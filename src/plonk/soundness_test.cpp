// What the gadgets of older releases let pass: the assignment, and the gadget whose row refuses it
// (spec/plonk-sound.md §10).
#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/poseidon.hpp"
#include "crypto/schnorr_bound.hpp"
#include "plonk/bits.hpp"
#include "plonk/check.hpp"
#include "plonk/points.hpp"
#include "plonk/scalar_bits.hpp"
#include "plonk/signature.hpp"

namespace dusk::plonk {
namespace {

using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

constexpr std::uint32_t kFirst = 6;  // the first witness of a circuit's own

JubJubAffine order_two() { return JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one()); }

// The integer five plus the modulus.
Limbs4 alias_of_five() {
    Limbs4 out = Fq::kModulus;
    out[0] += 5;
    return out;
}

// Where the rows of a dishonest circuit fail: the innermost gadget of each, without repetitions.
template <class Circuit>
std::vector<std::string> refused_by(const Composer::Forced& forced, const Circuit& circuit) {
    auto composer = Composer::dishonest(forced);
    circuit(composer);
    const auto table = std::move(composer).finish().value();
    std::vector<std::string> out;
    for (const std::uint32_t row : unsatisfied_rows(table)) {
        std::string path(table.gadgets.path_of_row(row));
        if (out.empty() || out.back() != path) out.push_back(std::move(path));
    }
    return out;
}

using Paths = std::vector<std::string>;

TEST(Soundness, AnotherLowPart) {
    const auto circuit = [](Composer& c) { truncate<250>(c, c.append(Fq::from_u64(1'000'000))); };
    EXPECT_EQ(refused_by({}, circuit), Paths{});
    EXPECT_EQ(refused_by({{kFirst + 1, Fq::from_u64(77)}}, circuit), Paths{"truncation/split"});
}

TEST(Soundness, TheLowPartOfTheNumberPlusTheModulus) {
    const auto circuit = [](Composer& c) { truncate<250>(c, c.append(Fq::from_u64(5))); };
    const Limbs4 alias = alias_of_five();
    const std::uint32_t high = kFirst + 2 + 125;
    EXPECT_EQ(refused_by({{kFirst + 1, slice(alias, 0, 250)}, {high, slice(alias, 250, 255)}}, circuit),
              Paths{"truncation/split/range"});
}

TEST(Soundness, LogicOfAnotherInput) {
    const auto circuit = [](std::uint64_t x) {
        return [x](Composer& c) { logic_xor<32>(c, c.append(Fq::from_u64(x)), kZero); };
    };
    Composer other(Composer::Mode::check);
    circuit(0x0123456789abcdef)(other);
    const auto table = std::move(other).finish().value();
    Composer::Forced forced;
    for (std::uint32_t i = kFirst + 1; i <= kFirst + 4 * 32; ++i) forced[i] = table.values[i];
    EXPECT_EQ(refused_by(forced, circuit(42)), Paths{"logic/split"});
}

TEST(Soundness, TheBitsOfTheNumberPlusTheModulus) {
    Composer::Forced forced;
    for (std::uint32_t i = 0; i < 255; ++i) forced[kFirst + 1 + 2 * i] = Fq::from_u64(bit_of(alias_of_five(), i));
    EXPECT_EQ(refused_by(forced, [](Composer& c) { decompose<255>(c, c.append(Fq::from_u64(5))); }),
              Paths{"decomposition/range"});
    forced[kFirst + 1 + 2 * 255] = Fq::zero();
    EXPECT_EQ(refused_by(forced, [](Composer& c) { decompose<256>(c, c.append(Fq::from_u64(5))); }),
              Paths{"decomposition/range"});
}

// The rows of a fixed-base run over the binary digits of an integer.
Composer::Forced run_over(const Limbs4& integer) {
    constexpr std::uint32_t kRun = kFirst + 1 + 126 + 1 + 126;  // behind the ranges of the scalar
    Composer::Forced out;
    JubJubExtended sum;
    Fq scalar;
    std::uint32_t next = kRun;
    const auto put_sum = [&] {
        const JubJubAffine affine = sum.to_affine();
        out[next++] = affine.u();
        out[next++] = affine.v();
        out[next++] = scalar;
    };
    for (std::size_t i = 256; i-- > 0;) {
        put_sum();
        JubJubExtended multiple(crypto::kJubJubGenerator);
        for (std::size_t k = 0; k < i; ++k) multiple = multiple.doubled();
        const JubJubAffine affine = multiple.to_affine();
        const bool digit = bit_of(integer, i) != 0;
        out[next++] = digit ? affine.u() * affine.v() : Fq::zero();
        scalar = scalar.doubled() + (digit ? Fq::one() : Fq::zero());
        if (digit) sum = sum + affine;
    }
    put_sum();
    return out;
}

TEST(Soundness, ScalarZeroWithThePointOfTheModulus) {
    const auto circuit = [](Composer& c) { (void)mul_generator(c, c.append(Fq::zero()), crypto::kJubJubGenerator); };
    EXPECT_EQ(refused_by({}, circuit), Paths{});
    EXPECT_EQ(refused_by(run_over(Fq::kModulus), circuit), Paths{"generator multiplication"});
}

TEST(Soundness, AScalarThatIsTheOrder) {
    auto forced = run_over(Fr::kModulus);
    forced[kFirst] = to_fq(-Fr::one()) + Fq::one();
    const auto circuit = [](Composer& c) { (void)mul_generator(c, c.append(Fq::zero()), crypto::kJubJubGenerator); };
    EXPECT_EQ(refused_by(forced, circuit), Paths{"generator multiplication/below the order/range"});
}

TEST(Soundness, AnOutputIsTiedToItsRow) {
    const auto circuit = [](Composer& c) {
        const Witness two = c.append(Fq::from_u64(2));
        const Witness three = c.append(Fq::from_u64(3));
        const Composer::Scope scope(c, "sum");
        (void)c.evaluated_output({.l = Fq::one(), .r = Fq::one(), .o = -Fq::one()}, two, three, kZero);
    };
    EXPECT_EQ(refused_by({{kFirst + 2, Fq::from_u64(9)}}, circuit), Paths{"sum"});
}

TEST(Soundness, ASelectingBitThatIsTwo) {
    const auto circuit = [](Composer& c) {
        const auto p = append_constant_point(c, crypto::kJubJubGenerator);
        (void)select_identity(c, c.append(Fq::from_u64(2)), p);
    };
    EXPECT_EQ(refused_by({}, circuit), Paths{"select identity"});
}

TEST(Soundness, PointsOutsideTheSubgroup) {
    const JubJubExtended p = crypto::multiply_generator(Fr::from_u64(1234567));
    const auto circuit = [](const JubJubExtended& point) {
        return [point](Composer& c) { (void)append_torsion_free_point(c, point); };
    };
    EXPECT_EQ(refused_by({}, circuit(p)), Paths{});
    EXPECT_EQ(refused_by({}, circuit(JubJubExtended())), Paths{});
    EXPECT_EQ(refused_by({}, circuit(p + order_two())), Paths{"torsion free/equal points"});
    EXPECT_EQ(refused_by({}, circuit(order_two())), Paths{"torsion free/equal points"});
    const Fq u = p.to_affine().u();
    EXPECT_EQ(refused_by({{kFirst, u + Fq::one()}}, circuit(p)), Paths{"torsion free/equal points"});
    // A helper of one's own does not do: eight times any point is in the subgroup.
    EXPECT_EQ(refused_by({{kFirst + 2, u}}, circuit(p + order_two())),
              (Paths{"torsion free", "torsion free/equal points"}));
}

TEST(Soundness, TheIdentityAsKeyAndNonce) {
    const auto circuit = [](Composer& c) {
        const WitnessPoint identity = append_point(c, JubJubExtended());
        verify_signature(c, c.append(Fq::zero()), identity, TorsionFreeWitnessPoint::unchecked(identity),
                         c.append(Fq::from_u64(7)));
    };
    EXPECT_EQ(refused_by({}, circuit), Paths{"signature/not zero"});
}

TEST(Soundness, ASecondKeyPlusThePointOfOrderTwo) {
    crypto::ChaChaRng random(5);
    const Fr secret = Fr::random(random);
    const Fq message = Fq::random(random);
    const JubJubAffine pk = crypto::multiply_generator(secret).to_affine();
    const JubJubAffine pk_prime = (crypto::multiply_generator_nums(secret) + order_two()).to_affine();
    Fr challenge = Fr::one();
    Fr u;
    JubJubAffine r;
    JubJubAffine r_prime;
    while (challenge.is_odd()) {
        const Fr nonce = Fr::random(random);
        r = crypto::multiply_generator(nonce).to_affine();
        r_prime = crypto::multiply_generator_nums(nonce).to_affine();
        challenge = crypto::schnorr::bound::challenge_double(r, r_prime, pk, pk_prime, message);
        u = nonce - challenge * secret;
    }
    const auto circuit = [&](Composer& c) {
        const auto wr = append_point(c, r);
        const auto wr_prime = append_point(c, r_prime);
        const auto a = append_torsion_free_point(c, pk);
        const auto b = append_torsion_free_point(c, pk_prime);
        verify_signature_double(c, c.append(to_fq(u)), wr, wr_prime, a, b, c.append(message));
    };
    EXPECT_EQ(refused_by({}, circuit), Paths{"torsion free/equal points"});
}

TEST(Soundness, NumbersOutOfRange) {
    const auto refused = [](const Fq& x, auto check) {
        return refused_by({}, [&](Composer& c) { check(c, c.append(x)); });
    };
    EXPECT_EQ(refused(Fq::pow_of_2(64), [](Composer& c, Witness w) { range<65>(c, w); }), Paths{});
    EXPECT_EQ(refused(Fq::pow_of_2(65), [](Composer& c, Witness w) { range<65>(c, w); }), Paths{"odd range"});
    EXPECT_EQ(refused(Fq::pow_of_2(64), [](Composer& c, Witness w) { range<64>(c, w); }), Paths{"range"});
    EXPECT_EQ(refused(-Fq::one(), [](Composer& c, Witness w) { range<64>(c, w); }), Paths{"range"});
    EXPECT_EQ(refused(-Fq::one(), [](Composer& c, Witness w) { range<254>(c, w); }), Paths{"range"});
    EXPECT_EQ(refused(Fq::one(), [](Composer& c, Witness w) { range<0>(c, w); }), Paths{"range"});
    EXPECT_EQ(refused(Fq::pow_of_2(8), [](Composer& c, Witness w) { decompose<8>(c, w); }), Paths{"decomposition"});
    EXPECT_EQ(refused(Fq::zero(), [](Composer& c, Witness w) { assert_nonzero(c, w); }), Paths{"not zero"});
    EXPECT_EQ(refused(Fq::zero(), [](Composer& c, Witness w) { assert_distinct(c, w, kZero); }),
              Paths{"distinct/not zero"});
}

}  // namespace
}  // namespace dusk::plonk
