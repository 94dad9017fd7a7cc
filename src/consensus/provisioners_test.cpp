#include "consensus/provisioners.hpp"

#include <gtest/gtest.h>

#include "consensus/test_keys.hpp"
#include "ledger/epoch.hpp"

namespace dusk::consensus {
namespace {

using ledger::Height;
using ledger::Lux;

class ProvisionersTest : public testing::Test {
  protected:
    [[nodiscard]] Result<void, StakeChangeError> apply(const StakeChange& change, std::uint64_t height = 100) {
        return provisioners_.apply({&change, 1}, {height});
    }
    [[nodiscard]] const Provisioner* first() const { return provisioners_.find(keys_[0].bytes); }

    std::vector<TestKey> keys_ = test_keys(3);
    crypto::BlsPublicKey key_ = keys_[0].key;
    Provisioners provisioners_;
};

TEST_F(ProvisionersTest, AreOrderedByTheirBytes) {
    for (const std::size_t i : {2U, 0U, 1U}) provisioners_.set({keys_[i].key, {5}, {0}});
    std::size_t i = 0;
    for (const auto& [bytes, provisioner] : provisioners_.all()) {
        EXPECT_EQ(bytes, keys_[i].bytes);
        EXPECT_EQ(provisioner.key, keys_[i++].key);
    }
    EXPECT_EQ(i, 3U);
}

TEST_F(ProvisionersTest, StakesOfZeroAreLeftOut) {
    provisioners_.set({key_, {0}, {0}});
    EXPECT_EQ(first(), nullptr);
    provisioners_.set({key_, {7}, {1}});
    provisioners_.set({key_, {8}, {2}});
    EXPECT_EQ(*first(), (Provisioner{key_, {8}, {2}}));
    provisioners_.set({key_, {0}, {0}});
    EXPECT_TRUE(provisioners_.all().empty());
}

TEST_F(ProvisionersTest, CountFromTheirHeightAndTheLeastStakeOn) {
    const Lux least = kMinimumStake;
    provisioners_.set({key_, least, {4320}});
    provisioners_.set({keys_[1].key, {least.value - 1}, {0}});
    EXPECT_FALSE(provisioners_.is_eligible(keys_[0].bytes, Height{4319}));
    EXPECT_TRUE(provisioners_.is_eligible(keys_[0].bytes, Height{4320}));
    EXPECT_FALSE(provisioners_.is_eligible(keys_[1].bytes, Height{4320}));
    EXPECT_FALSE(provisioners_.is_eligible(keys_[2].bytes, Height{4320}));
}

TEST_F(ProvisionersTest, ANewStakeWaitsTwoEpochs) {
    for (const auto& [height, since] : {std::pair{0U, 4320U}, {2159U, 4320U}, {2160U, 6480U}, {2161U, 6480U}}) {
        provisioners_.remove(keys_[0].bytes);
        ASSERT_TRUE(apply(StakeAdded{key_, {5}}, height));
        EXPECT_EQ(*first(), (Provisioner{key_, {5}, {since}}));
    }
}

TEST_F(ProvisionersTest, WhatIsAddedCountsAtOnce) {
    provisioners_.set({key_, {5}, {17}});
    ASSERT_TRUE(apply(StakeAdded{key_, {6}}));
    EXPECT_EQ(*first(), (Provisioner{key_, {11}, {17}}));
    const std::uint64_t most = ~std::uint64_t{0};
    ASSERT_TRUE(apply(StakeAdded{key_, {most - 11}}));
    EXPECT_EQ(apply(StakeAdded{key_, {1}}).error(), StakeChangeError::overflow);
}

TEST_F(ProvisionersTest, WhatIsTakenIsGone) {
    EXPECT_EQ(apply(StakeTaken{key_, {0}}).error(), StakeChangeError::unknown);
    provisioners_.set({key_, {5}, {17}});
    EXPECT_EQ(apply(StakeTaken{key_, {6}}).error(), StakeChangeError::too_much);
    ASSERT_TRUE(apply(StakeTaken{key_, {2}}));
    EXPECT_EQ(*first(), (Provisioner{key_, {3}, {17}}));
    ASSERT_TRUE(apply(StakeTaken{key_, {3}}));
    EXPECT_EQ(first(), nullptr);
}

TEST_F(ProvisionersTest, ASlashedStakeStaysEvenWithNothingLeft) {
    EXPECT_EQ(apply(StakeSlashed{key_, {0}, {9}}).error(), StakeChangeError::unknown);
    provisioners_.set({key_, {5}, {17}});
    ASSERT_TRUE(apply(StakeSlashed{key_, {2}, {4320}}));
    EXPECT_EQ(*first(), (Provisioner{key_, {3}, {4320}}));
    ASSERT_TRUE(apply(StakeSlashed{key_, {4}, {6480}}));
    EXPECT_EQ(*first(), (Provisioner{key_, {0}, {6480}}));
    EXPECT_EQ(apply(StakeAdded{key_, {1}}).error(), StakeChangeError::empty);
    EXPECT_EQ(apply(StakeTaken{key_, {1}}).error(), StakeChangeError::too_much);
}

TEST_F(ProvisionersTest, CopiesGoTheirOwnWays) {
    provisioners_.set({key_, {5}, {17}});
    Provisioners copy = provisioners_;
    const auto snapshot = copy.snapshot();
    EXPECT_EQ(copy, provisioners_);
    ASSERT_TRUE(apply(StakeAdded{key_, {6}}));
    copy.remove(keys_[0].bytes);
    EXPECT_EQ(first()->value, Lux{11});
    EXPECT_TRUE(copy.all().empty());
    EXPECT_EQ(snapshot->at(keys_[0].bytes).value, Lux{5});
    copy = provisioners_;
    const Provisioners moved = std::move(provisioners_);
    copy.set({keys_[1].key, {1}, {0}});
    EXPECT_EQ(moved.all().size(), 1U);
    EXPECT_NE(copy, moved);
}

TEST_F(ProvisionersTest, ChangesOfABlockAreMadeInOrder) {
    const std::vector<StakeChange> changes{StakeAdded{key_, {5}}, StakeTaken{key_, {5}}, StakeAdded{key_, {6}},
                                           StakeSlashed{key_, {1}, {9}}, StakeAdded{keys_[1].key, {4}}};
    ASSERT_TRUE(provisioners_.apply(changes, {1}));
    EXPECT_EQ(*first(), (Provisioner{key_, {5}, {9}}));
    EXPECT_EQ(*provisioners_.find(keys_[1].bytes), (Provisioner{keys_[1].key, {4}, ledger::eligible_from({1})}));
}

}  // namespace
}  // namespace dusk::consensus
