#include "plonk/bits.hpp"
#include "plonk/point_chain.hpp"
#include "plonk/points.hpp"
#include "plonk/scalar_bits.hpp"

namespace dusk::plonk {

using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

namespace {

constexpr std::size_t kRounds = 256;
// Digits of a scalar below the order: it has 252 bits, so its signed digits end with number 252. Those above must be
// zero, or the digits could stand for a multiple of the field's modulus more.
constexpr std::size_t kLeadingZeros = 3;

// 2^255 G, 2^254 G, …, G: one for each row.
class Multiples {
  public:
    explicit Multiples(const JubJubAffine& generator) {
        std::vector<JubJubExtended> points(kRounds);
        points.back() = generator;
        for (std::size_t i = kRounds - 1; i-- > 0;) points[i] = points[i + 1].doubled();
        const auto affine = to_affine(points);
        for (std::size_t i = 0; i < kRounds; ++i)
            multiples_[i] = {affine[i].u(), affine[i].v(), affine[i].u() * affine[i].v()};
    }

    struct Multiple {
        Fq u, v, uv;
    };
    [[nodiscard]] const Multiple& operator[](std::size_t round) const { return multiples_[round]; }

  private:
    std::array<Multiple, kRounds> multiples_;
};

// Values of the accumulators before each round and after the last, by the digits of k.
struct Run {
    explicit Run(const Fq& k, const Multiples& multiples) : digits(kRounds) {
        // Digit i is bit i + 1 of 3 k minus that of k.
        const Secret<Limbs4> once(k.to_integer());
        const Secret<Limbs4> thrice((k.doubled() + k).to_integer());
        PointChain chain(kRounds + 1);
        JubJubExtended sum = chain.add(JubJubExtended(), crypto::JubJubAffineNiels());
        for (std::size_t round = 1; round < kRounds; ++round) {  // digit 255 is zero
            const std::size_t bit = kRounds - round;
            digits[round] = Fq::from_u64(bit_of(thrice.reveal(), bit)) - Fq::from_u64(bit_of(once.reveal(), bit));
        }
        for (std::size_t round = 0; round < kRounds; ++round) {
            const auto& [u, v, uv] = multiples[round];
            const Fq& digit = digits[round];
            const Fq y = digit.square() * (v - Fq::one()) + Fq::one();
            const Fq x = digit * u;
            sum = chain.add(sum, crypto::JubJubAffineNiels{y + x, y - x, crypto::kJubJub2D * digit * uv});
        }
        sums = chain.to_affine();
    }
    std::vector<Fq, WipingAllocator<Fq>> digits;
    PointChain::Affine sums;
};

TorsionFreeWitnessPoint multiply_rows(Composer& composer, Witness k, const Multiples& multiples) {
    const Composer::Scope scope(composer, "generator multiplication");
    assert_canonical_jubjub(composer, k);
    const Run run(composer.value(k), multiples);
    Fq scalar_value;
    Witness leading;
    for (std::size_t round = 0; round < kRounds; ++round) {
        const Witness u = composer.append(run.sums[round].u());
        const Witness v = composer.append(run.sums[round].v());
        const Witness scalar = composer.append(scalar_value);
        if (round == 0) {
            composer.assert_constant(u, Fq::zero());
            composer.assert_constant(v, Fq::one());
            composer.assert_constant(scalar, Fq::zero());
        }
        if (round == kLeadingZeros) leading = scalar;
        const auto& multiple = multiples[round];
        const Witness product = composer.append(run.digits[round] * multiple.uv);
        composer.fixed_base_row(multiple.u, multiple.v, multiple.uv, {u, v, product, scalar});
        scalar_value = scalar_value.doubled() + run.digits[round];
    }
    const Witness u = composer.append(run.sums[kRounds].u());
    const Witness v = composer.append(run.sums[kRounds].v());
    const Witness scalar = composer.append(scalar_value);
    composer.arithmetic_row({}, {u, v, kZero, scalar});
    composer.assert_constant(leading, Fq::zero());
    composer.assert_equal(scalar, k);
    return TorsionFreeWitnessPoint::unchecked({u, v});
}

const Multiples& multiples_of_generator() {
    static const Multiples multiples(crypto::kJubJubGenerator);
    return multiples;
}

const Multiples& multiples_of_generator_nums() {
    static const Multiples multiples(crypto::kJubJubGeneratorNums);
    return multiples;
}

}  // namespace

TorsionFreeWitnessPoint mul_generator(Composer& composer, Witness k, const JubJubAffine& generator) {
    if (!Fr::from_bytes(composer.value(k).to_bytes())) composer.fail(CircuitError::scalar_not_canonical);
    if (generator == crypto::kJubJubGenerator) return multiply_rows(composer, k, multiples_of_generator());
    if (generator == crypto::kJubJubGeneratorNums) return multiply_rows(composer, k, multiples_of_generator_nums());
    if (!generator.is_on_curve() || !generator.is_prime_order()) {
        composer.fail(CircuitError::generator_not_prime_order);
        return multiply_rows(composer, k, multiples_of_generator());  // nobody gets these rows
    }
    return multiply_rows(composer, k, Multiples(generator));
}

}  // namespace dusk::plonk
