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

class Subscriptions : public testing::Test {
  protected:
    unsigned change(std::string method, std::string path, std::string session) {
        return change_subscription(stream_, {.method = std::move(method),
                                             .path = std::move(path),
                                             .headers = {{"rusk-session-id", std::move(session)}},
                                             .body = {}})
            .status;
    }
    crypto::OsRandom random_;
    EventStream stream_{{}, random_};
};

TEST_F(Subscriptions, ByPath) {
    const auto listener = stream_.open();
    const std::string session = listener->session();
    EXPECT_EQ(change("GET", "/on/blocks/accepted", session), 200U);
    EXPECT_EQ(change("GET", "/on/blocks/accepted", session), 200U);
    EXPECT_EQ(change("GET", "/on/blocks:aa/accepted", session), 200U);
    EXPECT_EQ(change("GET", "/on/contracts:0a%3A1/mint", session), 200U);
    EXPECT_EQ(change("DELETE", "/on/blocks:bb/accepted", session), 404U);
    EXPECT_EQ(change("DELETE", "/on/blocks/accepted", session), 200U);
    EXPECT_EQ(change("GET", "/on/blocks/accepted", "00"), 424U);
    EXPECT_EQ(change("GET", "/on/blocks/accepted", ""), 424U);
    stream_.publish({.component = "contracts", .entity = "0a:1", .topic = "mint"});
    EXPECT_NE(listener->take(), nullptr);
    for (const char* path : {"/on/contracts/mint", "/on/Blocks/accepted", "/on/blocks", "/on/blocks/",
                             "/on/blocks:/accepted", "/on/blocks/a/b", "/on/nodes/a", "/on/blocks/%zz", "/on/"}) {
        EXPECT_EQ(change("GET", path, session), 404U) << path;
    }
}

}  // namespace
}  // namespace dusk::rpc
