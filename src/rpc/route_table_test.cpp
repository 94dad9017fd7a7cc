#include "rpc/route_table.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc {
namespace {

RouteTable table_of(const std::vector<std::pair<std::string, std::string>>& routes) {
    RouteTable out;
    for (const auto& [method, pattern] : routes) out.add(method, pattern, RequestClass::other_rues, {});
    return out;
}

std::string found(const RouteTable& table, std::string_view path) {
    const auto match = table.find(path);
    if (!match) return "none";
    std::string out = match->path->pattern;
    if (!match->parameters) return out + " undecoded";
    for (const std::string& one : *match->parameters) out += " " + one;
    return out;
}

const RouteTable& sample() {
    static const RouteTable table = table_of({{"POST", "/on/node/{}"},
                                              {"POST", "/on/contract:{}/{}"},
                                              {"POST", "/on/contract:{}/status"},
                                              {"POST", "/on/contracts:{}/{}"},
                                              {"GET", "/on/contracts:{}/{}"},
                                              {"GET", "/on"},
                                              {"GET", "/ui"},
                                              {"GET", "/ui/{*}"},
                                              {"GET", "/static/drivers/{}"}});
    return table;
}

TEST(RouteTable, Patterns) {
    EXPECT_EQ(found(sample(), "/on"), "/on");
    EXPECT_EQ(found(sample(), "/on/node/info"), "/on/node/{} info");
    EXPECT_EQ(found(sample(), "/on/contract:aa/metadata"), "/on/contract:{}/{} aa metadata");
    EXPECT_EQ(found(sample(), "/on/contract:aa/status"), "/on/contract:{}/status aa");
    EXPECT_EQ(found(sample(), "/on/contracts:a:b/f"), "/on/contracts:{}/{} a:b f");
    EXPECT_EQ(found(sample(), "/on/contracts:%61/f%2Fg"), "/on/contracts:{}/{} a f/g");
    EXPECT_EQ(found(sample(), "/ui"), "/ui");
    EXPECT_EQ(found(sample(), "/ui/block/7"), "/ui/{*} block/7");
    EXPECT_EQ(found(sample(), "/ui/a%20b//c"), "/ui/{*} a b//c");
    EXPECT_EQ(found(sample(), "/on/contracts:%zz/f"), "/on/contracts:{}/{} undecoded");
    EXPECT_EQ(found(sample(), "/on/contracts:%ff/f"), "/on/contracts:{}/{} undecoded");
}

TEST(RouteTable, OtherPaths) {
    for (const std::string_view path :
         {"", "/", "/ON", "/on/", "/on/node", "/on/node/", "/on/node//", "/on/node/a/b", "/on/contracts:/f",
          "/on//node/info", "/on/contracts/f", "on/node/info", "/on/./node/info", "/on/../on/node/info",
          "/static/drivers/../x", "/on/Node/info", "/uix", "/ui/"}) {
        EXPECT_EQ(found(sample(), path), "none") << path;
    }
}

TEST(RouteTable, Methods) {
    const auto match = sample().find("/on/contracts:a/f");
    ASSERT_TRUE(match);
    EXPECT_NE(match->path->route("HEAD"), nullptr);
    EXPECT_NE(match->path->route("POST"), nullptr);
    EXPECT_EQ(match->path->route("post"), nullptr);
    EXPECT_EQ(match->path->route("PUT"), nullptr);
    EXPECT_EQ(match->path->allowed(), "GET,HEAD,POST");
}

}  // namespace
}  // namespace dusk::rpc
