#include "crypto/safe.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace dusk::crypto::safe {
namespace {

TEST(Safe, TagInputMergesNeighbours) {
    const std::vector<Call> split{absorb(2), absorb(1), squeeze(1), squeeze(8), absorb(5), squeeze(2)};
    const std::vector<Call> merged{absorb(3), squeeze(9), absorb(5), squeeze(2)};
    EXPECT_EQ(to_hex(tag_input(merged, 15).value()),
              "80000003"
              "00000009"
              "80000005"
              "00000002"
              "000000000000000f");
    EXPECT_EQ(tag_input(split, 15).value(), tag_input(merged, 15).value());
    EXPECT_EQ(tag(split, 15).value(), tag(merged, 15).value());
    EXPECT_NE(tag(split, 14).value(), tag(merged, 15).value());
}

TEST(Safe, InvalidPatterns) {
    const std::vector<std::vector<Call>> invalid{
        {},
        {absorb(1)},
        {squeeze(1)},
        {squeeze(1), absorb(1), squeeze(1)},
        {absorb(1), squeeze(1), absorb(1)},
        {absorb(0), squeeze(1)},
        {absorb(1), squeeze(0)},
        {absorb(1), absorb(0), squeeze(1)},
        {absorb(std::size_t{1} << 31), squeeze(1)},
        {absorb(std::size_t{1} << 32 | 1), squeeze(1)},
    };
    for (const auto& pattern : invalid) {
        EXPECT_EQ(tag_input(pattern, 0).error(), Error::invalid_pattern);
        EXPECT_EQ(Sponge::start(pattern, 0).error(), Error::invalid_pattern);
    }
    EXPECT_TRUE(tag_input(std::vector{absorb(kMaxCallLength), squeeze(kMaxCallLength)}, 0));
}

TEST(Safe, TheSpongeHoldsToItsPattern) {
    auto sponge = Sponge::start({absorb(2), squeeze(3)}, 0).value();
    std::vector<Fq> three(3, Fq::one());
    EXPECT_EQ(sponge.squeeze(three).error(), Error::pattern_violation);
    EXPECT_EQ(three, std::vector<Fq>(3, Fq::one()));
    EXPECT_EQ(sponge.absorb(three).error(), Error::pattern_violation);
    EXPECT_EQ(sponge.absorb({}).error(), Error::pattern_violation);
    EXPECT_TRUE(sponge.absorb(std::span(three).first(2)));
    EXPECT_EQ(sponge.absorb(std::span(three).first(2)).error(), Error::pattern_violation);
    EXPECT_EQ(sponge.squeeze(std::span(three).first(2)).error(), Error::pattern_violation);
    EXPECT_EQ(sponge.finish().error(), Error::unfinished);
    EXPECT_TRUE(sponge.squeeze(three));
    EXPECT_TRUE(sponge.finish());
    EXPECT_EQ(sponge.squeeze(three).error(), Error::pattern_violation);
}

TEST(Safe, AbsorbGoesOnWhereItStoppedAndSqueezePermutesAfterwards) {
    std::vector<Fq> input;
    for (std::uint64_t i = 1; i <= 6; ++i) input.push_back(Fq::from_u64(i));
    auto sponge = Sponge::start({absorb(6), squeeze(2), absorb(3), squeeze(5)}, 7).value();
    std::vector<Fq> first(2);
    std::vector<Fq> second(5);
    ASSERT_TRUE(sponge.absorb(input) && sponge.squeeze(first));
    ASSERT_TRUE(sponge.absorb(std::span(input).first(3)) && sponge.squeeze(second));

    hades::State state{tag(std::vector{absorb(6), squeeze(2), absorb(3), squeeze(5)}, 7).value()};
    for (std::size_t i = 0; i < 4; ++i) state[1 + i] += input[i];
    hades::permute(state);
    for (std::size_t i = 0; i < 2; ++i) state[1 + i] += input[4 + i];
    hades::permute(state);
    EXPECT_EQ(first, (std::vector{state[1], state[2]}));
    for (std::size_t i = 0; i < 3; ++i) state[1 + i] += input[i];
    hades::permute(state);
    const hades::State third = state;
    hades::permute(state);
    EXPECT_EQ(second, (std::vector{third[1], third[2], third[3], third[4], state[1]}));
}

}  // namespace
}  // namespace dusk::crypto::safe
