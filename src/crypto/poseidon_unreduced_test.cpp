#include "crypto/poseidon_unreduced.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk::crypto {
namespace {

Fq element(std::uint64_t seed) { return Fq::from_u64(seed).square() - Fq::from_u64(seed + 5).square().square(); }

RC_GTEST_PROP(PoseidonUnreduced, ReducedLimbsGiveTheFastResult, (std::array<std::uint64_t, 5> seeds)) {
    hades::State fast;
    hades::UnreducedState slow;
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        fast[i] = element(seeds[i]);
        slow[i] = unreduced(fast[i]);
    }
    hades::permute(fast);
    hades::permute(slow);
    for (std::size_t i = 0; i < seeds.size(); ++i) RC_ASSERT(slow[i] == unreduced(fast[i]));
}

// The addition to the empty state reduces limbs below 2 q once; so it is for the first four elements only.
TEST(PoseidonUnreduced, LimbsBelowTwiceTheModulusHashAsIfReduced) {
    for (std::size_t length : {1, 2, 4}) {
        std::vector<Fq> reduced_input;
        std::vector<UnreducedFq> input;
        for (std::size_t i = 0; i < length; ++i) {
            const Fq x = element(i + length);
            Limbs4 limbs = x.montgomery();
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < 4; ++j) limbs[j] = detail::add_carry(limbs[j], Fq::kModulus[j], carry);
            reduced_input.push_back(x);
            input.emplace_back(limbs);
        }
        const auto expected = poseidon::digest(poseidon::Domain::other, reduced_input);
        EXPECT_EQ(poseidon::digest_unreduced(input).value(), unreduced(expected.value()));
    }
}

TEST(PoseidonUnreduced, AnEmptyInputIsRefused) {
    EXPECT_EQ(poseidon::digest_unreduced({}).error(), poseidon::Error::empty_input);
}

}  // namespace
}  // namespace dusk::crypto
