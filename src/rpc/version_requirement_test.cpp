#include "rpc/version_requirement.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc {
namespace {

bool matches(std::string_view requirement, std::string_view version) {
    const auto parsed = VersionRequirement::parse(requirement);
    EXPECT_TRUE(parsed.has_value()) << requirement;
    return parsed && parsed->matches(*Version::parse(version));
}

TEST(VersionRequirement, Compatible) {
    EXPECT_TRUE(matches("1.2.3", "1.2.3"));
    EXPECT_TRUE(matches("1.2.3", "1.9.0"));
    EXPECT_FALSE(matches("1.2.3", "1.2.2"));
    EXPECT_FALSE(matches("1.2.3", "2.0.0"));
    EXPECT_TRUE(matches("^0.2.3", "0.2.9"));
    EXPECT_FALSE(matches("^0.2.3", "0.3.0"));
    EXPECT_TRUE(matches("^0.0.3", "0.0.3"));
    EXPECT_FALSE(matches("^0.0.3", "0.0.4"));
    EXPECT_TRUE(matches("^0.0", "0.0.9"));
    EXPECT_FALSE(matches("^0.0", "0.1.0"));
    EXPECT_TRUE(matches("^0", "0.9.9"));
    EXPECT_TRUE(matches("^1.2", "1.3.0"));
    EXPECT_TRUE(matches("^1.2.0", "1.2.1"));
}

TEST(VersionRequirement, OrderedOnes) {
    EXPECT_TRUE(matches(">1.2", "1.3.0"));
    EXPECT_FALSE(matches(">1.2", "1.2.9"));
    EXPECT_TRUE(matches(">=1.2", "1.2.9"));
    EXPECT_TRUE(matches("<1.2", "1.1.9"));
    EXPECT_FALSE(matches("<1.2", "1.2.0"));
    EXPECT_TRUE(matches("<=1.2", "1.2.9"));
    EXPECT_TRUE(matches(">=1.0.0, <2.0.0", "1.7.0"));
    EXPECT_FALSE(matches(">=1.0.0, <1.7.0", "1.7.0"));
    EXPECT_TRUE(matches("~1.6", "1.6.9"));
    EXPECT_FALSE(matches("~1.6", "1.7.0"));
    EXPECT_TRUE(matches("~1.6.3", "1.6.4"));
    EXPECT_FALSE(matches("~1.6.3", "1.6.2"));
    EXPECT_TRUE(matches("=1.6", "1.6.4"));
    EXPECT_TRUE(matches("1.*", "1.6.4"));
    EXPECT_TRUE(matches("1.6.x", "1.6.4"));
    EXPECT_FALSE(matches("1.6.X", "1.7.4"));
    EXPECT_TRUE(matches(" * ", "0.0.1"));
}

TEST(VersionRequirement, BeforeARelease) {
    EXPECT_TRUE(matches("1.7.0-dev", "1.7.0-rc.1"));
    EXPECT_FALSE(matches("1.7.0-rc.2", "1.7.0-rc.1"));
    EXPECT_TRUE(matches("1.7.0-rc.2", "1.7.0-rc.10"));
    EXPECT_TRUE(matches("1.7.0-rc.2", "1.7.0"));
    EXPECT_FALSE(matches("1.0.0", "1.7.0-rc.1"));
    EXPECT_FALSE(matches("*", "1.7.0-rc.1"));
    EXPECT_TRUE(matches(">1.7.0-a.1", "1.7.0-a.b"));
    EXPECT_TRUE(matches(">1.7.0-a", "1.7.0-a.b"));
    EXPECT_TRUE(matches("<1.7.0", "1.6.0"));
}

TEST(VersionRequirement, OneForm) {
    const auto text = [](std::string_view requirement) { return VersionRequirement::parse(requirement)->to_text(); };
    EXPECT_EQ(text("1.0.0-rc.0"), "^1.0.0-rc.0");
    EXPECT_EQ(text("1.x"), "1.*");
    EXPECT_EQ(text("1.x.x"), "1.*");
    EXPECT_EQ(text(">= 1.0.0,<2"), ">=1.0.0, <2");
    EXPECT_EQ(text("X"), "*");
    EXPECT_EQ(text("1.2.3+build.01"), "^1.2.3");
}

TEST(VersionRequirement, WhatIsNone) {
    for (const std::string_view bad :
         {"", " ", "garbage", "1.", "1..2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1 2", "1,", "1,,2", "*,1",
          "1.*.3", "1.2.3.4", "99999999999999999999", ">", "1.2.3 -a"}) {
        EXPECT_FALSE(VersionRequirement::parse(bad).has_value()) << bad;
    }
    std::string many = "1";
    for (int i = 0; i < 40; ++i) many += ",1";
    EXPECT_FALSE(VersionRequirement::parse(many).has_value());
    EXPECT_EQ(VersionRequirement::parse("garbage").error(),
              "unexpected character 'g' while parsing major version number");
}

TEST(Version, AsText) {
    for (const std::string_view good : {"1.7.0", "1.7.0-rc.1", "0.0.0-0a"}) {
        EXPECT_EQ(Version::parse(good)->to_text(), good);
    }
    for (const std::string_view bad : {"1.7", "1.7.0-", "1.7.0.0", "v1.7.0", "1.07.0", ""}) {
        EXPECT_FALSE(Version::parse(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace dusk::rpc
