// Keys and proofs of the sample circuit, for tests.
#pragma once

#include <memory>

#include "crypto/chacha_rng.hpp"
#include "plonk/prover.hpp"
#include "plonk/sample_circuit.hpp"
#include "plonk/verifier.hpp"

namespace dusk::plonk {

struct SampleProof {
    explicit SampleProof(std::uint32_t rows = 16, std::string_view label = "sample", std::uint64_t parameter_seed = 7)
        : random(rows), circuit(sample_circuit(rows, random)) {
        crypto::ChaChaRng setup(parameter_seed);
        parameters = std::make_unique<PublicParameters>(PublicParameters::setup(rows * 2, setup, executor));
        key =
            std::make_shared<const ProverKey>(make_prover_key(as_bytes(label), circuit, *parameters, executor).value());
        data = key->verifier_data(parameters->opening_key());
        for (const PublicInput& input : circuit.public_inputs) public_inputs.push_back(input.value);
    }
    [[nodiscard]] Proof prove() { return Prover(key).prove(circuit, random, executor).value(); }

    SerialExecutor executor;
    crypto::ChaChaRng random;
    CircuitTable circuit;
    std::unique_ptr<PublicParameters> parameters;
    std::shared_ptr<const ProverKey> key;
    VerifierData data;
    std::vector<Fq> public_inputs;
};

}  // namespace dusk::plonk
