// Gadgets made of others: hashes, signatures, encryption, openings.
#include "crypto/elgamal.hpp"
#include "crypto/notes_tree.hpp"
#include "crypto/schnorr_bound.hpp"
#include "plonk/encryption.hpp"
#include "plonk/gadget_case.hpp"
#include "plonk/hash.hpp"
#include "plonk/opening.hpp"
#include "plonk/signature.hpp"

namespace dusk::plonk {
namespace {

const std::array kGadgets{
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

class Gadgets : public testing::TestWithParam<Gadget> {};

TEST_P(Gadgets, HoldAndBreakWithEveryWitness) { expect_to_hold_and_to_break(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, Gadgets, testing::ValuesIn(kGadgets), test_name);

}  // namespace
}  // namespace dusk::plonk
