#include "rpc/cors.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc {
namespace {

HttpRequest preflight(std::string origin, HttpHeaders more = {{"Access-Control-Request-Method", "POST"}}) {
    HttpRequest out{
        .method = "OPTIONS", .path = "/on/node/info", .headers = {{"Origin", std::move(origin)}}, .body = {}};
    out.headers.insert(out.headers.end(), more.begin(), more.end());
    return out;
}

std::string header(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return "";
}

TEST(CrossOrigin, OffWithoutOrigins) {
    const CrossOrigin none({});
    EXPECT_FALSE(none.preflight(preflight("https://a.example")));
    HttpResponse response;
    none.allow("https://a.example", response);
    EXPECT_TRUE(response.headers.empty());
}

TEST(CrossOrigin, NamedOnes) {
    const CrossOrigin origins({"https://a.example"});
    const auto allowed =
        origins.preflight(preflight("https://a.example", {{"Access-Control-Request-Method", "POST"},
                                                          {"Access-Control-Request-Headers", "rusk-version"}}));
    ASSERT_TRUE(allowed);
    EXPECT_EQ(allowed->status, 204U);
    EXPECT_EQ(header(*allowed, "Access-Control-Allow-Headers"), "rusk-version");
    EXPECT_EQ(origins.preflight(preflight("https://b.example"))->status, 403U);
    EXPECT_EQ(origins.preflight(preflight(""))->status, 403U);
    // An OPTIONS of no browser is one like other methods.
    EXPECT_FALSE(origins.preflight(preflight("https://a.example", {})));
    HttpResponse response;
    origins.allow("https://a.example", response);
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "https://a.example");
    EXPECT_EQ(header(response, "Vary"), "Origin");
    HttpResponse other;
    origins.allow("https://a.example.evil", other);
    EXPECT_EQ(header(other, "Access-Control-Allow-Origin"), "");
}

TEST(CrossOrigin, All) {
    HttpResponse response;
    CrossOrigin({"*"}).allow("https://any.example", response);
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "*");
}

}  // namespace
}  // namespace dusk::rpc
