// Proofs show nothing of the witness as long as their masks are random: every mask has a draw of its own and a
// coefficient of its own, and no draw serves twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;
using Draw = ByteArray<64>;

constexpr std::size_t kWireDraws = 3 + 3 + 2 + 3;
constexpr std::size_t kDraws = kWireDraws + 3 + 3;

void take(Draw& draw, std::size_t asked) {
    if (asked != draw.size()) throw std::logic_error("a draw that is no mask");
}

// Keeps what it gave out.
class RecordingRandom final : public RandomSource {
  public:
    void fill(MutableByteView out) override {
        Draw& draw = draws.emplace_back();
        take(draw, out.size());
        random_.fill(draw);
        std::ranges::copy(draw, out.begin());
    }
    std::vector<Draw> draws;

  private:
    crypto::ChaChaRng random_{1};
};

// Gives these draws out, each once, and no more.
class GivenRandom final : public RandomSource {
  public:
    explicit GivenRandom(std::span<const Draw> draws) : draws_(draws) {}
    void fill(MutableByteView out) override {
        Draw draw = draws_[used++];
        take(draw, out.size());
        std::ranges::copy(draw, out.begin());
    }
    std::size_t used = 0;

  private:
    std::span<const Draw> draws_;
};

std::vector<G1Affine> points_of(const Proof& proof) {
    std::vector<G1Affine> out(proof.wires.begin(), proof.wires.end());
    out.push_back(proof.permutation);
    out.insert(out.end(), proof.quotient.begin(), proof.quotient.end());
    out.push_back(proof.opening);
    out.push_back(proof.opening_next);
    return out;
}

std::vector<Fq> witness_evaluations(const Evaluations& e) {
    return {e.a, e.b, e.c, e.d, e.a_next, e.b_next, e.d_next, e.z_next};
}

class Blinding : public testing::Test {
  protected:
    void SetUp() override {
        RecordingRandom random;
        proof = prover.prove(sample.circuit, random, sample.executor).value();
        draws = random.draws;
        ASSERT_EQ(draws.size(), kDraws);
    }
    [[nodiscard]] Proof prove_with(std::span<const Draw> given) {
        GivenRandom random(given);
        Proof out = prover.prove(sample.circuit, random, sample.executor).value();
        EXPECT_EQ(random.used, kDraws);
        return out;
    }
    [[nodiscard]] G1Projective power(std::size_t degree) const {
        return G1Projective(sample.parameters->powers()[degree]);
    }

    SampleProof sample{16};
    Prover prover{sample.key};
    Proof proof;
    std::vector<Draw> draws;
};

TEST_F(Blinding, ProofsOfOneStatementShareNothingThatDependsOnTheWitness) {
    RecordingRandom random;
    const Verifier verifier(sample.data);
    std::vector<Proof> proofs;
    for (int i = 0; i < 2; ++i) {
        proofs.push_back(prover.prove(sample.circuit, random, sample.executor).value());
        EXPECT_TRUE(verifier.verify(proofs.back(), sample.public_inputs));
    }
    const auto first = points_of(proofs[0]);
    const auto second = points_of(proofs[1]);
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_NE(first[i], second[i]) << i;
    const auto first_values = witness_evaluations(proofs[0].evaluations);
    const auto second_values = witness_evaluations(proofs[1].evaluations);
    for (std::size_t i = 0; i < first_values.size(); ++i) EXPECT_NE(first_values[i], second_values[i]) << i;

    EXPECT_EQ(random.draws.size(), 2 * kDraws);
    EXPECT_EQ(std::set<Draw>(random.draws.begin(), random.draws.end()).size(), 2 * kDraws);
}

TEST_F(Blinding, NothingElseIsRandom) { EXPECT_EQ(prove_with(draws), proof); }

// Where a mask goes: it is the coefficient of this degree above those of the domain in commitment `column`, and is
// taken from a coefficient below.
struct Place {
    std::size_t column;
    std::size_t degree;
};
constexpr std::array<Place, kDraws> kPlaces{{{0, 0},
                                             {0, 1},
                                             {0, 2},
                                             {1, 0},
                                             {1, 1},
                                             {1, 2},
                                             {2, 0},
                                             {2, 1},
                                             {3, 0},
                                             {3, 1},
                                             {3, 2},
                                             {4, 0},
                                             {4, 1},
                                             {4, 2},
                                             {5, 0},
                                             {6, 0},
                                             {7, 0}}};
constexpr std::size_t kPermutation = 4;
constexpr std::size_t kQuotient = 5;  // four parts

// With one draw changed, the commitments of its round change by that one mask; a draw that served twice would show in
// two places. What is committed later differs through the challenges.
TEST_F(Blinding, EveryMaskHasADrawAndACoefficientOfItsOwn) {
    constexpr std::size_t kDomain = 16;
    const auto before = points_of(proof);
    for (std::size_t i = 0; i < kDraws; ++i) {
        auto changed = draws;
        changed[i][0] ^= 1;
        const Fq change = Fq::from_bytes_wide(changed[i]) - Fq::from_bytes_wide(draws[i]);
        const auto [column, degree] = kPlaces[i];
        const std::size_t round_end = column < kPermutation ? kPermutation : column < kQuotient ? kQuotient : 9;
        std::vector<G1Projective> expected(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(round_end));
        expected[column] += power(kDomain + degree) * change;
        // Columns keep their values on the domain; the quotient keeps its sum of parts.
        expected[column < kQuotient ? column : column + 1] -= power(degree) * change;

        const auto after = points_of(prove_with(changed));
        for (std::size_t point = 0; point < round_end; ++point) {
            EXPECT_EQ(G1Projective(after[point]), expected[point]) << "draw " << i << ", commitment " << point;
        }
        for (std::size_t point = round_end; point < after.size(); ++point) {
            EXPECT_NE(after[point], before[point]) << "draw " << i << ", commitment " << point;
        }
    }
}

}  // namespace
}  // namespace dusk::plonk
