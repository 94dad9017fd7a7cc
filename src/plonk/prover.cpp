#include "plonk/prover.hpp"

#include <algorithm>

#include "crypto/msm.hpp"
#include "plonk/permutation.hpp"
#include "plonk/quotient.hpp"
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

// One proof in the making.
class Proving {
  public:
    Proving(const ProverKey& key, const crypto::FftDomain& domain, Executor& executor)
        : key_(key),
          domain_(domain),
          executor_(executor),
          transcript_(key.label, key.rows, key.verifier_key, Version::v3) {}

    [[nodiscard]] bool matches(const CircuitTable& circuit) const {
        return circuit.rows() == key_.rows &&
               std::ranges::equal(circuit.public_inputs, key_.public_rows, {}, &PublicInput::row);
    }

    void absorb_public_inputs(const CircuitTable& circuit) {
        for (const PublicInput& input : circuit.public_inputs) {
            public_points_.push_back(domain_.generator().pow_vartime(std::array<std::uint64_t, 1>{input.row}));
            public_inputs_.push_back(input.value);
        }
        transcript_.public_inputs(public_inputs_);
        if (std::ranges::all_of(public_inputs_, &Fq::is_zero)) return;
        columns_.public_.resize(domain_.size());
        for (const PublicInput& input : circuit.public_inputs) columns_.public_[input.row] = input.value;
        domain_.inverse(columns_.public_, executor_);
    }

    void commit_columns(const CircuitTable& circuit, std::span<const Polynomial, kWires> sigmas, RandomSource& random) {
        for (std::size_t wire = 0; wire < kWires; ++wire) {
            SecretPolynomial& column = columns_.wires[wire];
            column.reserve(domain_.size() + kWireMasks[wire]);
            column.resize(domain_.size());
            for (std::size_t row = 0; row < circuit.rows(); ++row) {
                column[row] = circuit.value(circuit.wires[row][wire]);
            }
        }
        // The grand product wants the values, which the masks need not wait for.
        std::array<SecretPolynomial, kWires> values = columns_.wires;
        for (std::size_t wire = 0; wire < kWires; ++wire) {
            blind(columns_.wires[wire], kWireMasks[wire], domain_, random, executor_);
            proof_.wires[wire] = commit(columns_.wires[wire]);
        }
        transcript_.wires(proof_.wires, challenges_);

        columns_.permutation = grand_product(values, sigmas, domain_, challenges_, executor_);
        blind(columns_.permutation, kPermutationMasks, domain_, random, executor_);
        proof_.permutation = commit(columns_.permutation);
        transcript_.permutation(proof_.permutation, challenges_);
    }

    void commit_quotient(const CosetCache* cache, RandomSource& random) {
        quotient_ = compute_quotient(key_, cache, domain_, columns_, challenges_, executor_);
        for (std::size_t part = 0; part + 1 < quotient_.size(); ++part) {
            const Secret<Fq> mask(Fq::random(random));
            quotient_[part].push_back(mask.reveal());
            quotient_[part + 1][0] -= mask.reveal();
        }
        for (std::size_t part = 0; part < quotient_.size(); ++part) proof_.quotient[part] = commit(quotient_[part]);
        transcript_.quotient(proof_.quotient, challenges_);
    }

    void evaluate_columns() {
        const Fq& z = challenges_.z;
        const Fq z_next = z * domain_.generator();
        Evaluations& e = proof_.evaluations;
        const auto key = [&](KeyColumn column) { return std::span<const Fq>(key_.polynomials[column]); };
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
        executor_.parallel_for(jobs.size(),
                               [&](std::size_t i) { *jobs[i].out = evaluate(jobs[i].polynomial, *jobs[i].point); });
        transcript_.evaluations(e, challenges_);
    }

    // The openings at z and z w. That the first one divides is the identity of the circuit at z.
    [[nodiscard]] Result<Proof, ProofError> open() {
        const auto at = at_challenge(EquationDomain(key_.log2_size), public_points_, public_inputs_, proof_.evaluations,
                                     challenges_, Rules::sound);
        if (!at) return fail(at.error());
        PolynomialScalars scalars = linearise(proof_.evaluations, challenges_, *at);
        add_openings(scalars, challenges_, Version::v3);
        std::vector<ScaledPolynomial> terms;
        for (std::size_t i = 0; i < kKeyColumns; ++i) terms.push_back({key_.polynomials[i], scalars.key[i]});
        for (std::size_t i = 0; i < kWires; ++i) terms.push_back({columns_.wires[i], scalars.wires[i]});
        terms.push_back({columns_.permutation, scalars.permutation});
        for (std::size_t i = 0; i < quotient_.size(); ++i) terms.push_back({quotient_[i], scalars.quotient[i]});
        SecretPolynomial opened = sum(terms, key_.powers.size(), executor_);
        const Fq value = divide_by_root(opened, challenges_.z);
        if (value != opened_value(proof_.evaluations, challenges_, *at, Version::v3)) {
            return fail(ProofError::unsatisfied);
        }
        proof_.opening = commit(opened);

        const Fq& v = challenges_.v_next;
        const Fq v2 = v.square();
        const std::array<ScaledPolynomial, 4> next{{{columns_.permutation, Fq::one()},
                                                    {columns_.wires[0], v},
                                                    {columns_.wires[1], v2},
                                                    {columns_.wires[3], v2 * v}}};
        SecretPolynomial opened_next = sum(next, key_.powers.size(), executor_);
        (void)divide_by_root(opened_next, challenges_.z * domain_.generator());
        proof_.opening_next = commit(opened_next);
        return proof_;
    }

  private:
    [[nodiscard]] G1Affine commit(std::span<const Fq> polynomial) const {
        return crypto::msm_vartime(key_.powers, polynomial, executor_).to_affine();
    }

    const ProverKey& key_;
    const crypto::FftDomain& domain_;
    Executor& executor_;
    Transcript transcript_;
    Challenges challenges_{};  // u stays zero: the verifier's alone
    std::vector<Fq> public_inputs_;
    std::vector<Fq> public_points_;
    ProofColumns columns_;
    std::array<SecretPolynomial, 4> quotient_;
    Proof proof_;
};

}  // namespace

Prover::Prover(std::shared_ptr<const ProverKey> key) : key_(std::move(key)), domain_(key_->log2_size) {
    SerialExecutor serial;
    for (std::size_t i = 0; i < kWires; ++i) {
        sigmas_[i] = key_->polynomials[kSelectors + i];
        sigmas_[i].resize(domain_.size());
        domain_.forward(sigmas_[i], serial);
    }
}

void Prover::cache_cosets(Executor& executor) {
    cache_ = std::make_unique<const CosetCache>(make_coset_cache(*key_, executor));
}

Result<Proof, ProofError> Prover::prove(const CircuitTable& circuit, RandomSource& random, Executor& executor) const {
    Proving proving(*key_, domain_, executor);
    if (!proving.matches(circuit)) return fail(ProofError::wrong_circuit);
    proving.absorb_public_inputs(circuit);
    proving.commit_columns(circuit, sigmas_, random);
    proving.commit_quotient(cache_.get(), random);
    proving.evaluate_columns();
    return proving.open();
}

}  // namespace dusk::plonk
