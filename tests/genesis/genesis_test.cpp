// The first states of the released networks have the roots that the official builder computes, and the contracts answer
// as they do there.
#include "base/hex.hpp"
#include "temporary_machine.hpp"
#include "vector_file.hpp"

namespace dusk::genesis {
namespace {

class GenesisRoots : public TemporaryMachine, public testing::WithParamInterface<const char*> {};

TEST_P(GenesisRoots, AreTheOfficialOnes) {
    ASSERT_NO_FATAL_FAILURE(build(official_snapshot(GetParam())));
    EXPECT_EQ(to_hex(root_), text(vector_file("genesis")["roots"][GetParam()]));
}

INSTANTIATE_TEST_SUITE_P(Networks, GenesisRoots,
                         testing::Values("localnet", "singlenet", "devnet", "testnet", "mainnet"),
                         [](const auto& info) { return std::string(info.param); });

class GenesisState : public TemporaryMachine {
  protected:
    void SetUp() override { ASSERT_NO_FATAL_FAILURE(build(official_snapshot("localnet"))); }

    [[nodiscard]] std::unique_ptr<vm::Session> session() const {
        return machine_->session(root_, static_cast<std::uint8_t>(ledger::kGenesisChainId), 1).value();
    }
};

TEST_F(GenesisState, SurvivesARestart) {
    open();
    EXPECT_EQ(session()->root(), root_);
}

TEST_F(GenesisState, HoldsOneNote) {
    const auto notes = session()->call(ledger::kTransferContract.bytes, "num_notes", {}, 1'000'000);
    ASSERT_TRUE(notes) << describe(notes.error());
    EXPECT_EQ(load_le<std::uint64_t>(notes->data.data()), 1);
}

TEST_F(GenesisState, OnDevnetHasAnotherRoot) {
    const vm::Hash rusk = root_;
    ASSERT_NO_FATAL_FAILURE(build(official_snapshot("localnet"), ledger::devnet()));
    EXPECT_NE(root_, rusk);
}

TEST_F(TemporaryMachine, SnapshotsWithoutAFixedRootAreRefused) {
    const auto error_of = [&](const ledger::GenesisSnapshot& snapshot) {
        const auto contracts = execution::genesis_contracts(ledger::rusk_network());
        const auto state = execution::build_genesis_state(*machine_, contracts, snapshot);
        return state ? std::optional<execution::GenesisStateError>() : state.error().kind;
    };
    ledger::GenesisSnapshot snapshot;
    snapshot.base_state = "https://example.org/state.zip";
    EXPECT_EQ(error_of(snapshot), execution::GenesisStateError::base_state);
    snapshot = {};
    snapshot.phoenix_balances.push_back({.notes = {{1}}});
    EXPECT_EQ(error_of(snapshot), execution::GenesisStateError::no_seed);
    snapshot = {};
    snapshot.stakes.resize(2);
    snapshot.stakes[0].amount = snapshot.stakes[1].amount = {std::uint64_t{1} << 63U};
    EXPECT_EQ(error_of(snapshot), execution::GenesisStateError::too_much_stake);
}

}  // namespace
}  // namespace dusk::genesis
