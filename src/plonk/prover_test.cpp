#include "plonk/prover.hpp"

#include <gtest/gtest.h>

#include "base/cpu.hpp"
#include "plonk/permutation.hpp"
#include "plonk/quotient.hpp"
#include "plonk/quotient_rows.hpp"
#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

class CountingRandom final : public RandomSource {
  public:
    void fill(MutableByteView out) override {
        sizes.push_back(out.size());
        random_.fill(out);
    }
    std::vector<std::size_t> sizes;

  private:
    crypto::ChaChaRng random_{1};
};

class BackwardExecutor final : public Executor {
  public:
    [[nodiscard]] unsigned concurrency() const override { return 3; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override {
        while (count-- > 0) task(count);
    }
};

TEST(Prover, MakesProofsThatVerify) {
    for (const std::uint32_t rows : {8U, 16U, 24U, 64U, 120U, 1024U}) {
        SampleProof sample(rows);
        const Proof proof = sample.prove();
        EXPECT_TRUE(Verifier(sample.data).verify(proof, sample.public_inputs)) << rows;
    }
}

// Where the masks are longer than the domain, and the numerator's leading terms come from everywhere.
TEST(Prover, ProvesCircuitsOfFewRows) {
    SerialExecutor executor;
    crypto::ChaChaRng random(4);
    const PublicParameters parameters = PublicParameters::setup(16, random, executor);
    for (std::uint32_t rows = 1; rows <= 9; ++rows) {
        CircuitTable circuit;
        circuit.values = {Fq::zero(), Fq::from_u64(6), Fq::from_u64(7), Fq::from_u64(42)};
        for (std::uint32_t row = 0; row < rows; ++row) {
            circuit.wires.push_back({Witness{1}, Witness{2}, Witness{3}, kZero});
            circuit.selectors.push_back({.m = Fq::one(), .o = -Fq::one(), .arithmetic = Fq::one()});
        }
        circuit.public_inputs.push_back({rows - 1, Fq::zero()});
        const auto key = make_prover_key(as_bytes("few"), circuit, parameters, executor);
        ASSERT_TRUE(key) << rows;
        const Prover prover(std::make_shared<const ProverKey>(*key));
        const auto proof = prover.prove(circuit, random, executor);
        ASSERT_TRUE(proof) << rows << ": " << to_string(proof.error());
        const std::vector<Fq> inputs{Fq::zero()};
        EXPECT_TRUE(Verifier(key->verifier_data(parameters.opening_key())).verify(*proof, inputs)) << rows;
    }
}

TEST(Prover, DrawsSeventeenMasksOf64Bytes) {
    SampleProof sample;
    CountingRandom random;
    ASSERT_TRUE(Prover(sample.key).prove(sample.circuit, random, sample.executor));
    EXPECT_EQ(random.sizes, std::vector<std::size_t>(17, 64));
}

TEST(Prover, GivesTheSameProofInEveryWay) {
    SampleProof sample(2048);
    const auto prove = [&](const Prover& prover, Executor& executor) {
        crypto::ChaChaRng random(5);
        return prover.prove(sample.circuit, random, executor).value();
    };
    Prover prover(sample.key);
    const Proof proof = prove(prover, sample.executor);
    BackwardExecutor backward;
    EXPECT_EQ(prove(prover, backward), proof);
    prover.cache_cosets(backward);
    EXPECT_EQ(prove(prover, sample.executor), proof);
    const CpuFeatures all = cpu_features();
    set_cpu_features({});
    EXPECT_EQ(prove(Prover(sample.key), sample.executor), proof);
    set_cpu_features(all);
    EXPECT_FALSE(sample.prove() == proof) << "other masks";
}

TEST(Prover, RefusesEveryWrongValue) {
    SampleProof sample;
    const Prover prover(sample.key);
    for (std::size_t witness = 0; witness < sample.circuit.values.size(); ++witness) {
        CircuitTable wrong = sample.circuit;
        wrong.values[witness] += Fq::one();
        EXPECT_EQ(prover.prove(wrong, sample.random, sample.executor), fail(ProofError::unsatisfied)) << witness;
    }
    CircuitTable wrong = sample.circuit;
    wrong.public_inputs[1].value += Fq::one();
    EXPECT_EQ(prover.prove(wrong, sample.random, sample.executor), fail(ProofError::unsatisfied));
}

TEST(Prover, RefusesBrokenCopies) {
    SampleProof sample;
    CircuitTable wrong = sample.circuit;
    // The same value from another witness: the rows hold, the permutation does not.
    wrong.values.push_back(Fq::one());
    wrong.values.back() = wrong.values[wrong.wires[0][0].index] + Fq::one();
    wrong.wires[1][0].index = static_cast<std::uint32_t>(wrong.values.size() - 1);
    wrong.public_inputs[0].value = wrong.values.back();
    EXPECT_EQ(Prover(sample.key).prove(wrong, sample.random, sample.executor), fail(ProofError::unsatisfied));
}

TEST(Prover, RefusesOtherCircuits) {
    SampleProof sample;
    const Prover prover(sample.key);
    CircuitTable longer = sample.circuit;
    longer.wires.push_back({});
    EXPECT_EQ(prover.prove(longer, sample.random, sample.executor), fail(ProofError::wrong_circuit));
    CircuitTable missing = sample.circuit;
    missing.public_inputs.pop_back();
    EXPECT_EQ(prover.prove(missing, sample.random, sample.executor), fail(ProofError::wrong_circuit));
    CircuitTable moved = sample.circuit;
    ++moved.public_inputs.back().row;
    EXPECT_EQ(prover.prove(moved, sample.random, sample.executor), fail(ProofError::wrong_circuit));
}

TEST(ProverKey, NeedsRowsAndParameters) {
    SerialExecutor executor;
    crypto::ChaChaRng random(6);
    const PublicParameters parameters = PublicParameters::setup(8, random, executor);
    EXPECT_EQ(make_prover_key({}, {}, parameters, executor).error(), ProofError::empty);
    EXPECT_EQ(make_prover_key({}, sample_circuit(16, random), parameters, executor).error(),
              ProofError::parameters_too_small);
    EXPECT_TRUE(make_prover_key({}, sample_circuit(8, random), parameters, executor));
}

TEST(Permutation, LeadsThroughAllPositionsOfAWitnessAndBack) {
    const crypto::FftDomain domain(2);
    const std::vector<Wires> rows{{kOne, kZero, kOne, kZero}, {kZero, kOne, kZero, kZero}};
    const auto columns = permutation_columns(rows, domain);
    const auto position = [&](std::uint64_t shift, std::uint64_t row) {
        return Fq::from_u64(shift) * domain.generator().pow_vartime({&row, 1});
    };
    // Witness 1: a0 -> c0 -> b1 -> a0.
    EXPECT_EQ(columns[0][0], position(13, 0));
    EXPECT_EQ(columns[2][0], position(7, 1));
    EXPECT_EQ(columns[1][1], position(1, 0));
    // Beyond the rows.
    EXPECT_EQ(columns[3][3], position(17, 3));
}

TEST(Permutation, TheProductComesBackToOne) {
    SampleProof sample(64);
    const crypto::FftDomain domain(6);
    std::array<SecretPolynomial, kWires> wires;
    for (std::size_t wire = 0; wire < kWires; ++wire) {
        for (const Wires& row : sample.circuit.wires) wires[wire].push_back(sample.circuit.value(row[wire]));
    }
    const auto sigmas = permutation_columns(sample.circuit.wires, domain);
    Challenges challenges{};
    challenges.beta = Fq::random(sample.random);
    challenges.gamma = Fq::random(sample.random);
    const SecretPolynomial z = grand_product(wires, sigmas, domain, challenges, sample.executor);
    EXPECT_EQ(z[0], Fq::one());
    Fq last = z.back();
    const std::uint64_t row = 63;
    const Fq x = domain.generator().pow_vartime({&row, 1});
    for (std::size_t wire = 0; wire < kWires; ++wire) {
        const Fq shifted = challenges.beta * Fq::from_u64(std::array<std::uint64_t, 4>{1, 7, 13, 17}[wire]) * x;
        last *= wires[wire][row] + shifted + challenges.gamma;
        last *= (wires[wire][row] + challenges.beta * sigmas[wire][row] + challenges.gamma).invert().value();
    }
    EXPECT_EQ(last, Fq::one());
}

#if defined(__x86_64__)
TEST(Quotient, BothWaysOverRowsAgree) {
    if (!cpu_features().avx512_ifma) GTEST_SKIP() << "the CPU has no IFMA";
    crypto::ChaChaRng random(8);
    const std::size_t n = 64;
    std::vector<Polynomial> columns(kKeyColumns + 6, Polynomial(n + 1));
    for (Polynomial& column : columns) {
        for (Fq& value : column) value = Fq::random(random);
    }
    // Extremes.
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i][i % n] = -Fq::one();
        columns[i][(i + 7) % n] = Fq::zero();
    }
    QuotientPass pass{};
    for (std::size_t i = 0; i < kWires; ++i) pass.columns.wires[i] = columns[kKeyColumns + i].data();
    pass.columns.permutation = columns[kKeyColumns + 4].data();
    pass.columns.public_ = columns[kKeyColumns + 5].data();
    for (Fq* number : {&pass.challenges.beta, &pass.challenges.gamma, &pass.challenges.alpha, &pass.challenges.range,
                       &pass.challenges.logic, &pass.challenges.fixed_base, &pass.challenges.variable_base, &pass.shift,
                       &pass.omega, &pass.divisor}) {
        *number = Fq::random(random);
    }
    for (std::size_t absent = 0; absent <= kKeyColumns; ++absent) {
        for (std::size_t i = 0; i < kKeyColumns; ++i) pass.columns.key[i] = i == absent ? nullptr : columns[i].data();
        Polynomial one(n);
        pass.out = one.data();
        quotient_rows_portable(pass, 0, n);
        Polynomial eight(n);
        pass.out = eight.data();
        quotient_rows_ifma(pass, 0, 24);
        quotient_rows_ifma(pass, 24, n);
        EXPECT_EQ(one, eight) << absent;
    }
}
#endif

}  // namespace
}  // namespace dusk::plonk
