#include "rpc/rues_rules.hpp"

#include <gtest/gtest.h>

#include "crypto/os_random.hpp"
#include "rpc/percent.hpp"

namespace dusk::rpc {
namespace {

std::string text(const HttpResponse& response) { return {response.body.begin(), response.body.end()}; }

std::string refusal(HttpHeaders headers, std::string_view version = "1.7.0") {
    const auto response =
        refuse_version({.method = "POST", .path = "/on/node/info", .headers = std::move(headers), .body = {}}, version);
    if (!response) return "";
    EXPECT_EQ(response->status, 400U);
    return text(*response);
}

TEST(RefuseVersion, WhatClientsSend) {
    EXPECT_EQ(refusal({}), "");
    EXPECT_EQ(refusal({{"rusk-version", "1.0.0-rc.0"}}), "");
    EXPECT_EQ(refusal({{"Rusk-Version", "1.0.0"}, {"Rusk-Version-Strict", ""}}), "");
    EXPECT_EQ(refusal({{"Rusk-Version", "2.0.0"}}),
              R"({"error":"Version error: Mismatched rusk version: requested ^2.0.0 - current 1.7.0"})");
    EXPECT_EQ(refusal({{"Rusk-Version-Strict", "true"}}),
              R"({"error":"Version error: Missing Rusk-Version header while Rusk-Version-Strict is set"})");
    EXPECT_EQ(refusal({{"Rusk-Version", "1.\x80"}}),
              R"({"error":"Version error: Invalid Rusk-Version header encoding"})");
    EXPECT_EQ(refusal({{"Rusk-Version", "abc"}}),
              R"({"error":"Version error: unexpected character 'a' while parsing major version number"})");
}

TEST(RefuseVersion, BeforeARelease) {
    EXPECT_EQ(refusal({{"Rusk-Version", "1.0.0"}}, "1.7.0-rc.1"), "");
    EXPECT_EQ(refusal({{"Rusk-Version", "1.0.0"}, {"Rusk-Version-Strict", "1"}}, "1.7.0-rc.1"),
              R"({"error":"Version error: Mismatched rusk version: requested ^1.0.0 - current 1.7.0-rc.1"})");
}

TEST(EchoHeaders, ThoseOfTheClient) {
    HttpResponse response;
    echo_headers({{"X-Id", "7"}, {"Accept", "*"}, {"x-", ""}}, response);
    EXPECT_EQ(response.headers, (HttpHeaders{{"X-Id", "7"}, {"x-", ""}}));
}

TEST(Percent, Decoded) {
    EXPECT_EQ(percent_decoded("a%3Ab%3a"), "a:b:");
    EXPECT_EQ(percent_decoded(""), "");
    EXPECT_EQ(percent_decoded("%"), std::nullopt);
    EXPECT_EQ(percent_decoded("a%4"), std::nullopt);
    EXPECT_EQ(percent_decoded("%zz"), std::nullopt);
    EXPECT_EQ(percent_decoded("%ff"), std::nullopt);
}

TEST(RefuseHeaders, WhatIsNoText) {
    const auto refusal = [](HttpHeaders headers) {
        const auto response =
            refuse_headers({.method = "POST", .path = "/on/node/info", .headers = std::move(headers), .body = {}});
        return response ? text(*response) : "";
    };
    EXPECT_EQ(refusal({{"A", "b\tc ~"}, {"X-Empty", ""}}), "");
    EXPECT_EQ(refusal({{"Accept", "*"}, {"X-Name", "\xc3\xa9"}}),
              R"({"error":"Invalid payload: Invalid header encoding for x-name"})");
}

TEST(ChangeSubscription, BySession) {
    crypto::OsRandom random;
    EventStream stream{{}, random};
    const auto listener = stream.open();
    const auto change = [&](std::string method, std::string session, Subscription subscription) {
        return change_subscription(stream,
                                   {.method = std::move(method),
                                    .path = "/on/",
                                    .headers = {{"rusk-session-id", std::move(session)}},
                                    .body = {}},
                                   std::move(subscription))
            .status;
    };
    const std::string session = listener->session();
    EXPECT_EQ(change("GET", session, {.component = "blocks", .topic = "accepted"}), 200U);
    EXPECT_EQ(change("GET", session, {.component = "blocks", .topic = "accepted"}), 200U);
    EXPECT_EQ(change("DELETE", session, {.component = "blocks", .entity = "bb", .topic = "accepted"}), 404U);
    EXPECT_EQ(change("DELETE", session, {.component = "blocks", .topic = "accepted"}), 200U);
    EXPECT_EQ(change("GET", "00", {.component = "blocks", .topic = "accepted"}), 424U);
    EXPECT_EQ(change("GET", "", {.component = "blocks", .topic = "accepted"}), 424U);
    EXPECT_EQ(change("GET", session, {.component = "contracts", .entity = "0a:1", .topic = "mint"}), 200U);
    stream.publish({.component = "contracts", .entity = "0a:1", .topic = "mint"});
    EXPECT_NE(listener->take(), nullptr);
}

}  // namespace
}  // namespace dusk::rpc
