#include "plonk/signature.hpp"

#include "crypto/schnorr_bound.hpp"
#include "plonk/bits.hpp"
#include "plonk/hash.hpp"

namespace dusk::plonk {

void verify_signature(Composer& composer, Witness u, const WitnessPoint& r, const TorsionFreeWitnessPoint& pk,
                      Witness message) {
    const Composer::Scope scope(composer, "signature");
    assert_nonzero(composer, r.u);
    assert_nonzero(composer, pk.u());
    const Witness challenge = hash_truncated(composer, std::array{r.u, r.v, pk.u(), pk.v(), message});
    const auto left = mul_generator(composer, u, crypto::kJubJubGenerator);
    const auto right = mul_point(composer, challenge, pk);
    assert_equal_points(composer, r, add(composer, left, right));
}

void verify_signature_double(Composer& composer, Witness u, const WitnessPoint& r, const WitnessPoint& r_prime,
                             const TorsionFreeWitnessPoint& pk, const TorsionFreeWitnessPoint& pk_prime,
                             Witness message) {
    const Composer::Scope scope(composer, "double signature");
    for (const Witness& x : {r.u, r_prime.u, pk.u(), pk_prime.u()}) assert_nonzero(composer, x);
    const Witness tag = composer.constant(Fq::from_u64(crypto::schnorr::bound::kDoubleTag));
    const Witness challenge = hash_truncated(
        composer, std::array{tag, r.u, r.v, r_prime.u, r_prime.v, pk.u(), pk.v(), pk_prime.u(), pk_prime.v(), message});
    const auto left = mul_generator(composer, u, crypto::kJubJubGenerator);
    const auto right = mul_point(composer, challenge, pk);
    const auto sum = add(composer, left, right);
    const auto left_prime = mul_generator(composer, u, crypto::kJubJubGeneratorNums);
    const auto right_prime = mul_point(composer, challenge, pk_prime);
    const auto sum_prime = add(composer, left_prime, right_prime);
    assert_equal_points(composer, r, sum);
    assert_equal_points(composer, r_prime, sum_prime);
}

void verify_signature_var_gen(Composer& composer, Witness u, const WitnessPoint& r, const TorsionFreeWitnessPoint& pk,
                              const TorsionFreeWitnessPoint& generator, Witness message) {
    const Composer::Scope scope(composer, "signature with its own generator");
    for (const Witness& x : {r.u, pk.u(), generator.u()}) assert_nonzero(composer, x);
    assert_canonical_jubjub(composer, u);
    const Witness challenge =
        hash_truncated(composer, std::array{r.u, r.v, pk.u(), pk.v(), generator.u(), generator.v(), message});
    const auto left = mul_point(composer, u, generator);
    const auto right = mul_point(composer, challenge, pk);
    assert_equal_points(composer, r, add(composer, left, right));
}

}  // namespace dusk::plonk
