#include "wallet/public_history.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "ledger/identifiers.hpp"

namespace dusk::wallet {
namespace {

using nlohmann::json;

const std::string kOwn = "own";
const std::string kOther = "other";

json event(const ledger::ContractId& contract, const std::string& topic, json data, bool reverted = false) {
    return {{"target", to_hex(contract.bytes)}, {"topic", topic}, {"data", std::move(data)}, {"reverted", reverted}};
}
json transfer(const std::string& topic, json data) { return event(ledger::kTransferContract, topic, std::move(data)); }
json paid(const std::string& sender, json receiver, const std::string& value) {
    return transfer("moonlight", {{"sender", sender},
                                  {"receiver", std::move(receiver)},
                                  {"value", value},
                                  {"memo", "6869"},
                                  {"gas_spent", "21"},
                                  {"refund_info", nullptr}});
}
json transaction(std::vector<json> events) {
    return {{"block_height", 7U}, {"origin", std::string(64, 'a')}, {"events", std::move(events)}};
}

// What one transaction is to the account.
PublicMove only(std::vector<json> events) {
    const auto moves = read_public_history(json::array({transaction(std::move(events))}), kOwn);
    EXPECT_TRUE(moves);
    EXPECT_EQ(moves->size(), 1U);
    return moves->empty() ? PublicMove{} : moves->front();
}

TEST(PublicHistory, TellsWhoPaidWhom) {
    const PublicMove sent = only({paid(kOwn, kOther, "5")});
    EXPECT_EQ(sent.action, "send");
    EXPECT_EQ(sent.value.value, 5U);
    EXPECT_EQ(sent.other, kOther);
    EXPECT_EQ(sent.memo, (Bytes{'h', 'i'}));
    EXPECT_EQ(sent.gas_spent.value, 21U);
    EXPECT_EQ(sent.height, 7U);
    const PublicMove received = only({paid(kOther, kOwn, "18446744073709551615")});
    EXPECT_EQ(received.action, "received");
    EXPECT_EQ(received.value.value, ~std::uint64_t{0});
    EXPECT_EQ(received.other, kOther);
    EXPECT_EQ(received.gas_spent.value, 0U);
}

TEST(PublicHistory, TellsStakesClaimsAndCalls) {
    const json deposit = transfer("deposit", {{"sender", kOwn}, {"receiver", "02"}, {"value", "900"}});
    const auto stake = [](const std::string& topic) {
        return event(ledger::kStakeContract, topic, {{"keys", json::object()}, {"value", "800"}, {"locked", "100"}});
    };
    const PublicMove staked = only({deposit, stake("stake"), paid(kOwn, nullptr, "0")});
    EXPECT_EQ(staked.action, "stake");
    EXPECT_EQ(staked.value.value, 900U);
    EXPECT_EQ(only({stake("unstake"), paid(kOwn, nullptr, "0")}).action, "unstake");
    EXPECT_EQ(only({stake("withdraw"), paid(kOwn, nullptr, "0")}).action, "claim");
    const ledger::ContractId contract{{9}};
    const PublicMove called = only({event(contract, "changed", "00ff"), deposit, paid(kOwn, nullptr, "0")});
    EXPECT_EQ(called.action, "call");
    EXPECT_EQ(called.value.value, 900U);
    EXPECT_EQ(called.other, to_hex(contract.bytes));
}

TEST(PublicHistory, TellsWhatContractsPay) {
    const auto convert = [](const char* kind) {
        return transfer("convert", {{"sender", nullptr}, {"receiver", {{kind, kOwn}}}, {"value", "3"}});
    };
    const PublicMove shielded = only({convert("Phoenix"), paid(kOwn, nullptr, "0")});
    EXPECT_EQ(shielded.action, "shield");
    EXPECT_EQ(shielded.value.value, 3U);
    EXPECT_EQ(only({convert("Moonlight")}).action, "received");
    EXPECT_EQ(
        only({transfer("contract_to_account", {{"sender", "09"}, {"receiver", kOwn}, {"value", "4"}})}).value.value,
        4U);
    json refunded = paid(kOther, "third", "1");
    refunded["data"]["refund_info"] = json::array({kOwn, "6"});
    EXPECT_EQ(only({refunded}).value.value, 6U);
}

TEST(PublicHistory, AFailedCallMovedNothing) {
    const PublicMove failed =
        only({event(ledger::kStakeContract, "stake", {{"value", "800"}}, true), paid(kOwn, nullptr, "0")});
    EXPECT_TRUE(failed.is_failed);
    EXPECT_EQ(failed.value.value, 0U);
}

TEST(PublicHistory, WhatIsNotKnownCostsNothingElse) {
    json list = json::array({transaction({event(ledger::kTransferContract, "later", json::array())}),
                             transaction({transfer("moonlight", "00")}), transaction({paid(kOther, "third", "1")}),
                             transaction({json("nonsense"), paid(kOther, kOwn, "2")})});
    list.push_back({{"origin", std::string(64, 'b')}, {"events", "none"}});
    const auto moves = read_public_history(list, kOwn);
    ASSERT_TRUE(moves);
    ASSERT_EQ(moves->size(), 1U);
    EXPECT_EQ(moves->front().value.value, 2U);
    EXPECT_TRUE(read_public_history(nullptr, kOwn)->empty());
    EXPECT_FALSE(read_public_history(json::object(), kOwn));
    EXPECT_FALSE(read_public_history(json::array({json::object()}), kOwn));
}

}  // namespace
}  // namespace dusk::wallet
