#include "consensus/committee.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "consensus/test_keys.hpp"
#include "crypto/keccak.hpp"

namespace dusk::consensus {
namespace {

using ledger::Height;
using ledger::KeyBytes;
using ledger::kLuxPerDusk;
using ledger::Seed;
using Credits = std::vector<std::pair<KeyBytes, std::uint32_t>>;

const std::vector<TestKey>& keys() {
    static const auto all = test_keys(70);
    return all;
}

Credits credits_of(const Committee& committee) {
    Credits out;
    for (const auto& member : committee.members()) out.emplace_back(member.bytes, member.credits);
    return out;
}

// The walk as the specification writes it, one entry after the other, with the remainder by long division.
Credits walk(const Provisioners& provisioners, Height round, const Seed& seed, std::uint8_t step, std::uint32_t credits,
             std::span<const KeyBytes> excluded) {
    struct Entry {
        KeyBytes key;
        std::uint64_t weight;
        std::uint32_t credits = 0;
    };
    std::vector<Entry> entries;
    for (const auto& [key, provisioner] : provisioners.all()) {
        if (Provisioners::is_eligible(provisioner, round)) entries.push_back({key, provisioner.value.value});
    }
    if (entries.size() > 1) {
        std::erase_if(entries,
                      [&](const Entry& entry) { return std::ranges::find(excluded, entry.key) != excluded.end(); });
    }
    unsigned __int128 total = 0;
    for (const Entry& entry : entries) total += entry.weight;
    if (total == 0) return {};
    for (std::uint32_t counter = 0; counter < credits; ++counter) {
        Bytes input(seed.bytes.begin(), seed.bytes.end());
        input.push_back(step);
        for (int shift = 0; shift < 32; shift += 8) input.push_back(static_cast<std::uint8_t>(counter >> shift));
        unsigned __int128 score = 0;
        for (const std::uint8_t byte : crypto::sha3_256(input)) {
            for (int i = 0; i < 8; ++i) score = score * 2 % total;
            score = (score + byte) % total;
        }
        std::size_t at = 0;
        while (entries[at].weight < score) {
            score -= entries[at].weight;
            at = (at + 1) % entries.size();
        }
        ++entries[at].credits;
        const std::uint64_t cost = std::min(entries[at].weight, kLuxPerDusk);
        entries[at].weight -= cost;
        if (total <= cost) break;
        total -= cost;
    }
    Credits out;
    for (const Entry& entry : entries) {
        if (entry.credits != 0) out.emplace_back(entry.key, entry.credits);
    }
    return out;
}

Seed random_seed() { return {*rc::gen::container<ByteArray<48>>(rc::gen::arbitrary<std::uint8_t>())}; }

// Few and small weights, so that they run out, and huge ones, whose sum does not fit 64 bits.
Provisioners random_provisioners() {
    const auto kind = *rc::gen::inRange(0, 4);
    const auto count = *rc::gen::inRange<std::size_t>(0, kind == 0 ? 4 : keys().size());
    Provisioners out;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t value = kind == 1   ? *rc::gen::arbitrary<std::uint64_t>()
                                    : kind == 2 ? kMinimumStake.value
                                                : *rc::gen::inRange<std::uint64_t>(999, 5000) * kLuxPerDusk;
        out.set({keys()[i].key, {value}, {*rc::gen::inRange<std::uint64_t>(0, 12)}});
    }
    return out;
}

RC_GTEST_PROP(SortitionProperty, IsTheWalk, ()) {
    const Provisioners provisioners = random_provisioners();
    const Height round{*rc::gen::inRange<std::uint64_t>(0, 12)};
    const Seed seed = random_seed();
    const auto step = *rc::gen::arbitrary<std::uint8_t>();
    const auto credits = *rc::gen::element<std::uint32_t>(0, 1, 2, 64, 300);
    std::vector<KeyBytes> excluded;
    for (std::size_t i = *rc::gen::inRange(0, 4); i > 0; --i) {
        excluded.push_back(keys()[*rc::gen::inRange<std::size_t>(0, keys().size() / 4)].bytes);
    }
    const Sortition sortition(provisioners, round);
    RC_ASSERT(credits_of(sortition.draw(seed, step, credits, excluded)) ==
              walk(provisioners, round, seed, step, credits, excluded));
}

// Some of a thousand credits of one DUSK each: entries without weight lie between the others, before them and behind.
RC_GTEST_PROP(SortitionProperty, IsTheWalkWhereWeightsRunOut, ()) {
    Provisioners provisioners;
    const auto count = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t i = 0; i < count; ++i) provisioners.set({keys()[i].key, kMinimumStake, {0}});
    const Seed seed = random_seed();
    const auto credits = *rc::gen::inRange<std::uint32_t>(900, 3100);
    std::vector<KeyBytes> excluded;
    if (*rc::gen::arbitrary<bool>()) excluded.push_back(keys()[*rc::gen::inRange<std::size_t>(0, count)].bytes);
    const auto committee = Sortition(provisioners, {0}).draw(seed, 1, credits, excluded);
    RC_ASSERT(credits_of(committee) == walk(provisioners, {0}, seed, 1, credits, excluded));
    const std::size_t left = count - (count > 1 ? excluded.size() : 0);
    RC_ASSERT(committee.credits() <= 1000 * left);
}

Provisioners equal_stakes(std::size_t count) {
    Provisioners out;
    for (std::size_t i = 0; i < count; ++i) out.set({keys()[i].key, kMinimumStake, {0}});
    return out;
}

TEST(Sortition, NobodyIsLeftOutOfOne) {
    const std::vector excluded{keys()[0].bytes};
    const auto one = Sortition(equal_stakes(1), {0}).draw({}, 1, 64, excluded);
    EXPECT_EQ(credits_of(one), (Credits{{keys()[0].bytes, 64}}));
    const auto two = Sortition(equal_stakes(2), {0}).draw({}, 1, 64, excluded);
    EXPECT_EQ(credits_of(two), (Credits{{keys()[1].bytes, 64}}));
}

TEST(Sortition, NobodyIsDrawnFromNothing) {
    const std::vector excluded{keys()[0].bytes, keys()[1].bytes};
    EXPECT_TRUE(Sortition(equal_stakes(0), {0}).draw({}, 1, 64, {}).is_empty());
    EXPECT_TRUE(Sortition(equal_stakes(2), {0}).draw({}, 1, 64, excluded).is_empty());
    EXPECT_TRUE(Sortition(Provisioners{}, {0}).draw({}, 0, 1, excluded).is_empty());
}

TEST(Committee, FindsItsMembersAndCountsTheirCredits) {
    std::vector<Committee::Member> members;
    for (std::uint32_t i = 0; i < 3; ++i) members.push_back({keys()[2 * i].bytes, keys()[2 * i].key, 1U << i});
    const Committee committee(members);
    EXPECT_EQ(committee.credits(), 7U);
    EXPECT_EQ(committee.find(keys()[0].bytes), 0U);
    EXPECT_EQ(committee.find(keys()[4].bytes), 2U);
    EXPECT_EQ(committee.find(keys()[1].bytes), std::nullopt);
    EXPECT_EQ(committee.find(keys()[5].bytes), std::nullopt);
    EXPECT_EQ(committee.credits_of(0), 0U);
    EXPECT_EQ(committee.credits_of(0b101), 5U);
    EXPECT_EQ(committee.credits_of(~std::uint64_t{0}), 7U);
}

class RoundCommitteesTest : public testing::Test {
  protected:
    Provisioners provisioners_ = equal_stakes(9);
    Seed seed_{{1, 2, 3}};
    RoundCommittees committees_{provisioners_, seed_, {5}};
};

TEST_F(RoundCommitteesTest, LeaveOutTheGeneratorsOfThisIterationAndTheNext) {
    for (int i = 0; i < 256; ++i) {
        const auto iteration = static_cast<std::uint8_t>(i);
        std::vector<KeyBytes> excluded{committees_.generator(iteration)->bytes};
        if (i < 49) excluded.push_back(committees_.generator(iteration + 1)->bytes);
        for (const auto step : {ledger::VotingStep::validation, ledger::VotingStep::ratification}) {
            const auto number = static_cast<std::uint8_t>(3 * i + static_cast<int>(step));
            EXPECT_EQ(credits_of(committees_.voters(iteration, step)),
                      walk(provisioners_, {5}, seed_, number, 64, excluded))
                << i;
        }
    }
}

TEST_F(RoundCommitteesTest, AreKept) {
    const Committee* const first = &committees_.voters(3, ledger::VotingStep::ratification);
    const auto* const generator = committees_.generator(3);
    for (int i = 0; i < 256; ++i)
        (void)committees_.voters(static_cast<std::uint8_t>(i), ledger::VotingStep::validation);
    EXPECT_EQ(first, &committees_.voters(3, ledger::VotingStep::ratification));
    EXPECT_EQ(generator, committees_.generator(3));
}

TEST_F(RoundCommitteesTest, KnowWhoIsEligible) {
    provisioners_.set({keys()[3].key, kMinimumStake, {6}});
    const RoundCommittees now(provisioners_, seed_, {5});
    EXPECT_TRUE(now.is_eligible(keys()[2].bytes));
    EXPECT_FALSE(now.is_eligible(keys()[3].bytes));
    EXPECT_FALSE(now.is_eligible(keys()[20].bytes));
    EXPECT_TRUE(RoundCommittees(provisioners_, seed_, {6}).is_eligible(keys()[3].bytes));
}

TEST(RoundCommittees, AreEmptyWhereNobodyHasAStake) {
    RoundCommittees committees({}, {}, {1});
    EXPECT_EQ(committees.generator(0), nullptr);
    EXPECT_TRUE(committees.voters(0, ledger::VotingStep::validation).is_empty());
}

// Where the released node ends: the two generators are all there are.
TEST(RoundCommittees, OfTwoAreSometimesEmpty) {
    RoundCommittees committees(equal_stakes(2), {}, {1});
    int empty = 0;
    for (std::uint8_t i = 0; i < 49; ++i) {
        const bool differ = committees.generator(i)->bytes != committees.generator(i + 1)->bytes;
        EXPECT_EQ(committees.voters(i, ledger::VotingStep::validation).is_empty(), differ);
        empty += differ ? 1 : 0;
    }
    EXPECT_GT(empty, 0);
}

}  // namespace
}  // namespace dusk::consensus
