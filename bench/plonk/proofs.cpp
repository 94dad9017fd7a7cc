// Keys, proofs and verification. The reference's counterparts are its transfer circuits with 2 and 4 inputs, whose
// domains have 2^16 and 2^17 rows; ours are made of rows of every kind.
#include "crypto/chacha_rng.hpp"
#include "harness.hpp"
#include "node/thread_pool.hpp"
#include "plonk/batch_verifier.hpp"
#include "plonk/prover.hpp"
#include "plonk/sample_circuit.hpp"

namespace dusk::bench {
namespace {

using namespace plonk;

void verification(Bench& bench, const Prover& prover, const PublicParameters& parameters, const CircuitTable& circuit,
                  Executor& executor) {
    crypto::ChaChaRng random(2);
    const VerifierData data = prover.key().verifier_data(parameters.opening_key());
    const Bytes data_bytes = data.to_bytes();
    const Verifier verifier(data);
    std::vector<Fq> inputs;
    for (const PublicInput& input : circuit.public_inputs) inputs.push_back(input.value);
    std::vector<Proof> proofs;
    for (int i = 0; i < 4; ++i) proofs.push_back(prover.prove(circuit, random, executor).value());
    const auto bytes = proofs[0].to_bytes();
    SerialExecutor serial;
    bench.run("verify", "verify", 1, 9, [&] { keep(verifier.verify(proofs[0], inputs).has_value()); });
    bench.run("decode and verify", "decode_and_verify", 1, 9,
              [&] { keep(verify_as_network(Version::v3, data_bytes, bytes, inputs)); });
    for (const std::size_t size : {std::size_t{16}, std::size_t{64}}) {
        std::vector<Claim> claims;
        for (std::size_t i = 0; i < size; ++i) {
            claims.push_back({.verifier = &verifier, .proof = &proofs[i % proofs.size()], .public_inputs = inputs});
        }
        bench.run("batch of " + std::to_string(size) + ", per proof", "verify", size, 5,
                  [&] { keep(find_bad_claims(claims, random, serial).empty()); });
    }
    bench.run("decode proof", "", 1, 9, [&] { keep(Proof::from_slice(bytes).has_value()); });
    bench.run("decode verifier data", "", 1, 9, [&] { keep(VerifierData::from_bytes(data_bytes).has_value()); });
    bench.run("equation", "", 1, 9, [&] { keep(verifier.equation(proofs[0], inputs).has_value()); });
}

void rows(Bench& bench) {
    node::ThreadPool pool;
    crypto::ChaChaRng random(1);
    for (const unsigned log2_size : {13U, 16U, 17U}) {
        const std::string rows = ", 2^" + std::to_string(log2_size) + " rows";
        const PublicParameters parameters = PublicParameters::setup(std::size_t{1} << log2_size, random, pool);
        const CircuitTable circuit = sample_circuit((1U << log2_size) - 16, random);
        const auto make = [&] { return make_prover_key(as_bytes("bench"), circuit, parameters, pool).value(); };
        bench.run("keys" + rows, log2_size == 16 ? "compile 2" : "compile 4", 1, 1, [&] { keep(make()); });
        Prover prover(std::make_shared<const ProverKey>(make()));
        bench.run("prove" + rows, log2_size == 16 ? "prove 2" : "prove 4", 1, 1,
                  [&] { keep(prover.prove(circuit, random, pool)); });
        prover.cache_cosets(pool);
        bench.run("prove, cached cosets" + rows, log2_size == 16 ? "prove 2" : "prove 4", 1, 1,
                  [&] { keep(prover.prove(circuit, random, pool)); });
        if (log2_size == 13) verification(bench, prover, parameters, circuit, pool);
    }
}

const Registered registered("plonk", rows);

}  // namespace
}  // namespace dusk::bench
