#include "sim/model_states.hpp"

#include <gtest/gtest.h>

#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

class ModelStatesTest : public testing::Test {
  protected:
    ModelStatesTest() {
        const ledger::KeyBytes key{sim_key(0).key.to_bytes()};
        auto first = std::make_shared<ModelLedger>();
        first->stakes[key] = {.key = sim_key(0).key, .value = {1}};
        genesis = first->root();
        disk.emplace(genesis, StoredLedger{first, {}});
    }
    // A block without transactions that one can accept.
    ledger::Block block_on(const ledger::StateRoot& base, std::uint64_t height, std::size_t generator = 0) {
        node::BuildJob job;
        job.frame.base = base;
        job.frame.voters = voters;
        job.frame.header.height = {height};
        job.frame.header.gas_limit = {1'000'000};
        job.frame.header.generator = {sim_key(generator).key.to_bytes()};
        return states.build(job, 5).block.value();
    }
    void store(const ledger::Block& block, const ledger::StateRoot& base) {
        ASSERT_TRUE(states.verify(block, base, voters));
        ASSERT_TRUE(states.commit(block));
    }

    ModelDisk disk;
    ModelExecutions executions;
    CrashPoint crash;
    ModelStates states{disk, executions, crash};
    ledger::StateRoot genesis;
    std::vector<ledger::Voter> voters{{sim_key(0).key, 100}};
};

TEST_F(ModelStatesTest, WhatItBuildsItTakes) {
    const auto block = block_on(genesis, 2);
    EXPECT_EQ(block.header.timestamp, 5);
    EXPECT_TRUE(block.hash_holds());
    EXPECT_EQ(states.judge({std::make_shared<const ledger::Block>(block), genesis, voters}), consensus::Verdict::valid);
    store(block, genesis);
    EXPECT_TRUE(states.has(block.header.state_root));
    EXPECT_EQ(executions.executed(), 1);
}

TEST_F(ModelStatesTest, RefusesAnotherStateAndUnknownBases) {
    auto block = block_on(genesis, 2);
    block.header.state_root.bytes[0] ^= 1;
    EXPECT_TRUE(states.verify(block, genesis, voters).error().of_the_block);
    EXPECT_FALSE(states.verify(block, {}, voters).error().of_the_block);
    EXPECT_FALSE(states.commit(block));
}

TEST_F(ModelStatesTest, FinalStatesDropWhatIsBelow) {
    const auto a = block_on(genesis, 2);
    store(a, genesis);
    const auto other = block_on(genesis, 2, 1);
    store(other, genesis);
    const auto b = block_on(a.header.state_root, 3);
    store(b, a.header.state_root);
    const std::vector dropped{other.header.state_root};
    states.finalize(b.header.state_root, dropped);
    EXPECT_EQ(disk.size(), 1);
    EXPECT_TRUE(states.has(b.header.state_root));
    states.finalize(b.header.state_root, dropped);
    EXPECT_TRUE(states.has(b.header.state_root));
}

TEST_F(ModelStatesTest, KeepsOnlyWhatIsAskedFor) {
    const auto a = block_on(genesis, 2);
    store(a, genesis);
    const std::vector roots{a.header.state_root};
    states.keep_only(roots);
    EXPECT_EQ(disk.size(), 1);
}

TEST_F(ModelStatesTest, ACrashIsBeforeOrAfterTheCommit) {
    const auto block = block_on(genesis, 2);
    for (const std::uint64_t place : {0, 1}) {
        ASSERT_TRUE(states.verify(block, genesis, voters));
        crash.arm(place);
        EXPECT_THROW((void)states.commit(block), Crashed);
        EXPECT_EQ(states.has(block.header.state_root), place == 1);
    }
}

}  // namespace
}  // namespace dusk::sim
