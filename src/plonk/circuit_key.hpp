// Keys of a circuit: the polynomials of its columns for the prover, their commitments for the verifier
// (spec/plonk.md §5).
#pragma once

#include <span>

#include "plonk/circuit_table.hpp"
#include "plonk/polynomial.hpp"
#include "plonk/public_parameters.hpp"
#include "plonk/verifier_data.hpp"

namespace dusk::plonk {

// What a prover of one circuit needs. 15 polynomials of up to n coefficients and n + 10 points: 576 n bytes.
struct ProverKey {
    Bytes label;                        // of the transcript
    std::uint64_t rows = 0;             // not padded
    unsigned log2_size = 0;             // of the domain, n = 2^log2_size rows
    PerColumn<Polynomial> polynomials;  // no leading zeros, at most n coefficients
    std::vector<std::uint64_t> public_rows;
    std::vector<G1Affine> powers;  // n + 10 of the public parameters
    VerifierKey verifier_key;

    [[nodiscard]] std::size_t size() const { return std::size_t{1} << log2_size; }
    // What a verifier needs, with the opening key of the same parameters.
    [[nodiscard]] VerifierData verifier_data(const OpeningKey& opening_key) const;
};

// From the rows of a circuit that ran with its selectors; values do not matter. Eleven to fifteen multiplications of n
// points. Errors: empty, bad_domain (more than 2^28 rows), parameters_too_small.
[[nodiscard]] Result<ProverKey, ProofError> make_prover_key(ByteView label, const CircuitTable& circuit,
                                                            const PublicParameters& parameters, Executor& executor);

}  // namespace dusk::plonk
