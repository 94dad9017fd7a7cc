#include "plonk/batch_verifier.hpp"

#include <algorithm>

#include "crypto/msm.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;

// Not zero, below 2^128.
Fq weight(RandomSource& random) {
    while (true) {
        ByteArray<16> bytes;
        random.fill(bytes);
        const Fq out =
            Fq::from_raw({load_le<std::uint64_t>(bytes.data()), load_le<std::uint64_t>(bytes.data() + 8), 0, 0});
        if (!out.is_zero()) return out;
    }
}

// Points and their multiples.
struct Terms {
    std::vector<G1Affine> points;
    std::vector<Fq> scalars;

    void add(const G1Affine& point, const Fq& scalar) {
        points.push_back(point);
        scalars.push_back(scalar);
    }
    [[nodiscard]] G1Projective sum(Executor& executor) const { return crypto::msm_vartime(points, scalars, executor); }
};

// What the claims of one verifier add up to.
struct VerifierSum {
    const Verifier* verifier;
    PerColumn<Fq> key{};
};

// Both sides for all claims under one opening key.
struct OpeningSum {
    const Verifier* first;
    Fq opened;  // multiple of g
    Terms left;
    Terms right;
    std::vector<VerifierSum> verifiers;

    void add(const Claim& claim, const Equation& equation, const Fq& omega, const Fq& weight) {
        const Proof& proof = *claim.proof;
        auto sum = std::ranges::find(verifiers, claim.verifier, &VerifierSum::verifier);
        if (sum == verifiers.end()) sum = verifiers.insert(sum, {.verifier = claim.verifier});
        for (std::size_t i = 0; i < kKeyColumns; ++i) sum->key[i] += weight * equation.scalars.key[i];
        opened += weight * equation.opened;
        for (std::size_t i = 0; i < kWires; ++i) right.add(proof.wires[i], weight * equation.scalars.wires[i]);
        right.add(proof.permutation, weight * equation.scalars.permutation);
        for (std::size_t i = 0; i < 4; ++i) right.add(proof.quotient[i], weight * equation.scalars.quotient[i]);
        const Fq next = weight * equation.challenges.u;
        const Fq& z = equation.challenges.z;
        right.add(proof.opening, weight * z);
        right.add(proof.opening_next, next * z * omega);
        left.add(proof.opening, weight);
        left.add(proof.opening_next, next);
    }
    void finish() {
        for (const VerifierSum& sum : verifiers) {
            const auto& commitments = sum.verifier->data().key.commitments;
            for (std::size_t i = 0; i < kKeyColumns; ++i) right.add(commitments[i], sum.key[i]);
        }
        right.add(first->data().opening_key.g, -opened);
    }
};

class Batch {
  public:
    Batch(std::span<const Claim> claims, RandomSource& random, Executor& executor)
        : claims_(claims), random_(random), executor_(executor), equations_(claims.size()) {
        executor.parallel_for(claims.size(), [&](std::size_t i) {
            equations_[i] = claims[i].verifier->equation(*claims[i].proof, claims[i].public_inputs, claims[i].version);
        });
    }

    [[nodiscard]] std::vector<std::size_t> find_bad() {
        std::vector<std::size_t> bad;
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < claims_.size(); ++i) (equations_[i] ? open : bad).push_back(i);
        if (!all_hold(open)) search(open, bad);
        std::ranges::sort(bad);
        return bad;
    }

  private:
    // The sum over `numbers` is known not to hold.
    void search(std::span<const std::size_t> numbers, std::vector<std::size_t>& bad) {
        if (numbers.size() == 1) {
            bad.push_back(numbers.front());
            return;
        }
        const auto front = numbers.first(numbers.size() / 2);
        const auto back = numbers.subspan(numbers.size() / 2);
        const bool front_holds = all_hold(front);
        if (!front_holds) search(front, bad);
        if (front_holds || !all_hold(back)) search(back, bad);
    }

    [[nodiscard]] bool all_hold(std::span<const std::size_t> numbers) {
        std::vector<OpeningSum> sums;
        for (const std::size_t i : numbers) {
            const Claim& claim = claims_[i];
            auto sum = std::ranges::find_if(sums, [&](const OpeningSum& other) {
                return other.first->data().opening_key == claim.verifier->data().opening_key;
            });
            if (sum == sums.end()) {
                sum =
                    sums.insert(sum, {.first = claim.verifier, .opened = {}, .left = {}, .right = {}, .verifiers = {}});
            }
            // One equation alone needs no weight.
            sum->add(claim, *equations_[i], claim.verifier->omega(), numbers.size() == 1 ? Fq::one() : weight(random_));
        }
        std::vector<crypto::PairingTerm> terms;
        for (OpeningSum& sum : sums) {
            sum.finish();
            terms.push_back({.p = (-sum.left.sum(executor_)).to_affine(), .q = &sum.first->x_h()});
            terms.push_back({.p = sum.right.sum(executor_).to_affine(), .q = &sum.first->h()});
        }
        return crypto::pairing_product_is_one(terms);
    }

    std::span<const Claim> claims_;
    RandomSource& random_;
    Executor& executor_;
    std::vector<Result<Equation, ProofError>> equations_;
};

}  // namespace

std::vector<std::size_t> find_bad_claims(std::span<const Claim> claims, RandomSource& random, Executor& executor) {
    if (claims.empty()) return {};
    return Batch(claims, random, executor).find_bad();
}

}  // namespace dusk::plonk
