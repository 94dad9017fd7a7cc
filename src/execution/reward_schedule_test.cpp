#include "execution/reward_schedule.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "ledger/network.hpp"

namespace dusk::execution {
namespace {

using ledger::Height;
using ledger::Lux;
using ledger::RewardReason;

TEST(Emission, AddsUpToFiveHundredMillionDusk) {
    // Every period but the first is one height or ends with a multiple of 12 614 400.
    std::uint64_t total = 0;
    std::uint64_t height = 1;
    while (emission({height}) > Lux{0}) {
        std::uint64_t last = height;
        for (std::uint64_t step = 1U << 24U; step != 0; step /= 2) {
            if (emission({last + step}) == emission({height})) last += step;
        }
        total += emission({height}).value * (last - height + 1);
        height = last + 1;
    }
    EXPECT_EQ(total, 500'000'000 * ledger::kLuxPerDusk);
    EXPECT_EQ(height, 113'529'598U);
    EXPECT_EQ(emission({0}), Lux{0});
    EXPECT_EQ(emission({~std::uint64_t{0}}), Lux{0});
}

RC_GTEST_PROP(RewardShares, NeverGiveMoreThanThereIs, (std::uint64_t total)) {
    const RewardShares shares = reward_shares({total});
    RC_ASSERT(shares.dusk.value + shares.voters.value + shares.generator_extra_max.value +
                  shares.generator_fixed.value ==
              total);
    std::uint64_t before = 0;
    for (std::uint64_t credits = 0; credits <= 128; ++credits) {
        const std::uint64_t extra = shares.generator_extra(credits).value;
        RC_ASSERT(extra >= before);
        RC_ASSERT(extra <= shares.generator_extra_max.value);
        RC_ASSERT(credits > 86 || extra == 0);
        RC_ASSERT(shares.per_credit().value * credits <= shares.voters.value);
        before = extra;
    }
    RC_ASSERT(shares.generator_extra(128) == shares.generator_extra_max);
}

class BlockRewards : public testing::Test {
  protected:
    ledger::AccountKey key() { return crypto::BlsSecretKey::random(random_).public_key(); }
    [[nodiscard]] RewardedBlock block(std::uint64_t height) const {
        return {.height = {height}, .fees = {1000}, .generator = generator_, .voters = voters_};
    }

    crypto::ChaChaRng random_{1};
    ledger::AccountKey generator_ = key();
    std::vector<Voter> voters_{{key(), 64}, {key(), 60}};
};

TEST_F(BlockRewards, AreInTheOrderOfTheContractsArgument) {
    const auto rewards = block_rewards(block(7));
    ASSERT_TRUE(rewards);
    const RewardShares shares = reward_shares({19'857'400'000 + 1000});
    const std::vector<ledger::Reward> expected{
        {generator_, shares.generator_fixed, RewardReason::generator_fixed},
        {ledger::dusk_key(), shares.dusk, RewardReason::other},
        {generator_, shares.generator_extra(124), RewardReason::generator_extra},
        {voters_[0].account, {64 * shares.per_credit().value}, RewardReason::voter},
        {voters_[1].account, {60 * shares.per_credit().value}, RewardReason::voter}};
    EXPECT_EQ(*rewards, expected);
}

TEST_F(BlockRewards, OnlyTheFirstBlockMayHaveNoVoters) {
    voters_.clear();
    const auto first = block_rewards(block(1));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->size(), 2U);
    EXPECT_EQ(block_rewards(block(2)).error(), RewardError::no_voters);
    voters_.push_back({key(), 0});
    EXPECT_EQ(block_rewards(block(2)).error(), RewardError::no_voters);
}

TEST_F(BlockRewards, MoreCreditsThanThereAreAndTooHighFeesAreRefused) {
    voters_[0].credits = 69;
    EXPECT_EQ(block_rewards(block(2)).error(), RewardError::too_much);
    voters_[0].credits = ~std::uint64_t{0};
    EXPECT_EQ(block_rewards(block(2)).error(), RewardError::too_much);
    voters_[0].credits = 1;
    RewardedBlock high = block(2);
    high.fees = {~std::uint64_t{0}};
    EXPECT_EQ(block_rewards(high).error(), RewardError::too_much);
}

}  // namespace
}  // namespace dusk::execution
