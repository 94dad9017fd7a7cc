#include "circuits_protocol.hpp"

#include <array>
#include <stdexcept>

#include "crypto/notes_tree.hpp"
#include "crypto/schnorr_bound.hpp"
#include "plonk/encryption.hpp"
#include "plonk/hash.hpp"
#include "plonk/opening.hpp"
#include "plonk/points.hpp"
#include "plonk/signature.hpp"

namespace dusk::vectors {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubExtended;
using plonk::Composer;
using plonk::Witness;

namespace {

struct TwoLevels : crypto::NotesTreeRule {
    static constexpr std::size_t kHeight = 2;
};

}  // namespace

void poseidon(Composer& c, Draws& draws) {
    std::array<Witness, 7> w;
    for (Witness& x : w) x = c.append(draws.field());
    (void)hash(c, std::array{w[0], w[1], w[2]});
    (void)hash(c, std::array{w[0], w[1], w[2], w[3], w[4]});
    (void)hash_merkle4(c, {w[0], w[1], w[2], w[3]});
    (void)hash_truncated(c, std::array{w[0]});
}

void merkle_opening(Composer& c, Draws& draws) {
    crypto::MerkleTree<TwoLevels> tree;
    for (std::uint64_t i = 0; i < 7; ++i) {
        if (!tree.insert(i, draws.field())) throw std::runtime_error("the tree is too small");
    }
    const auto opening = tree.opening(5).value();
    const Witness leaf = c.append(opening.branch[1][opening.positions[1]]);
    const Witness root = opening_root(c, opening, leaf);
    c.assert_equal(root, c.public_input(tree.root()));
}

void schnorr(Composer& c, Draws& draws) {
    const Fq message = draws.field();
    const crypto::schnorr::SecretKey key(draws.scalar());
    const auto signature = crypto::schnorr::bound::sign(key, draws.source(), message);
    const Witness u = c.append(to_fq(signature.u()));
    const auto r = append_point(c, signature.r().affine());
    const auto pk = append_torsion_free_point(c, crypto::schnorr::PublicKey(key).point().affine());
    verify_signature(c, u, r, pk, c.public_input(message));
}

void schnorr_double(Composer& c, Draws& draws) {
    const Fq message = draws.field();
    const crypto::schnorr::SecretKey key(draws.scalar());
    const crypto::schnorr::PublicKeyDouble pks(key);
    const auto signature = crypto::schnorr::bound::sign_double(key, draws.source(), message);
    const Witness u = c.append(to_fq(signature.u()));
    const auto r = append_point(c, signature.r().affine());
    const auto r_prime = append_point(c, signature.r_prime().affine());
    const auto pk = append_point(c, pks.pk().affine());
    const auto pk_prime = append_point(c, pks.pk_prime().affine());
    const auto checked = assert_torsion_free(c, pk);
    const auto checked_prime = assert_torsion_free(c, pk_prime);
    verify_signature_double(c, u, r, r_prime, checked, checked_prime, c.public_input(message));
}

void schnorr_var_gen(Composer& c, Draws& draws) {
    const Fq message = draws.field();
    const auto generator = crypto::CheckedPoint::torsion_free(draws.point());
    const crypto::schnorr::SecretKeyVarGen key(crypto::schnorr::SecretKey(draws.scalar()), generator);
    const auto signature = crypto::schnorr::bound::sign_var_gen(key, draws.source(), message);
    const Witness u = c.append(to_fq(signature.u()));
    const auto r = append_point(c, signature.r().affine());
    const auto pk = append_constant_point(c, crypto::schnorr::PublicKeyVarGen(key).pk().affine());
    const auto g = append_constant_point(c, generator.affine());
    verify_signature_var_gen(c, u, r, pk, g, c.public_input(message));
}

void elgamal(Composer& c, Draws& draws) {
    const JubJubExtended pk = draws.point();
    const JubJubExtended plaintext = draws.point();
    const Fr k = draws.scalar();
    const auto wpk = append_constant_point(c, pk);
    const auto wplaintext = append_constant_point(c, plaintext);
    const auto encryption = encrypt(c, wpk, wplaintext, c.append(to_fq(k)));
    assert_public_point(c, encryption.c1, crypto::multiply_generator(k));
    assert_public_point(c, encryption.c2, plaintext + crypto::multiply(pk, k));
}

}  // namespace dusk::vectors
