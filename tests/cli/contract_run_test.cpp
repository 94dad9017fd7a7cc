// `dusk contract deploy`, `call` and `query` from the outside, with the contracts of the VM's recorded runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ContractRun : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-contract-run-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        for (const char* contract : {"counter", "host"}) {
            const std::string file = std::string(contract) + ".wasm";
            fs::copy_file(fs::path(DUSK_TEST_CONTRACTS) / file, folder / file);
        }
    }
    void TearDown() override { fs::remove_all(folder); }

    // `dusk contract WORDS…`, one blank between two words.
    [[nodiscard]] Finished contract(const std::string& words) const {
        Start start{.arguments = {"contract"}, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    void deploy(const std::string& file, const std::string& id) const {
        const Finished done = contract("deploy " + file + " --id " + id);
        ASSERT_EQ(done.exit, 0) << done.err;
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished done = contract(words + " --json");
        EXPECT_EQ(done.exit, exit) << words << done.out;
        EXPECT_EQ(done.json()["error"]["code"], code) << words;
    }

    fs::path folder;
    const std::string host = std::string(64, '1');
    const std::string counter = std::string(64, '3');
};

TEST_F(ContractRun, CallsAreKeptAndQueriesAreNot) {
    deploy("counter.wasm", counter);
    const std::string read = "query " + counter + " read_value --as u64 --json";
    EXPECT_EQ(contract(read).json()["value"], 252);
    const auto called = contract("call " + counter + " increment --json").json();
    EXPECT_EQ(called["gas_spent"], 39);
    EXPECT_EQ(called["gas_limit"], 1'000'000'000);
    EXPECT_EQ(contract(read).json()["value"], 253);
    EXPECT_EQ(contract("query " + counter + " increment").exit, 0);
    EXPECT_EQ(contract(read).json()["value"], 253);
    EXPECT_EQ(contract("call " + counter + " add --arg u64:7").exit, 0);
    EXPECT_EQ(contract(read).json()["value"], 260);
    EXPECT_THAT(contract("query " + counter + " read_value --as u64").out, HasSubstr("Value    260"));
    EXPECT_THAT(run({.arguments = {"db", "stats", "dusk-state"}, .folder = folder}).out, HasSubstr("contracts  1"));
}

TEST_F(ContractRun, ATraceHasTheGasOfEachCall) {
    deploy("host.wasm", host);
    deploy("counter.wasm", counter);
    // The argument of a call of `increment`: the contract, no limit, the name.
    const std::string words =
        "call " + host + " call --gas 10000000 --trace --arg-hex " + counter + "000000000000000009696e6372656d656e74";
    const auto steps = contract(words + " --json").json()["trace"];
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[1]["function"], "increment");
    EXPECT_EQ(steps[1]["gas_limit"], 9'299'955);
    EXPECT_EQ(steps[2]["gas_spent"], 39);
    EXPECT_EQ(steps[3]["gas_spent"], 116);
    EXPECT_THAT(contract(words).out, HasSubstr("    33333333….increment(), 9299955 gas at most\n"));
}

TEST_F(ContractRun, WhatIsWrongIsNamed) {
    expect_error("query " + counter + " read_value", 4, "no_such_contract");
    deploy("counter.wasm", counter);
    expect_error("deploy counter.wasm --id " + counter, 4, "refused");
    expect_error("call " + counter + " increment --gas 1", 1, "out_of_gas");
    expect_error("call " + counter + " nope", 1, "contract_failed");
    expect_error("call 12 increment", 2, "bad_id");
    expect_error("call " + counter + " add --arg u64:x", 2, "bad_argument");
    expect_error("call " + counter + " add --arg 7", 2, "bad_argument");
    expect_error("call " + counter + " add --arg u64:7 --arg-hex 00", 2, "bad_argument");
    expect_error("query " + counter + " read_value --as float", 2, "bad_type");
    expect_error("deploy none.wasm", 5, "file_missing");
    const Finished failed = contract("call " + counter + " increment --gas 1 --trace");
    EXPECT_THAT(failed.out, HasSubstr("failed after 1 gas: out of gas"));
    EXPECT_THAT(failed.err, HasSubstr("increment failed: out of gas"));
}

TEST_F(ContractRun, ANewProjectRuns) {
    ASSERT_EQ(contract("new token").exit, 0);
    ASSERT_EQ(contract("build token").exit, 0);
    ASSERT_EQ(contract("deploy token/token.wasm --init account:alice --id " + host).exit, 0);
    const std::string set = "call " + host + " set --arg u64:5 --json";
    const Finished stranger = contract(set + " --sender bob");
    EXPECT_EQ(stranger.exit, 1);
    EXPECT_THAT(stranger.json()["error"]["message"].get<std::string>(), HasSubstr("only the owner sets the value"));
    const Finished owner = contract(set + " --sender alice");
    ASSERT_EQ(owner.exit, 0) << owner.out;
    EXPECT_EQ(owner.json()["events"][0]["topic"], "set");
    EXPECT_EQ(contract("query " + host + " read --as u64 --json").json()["value"], 5);
}

}  // namespace
}  // namespace dusk::cli
