#include "circuits.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include "circuits_protocol.hpp"
#include "draws.hpp"
#include "plonk/bits.hpp"
#include "plonk/points.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubExtended;
using plonk::Arithmetic;
using plonk::Composer;
using plonk::kZero;
using plonk::Witness;

Fq number(std::uint64_t n) { return Fq::from_u64(n); }
constexpr Fq kMinusOne = -Fq::one();

void empty(Composer& /*c*/, Draws& /*draws*/) {}

void arithmetic(Composer& c, Draws& draws) {
    const Fq a = draws.field();
    const Fq b = draws.field();
    const Fq d = draws.field();
    const Witness wa = c.append(a);
    const Witness wb = c.append(b);
    const Witness wd = c.append(d);
    Arithmetic q;
    q.m = draws.field();
    q.l = draws.field();
    q.r = draws.field();
    q.f = draws.field();
    q.c = draws.field();
    q.o = kMinusOne;
    const Fq term = draws.field();
    const Witness out = c.append(q.m * a * b + q.l * a + q.r * b + q.f * d + q.c + term);
    c.arithmetic_row(q, {wa, wb, out, wd}, term);
    const Witness sum = c.output({.l = number(3), .r = number(5), .f = number(7), .c = number(11)}, wa, wb, wd);
    const Witness product = c.output({.m = number(2), .f = number(9)}, sum, wb, wd, term);
    c.assert_equal(product, product);
    c.assert_constant(wa, a);
}

void evaluated_output(Composer& c, Draws& draws) {
    const Witness a = c.append(draws.field());
    const Witness b = c.append(draws.field());
    const Witness d = c.append(draws.field());
    for (const Fq& o : {Fq::one(), kMinusOne, draws.field()}) {
        const Arithmetic q{.m = number(1), .l = number(2), .r = number(3), .o = o, .f = number(4), .c = number(5)};
        if (!c.evaluated_output(q, a, b, d)) throw std::runtime_error("a row with an output gave none");
    }
    const Witness v = c.append(draws.field());
    if (c.evaluated_output({.l = Fq::one(), .r = kMinusOne}, v, v, kZero)) {
        throw std::runtime_error("a row without output gave one");
    }
    (void)c.constant(draws.field());
}

void public_inputs(Composer& c, Draws& draws) {
    const Witness x = c.public_input(draws.field());
    const Witness y = c.public_input(Fq::zero());
    const Fq k = draws.field();
    const Fq p = draws.field();
    c.assert_constant(c.append(k + p), k, p);
    c.assert_constant(y, Fq::zero());
    (void)c.public_input(draws.field());
    (void)c.output({.l = Fq::one()}, x, kZero, kZero, draws.field());
}

void boolean_select(Composer& c, Draws& draws) {
    const std::array bits{c.append(Fq::zero()), c.append(Fq::one())};
    for (const Witness bit : bits) assert_boolean(c, bit);
    const Witness a = c.append(draws.field());
    const Witness b = c.append(draws.field());
    for (const Witness bit : bits) {
        (void)select(c, bit, a, b);
        (void)select_one(c, bit, a);
        (void)select_zero(c, bit, b);
    }
    const auto p = append_point(c, draws.point());
    const auto q = append_point(c, draws.point());
    for (const Witness bit : bits) (void)select_point(c, bit, p, q);
}

void decomposition(Composer& c, Draws& draws) {
    plonk::decompose<8>(c, c.append(number(0xa5)));
    plonk::decompose<64>(c, c.append(number(0x0123456789abcdef)));
    const Witness w = c.append(draws.field() * number(4).invert().value());
    plonk::decompose<255>(c, w);
    plonk::decompose<256>(c, w);
    plonk::decompose<255>(c, c.append(kMinusOne));
}

void range_bits(Composer& c, Draws& draws) {
    const Witness zero = c.append(Fq::zero());
    plonk::range<0>(c, zero);
    plonk::range<1>(c, zero);
    plonk::range<1>(c, c.append(Fq::one()));
    plonk::range<2>(c, c.append(number(3)));
    const Witness five = c.append(number(5));
    plonk::range<3>(c, five);
    plonk::range<5>(c, five);
    plonk::range<8>(c, c.append(number(0xe1)));
    const Witness word = c.append(number(0xfedcba9876543210));
    plonk::range<64>(c, word);
    plonk::range<65>(c, word);
    const Witness any = c.append(draws.field());
    plonk::range<255>(c, any);
    plonk::range<256>(c, any);
}

void range_pairs(Composer& c, Draws& /*draws*/) {
    plonk::range_pairs<0>(c, c.append(Fq::zero()));
    plonk::range_pairs<3>(c, c.append(number(0x2d)));
    const Witness word = c.append(number(0xfedcba9876543210));
    plonk::range_pairs<32>(c, word);
    plonk::range_pairs<200>(c, word);
}

void truncate(Composer& c, Draws& draws) {
    const Witness w = c.append(draws.field());
    plonk::truncate<0>(c, w);
    plonk::truncate<1>(c, w);
    plonk::truncate<2>(c, w);
    plonk::truncate<64>(c, w);
    plonk::truncate<125>(c, w);
    plonk::truncate<250>(c, w);
    plonk::truncate<253>(c, w);
    plonk::truncate<254>(c, w);
    plonk::truncate<250>(c, c.append(kMinusOne));
}

template <bool kXor, std::size_t kPairs>
void logic(Composer& c, Witness a, Witness b) {
    if constexpr (kXor) {
        plonk::logic_xor<kPairs>(c, a, b);
    } else {
        plonk::logic_and<kPairs>(c, a, b);
    }
}

template <bool kXor>
void logic(Composer& c, Draws& draws) {
    Witness a = c.append(number(0x123456789abcdef0));
    Witness b = c.append(number(0x0fedcba987654321));
    logic<kXor, 0>(c, a, b);
    logic<kXor, 1>(c, a, b);
    logic<kXor, 4>(c, a, b);
    a = c.append(draws.field());
    b = c.append(draws.field());
    logic<kXor, 125>(c, a, kZero);
    logic<kXor, 127>(c, a, b);
}

void points(Composer& c, Draws& draws) {
    const JubJubExtended p = draws.point();
    const JubJubExtended q = draws.point();
    const auto private_p = append_point(c, p);
    const auto constant_p = append_constant_point(c, p);
    const auto public_q = append_public_point(c, q);
    assert_equal_points(c, private_p, constant_p);
    assert_public_point(c, private_p, p);
    (void)negate(c, assert_torsion_free(c, public_q));
}

void torsion_free(Composer& c, Draws& draws) {
    for (const JubJubExtended& p : {draws.point(), JubJubExtended()}) (void)append_torsion_free_point(c, p);
}

void select_identity(Composer& c, Draws& draws) {
    const auto p = append_constant_point(c, draws.point());
    const std::array bits{c.append(Fq::zero()), c.append(Fq::one())};
    for (const Witness bit : bits) (void)select_identity(c, bit, p);
}

void add_point(Composer& c, Draws& draws) {
    const auto p = append_constant_point(c, draws.point());
    const auto q = append_constant_point(c, draws.point());
    const auto sum = add(c, p, q);
    const auto twice = add(c, sum, sum);
    (void)subtract(c, twice, p);
    (void)add(c, p, plonk::TorsionFreeWitnessPoint());
    (void)subtract(c, p, p);
}

void mul_generator(Composer& c, Draws& draws) {
    const Witness k = c.append(to_fq(draws.scalar()));
    (void)mul_generator(c, k, crypto::kJubJubGenerator);
    (void)mul_generator(c, k, crypto::kJubJubGeneratorNums);
    (void)mul_generator(c, c.append(to_fq(-Fr::one())), crypto::kJubJubGenerator);
}

void mul_point(Composer& c, Draws& draws) {
    const Witness k = c.append(to_fq(draws.scalar()));
    (void)mul_point(c, k, append_constant_point(c, draws.point()));
}

struct Named {
    std::string_view name;
    void (*build)(Composer&, Draws&);
};
// The place in this list is part of the seed.
constexpr std::array kCircuits{
    Named{"empty", empty},
    Named{"arithmetic", arithmetic},
    Named{"evaluated_output", evaluated_output},
    Named{"public_inputs", public_inputs},
    Named{"boolean_select", boolean_select},
    Named{"decomposition", decomposition},
    Named{"range_bits", range_bits},
    Named{"range_pairs", range_pairs},
    Named{"truncate", truncate},
    Named{"logic_and", logic<false>},
    Named{"logic_xor", logic<true>},
    Named{"points", points},
    Named{"torsion_free", torsion_free},
    Named{"select_identity", select_identity},
    Named{"add_point", add_point},
    Named{"mul_generator", mul_generator},
    Named{"mul_point", mul_point},
    Named{"poseidon", poseidon},
    Named{"merkle_opening_h2", merkle_opening},
    Named{"schnorr", schnorr},
    Named{"schnorr_double", schnorr_double},
    Named{"schnorr_var_gen", schnorr_var_gen},
    Named{"elgamal", elgamal},
};

}  // namespace

BuildCircuit small_circuit(std::string_view name, std::uint64_t seed) {
    std::uint64_t place = 0;
    for (const auto& circuit : kCircuits) {
        ++place;
        if (circuit.name != name) continue;
        return [build = circuit.build, own_seed = seed ^ (place << 32)](Composer& c) {
            Draws draws(own_seed);
            build(c, draws);
        };
    }
    throw std::runtime_error("no circuit of the name " + std::string(name));
}

}  // namespace dusk::vectors
