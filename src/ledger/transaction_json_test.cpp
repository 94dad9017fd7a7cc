// The JSON of nodes. Transactions and texts come from the official wallet and node.
#include "ledger/transaction_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "ledger/sample_transactions.hpp"

namespace dusk::ledger {
namespace {

constexpr std::string_view kSender =
    "oD8VGytsNCsUoVPgZowFvAmDvhpjfQU121EbsBYxE9BQX8yUYyV9ihwXXJpo6UEzNHjhhdHZUk9wP9Q9sFs1jbd5XyqKza8BYa81EX7o8wV2ptdKWW"
    "uarkWf3e7v8kJK68T";
constexpr std::string_view kReceiver =
    "24UCTrHjDaVhJNy5cjNruH8r7SXYayqp9whq4QWR4fk7y6LjF1q712ywT4aWthRD7ASEDWFH1ZLbWRzqEZZugVmobys1YbA94xT7ACmjH74EQrsSiE"
    "Umktp5rhgeSazD127p";

std::string json_of(std::string_view wire) {
    return transaction_json(decode_any(from_hex(wire).value()).value().transaction).dump();
}

std::string fee_of(std::string_view price) {
    return R"("fee":{"gas_limit":"2900000000","gas_price":")" + std::string(price) + R"(","refund_address":")" +
           std::string(kSender) + R"("})";
}

TEST(TransactionJson, OfATransferWithAMemo) {
    EXPECT_EQ(
        json_of(
            "01fa00000000000000028624c771fac7a3df7971a7e7c22117950fd3a26f256fd4ac68a1c463f339b71da5766bb7fb0c99da98e393"
            "0421e394040dce31b2132da3ee004cfbfca28019c74fabb539e85810baf81bfecf7790e5f3534cbab7c2e8ba8c653a9baad0bbc264"
            "01b27141a4c79595473f183ba0a6f27a760e1afb7adf9184cc62cdac7cf8b793e6283beadce57e0f29fbaee56bb1c48cc101ad04fb"
            "e5d5c2e8660659fc3cc6806fa727bd758128ecf7571d2fe87942122907979ef60a4045475be1077b6f3bb3cf010000000000000000"
            "00000000000000007ddaac00000000010000000000000000080000000000000003060000000000000061206d656d6fa16a023a8bcd"
            "5ccde8c20ce9f835143857063e49257355ccc012fb0a620981ce85cfc4b4d3214e4dcc1ae293c8d86a36"),
        R"({"type":"moonlight","sender":")" + std::string(kSender) + R"(","receiver":")" + std::string(kReceiver) +
            R"(","value":1,"nonce":8,"deposit":0,)" + fee_of("1") +
            R"(,"call":null,"is_deploy":false,"memo":"61206d656d6f"})");
}

TEST(TransactionJson, OfACall) {
    EXPECT_EQ(
        json_of(
            "01c500000000000000028624c771fac7a3df7971a7e7c22117950fd3a26f256fd4ac68a1c463f339b71da5766bb7fb0c99da98e393"
            "0421e394040dce31b2132da3ee004cfbfca28019c74fabb539e85810baf81bfecf7790e5f3534cbab7c2e8ba8c653a9baad0bbc264"
            "0000000000000000003700000000000000007ddaac0000000001000000000000000008000000000000000103030303030303030303"
            "0303030303030303030303030303030303030303030305000000000000006d795f666e040000000000000001020304874bbb8ce09e"
            "7ff623fdf1fb1fad5385ec1425423a0bb9efe787ff358d97e6683390a8b33c301ea8dc93a575c11929a0"),
        R"({"type":"moonlight","sender":")" + std::string(kSender) +
            R"(","receiver":null,"value":0,"nonce":8,"deposit":55,)" + fee_of("1") +
            R"(,"call":{"contract":"0303030303030303030303030303030303030303030303030303030303030303",)"
            R"("fn_name":"my_fn","fn_args":"AQIDBA=="},"is_deploy":false,"memo":null})");
}

TEST(TransactionJson, OfADeployment) {
    const auto json = nlohmann::json::parse(transaction_json(samples::some_moonlight(3, 2)).dump());
    EXPECT_EQ(json["is_deploy"], true);
    EXPECT_TRUE(json["call"].is_null());
    EXPECT_TRUE(json["memo"].is_null());
}

TEST(TransactionJson, OfNotes) {
    const Transaction transaction = samples::some_phoenix(2, 4);
    const PhoenixPayload& payload = transaction.phoenix()->payload;
    const auto json = transaction_json(transaction);
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items()) keys.push_back(key);
    EXPECT_EQ(keys, (std::vector<std::string>{"type", "root", "nullifiers", "deposit", "outputs", "fee", "call",
                                              "is_deploy", "memo"}));
    EXPECT_EQ(json["type"], "phoenix");
    EXPECT_EQ(json["nullifiers"].size(), 2);
    EXPECT_EQ(json["nullifiers"][1], to_hex(payload.skeleton.nullifiers[1].to_bytes()));
    EXPECT_EQ(json["deposit"], payload.skeleton.deposit);
    EXPECT_EQ(json["outputs"].size(), 2);
    const phoenix::Note& change = payload.skeleton.outputs[1];
    EXPECT_EQ(json["outputs"][1]["type"], 1);
    EXPECT_EQ(json["outputs"][1]["value_commitment"][0], to_hex(change.value_commitment().u().to_bytes()));
    EXPECT_EQ(json["outputs"][1]["value_commitment"][1], to_hex(change.value_commitment().v().to_bytes()));
    EXPECT_EQ(json["outputs"][1]["stealth_address"], to_base58(change.stealth_address().to_bytes()));
    EXPECT_EQ(json["outputs"][1]["sender"], to_hex(change.sender().to_bytes()));
    EXPECT_EQ(json["fee"]["gas_limit"], std::to_string(payload.fee.gas_limit.value));
    EXPECT_EQ(json["fee"]["phoenix sender"], to_hex(payload.fee.sender.to_bytes()));
    EXPECT_EQ(json["memo"], to_hex(transaction.memo()->bytes));
}

}  // namespace
}  // namespace dusk::ledger
