#include "crypto/jubjub_multiply_eight.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::crypto {
namespace {

struct Inputs {
    std::array<JubJubExtended, 8> points;
    std::array<Fr, 8> scalars;
};

// Random points in random coordinates, with a point of order 2 and the identity among them; random scalars, with the
// extreme ones among them.
Inputs inputs(std::uint64_t seed) {
    ChaChaRng random(seed);
    Inputs out;
    for (std::size_t i = 0; i < 8; ++i) {
        out.points[i] = multiply_generator(Fr::random(random));
        out.scalars[i] = Fr::random(random);
    }
    const auto order_2 = JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());
    out.points[seed % 8] = JubJubExtended::identity();
    out.points[(seed + 3) % 8] = out.points[(seed + 3) % 8] + order_2;
    out.points[(seed + 4) % 8] = order_2;
    out.scalars[seed / 8 % 8] = Fr::zero();
    out.scalars[(seed / 8 + 2) % 8] = -Fr::one();
    out.scalars[(seed / 8 + 5) % 8] = Fr::from_u64(seed % 20);
    return out;
}

void expect_products(const Inputs& in) {
    const auto products = multiply_eight(in.points, in.scalars);
    const auto of_generator = multiply_generator_eight(in.scalars);
    for (std::size_t i = 0; i < 8; ++i) {
        RC_ASSERT(products[i].is_on_curve());
        RC_ASSERT(products[i] == multiply(in.points[i], in.scalars[i]));
        RC_ASSERT(of_generator[i].is_on_curve());
        RC_ASSERT(of_generator[i] == multiply_generator(in.scalars[i]));
    }
}

RC_GTEST_PROP(JubJubMultiplyEight, EveryLaneIsTheSingleProduct, (std::uint64_t seed)) {
    const CpuFeatures before = cpu_features();
    expect_products(inputs(seed));
    set_cpu_features({});
    expect_products(inputs(seed));
    set_cpu_features(before);
}

}  // namespace
}  // namespace dusk::crypto
