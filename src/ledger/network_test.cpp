#include "ledger/network.hpp"

#include <gtest/gtest.h>

#include "ledger/epoch.hpp"

namespace dusk::ledger {
namespace {

TEST(Network, AreFoundByName) {
    EXPECT_EQ(network_named("devnet"), &devnet());
    EXPECT_EQ(network_named("rusk"), &rusk_network());
    EXPECT_EQ(network_named("mainnet"), nullptr);
    EXPECT_EQ(devnet().proof_rules, phoenix::ProofRules::sound);
    EXPECT_EQ(rusk_network().proof_rules, phoenix::ProofRules::released);
    for (const Network& network : networks()) {
        const auto verifiers = phoenix::TransferVerifiers::of_network(network.name);
        ASSERT_TRUE(verifiers) << network.name;
        EXPECT_EQ(verifiers->rules(), network.proof_rules);
    }
    EXPECT_TRUE(dusk_key().is_valid());
}

TEST(Epoch, BeginsEvery2160Blocks) {
    EXPECT_EQ(next_epoch({0}), Height{2160});
    EXPECT_EQ(next_epoch({2159}), Height{2160});
    EXPECT_EQ(next_epoch({2160}), Height{4320});
    EXPECT_EQ(eligible_from({2159}), Height{4320});
}

}  // namespace
}  // namespace dusk::ledger
