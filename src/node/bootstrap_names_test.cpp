#include "node/bootstrap_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace dusk::node {
namespace {

TEST(BootstrapNames, AreNamesOrAddressesWithPorts) {
    for (const char* good : {"127.0.0.1:9000", "[::1]:9000", "host.example:9000", "a-b_c.d:1", "localhost:65535"}) {
        EXPECT_TRUE(is_node_name(good)) << good;
    }
    for (const char* bad : {"", "host", ":9000", "host:", "host:0", "127.0.0.1:0", "host:65536", "ho st:1", "::1:9000",
                            "http://host:1", "host/x:1"}) {
        EXPECT_FALSE(is_node_name(bad)) << bad;
    }
    EXPECT_FALSE(is_node_name(std::string(254, 'a') + ":1"));
}

TEST(BootstrapNames, AreLookedUp) {
    const auto found = look_up("localhost:9000");
    ASSERT_TRUE(found) << found.error();
    ASSERT_FALSE(found->empty());
    EXPECT_TRUE(std::ranges::all_of(*found, [](const auto& one) { return one.port == 9000; }));
    EXPECT_EQ(look_up("10.1.2.3:9000")->front().to_text(), "10.1.2.3:9000");
    EXPECT_FALSE(look_up("nobody.invalid:9000"));
}

TEST(BootstrapNames, NeedNoQuestionWhereTheyAreAddresses) {
    const BootstrapNames names({"10.1.2.3:9000", "[2001:db8::1]:9"});
    EXPECT_FALSE(names.has_names());
    ASSERT_EQ(names.addresses().size(), 2U);
    EXPECT_EQ(names.addresses()[1].to_text(), "[2001:db8::1]:9");
}

TEST(BootstrapNames, TheAnswerHasAddressesAndNames) {
    BootstrapNames names({"10.1.2.3:9000", "localhost:9001", "nobody.invalid:9002"});
    EXPECT_EQ(names.addresses().size(), 1U);
    std::promise<BootstrapNames::Found> promise;
    names.ask([&](BootstrapNames::Found found) {
        if (found.is_complete) promise.set_value(std::move(found));
    });
    const BootstrapNames::Found found = promise.get_future().get();
    ASSERT_GE(found.addresses.size(), 2U);
    EXPECT_EQ(found.addresses[0].to_text(), "10.1.2.3:9000");
    EXPECT_EQ(found.addresses[1].port, 9001);
    ASSERT_EQ(found.failures.size(), 1U);
    EXPECT_TRUE(found.failures[0].starts_with("nobody.invalid:9002: "));
}

TEST(BootstrapNames, NobodyIsToldAfterTheEnd) {
    std::atomic<bool> told = false;
    for (int i = 0; i < 20; ++i) {
        BootstrapNames names({"nobody.invalid:9002"});
        names.ask([&](const BootstrapNames::Found&) { told = true; });
    }
    EXPECT_FALSE(told);
}

}  // namespace
}  // namespace dusk::node
