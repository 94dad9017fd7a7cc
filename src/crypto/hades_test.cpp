#include "crypto/hades.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/hades8.hpp"
#include "crypto/hades_schedule.hpp"

namespace dusk::crypto::hades {
namespace {

// The permutation as spec/crypto.md §6.1 writes it down.
State permute_plainly(State state) {
    const Constants& all = constants();
    const auto s_box = [](const Fq& x) { return x.square().square() * x; };
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < kWidth; ++i) state[i] += all.round[round][i];
        const bool full = round < 4 || round >= 64;
        for (std::size_t i = full ? 0 : 4; i < kWidth; ++i) state[i] = s_box(state[i]);
        State mixed{};
        for (std::size_t i = 0; i < kWidth; ++i) {
            for (std::size_t j = 0; j < kWidth; ++j) mixed[i] += all.matrix[i][j] * state[j];
        }
        state = mixed;
    }
    return state;
}

void expect_as_plain(const State& in) {
    const State expected = permute_plainly(in);
    State out = in;
    permute(out);
    EXPECT_EQ(out, expected);
    for (std::size_t i = 0; i < kWidth; ++i) EXPECT_EQ(permute_to_element(in, i), expected[i]);
}

TEST(Hades, RearrangedIsPlainAtTheEdges) {
    const Fq minus_one = -Fq::one();
    expect_as_plain({});
    expect_as_plain({minus_one, minus_one, minus_one, minus_one, minus_one});
    for (std::size_t i = 0; i < kWidth; ++i) {
        State state{};
        state[i] = Fq::from_montgomery({1, 0, 0, 0});
        expect_as_plain(state);
        state[i] = minus_one;
        expect_as_plain(state);
        // What the first constants make zero.
        state[i] = -constants().round[0][i];
        expect_as_plain(state);
    }
}

// Uniform elements with the edges of the range mixed in.
State any_state() {
    State state;
    for (Fq& x : state) {
        const auto limbs = *rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>());
        x = *rc::gen::element(Fq::from_raw(limbs), Fq::from_raw(limbs), Fq::zero(), -Fq::one(),
                              Fq::from_montgomery({1, 0, 0, 0}), -Fq::from_montgomery({1, 0, 0, 0}));
    }
    return state;
}

#if defined(__x86_64__)
RC_GTEST_PROP(Hades, EightAtOnceAreEightPermutations, ()) {
    if (!cpu_features().avx512_ifma) return;
    std::array<State, kLanes> states;
    State8 together;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        states[lane] = any_state();
        for (std::size_t i = 0; i < kWidth; ++i) together[i][lane] = states[lane][i];
        permute(states[lane]);
    }
    const auto second = permute8_to_element(together, 1);
    permute8(together);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        for (std::size_t i = 0; i < kWidth; ++i) RC_ASSERT(together[i][lane] == states[lane][i]);
        RC_ASSERT(second[lane] == states[lane][1]);
    }
}
#endif

RC_GTEST_PROP(Hades, RearrangedIsPlain, ()) {
    const State state = any_state();
    State out = state;
    permute(out);
    RC_ASSERT(out == permute_plainly(state));
}

// Characteristic polynomials of N and of its leading block, at a point: det(x - N).
template <std::size_t n>
Fq characteristic(const Fq& x) {
    std::array<std::array<Fq, n>, n> m;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m[i][j] = -Fq::from_u64(kSmallMatrix[i + j]);
        m[i][i] += x;
    }
    Fq determinant = Fq::one();
    for (std::size_t i = 0; i < n; ++i) {
        determinant *= m[i][i];
        const Fq inverse = m[i][i].invert().value();
        for (std::size_t row = i + 1; row < n; ++row) {
            const Fq factor = m[row][i] * inverse;
            for (std::size_t j = i; j < n; ++j) m[row][j] -= factor * m[i][j];
        }
    }
    return determinant;
}

TEST(Hades, CoefficientsOfTheRecurrence) {
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        const Fq x = Fq::from_u64(seed * 7919).square() + Fq::from_u64(seed);
        std::array<Fq, kWidth> e{};
        for (std::size_t k = 0; k < kHidden; ++k) e[k] = Fq::from_u64(kCoefficientsX[k]);
        Fq block = Fq::one();
        for (std::size_t k = 0; k < kHidden; ++k) block = block * x + (k % 2 == 0 ? -e[k] : e[k]);
        EXPECT_EQ(block, characteristic<kHidden>(x));
        Fq whole = Fq::one();
        for (std::size_t k = 0; k < kWidth; ++k) {
            const Fq sum = e[k] + Fq::from_u64(kCoefficientsY[k]);
            whole = whole * x + (k % 2 == 0 ? -sum : sum);
        }
        EXPECT_EQ(whole, characteristic<kWidth>(x));
    }
}

}  // namespace
}  // namespace dusk::crypto::hades
