// Every gadget: its result is that of the plain function, its rows hold and are as many as written, and a change of any
// one witness breaks a row.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "crypto/chacha_rng.hpp"
#include "crypto/elgamal.hpp"
#include "crypto/notes_tree.hpp"
#include "crypto/schnorr_bound.hpp"
#include "plonk/bits.hpp"
#include "plonk/check.hpp"
#include "plonk/encryption.hpp"
#include "plonk/hash.hpp"
#include "plonk/opening.hpp"
#include "plonk/points.hpp"
#include "plonk/scalar_bits.hpp"
#include "plonk/signature.hpp"

namespace dusk::plonk {
namespace {

using crypto::Fr;
using crypto::JubJubExtended;

struct Draws {
    explicit Draws(std::uint64_t seed) : random(seed) {}
    Fq field() { return Fq::random(random); }
    Fr scalar() { return Fr::random(random); }
    JubJubExtended point() { return crypto::multiply_generator(scalar()); }
    crypto::ChaChaRng random;
};

void same(Composer& c, Witness w, const Fq& expected) { RC_ASSERT(c.value(w) == expected); }
void same(Composer& c, const WitnessPoint& p, const JubJubExtended& expected) {
    RC_ASSERT(JubJubExtended(value(c, p)) == expected);
}

// A private point whose coordinates nothing else would tie.
TorsionFreeWitnessPoint fixed_point(Composer& c, const JubJubExtended& p) { return append_constant_point(c, p); }

struct Gadget {
    const char* name;
    std::size_t rows;  // of the gadget; what `prepare` needs is not counted
    // Appends inputs that other rows tie, and returns the gadget.
    std::function<void()> (*prepare)(Composer&, Draws&);
};

const std::array kGadgets{
    Gadget{"boolean", 1,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness bit = c.constant(Fq::from_u64(d.random.next_u32() % 2));
               return [&c, bit] { assert_boolean(c, bit); };
           }},
    Gadget{"select", 4,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const bool bit = d.random.next_u32() % 2 != 0;
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness wx = c.constant(x);
               const Witness wy = c.constant(y);
               const Witness wbit = c.constant(Fq::from_u64(bit ? 1 : 0));
               return [=, &c] { same(c, select(c, wbit, wx, wy), bit ? x : y); };
           }},
    Gadget{"not zero", 1,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.constant(d.field());
               return [&c, w] { assert_nonzero(c, w); };
           }},
    Gadget{"distinct", 2,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness a = c.constant(d.field());
               const Witness b = c.constant(d.field());
               return [=, &c] { assert_distinct(c, a, b); };
           }},
    Gadget{"range 64", 10,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(Fq::from_u64(d.random.next_u64()));
               return [&c, w] { range<64>(c, w); };
           }},
    Gadget{"range 63", 13,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(Fq::from_u64(d.random.next_u64() >> 1));
               return [&c, w] { range<63>(c, w); };
           }},
    Gadget{"canonical", 69,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(to_fq(d.scalar()));
               return [&c, w] { assert_canonical_jubjub(c, w); };
           }},
    Gadget{"decomposition 64", 129,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const std::uint64_t x = d.random.next_u64();
               const Witness w = c.append(Fq::from_u64(x));
               return [=, &c] {
                   const auto bits = decompose<64>(c, w);
                   for (std::size_t i = 0; i < 64; ++i) same(c, bits[i], Fq::from_u64((x >> i) & 1));
               };
           }},
    Gadget{"decomposition 255", 547,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(d.field());
               return [&c, w] { decompose<255>(c, w); };
           }},
    Gadget{"truncation 64", 86,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Witness w = c.constant(x);
               return [=, &c] { same(c, truncate<64>(c, w), Fq::from_u64(x.to_integer()[0])); };
           }},
    Gadget{"logic and 20", 179,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness a = c.constant(x);
               const Witness b = c.constant(y);
               return [=, &c] { same(c, logic_and<20>(c, a, b), slice((x & y).to_integer(), 0, 40)); };
           }},
    Gadget{"logic xor 20", 179,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness a = c.constant(x);
               const Witness b = c.constant(y);
               return [=, &c] {
                   const std::uint64_t low = (x.to_integer()[0] ^ y.to_integer()[0]) & ((std::uint64_t{1} << 40) - 1);
                   same(c, logic_xor<20>(c, a, b), Fq::from_u64(low));
               };
           }},
    Gadget{"torsion free", 12,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const WitnessPoint w = append_point(c, p);
               return [=, &c] { same(c, assert_torsion_free(c, w), p); };
           }},
    Gadget{"select identity", 3,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const bool bit = d.random.next_u32() % 2 != 0;
               const JubJubExtended p = d.point();
               const auto w = fixed_point(c, p);
               const Witness wbit = c.constant(Fq::from_u64(bit ? 1 : 0));
               return [=, &c] { same(c, select_identity(c, wbit, w), bit ? p : JubJubExtended()); };
           }},
    Gadget{"addition", 2,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const JubJubExtended q = d.point();
               const auto wp = fixed_point(c, p);
               const auto wq = fixed_point(c, q);
               return [=, &c] { same(c, add(c, wp, wq), p + q); };
           }},
    Gadget{"subtraction", 3,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const JubJubExtended q = d.point();
               const auto wp = fixed_point(c, p);
               const auto wq = fixed_point(c, q);
               return [=, &c] { same(c, subtract(c, wp, wq), p - q); };
           }},
    Gadget{"point multiplication", 2017,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const Fr k = d.scalar();
               const auto wp = fixed_point(c, p);
               const Witness wk = c.append(to_fq(k));
               return [=, &c] { same(c, mul_point(c, wk, wp), crypto::multiply(p, k)); };
           }},
    Gadget{"generator multiplication", 331,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fr k = d.scalar();
               const Witness wk = c.append(to_fq(k));
               return [=, &c] {
                   same(c, mul_generator(c, wk, crypto::kJubJubGeneratorNums), crypto::multiply_generator_nums(k));
               };
           }},
    Gadget{"hash of 5", 1 + 5 + 2 * 650,
           [](Composer& c, Draws& d) -> std::function<void()> {
               std::array<Fq, 5> x;
               std::array<Witness, 5> w;
               for (std::size_t i = 0; i < 5; ++i) w[i] = c.append(x[i] = d.field());
               return [=, &c] { same(c, hash(c, w), crypto::poseidon::hash(x)); };
           }},
    Gadget{"truncated hash of 4", 1 + 4 + 650 + 88,
           [](Composer& c, Draws& d) -> std::function<void()> {
               std::array<Fq, 4> x;
               std::array<Witness, 4> w;
               for (std::size_t i = 0; i < 4; ++i) w[i] = c.append(x[i] = d.field());
               return [=, &c] { same(c, hash_truncated(c, w), to_fq(crypto::poseidon::hash_truncated(x))); };
           }},
    Gadget{"hash of a node with two children", 653,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const std::array x{d.field(), d.field()};
               const std::array w{c.append(x[0]), c.append(x[1])};
               return [=, &c] { same(c, hash_merkle2(c, w), crypto::poseidon::merkle2_node(x)); };
           }},
    Gadget{"signature", 3748,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const crypto::schnorr::SecretKey key(d.scalar());
               const Fq message = d.field();
               const auto made = crypto::schnorr::bound::sign(key, d.random, message);
               RC_ASSERT(crypto::schnorr::PublicKey(key).verify(made, message).has_value());
               const Witness u = c.append(to_fq(made.u()));
               const auto r = append_point(c, made.r().affine());
               const auto pk = fixed_point(c, crypto::schnorr::PublicKey(key).point().affine());
               const Witness m = c.append(message);
               return [=, &c] { verify_signature(c, u, r, pk, m); };
           }},
    Gadget{"double signature", 6758,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const crypto::schnorr::SecretKey key(d.scalar());
               const crypto::schnorr::PublicKeyDouble pk(key);
               const Fq message = d.field();
               const auto made = crypto::schnorr::bound::sign_double(key, d.random, message);
               RC_ASSERT(crypto::schnorr::bound::verify_double(pk, made, message).has_value());
               RC_ASSERT(!pk.verify(made, message).has_value());
               const Witness u = c.append(to_fq(made.u()));
               const auto r = append_point(c, made.r().affine());
               const auto r_prime = append_point(c, made.r_prime().affine());
               const auto wpk = fixed_point(c, pk.pk().affine());
               const auto wpk_prime = fixed_point(c, pk.pk_prime().affine());
               const Witness m = c.append(message);
               return [=, &c] { verify_signature_double(c, u, r, r_prime, wpk, wpk_prime, m); };
           }},
    Gadget{"signature with its own generator", 3 + 69 + 1 + 7 + 2 * 650 + 88 + 2 * 2017 + 2 + 2,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const auto key = crypto::schnorr::SecretKeyVarGen::random(d.random);
               const crypto::schnorr::PublicKeyVarGen pk(key);
               const Fq message = d.field();
               const auto made = crypto::schnorr::bound::sign_var_gen(key, d.random, message);
               RC_ASSERT(crypto::schnorr::bound::verify_var_gen(pk, made, message).has_value());
               RC_ASSERT(!pk.verify(made, message).has_value());
               const Witness u = c.append(to_fq(made.u()));
               const auto r = append_point(c, made.r().affine());
               const auto wpk = fixed_point(c, pk.pk().affine());
               const auto generator = fixed_point(c, pk.generator().affine());
               const Witness m = c.append(message);
               return [=, &c] { verify_signature_var_gen(c, u, r, wpk, generator, m); };
           }},
    Gadget{"encryption", 2350,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended pk = d.point();
               const JubJubExtended plaintext = d.point();
               const Fr k = d.scalar();
               const auto wpk = fixed_point(c, pk);
               const auto wplaintext = fixed_point(c, plaintext);
               const Witness wk = c.append(to_fq(k));
               const auto expected = crypto::elgamal::encrypt(pk, plaintext, k).encryption;
               return [=, &c] {
                   const auto out = encrypt(c, wpk, wplaintext, wk);
                   same(c, out.c1, expected.c1());
                   same(c, out.c2, expected.c2());
               };
           }},
    Gadget{"opening of 17 levels", 11458,
           [](Composer& c, Draws& d) -> std::function<void()> {
               crypto::NotesTree tree;
               const std::uint64_t position = d.random.next_u64() % crypto::NotesTree::capacity();
               const Fq leaf = d.field();
               RC_ASSERT(tree.insert(position, leaf).has_value());
               for (int i = 0; i < 5; ++i)
                   RC_ASSERT(tree.insert(position ^ d.random.next_u32(), d.field()).has_value());
               const auto opening = tree.opening(position).value();
               const Witness wleaf = c.constant(opening.branch[16][opening.positions[16]]);
               const Fq root = tree.root();
               return [=, &c] { same(c, opening_root(c, opening, wleaf), root); };
           }},
};

// The helper of a truncation has any value where the high part is that of the largest integer: it is multiplied by zero
// and stands nowhere else.
bool is_free_inverse(const CircuitTable& table, Witness witness) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const Wires& wires = table.wires[row];
        if (std::ranges::find(wires, witness) == wires.end()) continue;
        const bool times_zero = wires[1] == witness && std::ranges::count(wires, witness) == 1 &&
                                table.value(wires[0]).is_zero() && table.selectors[row].r.is_zero();
        if (!times_zero) return false;
    }
    return true;
}

class Gadgets : public testing::TestWithParam<std::size_t> {};

TEST_P(Gadgets, HoldAndBreakWithEveryWitness) {
    const Gadget& gadget = kGadgets[GetParam()];
    EXPECT_TRUE(rc::check(gadget.name, [&](std::uint64_t seed) {
        Draws draws(seed);
        Composer composer(Composer::Mode::check);
        const auto run = gadget.prepare(composer, draws);
        const std::size_t before = composer.rows();
        run();
        RC_ASSERT(composer.rows() - before == gadget.rows);
        auto table = std::move(composer).finish().value();
        const auto failing = unsatisfied_rows(table);
        if (!failing.empty()) RC_FAIL(describe_row(table, failing[0]));

        const int changes = table.rows() > 1000 ? 3 : 20;
        for (int i = 0; i < changes; ++i) {
            const Witness witness{static_cast<std::uint32_t>(draws.random.next_u64() % table.values.size())};
            const Fq old = std::exchange(table.values[witness.index], draws.field());
            const bool unnoticed = unsatisfied_rows(table).empty();
            table.values[witness.index] = old;
            if (unnoticed && !is_free_inverse(table, witness)) {
                RC_FAIL("witness " + std::to_string(witness.index) + " may have any value");
            }
        }
    }));
}

std::string test_name(const testing::TestParamInfo<std::size_t>& info) {
    std::string name = kGadgets[info.param].name;
    for (char& c : name) {
        if (c == ' ') c = '_';
    }
    return name;
}
INSTANTIATE_TEST_SUITE_P(All, Gadgets, testing::Range<std::size_t>(0, kGadgets.size()), test_name);

}  // namespace
}  // namespace dusk::plonk
