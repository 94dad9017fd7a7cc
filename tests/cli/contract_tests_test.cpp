// `dusk contract test` from the outside: new projects, the samples, and tests that fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ContractTests : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-contract-tests-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Finished contract(std::vector<std::string> words) const {
        words.insert(words.begin(), "contract");
        return run({.arguments = std::move(words), .folder = folder});
    }
    // A project whose only tests are these.
    void make_project(const std::string& tests) const {
        ASSERT_EQ(contract({"new", "thing"}).exit, 0);
        std::ofstream(folder / "thing/tests/contract_test.cpp") << "#include \"../src/contract.cpp\"\n"
                                                                   "#include <dusk/contract/vm_testing.hpp>\n"
                                                                   "using namespace dusk::contract::test;\n"
                                                                << tests;
    }

    fs::path folder;
};

TEST_F(ContractTests, ANewProjectPasses) {
    ASSERT_EQ(contract({"new", "thing"}).exit, 0);
    const Finished done = contract({"test", "thing"});
    EXPECT_EQ(done.exit, 0) << done.out << done.err;
    EXPECT_THAT(done.out, HasSubstr("ok    the_owner_sets_the_value"));
    EXPECT_THAT(done.out, HasSubstr("3 passed, 0 failed"));
    EXPECT_THAT(done.out, Not(HasSubstr("gas at most")));  // no trace
    const auto report = contract({"test", "thing", "--json", "--filter", "stranger", "--trace"}).json();
    ASSERT_EQ(report["tests"].size(), 1U);
    EXPECT_EQ(report["tests"][0]["name"], "a_stranger_does_not");
    EXPECT_EQ(report["tests"][0]["trace"][2]["function"], "set");
    EXPECT_EQ(report["tests"][0]["trace"][2]["value"], 5);
    ASSERT_EQ(report["gas"].size(), 3U);
    EXPECT_EQ(report["gas"][2]["function"], "set");
    EXPECT_EQ(report["gas"][2]["calls"], 0);
    EXPECT_EQ(report["gas"][2]["failed"], 1);
    EXPECT_GT(report["gas"][1]["median"], 0);
}

TEST_F(ContractTests, TheSamplesPass) {
    for (const char* sample : {"counter", "escrow", "multisig", "token", "vote"}) {
        const Finished done = contract({"test", (fs::path(DUSK_SAMPLES) / sample / "cpp").string(), "--json"});
        ASSERT_EQ(done.exit, 0) << sample << done.out << done.err;
        EXPECT_GE(done.json()["passed"], 4) << sample;
    }
}

TEST_F(ContractTests, AFailureIsExplained) {
    make_project(R"(
DUSK_TEST(a_wrong_number) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    chain.set_sender(key("alice"));
    expect(chain.call<void>(id, "set", uint64_t{5}));
    print("looking");
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 6U);
}
DUSK_TEST(a_call_that_fails) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    expect(chain.call<void>(id, "set", uint64_t{5}));
}
DUSK_TEST(a_panic_that_does_not_come) {
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    expect_panic(chain.query<uint64_t>(id, "read"), "never");
}
DUSK_TEST(a_trap_in_the_test) { __builtin_trap(); }
DUSK_TEST(no_such_module) { Chain().deploy_module("nothing"); }
DUSK_TEST(this_passes) {}
)");
    const Finished done = contract({"test", "thing"});
    EXPECT_EQ(done.exit, 1);
    EXPECT_THAT(done.err, HasSubstr("5 of 6 tests failed"));
    EXPECT_THAT(done.out, HasSubstr("ok    this_passes"));
    EXPECT_THAT(done.out,
                HasSubstr("tests/contract_test.cpp:11: expect(chain.query<uint64_t>(id, \"read\")) is 5, not 6"));
    EXPECT_THAT(done.out, HasSubstr("| looking"));
    EXPECT_THAT(done.out, HasSubstr("contract.init(alice), "));
    EXPECT_THAT(done.out, HasSubstr("contract.set(5), "));
    EXPECT_THAT(done.out, HasSubstr("event contract set: 5"));
    EXPECT_THAT(done.out, HasSubstr("returned 5, "));
    EXPECT_THAT(done.out, HasSubstr("the call failed: it panicked: the sender of this call is not known"));
    EXPECT_THAT(done.out, HasSubstr("the call succeeded; expected a panic: never"));
    EXPECT_THAT(done.out, HasSubstr("the test itself failed: "));
    EXPECT_THAT(done.out, HasSubstr("there is no module \"nothing\""));
    const Finished json = contract({"test", "thing", "--json"});
    EXPECT_EQ(json.exit, 1);
    EXPECT_EQ(json.json()["error"]["code"], "tests_failed");
    EXPECT_EQ(json.json()["failed"], 5);
}

TEST_F(ContractTests, TestsAreAlone) {
    make_project(R"(
uint64_t runs = 0;
void once() {
    DUSK_CHECK_EQUAL(++runs, 1U);
    Chain chain;
    const ContractId id = chain.deploy(Account(key("alice")));
    DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 0U);
    chain.set_sender(key("alice"));
    expect(chain.call<void>(id, "set", uint64_t{5}));
    DUSK_CHECK_EQUAL(chain.events().size(), 1U);
}
DUSK_TEST(first) { once(); }
DUSK_TEST(second) { once(); }
)");
    const Finished done = contract({"test", "thing"});
    EXPECT_EQ(done.exit, 0) << done.out;
}

TEST_F(ContractTests, WhatIsWrongIsNamed) {
    const auto code = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "test");
        words.emplace_back("--json");
        return contract(words).json()["error"]["code"].get<std::string>();
    };
    EXPECT_EQ(code({}), "not_a_project");
    make_project("this is no C++");
    EXPECT_EQ(code({"thing"}), "build_failed");
    EXPECT_EQ(code({"thing", "--module", "nameless"}), "bad_module");
    EXPECT_EQ(code({"thing", "--module", "a=none.wasm"}), "file_missing");
    fs::remove(folder / "thing/tests/contract_test.cpp");
    EXPECT_EQ(code({"thing"}), "no_tests");
    EXPECT_EQ(contract({"test", "thing"}).exit, 4);
}

}  // namespace
}  // namespace dusk::cli
