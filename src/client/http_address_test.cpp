#include "client/http_address.hpp"

#include <gtest/gtest.h>

namespace dusk::client {
namespace {

std::string read(std::string_view text) {
    const auto address = parse_http_address(text);
    if (!address) return "none";
    return std::string(address->is_secure ? "https " : "http ") + address->host + " " + std::to_string(address->port) +
           " " + address->authority();
}

TEST(HttpAddress, WithAndWithoutAScheme) {
    EXPECT_EQ(read("127.0.0.1:8080"), "http 127.0.0.1 8080 127.0.0.1:8080");
    EXPECT_EQ(read("node:80"), "http node 80 node");
    EXPECT_EQ(read("[::1]:8080"), "http ::1 8080 [::1]:8080");
    EXPECT_EQ(read("http://node.example"), "http node.example 80 node.example");
    EXPECT_EQ(read("https://node.example/"), "https node.example 443 node.example");
    EXPECT_EQ(read("https://node.example:8443//"), "https node.example 8443 node.example:8443");
    EXPECT_EQ(read("https://[2001:db8::1]"), "https 2001:db8::1 443 [2001:db8::1]");
    EXPECT_EQ(read("https://node:80"), "https node 80 node:80");
}

TEST(HttpAddress, OtherTexts) {
    for (const char* text :
         {"", "node", "::1", "node:", "node:0", "node:65536", "node:8080x", "http://", "https:///", "https://a/b",
          "ftp://node:21", "https://user@node", "https://node:80x", "https://2001:db8::1", "https://no de", "a\r\nb:80",
          "http://node?x", "HTTPS://node", ":80"}) {
        EXPECT_EQ(read(text), "none") << text;
    }
}

}  // namespace
}  // namespace dusk::client
