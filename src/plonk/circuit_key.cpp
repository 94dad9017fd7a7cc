#include "plonk/circuit_key.hpp"

#include <stdexcept>

#include "crypto/fft.hpp"
#include "crypto/msm.hpp"
#include "plonk/permutation.hpp"
#include "plonk/uncommitted_key.hpp"

namespace dusk::plonk {
namespace {

void remove_leading_zeros(Polynomial& polynomial) {
    while (!polynomial.empty() && polynomial.back().is_zero()) polynomial.pop_back();
}

}  // namespace

VerifierData ProverKey::verifier_data(const OpeningKey& opening_key) const {
    return {.label = label,
            .key = verifier_key,
            .opening_key = opening_key,
            .size = std::uint64_t{1} << log2_size,
            .rows = rows,
            .public_rows = public_rows};
}

Result<ProverKey, ProofError> make_uncommitted_key(ByteView label, const CircuitTable& circuit, Executor& executor) {
    if (circuit.selectors.size() != circuit.rows()) throw std::invalid_argument("the circuit ran without selectors");
    if (circuit.rows() == 0) return fail(ProofError::empty);
    const auto log2_size = log2_domain(circuit.rows());
    if (!log2_size) return fail(log2_size.error());
    ProverKey key;
    key.label = to_vector(label);
    key.rows = circuit.rows();
    key.log2_size = *log2_size;
    if (key.log2_size > crypto::FftDomain::kMaxLog2Size) return fail(ProofError::bad_domain);
    for (const PublicInput& input : circuit.public_inputs) key.public_rows.push_back(input.row);

    const crypto::FftDomain domain(key.log2_size);
    for (std::size_t i = 0; i < kSelectors; ++i) {
        Polynomial& column = key.polynomials[i];
        column.resize(domain.size());
        for (std::size_t row = 0; row < key.rows; ++row) column[row] = circuit.selectors[row].*kKeySelectors[i];
    }
    auto sigmas = permutation_columns(circuit.wires, domain);
    for (std::size_t i = 0; i < kWires; ++i) key.polynomials[kSelectors + i] = std::move(sigmas[i]);

    key.verifier_key.rows = key.rows;
    for (Polynomial& polynomial : key.polynomials) {
        remove_leading_zeros(polynomial);
        if (polynomial.empty()) continue;
        polynomial.resize(domain.size());
        domain.inverse(polynomial, executor);
        remove_leading_zeros(polynomial);
        polynomial.shrink_to_fit();
    }
    return key;
}

Result<ProverKey, ProofError> make_prover_key(ByteView label, const CircuitTable& circuit,
                                              const PublicParameters& parameters, Executor& executor) {
    const auto powers = parameters.trim(circuit.rows());
    if (!powers) return fail(powers.error());
    auto key = make_uncommitted_key(label, circuit, executor);
    if (!key) return key;
    key->powers.assign(powers->begin(), powers->end());
    for (std::size_t i = 0; i < kKeyColumns; ++i) {
        const Polynomial& polynomial = key->polynomials[i];
        if (polynomial.empty()) continue;  // the identity
        key->verifier_key.commitments[i] = crypto::msm_vartime(key->powers, polynomial, executor).to_affine();
    }
    return key;
}

}  // namespace dusk::plonk
