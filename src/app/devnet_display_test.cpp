#include "app/devnet_display.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dusk::app {
namespace {

using testing::HasSubstr;

DevnetNodeView node(std::uint64_t height) {
    DevnetNodeView out;
    out.answers = out.in_sync = true;
    out.height = height;
    out.final_height = height - 1;
    out.place = DevnetNodeView::Place{height + 1, 2, 1};
    out.mempool = 7;
    out.peers = 3;
    return out;
}

TEST(DevnetNodeView, IsReadFromAStatus) {
    const auto view = DevnetNodeView::from_json(
        R"({"height": 12, "final_height": 11, "in_sync": true, "stalled": false, "idle": false, "mempool": 5, "peers": 3,
            "consensus": {"round": 13, "iteration": 1, "step": 2}, "transactions_spent": 9, "gas_spent": 8,
            "proofs_checked": 7})");
    EXPECT_TRUE(view.answers && view.in_sync);
    EXPECT_EQ(view.height, 12U);
    EXPECT_EQ(view.final_height, 11U);
    ASSERT_TRUE(view.place);
    EXPECT_EQ(view.place->round, 13U);
    EXPECT_EQ(view.place->iteration, 1U);
    EXPECT_EQ(view.place->step, 2U);
    EXPECT_EQ(view.proofs, 7U);
    for (const char* other : {"", "[]", "{}", "nonsense", R"({"error": "busy"})"}) {
        EXPECT_FALSE(DevnetNodeView::from_json(other).answers) << other;
    }
    EXPECT_FALSE(DevnetNodeView::from_json(R"({"height": -1, "consensus": null, "peers": "many"})").place);
}

TEST(DevnetPicture, ShowsEachNodeAndTheWhole) {
    const auto lines = devnet_picture({node(10), node(12), {}}, {1.25, 3.5e6, 0}, 100, 24);
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(lines[0], "height 12  final 11  mempool 7  nodes 2/3");
    EXPECT_EQ(lines[1], "1.2 tx/s  3.5M gas/s  0.0 proofs/s");
    EXPECT_THAT(lines[3], HasSubstr("11/2 validation"));
    EXPECT_THAT(lines[5], HasSubstr("does not answer"));
    EXPECT_THAT(devnet_line({node(10), node(12), {}}, {}), HasSubstr("round 13/2 validation"));
}

TEST(DevnetPicture, SaysWhatANodeDoesBesidesConsensus) {
    DevnetNodeView behind = node(3);
    behind.place.reset();
    behind.in_sync = false;
    behind.stalled = true;
    DevnetNodeView idle = node(4);
    idle.place.reset();
    idle.idle = true;
    const auto lines = devnet_picture({behind, idle}, {}, 100, 24);
    EXPECT_THAT(lines[3], HasSubstr("catching up"));
    EXPECT_THAT(lines[3], HasSubstr("stalled"));
    EXPECT_THAT(lines[4], HasSubstr("idle"));
}

TEST(DevnetPicture, FitsTheTerminal) {
    const std::vector<DevnetNodeView> nodes(40, node(123'456'789));
    for (const std::size_t columns : {1U, 20U, 79U, 300U}) {
        for (const std::size_t rows : {4U, 10U, 24U, 100U}) {
            const auto lines = devnet_picture(nodes, {}, columns, rows);
            EXPECT_LE(lines.size(), rows);
            for (const std::string& line : lines) EXPECT_LE(line.size(), columns);
        }
    }
    EXPECT_THAT(devnet_picture(nodes, {}, 79, 10).back(), HasSubstr("and 34 more"));
}

}  // namespace
}  // namespace dusk::app
