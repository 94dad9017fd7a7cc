#include "plonk/staged_proof.hpp"

#include <algorithm>
#include <stdexcept>

#include "plonk/permutation.hpp"
#include "plonk/verifier_equation.hpp"

namespace dusk::plonk {
namespace {

// Masks of the columns: as many as the polynomial is opened at points, and one more.
constexpr std::array<std::size_t, kWires> kWireMasks{3, 3, 2, 3};
constexpr std::size_t kPermutationMasks = 3;

// Values on the domain become the coefficients of the polynomial plus (X^n - 1) times a random one.
void blind(SecretPolynomial& column, std::size_t masks, const crypto::FftDomain& domain, RandomSource& random,
           Executor& executor) {
    const std::size_t n = domain.size();
    domain.inverse(std::span(column).first(n), executor);
    column.reserve(n + masks);
    for (std::size_t i = 0; i < masks; ++i) {
        const Secret<Fq> mask(Fq::random(random));
        column[i] -= mask.reveal();
        column.push_back(mask.reveal());
    }
}

}  // namespace

std::array<Polynomial, kWires> permutation_values(const ProverKey& key, const crypto::FftDomain& domain,
                                                  Executor& executor) {
    std::array<Polynomial, kWires> out;
    executor.parallel_for(kWires, [&](std::size_t i) {
        SerialExecutor serial;
        out[i].reserve(domain.size());
        out[i] = key.polynomials[kSelectors + i];
        out[i].resize(domain.size());
        domain.forward(out[i], serial);
    });
    return out;
}

StagedProof::StagedProof(const Circuit& of, RandomSource& random, Executor& executor)
    : of_(of),
      random_(&random),
      executor_(&executor),
      transcript_(of.key->label, of.key->rows, of.key->verifier_key, Version::v3) {}

Result<StagedProof, ProofError> StagedProof::begin(const Circuit& of, const CircuitTable& circuit, RandomSource& random,
                                                   Executor& executor) {
    const bool matches = circuit.rows() == of.key->rows &&
                         std::ranges::equal(circuit.public_inputs, of.key->public_rows, {}, &PublicInput::row);
    if (!matches) return fail(ProofError::wrong_circuit);
    StagedProof proof(of, random, executor);
    proof.absorb_public_inputs(circuit);
    proof.blind_wires(circuit);
    return proof;
}

Result<void, ProofError> StagedProof::resume(std::span<const G1Affine> commitments) {
    switch (stage_) {
        case Stage::wires:
            std::ranges::copy(commitments, proof_.wires.begin());
            transcript_.wires(proof_.wires, challenges_);
            multiply_wires();
            break;
        case Stage::permutation:
            proof_.permutation = commitments[0];
            transcript_.permutation(proof_.permutation, challenges_);
            if (of_.gives_cosets) {
                pending_.clear();
                stage_ = Stage::cosets;
            } else {
                split_quotient(compute_quotient(*of_.key, of_.cache, *of_.domain, columns_, challenges_, *executor_));
            }
            break;
        case Stage::cosets:
            throw std::logic_error("the proof waits for cosets");
        case Stage::quotient:
            std::ranges::copy(commitments, proof_.quotient.begin());
            transcript_.quotient(proof_.quotient, challenges_);
            evaluate_columns();
            return open();
        case Stage::openings:
            proof_.opening = commitments[0];
            proof_.opening_next = commitments[1];
            pending_.clear();
            break;
    }
    return {};
}

void StagedProof::absorb_public_inputs(const CircuitTable& circuit) {
    for (const PublicInput& input : circuit.public_inputs) {
        public_points_.push_back(of_.domain->generator().pow_vartime(std::array<std::uint64_t, 1>{input.row}));
        public_inputs_.push_back(input.value);
    }
    transcript_.public_inputs(public_inputs_);
    if (std::ranges::all_of(public_inputs_, &Fq::is_zero)) return;
    columns_.public_.resize(of_.domain->size());
    for (const PublicInput& input : circuit.public_inputs) columns_.public_[input.row] = input.value;
    of_.domain->inverse(columns_.public_, *executor_);
}

void StagedProof::blind_wires(const CircuitTable& circuit) {
    for (std::size_t wire = 0; wire < kWires; ++wire) {
        SecretPolynomial& column = columns_.wires[wire];
        column.reserve(of_.domain->size() + kWireMasks[wire]);
        column.resize(of_.domain->size());
        for (std::size_t row = 0; row < circuit.rows(); ++row) {
            column[row] = circuit.value(circuit.wires[row][wire]);
        }
        // The grand product wants the values, which the masks need not wait for.
        values_[wire] = column;
        blind(column, kWireMasks[wire], *of_.domain, *random_, *executor_);
    }
    pending_.assign(columns_.wires.begin(), columns_.wires.end());
}

void StagedProof::multiply_wires() {
    columns_.permutation = grand_product(values_, of_.sigmas, *of_.domain, challenges_, *executor_);
    values_ = {};
    blind(columns_.permutation, kPermutationMasks, *of_.domain, *random_, *executor_);
    pending_.assign(1, columns_.permutation);
    stage_ = Stage::permutation;
}

void StagedProof::resume_with_cosets(std::array<SecretPolynomial, kCosets> remainders) {
    split_quotient(quotient_of_cosets(std::move(remainders), *of_.key, *of_.domain, columns_, challenges_, *executor_));
}

void StagedProof::split_quotient(std::array<SecretPolynomial, 4> quotient) {
    quotient_ = std::move(quotient);
    for (std::size_t part = 0; part + 1 < quotient_.size(); ++part) {
        const Secret<Fq> mask(Fq::random(*random_));
        quotient_[part].push_back(mask.reveal());
        quotient_[part + 1][0] -= mask.reveal();
    }
    pending_.assign(quotient_.begin(), quotient_.end());
    stage_ = Stage::quotient;
}

void StagedProof::evaluate_columns() {
    const Fq& z = challenges_.z;
    const Fq z_next = z * of_.domain->generator();
    Evaluations& e = proof_.evaluations;
    const auto key = [&](KeyColumn column) { return std::span<const Fq>(of_.key->polynomials[column]); };
    struct Job {
        std::span<const Fq> polynomial;
        const Fq* point;
        Fq* out;
    };
    const std::array<Job, Proof::kScalars> jobs{{{columns_.wires[0], &z, &e.a},
                                                 {columns_.wires[1], &z, &e.b},
                                                 {columns_.wires[2], &z, &e.c},
                                                 {columns_.wires[3], &z, &e.d},
                                                 {columns_.wires[0], &z_next, &e.a_next},
                                                 {columns_.wires[1], &z_next, &e.b_next},
                                                 {columns_.wires[3], &z_next, &e.d_next},
                                                 {key(KeyColumn::q_arith), &z, &e.q_arith},
                                                 {key(KeyColumn::q_c), &z, &e.q_c},
                                                 {key(KeyColumn::q_l), &z, &e.q_l},
                                                 {key(KeyColumn::q_r), &z, &e.q_r},
                                                 {key(KeyColumn::sigma_1), &z, &e.sigma_1},
                                                 {key(KeyColumn::sigma_2), &z, &e.sigma_2},
                                                 {key(KeyColumn::sigma_3), &z, &e.sigma_3},
                                                 {columns_.permutation, &z_next, &e.z_next}}};
    executor_->parallel_for(jobs.size(),
                            [&](std::size_t i) { *jobs[i].out = evaluate(jobs[i].polynomial, *jobs[i].point); });
    transcript_.evaluations(e, challenges_);
}

// The openings at z and z w. That the first one divides is the identity of the circuit at z.
Result<void, ProofError> StagedProof::open() {
    const auto at = at_challenge(EquationDomain(of_.key->log2_size), public_points_, public_inputs_, proof_.evaluations,
                                 challenges_, Rules::sound);
    if (!at) return fail(at.error());
    PolynomialScalars scalars = linearise(proof_.evaluations, challenges_, *at);
    add_openings(scalars, challenges_, Version::v3);
    std::vector<ScaledPolynomial> terms;
    for (std::size_t i = 0; i < kKeyColumns; ++i) terms.push_back({of_.key->polynomials[i], scalars.key[i]});
    for (std::size_t i = 0; i < kWires; ++i) terms.push_back({columns_.wires[i], scalars.wires[i]});
    terms.push_back({columns_.permutation, scalars.permutation});
    for (std::size_t i = 0; i < quotient_.size(); ++i) terms.push_back({quotient_[i], scalars.quotient[i]});
    const std::size_t most = of_.key->size() + kSpareDegree + 1;
    opened_ = sum(terms, most, *executor_);
    const Fq value = divide_by_root(opened_, challenges_.z);
    if (value != opened_value(proof_.evaluations, challenges_, *at, Version::v3)) {
        return fail(ProofError::unsatisfied);
    }

    const Fq& v = challenges_.v_next;
    const Fq v2 = v.square();
    const std::array<ScaledPolynomial, 4> next{{{columns_.permutation, Fq::one()},
                                                {columns_.wires[0], v},
                                                {columns_.wires[1], v2},
                                                {columns_.wires[3], v2 * v}}};
    opened_next_ = sum(next, most, *executor_);
    (void)divide_by_root(opened_next_, challenges_.z * of_.domain->generator());
    pending_ = {opened_, opened_next_};
    stage_ = Stage::openings;
    return {};
}

}  // namespace dusk::plonk
