#include "rpc/access_policy.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc {
namespace {

using namespace std::chrono_literals;

HttpRequest request_for(std::string path, std::string method = "POST", HttpHeaders headers = {}) {
    return {.method = std::move(method), .path = std::move(path), .headers = std::move(headers), .body = {}};
}

// Status of the answer; 0: admitted.
unsigned outcome(AccessPolicy& policy, const HttpRequest& request) {
    const auto admitted = policy.admit(request, RequestClass::other_rues, MonotonicTime{});
    return admitted ? 0 : admitted.error().status;
}

node::AccessRule rule(bool allows, std::string path) {
    node::AccessRule out;
    out.allows = allows;
    out.path = std::move(path);
    return out;
}

TEST(AccessPolicy, Wildcards) {
    EXPECT_TRUE(fits_wildcard("/on/node/info", "/ON/node/info"));
    EXPECT_FALSE(fits_wildcard("/on/node", "/on/node/info"));
    EXPECT_TRUE(fits_wildcard("/on/*", "/on/a/b/c"));
    EXPECT_TRUE(fits_wildcard("*", ""));
    EXPECT_TRUE(fits_wildcard("", ""));
    EXPECT_FALSE(fits_wildcard("", "a"));
    EXPECT_TRUE(fits_wildcard("*driver", "/on/driver/driver"));
    EXPECT_FALSE(fits_wildcard("*driver", "/on/drivers"));
    EXPECT_TRUE(fits_wildcard("/on/*:*/status", "/on/account:x/status"));
    EXPECT_FALSE(fits_wildcard("/on/*:*/status", "/on/account/status"));
    EXPECT_TRUE(fits_wildcard("a**b", "ab"));
    // What backtracking without memory would take for ever.
    EXPECT_FALSE(fits_wildcard("*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

TEST(AccessPolicy, TheFirstRuleThatFitsDecides) {
    node::HttpSettings settings;
    settings.access_rules = true;
    settings.rules = {rule(false, "/on/node/crs"), rule(true, "/on/node/*"), rule(false, "/on/contracts:*")};
    settings.rules.back().methods = {"post"};
    AccessPolicy policy(settings);
    EXPECT_EQ(outcome(policy, request_for("/on/node/crs")), 403U);
    EXPECT_EQ(outcome(policy, request_for("/on/node/%63r%73")), 403U);
    EXPECT_EQ(outcome(policy, request_for("/on/node/info")), 0U);
    EXPECT_EQ(outcome(policy, request_for("/on/contracts:aa/f")), 403U);
    EXPECT_EQ(outcome(policy, request_for("/on/contracts:aa/f", "GET")), 0U);
    EXPECT_EQ(outcome(policy, request_for("/on/blocks/gas-price")), 0U);
    EXPECT_EQ(policy.counters().denied, 3U);
}

TEST(AccessPolicy, WhatNoRuleFits) {
    node::HttpSettings settings;
    settings.access_rules = true;
    settings.allow_by_default = false;
    settings.rules = {rule(true, "*")};
    settings.rules.back().headers = {{"X-Key", "secret"}};
    AccessPolicy policy(settings);
    EXPECT_EQ(outcome(policy, request_for("/on/node/info")), 403U);
    EXPECT_EQ(outcome(policy, request_for("/on/node/info", "POST", {{"x-key", "secret"}})), 0U);
    EXPECT_EQ(outcome(policy, request_for("/on/node/info", "POST", {{"x-key", "Secret"}})), 403U);
    EXPECT_EQ(outcome(policy, request_for("/online")), 403U);
    EXPECT_EQ(outcome(policy, request_for("/status")), 0U);
    settings.policy = false;
    AccessPolicy none(settings);
    EXPECT_EQ(outcome(none, request_for("/on/node/info")), 0U);
}

TEST(AccessPolicy, SoManyInAWindow) {
    node::HttpSettings settings;
    settings.limits[static_cast<std::size_t>(RequestClass::feeder_query)] = {.rps = 2, .burst = 4, .concurrency = 9};
    AccessPolicy policy(settings);
    const HttpRequest request = request_for("/on/contracts:aa/f");
    MonotonicTime now{};
    const auto admit = [&] { return policy.admit(request, RequestClass::feeder_query, now).has_value(); };
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(admit());
    const auto refused = policy.admit(request, RequestClass::feeder_query, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().status, 429U);
    EXPECT_EQ(refused.error().headers.back(), (std::pair<std::string, std::string>("Retry-After", "1")));
    now += 1999ms;
    EXPECT_FALSE(admit());
    now += 1ms;
    EXPECT_TRUE(admit());
    // Other kinds are counted apart.
    EXPECT_TRUE(policy.admit(request, RequestClass::contract_query, now));
    EXPECT_EQ(policy.counters().too_often, 2U);
}

TEST(AccessPolicy, SoManyAtOnce) {
    node::HttpSettings settings;
    settings.limits[static_cast<std::size_t>(RequestClass::graphql)] = {.rps = 1, .burst = 3, .concurrency = 2};
    AccessPolicy policy(settings);
    const HttpRequest request = request_for("/graphql");
    const auto admit = [&] { return policy.admit(request, RequestClass::graphql, MonotonicTime{}); };
    auto first = admit();
    const auto second = admit();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(admit());  // and takes nothing of the window
    EXPECT_EQ(policy.counters().too_many, 1U);
    first->reset();
    EXPECT_TRUE(admit());
    EXPECT_FALSE(admit());
    EXPECT_EQ(policy.counters().too_often, 1U);
}

}  // namespace
}  // namespace dusk::rpc
