// The first states of the released networks have the roots that the official builder computes, and the contracts answer
// as they do there.
#include "base/hex.hpp"
#include "temporary_machine.hpp"
#include "vector_file.hpp"

namespace dusk::genesis {
namespace {

class GenesisRoots : public TemporaryMachine, public testing::WithParamInterface<const char*> {};

TEST_P(GenesisRoots, AreTheOfficialOnes) {
    const auto snapshot = parse_snapshot(official_snapshot(GetParam()));
    ASSERT_TRUE(snapshot) << snapshot.error();
    const auto root = build_state(*machine_, official_contracts(), *snapshot, dusk_key());
    ASSERT_TRUE(root) << describe(root.error());
    EXPECT_EQ(to_hex(*root), text(vector_file("genesis")["roots"][GetParam()]));
}

INSTANTIATE_TEST_SUITE_P(Networks, GenesisRoots,
                         testing::Values("localnet", "singlenet", "devnet", "testnet", "mainnet"),
                         [](const auto& info) { return std::string(info.param); });

class GenesisState : public TemporaryMachine {
  protected:
    void SetUp() override {
        const auto snapshot = parse_snapshot(official_snapshot("localnet"));
        ASSERT_TRUE(snapshot) << snapshot.error();
        const auto root = build_state(*machine_, official_contracts(), *snapshot, dusk_key());
        ASSERT_TRUE(root) << describe(root.error());
        root_ = *root;
    }
    vm::Hash root_{};
};

TEST_F(GenesisState, SurvivesARestart) {
    open();
    const auto session = machine_->session(root_, kGenesisChainId, 1);
    ASSERT_TRUE(session) << describe(session.error());
    EXPECT_EQ((*session)->root(), root_);
}

TEST_F(GenesisState, HoldsOneNote) {
    const auto session = machine_->session(root_, kGenesisChainId, 1);
    ASSERT_TRUE(session);
    vm::ContractId transfer{1};
    const auto notes = (*session)->call(transfer, "num_notes", {}, 1'000'000);
    ASSERT_TRUE(notes) << describe(notes.error());
    EXPECT_EQ(load_le<std::uint64_t>(notes->data.data()), 1);
}

TEST(Snapshot, WhatIsWrongIsNamed) {
    const auto error_of = [](std::string_view text) {
        const auto snapshot = parse_snapshot(text);
        return snapshot ? std::string() : snapshot.error();
    };
    EXPECT_EQ(error_of(""), "");
    EXPECT_EQ(error_of("unknown = 1"), "");
    EXPECT_NE(error_of("[[stake"), "");
    EXPECT_EQ(error_of("base_state = 'https://x'"), "base_state is not supported");
    EXPECT_EQ(error_of("owner = 'x'"), "owner is no key");
    EXPECT_EQ(error_of("[[stake]]\namount = 1"), "address is missing");
    EXPECT_EQ(error_of("[[moonlight_account]]\naddress = '1'\nbalance = 1"), "address is no key");
    EXPECT_EQ(error_of("stake = [1]"), "stake is not a list of tables");
}

}  // namespace
}  // namespace dusk::genesis
