#include "execution/simulate.hpp"

#include <gmock/gmock.h>

#include "execution/execute_transaction.hpp"
#include "execution/test_chain.hpp"
#include "execution/try_transaction.hpp"
#include "ledger/charges.hpp"
#include "ledger/stake_contract.hpp"

namespace dusk::execution {
namespace {

using Kind = FailureReason::Kind;
using ledger::ContractCall;
using ledger::ContractDeploy;
using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::MoonlightPayload;

class Simulate : public TestChain {
  protected:
    [[nodiscard]] SimulationReport simulated(const ledger::Transaction& transaction,
                                             const SimulationLimits& limits = {}) {
        const MakeSession make = [this]() -> Result<std::unique_ptr<vm::Session>, std::string> { return session(); };
        // A slow machine must not change what is found.
        SimulationLimits patient = limits;
        patient.time = std::chrono::minutes(10);
        auto report = simulate(make, transaction, patient, clock_);
        EXPECT_TRUE(report) << report.error();
        return report ? *std::move(report) : SimulationReport{};
    }
    [[nodiscard]] bool succeeds(const ledger::Transaction& transaction, std::uint64_t limit) {
        const auto one = session();
        const auto outcome = try_transaction(*one, transaction, {limit});
        const auto* spent = std::get_if<Spent>(&outcome);
        return spent != nullptr && spent->result;
    }
    void expect_low_limit(const ledger::Transaction& transaction, const SimulationReport& report) {
        ASSERT_TRUE(report.needed_limit);
        EXPECT_TRUE(succeeds(transaction, report.needed_limit->value));
        // The machine counts at the begin of functions and loops: some gas less may do.
        EXPECT_FALSE(succeeds(transaction, report.needed_limit->value - report.needed_limit->value / 50));
    }
    [[nodiscard]] ledger::Transaction stake() {
        MoonlightPayload out = payload(1, 0, 0);
        out.value = {};
        out.fee.gas_limit = {100'000'000};
        out.deposit = {1000 * ledger::kLuxPerDusk};
        out.data = ContractCall{kStakeContract, "stake",
                                archive_write(ledger::Stake::sign(kTestChain, out.deposit, keys_[0], keys_[0]))};
        return sign(out);
    }
    static const BalanceChange* change_of(const SimulationReport& report, const ledger::AccountKey& account) {
        for (const auto& one : report.balances) {
            const auto* key = std::get_if<ledger::AccountKey>(&one.owner);
            if (key != nullptr && *key == account) return &one;
        }
        return nullptr;
    }

    const SystemClock clock_;
};

TEST_F(Simulate, ATransferSucceedsAndTellsWhoseBalancesChange) {
    const ledger::Transaction transaction = transfer(1);
    const SimulationReport report = simulated(transaction);
    EXPECT_EQ(report.outcome, SimulatedOutcome::success);
    EXPECT_FALSE(report.reason);
    const auto one = session();
    const auto executed = std::get<Spent>(execute_transaction(*one, transaction));
    EXPECT_EQ(report.gas_charged, executed.gas_spent);
    EXPECT_EQ(report.gas_spent, executed.gas_spent);
    expect_low_limit(transaction, report);
    ASSERT_EQ(report.events.size(), 1U);
    EXPECT_EQ(report.events[0].topic, "moonlight");
    const BalanceChange* sender = change_of(report, account(0));
    const BalanceChange* receiver = change_of(report, account(1));
    ASSERT_TRUE(sender != nullptr && receiver != nullptr);
    EXPECT_EQ(sender->before.value - sender->after.value, 1000 + executed.gas_spent.value);
    EXPECT_EQ(receiver->after.value - receiver->before.value, 1000U);
    EXPECT_EQ(report.balances.size(), 2U);
    ASSERT_EQ(report.state.size(), 1U);
    EXPECT_EQ(report.state[0].contract, kTransferContract.bytes);
    EXPECT_FALSE(report.state[0].is_new);
    std::uint64_t changed = 0;
    for (const auto& page : report.state[0].pages) changed += page.bytes_changed;
    EXPECT_GT(changed, 8U);
    EXPECT_FALSE(report.is_cut);
}

// A contract passes on a part of its gas: what is spent would not be enough as the limit.
TEST_F(Simulate, TheLimitOfNestedCallsIsMoreThanWhatTheySpend) {
    const ledger::Transaction transaction = stake();
    const SimulationReport report = simulated(transaction);
    ASSERT_EQ(report.outcome, SimulatedOutcome::success);
    EXPECT_FALSE(succeeds(transaction, report.gas_spent.value));
    EXPECT_GT(report.needed_limit, report.gas_spent);
    expect_low_limit(transaction, report);
    EXPECT_THAT(report.calls, testing::Contains(testing::Field(&WatchedCall::function, "stake")));
    EXPECT_THAT(report.state, testing::Contains(testing::Field(&vm::TouchedContract::contract, kStakeContract.bytes)));
    const auto contract = std::ranges::find_if(report.balances, [](const BalanceChange& one) {
        return one.owner == std::variant<ledger::AccountKey, ledger::ContractId>(kStakeContract);
    });
    ASSERT_NE(contract, report.balances.end());
    EXPECT_EQ(contract->after.value - contract->before.value, 1000 * ledger::kLuxPerDusk);
}

TEST_F(Simulate, AFailureTellsWhereItBeganAndWhy) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.data = ContractCall{kStakeContract, "stake", {1, 2, 3}};
    const SimulationReport report = simulated(sign(changed));
    EXPECT_EQ(report.outcome, SimulatedOutcome::failed);
    EXPECT_EQ(report.gas_charged, kGas);
    EXPECT_LT(report.gas_spent, kGas);
    ASSERT_TRUE(report.reason);
    EXPECT_EQ(report.reason->kind, Kind::panic);
    EXPECT_THAT(report.reason->text, testing::StartsWith("Argument should correctly deserialize"));
    EXPECT_EQ(report.reason->contract, kStakeContract.bytes);
    EXPECT_EQ(report.reason->function, "stake");
    EXPECT_FALSE(report.needed_limit);

    const auto kind_of = [&](ContractCall call) {
        changed.data = std::move(call);
        return simulated(sign(changed)).reason.value().kind;
    };
    EXPECT_EQ(kind_of({{{9}}, "nope", {}}), Kind::no_such_contract);
    EXPECT_EQ(kind_of({kStakeContract, "nope", {}}), Kind::no_such_function);
}

TEST_F(Simulate, TooLittleGasTellsHowMuchIsNeeded) {
    const SimulationReport enough = simulated(stake());
    MoonlightPayload changed = stake().moonlight()->payload;
    changed.fee.gas_limit = {enough.gas_spent.value};
    const SimulationReport report = simulated(sign(changed));
    EXPECT_NE(report.outcome, SimulatedOutcome::success);
    ASSERT_TRUE(report.reason);
    EXPECT_EQ(report.reason->kind, Kind::out_of_gas);
    EXPECT_EQ(report.needed_limit, enough.needed_limit);
    // As the network takes it.
    changed.fee.gas_limit = report.needed_limit.value();
    const auto one = session();
    EXPECT_TRUE(std::get<Spent>(execute_transaction(*one, sign(changed))).result);

    // It fails whatever it may spend.
    changed.data = ContractCall{kStakeContract, "stake", {1, 2, 3}};
    changed.fee.gas_limit = {150'000};
    const SimulationReport bad = simulated(sign(changed));
    EXPECT_EQ(bad.reason.value().kind, Kind::out_of_gas);
    EXPECT_FALSE(bad.needed_limit);
    EXPECT_EQ(bad.reason_with_more_gas.value().kind, Kind::panic);
}

TEST_F(Simulate, ADeploymentNeedsItsChargeAndTheGasOfItsInit) {
    MoonlightPayload changed = payload(1, 0, 0);
    changed.fee.gas_price = ledger::kMinDeployPrice;
    changed.data = ContractDeploy::of(test_contract("init"), {}, Bytes{5, 6, 7}, 1);
    const SimulationReport report = simulated(sign(changed));
    ASSERT_EQ(report.outcome, SimulatedOutcome::success);
    expect_low_limit(sign(changed), report);
    EXPECT_THAT(report.state, testing::Contains(testing::Field(&vm::TouchedContract::is_new, true)));
    changed.fee.gas_limit = {100'000};
    const SimulationReport poor = simulated(sign(changed));
    EXPECT_EQ(poor.outcome, SimulatedOutcome::refused);
    EXPECT_EQ(poor.needed_limit, report.needed_limit);
    changed.fee.gas_limit = kGas;
    changed.data = ContractDeploy::of(Bytes(100, 1), {}, {}, 0);
    EXPECT_EQ(simulated(sign(changed)).reason.value().kind, Kind::bad_contract);
}

TEST_F(Simulate, WhatNoBlockTakesIsRefused) {
    const SimulationReport early = simulated(transfer(2));
    EXPECT_EQ(early.outcome, SimulatedOutcome::refused);
    EXPECT_EQ(early.reason.value().kind, Kind::nonce_not_ready);
    EXPECT_TRUE(early.state.empty());
    ledger::MoonlightTransaction forged = *transfer(1).moonlight();
    forged.payload.value = {1001};
    const SimulationReport bad = simulated({forged});
    EXPECT_EQ(bad.outcome, SimulatedOutcome::refused);
    EXPECT_EQ(bad.reason.value().text, "Invalid signature!");
    MoonlightPayload cheap = payload(1, 0, 0);
    cheap.data = ContractDeploy::of(test_contract("counter"), {}, {}, 0);
    EXPECT_EQ(simulated(sign(cheap)).reason.value().kind, Kind::rejected);
}

TEST_F(Simulate, ListsEndAtTheirLimits) {
    const SimulationReport report =
        simulated(stake(), {.most_events = 1, .most_calls = 1, .most_pages = 1, .most_balances = 1});
    EXPECT_TRUE(report.is_cut);
    EXPECT_EQ(report.events.size(), 1U);
    EXPECT_EQ(report.calls.size(), 1U);
    EXPECT_LE(report.balances.size(), 1U);
    std::size_t pages = 0;
    for (const auto& one : report.state) pages += one.pages.size();
    EXPECT_EQ(pages, 1U);
    EXPECT_TRUE(report.needed_limit);
}

TEST(GasWatchTest, TheLeastGasOfWhichEnoughIsPassedOn) {
    const auto passed_on = [](std::uint64_t left) { return left / 100 * 93 + left % 100 * 93 / 100; };
    for (const std::uint64_t gas : {0ULL, 1ULL, 92ULL, 93ULL, 94ULL, 1'000'000ULL, 3'000'000'001ULL}) {
        const std::uint64_t least = least_to_pass_on(gas);
        EXPECT_GE(passed_on(least), gas);
        if (least > 0) EXPECT_LT(passed_on(least - 1), gas);
    }
    EXPECT_EQ(least_to_pass_on(~std::uint64_t{0}), ~std::uint64_t{0});
}

}  // namespace
}  // namespace dusk::execution
