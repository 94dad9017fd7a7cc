// The example of docs/proof-system.md, from the circuit to a proof.
#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "plonk/bits.hpp"
#include "plonk/check.hpp"
#include "plonk/hash.hpp"
#include "plonk/prover.hpp"
#include "plonk/verifier.hpp"

namespace dusk::plonk {
namespace {

void of_age(Composer& composer, const Fq& age, const Fq& blinder, const Fq& commitment) {
    const Witness years = composer.append(age);
    const Witness above = composer.output({.l = Fq::one(), .c = -Fq::from_u64(18)}, years);
    range<8>(composer, above);  // 0 <= age - 18 < 256
    const Witness hashed = hash<2>(composer, {years, composer.append(blinder)});
    composer.assert_equal(hashed, composer.public_input(commitment));
}

CircuitTable run(Composer::Mode mode, std::uint64_t age, const Fq& blinder, const Fq& commitment) {
    Composer composer(mode);
    of_age(composer, Fq::from_u64(age), blinder, commitment);
    return std::move(composer).finish().value();
}

TEST(Example, AnAgeIsProvenAndNotShown) {
    SerialExecutor executor;
    crypto::ChaChaRng random(1);
    const auto parameters = PublicParameters::setup(1024, random, executor);
    const auto keys = run(Composer::Mode::keys, 0, Fq::zero(), Fq::zero());
    auto key = make_prover_key(as_bytes("of age"), keys, parameters, executor).value();
    const Verifier verifier(key.verifier_data(parameters.opening_key()));
    const Prover prover(std::make_shared<const ProverKey>(std::move(key)));

    const Fq blinder = Fq::random(random);
    const auto commitment_to = [&](std::uint64_t age) {
        return crypto::poseidon::hash(std::array{Fq::from_u64(age), blinder});
    };
    const std::array adult{commitment_to(40)};
    const auto witness = run(Composer::Mode::prove, 40, blinder, adult[0]);
    const Proof proof = prover.prove(witness, random, executor).value();
    EXPECT_TRUE(verifier.verify(proof, adult));
    EXPECT_FALSE(verifier.verify(proof, std::array{commitment_to(41)}));
    EXPECT_NE(prover.prove(witness, random, executor).value(), proof);

    const auto child = run(Composer::Mode::check, 17, blinder, commitment_to(17));
    EXPECT_EQ(prover.prove(child, random, executor).error(), ProofError::unsatisfied);
    EXPECT_FALSE(unsatisfied_rows(child).empty());
}

}  // namespace
}  // namespace dusk::plonk
