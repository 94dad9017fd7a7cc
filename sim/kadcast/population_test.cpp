#include "sim/kadcast/population.hpp"

#include <gtest/gtest.h>

#include <set>

namespace dusk::sim {
namespace {

TEST(Population, nodes_have_addresses_of_their_own_by_which_they_are_found) {
    const Population population(3000, 7);
    std::set<kadcast::NodeId> ids;
    for (VirtualNode node = 0; node < population.size(); ++node) {
        const auto& identity = population.identity(node);
        EXPECT_EQ(population.node_at(identity.address), node);
        EXPECT_EQ(identity.id, kadcast::id_of(identity.address));
        EXPECT_TRUE(kadcast::meets_difficulty(identity.id, identity.nonce));
        ids.insert(identity.id);
    }
    EXPECT_EQ(ids.size(), population.size());
}

TEST(Population, another_seed_gives_other_addresses) {
    EXPECT_NE(Population(10, 1).identity(9).address, Population(10, 2).identity(9).address);
}

}  // namespace
}  // namespace dusk::sim
